//! Starts the program with a home of its own.

#[cfg(all(target_os = "linux", feature = "archive", feature = "sandbox"))]
mod lasting;
#[cfg(all(target_os = "linux", feature = "archive", feature = "sandbox"))]
mod terminal;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chatwork_sandbox::Sandbox;
use chatwork_sdk::Client;
use serde_json::Value;

#[cfg(all(target_os = "linux", feature = "archive", feature = "sandbox"))]
pub(crate) use self::{lasting::until, terminal::terminal};

/// The room in which everything is.
pub(crate) const ROOM: &str = "93207172";
/// Its name.
pub(crate) const ROOM_NAME: &str = "新製品プロジェクト";
/// The program.
pub(crate) const BIN: &str = env!("CARGO_BIN_EXE_chatwork");

/// A person at a machine, with a sandbox.
pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
    home: tempfile::TempDir,
}

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Returns the output of a run that succeeded.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    #[track_caller]
    pub(crate) fn json(self) -> Value {
        let out = self.ok();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// Returns the messages of a run that failed with this code.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        self.err
    }
}

impl Desk {
    /// A person who has not signed in yet.
    pub(crate) async fn new() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        Self { sandbox, home: tempfile::tempdir().unwrap() }
    }

    /// A person who has signed in as an account of the sandbox.
    pub(crate) async fn of(who: &str) -> Self {
        let desk = Self::new().await;
        desk.sign_in(who, "default");
        desk
    }

    #[track_caller]
    pub(crate) fn sign_in(&self, who: &str, profile: &str) {
        let token = format!("{}\n", self.sandbox.token(who));
        let base_url = self.sandbox.base_url();
        let args = ["auth", "login", "--storage", "file", "--base-url", &base_url];
        self.run_with(&[&args[..], &["--profile", profile]].concat(), &token).ok();
    }

    /// Gives the person another home, with a copy of the files in a folder.
    #[cfg(all(target_os = "linux", feature = "archive", feature = "sandbox"))]
    pub(crate) fn move_into_copy_of(&mut self, folder: &Path) {
        self.home = tempfile::tempdir().unwrap();
        copy_folder(folder, self.home.path());
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.home.path().join("config/chatwork")
    }

    /// A command that sees nothing of this machine but the programs on it.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(BIN);
        self.isolate(&mut command);
        command.args(args);
        command
    }

    /// Gives a command the home of this person alone.
    pub(crate) fn isolate(&self, command: &mut Command) {
        let home = self.home.path();
        command.env_clear().current_dir(home).env("HOME", home).env("LANG", "C.UTF-8");
        command.env("XDG_CONFIG_HOME", home.join("config"));
        command.env("XDG_DATA_HOME", home.join("data"));
        command.env("XDG_CACHE_HOME", home.join("cache"));
        command.env("XDG_STATE_HOME", home.join("state"));
        // There is no keyring: the one of this machine is not for tests.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        let bin = Path::new(BIN).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(paths).unwrap());
    }

    /// Runs the program without input.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// Runs the program with a standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ran {
        finish(self.command(args), input.as_bytes())
    }

    /// A client of another account, to see what the program did.
    pub(crate) fn client(&self, who: &str) -> Client {
        let builder = Client::builder().token(self.sandbox.token(who));
        builder.base_url(self.sandbox.base_url()).build().unwrap()
    }

    /// The operations that were called since the start.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.sandbox.requests().into_iter().filter_map(|request| request.operation).collect()
    }
}

/// Runs a command to its end.
pub(crate) fn finish(mut command: Command, input: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program need not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Copies all files of a folder and of those in it.
#[cfg(all(target_os = "linux", feature = "archive", feature = "sandbox"))]
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => _ = std::fs::copy(entry.path(), target).unwrap(),
        }
    }
}

/// Returns all files and folders below a folder.
#[cfg(all(target_os = "linux", any(feature = "archive", feature = "keyring")))]
pub(crate) fn all_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(all_below(&entry.path()));
        }
        found.push(entry.path());
    }
    found
}

/// Returns the files below a folder that hold a text.
#[cfg(all(target_os = "linux", any(feature = "archive", feature = "keyring")))]
pub(crate) fn holders(folder: &Path, text: &str) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    };
    let mut found = all_below(folder);
    found.retain(holds);
    found
}

/// Whether the tests run with a signal ignored, as in the background of a script or behind `nohup`:
/// the programs that they start inherit that. Only Linux tells it.
#[cfg(unix)]
pub(crate) fn is_ignored(name: &str) -> bool {
    let bit = match name {
        "-HUP" => 0,
        "-INT" => 1,
        _ => return false,
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> bit & 1 == 1)
}
