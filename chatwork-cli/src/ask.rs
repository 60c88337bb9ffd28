//! Questions to the person at the terminal.

use std::io::{self, IsTerminal, Write};

use crate::failure::{Done, Failure, reading};
use crate::out::note;
use crate::words;

/// Asks before something that cannot be undone. Without a terminal only `--yes` is an answer.
pub(crate) fn confirm(yes: bool, question: &str) -> Done {
    if yes {
        return Ok(());
    }
    if !is_asked(yes) {
        let message = words::NEEDS_YES.fill(&[("question", &question)]);
        return Err(Failure::usage(message).hinted(words::NEEDS_YES_HINT));
    }
    let answer = line(&words::ASK.fill(&[("question", &question)]))?;
    match answer.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure::new("not_confirmed", words::NOT_CONFIRMED.text())),
    }
}

/// Does for a dry run what [`confirm`] does: without a terminal and without `--yes`, the real run is
/// refused. On a terminal, says that it would ask.
pub(crate) fn would_confirm(yes: bool, question: &str) -> Done {
    match yes || is_asked(yes) {
        true if yes => Ok(()),
        true => {
            note(&words::WOULD_ASK.fill(&[("question", &question)]));
            Ok(())
        }
        false => confirm(yes, question),
    }
}

/// Returns whether a question is asked of a person. What is looked up for it alone is needed then.
pub(crate) fn is_asked(yes: bool) -> bool {
    !yes && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Reads a secret: without echo from a terminal, else the first line of the standard input.
pub(crate) fn secret(prompt: &str) -> Done<String> {
    let text = match io::stdin().is_terminal() {
        true => rpassword::prompt_password(prompt).map_err(reading)?,
        false => first_line()?,
    };
    Ok(text.trim().to_owned())
}

/// Asks for a line on a terminal, or reads the next line of the standard input without a prompt.
pub(crate) fn line(prompt: &str) -> Done<String> {
    // Where no person reads it, a bare text would stand between the objects of `--json`.
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        let mut stderr = io::stderr().lock();
        write!(stderr, "{}", chatwork_app::one_line(prompt))?;
        stderr.flush()?;
    }
    first_line()
}

fn first_line() -> Done<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(reading)?;
    Ok(line)
}
