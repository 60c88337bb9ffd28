//! Programs that go on until something happens.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::support::Ran;

/// A program that runs.
pub(crate) struct Running {
    child: Child,
    stdin: ChildStdin,
}

impl Running {
    /// Ends the program as Ctrl-C does.
    pub(crate) fn interrupt(&mut self, is_terminal: bool) {
        match is_terminal {
            true => self.stdin.write_all(b"\x03").unwrap(),
            false => {
                let id = self.child.id().to_string();
                assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
            }
        }
    }
}

/// Runs a command until it has written a text to stderr, which a terminal shows among the rest;
/// then does something, and waits for its end. `then` gets the line with the text.
pub(crate) fn until(
    mut command: Command,
    ready: &str,
    is_terminal: bool,
    then: impl FnOnce(&mut Running, &str),
) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut running = Running { stdin: child.stdin.take().unwrap(), child };
    let (mut out, mut err) = (String::new(), String::new());
    let line = match is_terminal {
        true => read_to(&mut stdout, ready, &mut out),
        false => read_to(&mut stderr, ready, &mut err),
    };
    // A program that has ended too early has said why.
    if let Some(line) = line {
        then(&mut running, &line);
    }
    stdout.read_to_string(&mut out).unwrap();
    stderr.read_to_string(&mut err).unwrap();
    let code = running.child.wait().unwrap().code().unwrap_or(-1);
    Ran { code, out, err }
}

/// Reads until a line has the text. Returns the line, or `None` if the output ends before.
fn read_to(from: &mut impl BufRead, ready: &str, read: &mut String) -> Option<String> {
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        read.push_str(&line);
        if line.contains(ready) {
            return Some(line);
        }
    }
}
