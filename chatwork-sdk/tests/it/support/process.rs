//! This test program, run again: the environment belongs to a whole process.

use std::process::Command;

/// The variable that a test finds set when it runs in a process of its own.
const VARIABLE: &str = "TEST_ARGUMENT";

/// What a process of its own prints in front of its result.
const MARK: &str = "result: ";

/// The argument of this process, if it is one of [`run`].
pub(crate) fn argument() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// Says the result of a process of its own.
pub(crate) fn print(result: impl std::fmt::Display) {
    println!("{MARK}{result}");
}

/// Runs one test of this program in a process of its own, without any proxy or setting of the
/// surrounding environment, and returns what it [`print`]s.
pub(crate) async fn run(test: &str, argument: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args([test, "--exact", "--nocapture"]).env(VARIABLE, argument);
    for (name, _) in std::env::vars() {
        if name.starts_with("CHATWORK_") || name.to_ascii_lowercase().ends_with("_proxy") {
            command.env_remove(name);
        }
    }
    command.envs(variables.iter().copied());
    let run = tokio::task::spawn_blocking(move || command.output().expect("a process"));
    let output = run.await.expect("no panic");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line = text.lines().find_map(|line| line.split_once(MARK));
    line.unwrap_or_else(|| panic!("no result: {text}")).1.to_owned()
}
