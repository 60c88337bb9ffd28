//! Measures the program chatwork-sandbox with a large world.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// The rooms of the world, and the messages of each.
const ROOMS: usize = 1_000;
const MESSAGES: usize = 100;
/// The Unix time of the first message.
const START: usize = 1_700_000_000;

/// Prints how long the sandbox takes to start with a large world, how much memory the state takes to
/// stream, and how long other calls wait meanwhile. `program` is the sandbox; `None` builds it.
pub(crate) fn run(root: &Path, program: Option<&Path>) -> Result<()> {
    let program = program.map_or_else(|| build(root), |program| Ok(program.to_owned()))?;
    let folder = root.join("target/measure");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    for (name, text) in [("world.yaml", yaml_world()), ("world.json", json_world())] {
        let file = folder.join(name);
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        measure(&program, &["--world".as_ref(), file.as_os_str()])?;
    }
    let size = format!("rooms={ROOMS},messages={},seed=1", ROOMS * MESSAGES);
    let generate = ["--generate".as_ref(), OsStr::new(&size)];
    measure(&program, &generate)?;
    // The state of a sandbox, as the next one starts with it.
    let file = folder.join("state.json");
    Sandbox::start(&program, &generate)?.save(&file)?;
    measure(&program, &["--world".as_ref(), file.as_os_str()])
}

fn measure(program: &Path, arguments: &[&OsStr]) -> Result<()> {
    let shown: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    println!("{}: {ROOMS} rooms, {} messages", shown.join(" "), ROOMS * MESSAGES);
    let begin = Instant::now();
    let sandbox = Sandbox::start(program, arguments)?;
    println!("  started after {:.2} s, {}", begin.elapsed().as_secs_f64(), sandbox.memory());
    let second = || {
        std::thread::sleep(Duration::from_secs(1));
        Ok(())
    };
    let ((), alone) = sandbox.longest_call(second)?;
    let begin = Instant::now();
    let read = || sandbox.get("/_sandbox/state", &mut std::io::sink());
    let (bytes, longest) = sandbox.longest_call(read)?;
    let seconds = begin.elapsed().as_secs_f64();
    println!("  state of {bytes} bytes read in {seconds:.2} s, {}", sandbox.memory());
    println!("  longest GET /me meanwhile {longest:?}, without it {alone:?}");
    Ok(())
}

/// Builds the program in release mode.
fn build(root: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "-p", "chatwork-sandbox"]).current_dir(root);
    if !cargo.status().context("cannot run cargo")?.success() {
        bail!("chatwork-sandbox does not build");
    }
    let name = format!("chatwork-sandbox{}", std::env::consts::EXE_SUFFIX);
    Ok(root.join("target/release").join(name))
}

/// The accounts of the world. The first is the admin of every room, the others are members.
fn accounts() -> Vec<Value> {
    let account = |number: usize| {
        let (key, token) = (format!("a{number}"), format!("token-{number}"));
        json!({ "key": key, "id": number + 1, "name": "山田", "token": token })
    };
    (0..10).map(account).collect()
}

fn rooms() -> Vec<Value> {
    let members: Vec<_> = (1..10).map(|number| format!("a{number}")).collect();
    let room = |number: usize| {
        let message = |index: usize| {
            let (from, body) = (format!("a{}", index % 10), format!("メッセージ {number}/{index}"));
            json!({ "from": from, "at": START + number * MESSAGES + index, "body": body })
        };
        let messages: Vec<_> = (0..MESSAGES).map(message).collect();
        let members = json!({ "admin": ["a0"], "member": members });
        let name = format!("Room {number}");
        json!({ "id": number, "name": name, "members": members, "messages": messages })
    };
    (1..=ROOMS).map(room).collect()
}

fn json_world() -> String {
    json!({ "accounts": accounts(), "rooms": rooms() }).to_string()
}

/// The same world as YAML: a text that does not begin with a brace is not parsed as JSON.
fn yaml_world() -> String {
    let list = |items: Vec<Value>| items.iter().map(|item| format!("  - {item}\n")).collect();
    let (accounts, rooms): (String, String) = (list(accounts()), list(rooms()));
    format!("accounts:\n{accounts}rooms:\n{rooms}")
}

/// A sandbox in a process of its own, which ends when this is dropped.
struct Sandbox {
    child: Child,
    address: String,
    /// The token of the first account.
    token: String,
    /// Kept open: the sandbox may still write to it.
    _stdout: BufReader<ChildStdout>,
}

impl Sandbox {
    /// Starts it and waits for its first line.
    fn start(program: &Path, arguments: &[&OsStr]) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--limits", "off"]).args(arguments);
        command.env("CHATWORK_SANDBOX_LOG", "error");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {}", program.display()))?;
        let mut stdout = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut line = String::new();
        stdout.read_line(&mut line).context("cannot read the first line")?;
        let hello: Value = serde_json::from_str(&line).context("the sandbox did not start")?;
        let url = hello.get("base_url").and_then(Value::as_str).unwrap_or_default();
        let address = url.trim_start_matches("http://").trim_end_matches("/v2").to_owned();
        let token = hello.pointer("/accounts/0/token").and_then(Value::as_str).unwrap_or_default();
        Ok(Self { child, address, token: token.to_owned(), _stdout: stdout })
    }

    /// Writes the state to a file.
    fn save(&self, file: &Path) -> Result<()> {
        let mut reply = Vec::new();
        self.get("/_sandbox/state", &mut reply)?;
        let body = reply.windows(4).position(|bytes| bytes == b"\r\n\r\n").map(|head| head + 4);
        let body = reply.get(body.unwrap_or_default()..).unwrap_or_default();
        // The reply comes in chunks: their sizes are on lines of their own.
        let body = chunks(body).context("the state is no chunked reply")?;
        std::fs::write(file, body).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Reads a reply to its end. Returns the length of head and body.
    fn get(&self, path: &str, copy: &mut impl Write) -> Result<usize> {
        let mut stream = TcpStream::connect(&self.address).context("cannot connect")?;
        let address = &self.address;
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\nx-chatworktoken: {}\r\n\
             connection: close\r\n\r\n",
            self.token
        );
        stream.write_all(request.as_bytes())?;
        let mut reply = vec![0; 64 * 1_024];
        let mut length = 0;
        loop {
            match stream.read(&mut reply)? {
                0 => return Ok(length),
                more => {
                    length += more;
                    copy.write_all(reply.get(..more).unwrap_or_default())?;
                }
            }
        }
    }

    /// The longest of many calls that are made one after the other while `work` runs.
    fn longest_call<T: Send>(
        &self,
        work: impl FnOnce() -> Result<T> + Send,
    ) -> Result<(T, Duration)> {
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let calls = scope.spawn(|| {
                let mut longest = Duration::ZERO;
                while !ended.load(Ordering::Relaxed) {
                    let begin = Instant::now();
                    self.get("/v2/me", &mut std::io::sink())?;
                    longest = longest.max(begin.elapsed());
                }
                anyhow::Ok(longest)
            });
            let result = work();
            ended.store(true, Ordering::Relaxed);
            let longest = calls.join().map_err(|_| anyhow::anyhow!("the calls panicked"))??;
            Ok((result?, longest))
        })
    }

    /// The peak memory of the process, as Linux reports it.
    fn memory(&self) -> String {
        let file = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(file).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.map_or("peak memory unknown".to_owned(), |line| format!("peak memory {}", line.trim()))
    }
}

/// The content of a chunked body; `None` if it is not one.
fn chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let end = body.windows(2).position(|bytes| bytes == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(body.get(..end)?).ok()?, 16).ok()?;
        if size == 0 {
            return Some(content);
        }
        content.extend_from_slice(body.get(end + 2..end + 2 + size)?);
        body = body.get(end + 2 + size + 2..)?;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // An error means that it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
