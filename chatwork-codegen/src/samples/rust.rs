//! Samples for Rust: functions of a file, each made a program.

const MAIN: &str = "\
#[tokio::main]
async fn main() -> Result<(), chatwork_sdk::Error> {
    let chatwork = Client::from_env()?;
";

/// The program of an operation, from the function of its name. `None` if there is none.
///
/// The function takes `chatwork: &Client`. Its own `use` lines become those of the program.
pub(super) fn sample(functions: &str, id: &str) -> Option<String> {
    let name = format!("async fn {}(", crate::naming::method(id));
    let lines = functions.lines().skip_while(|line| !line.contains(&name));
    let body = lines.skip(1).take_while(|line| *line != "}");
    let (used, code): (Vec<_>, Vec<_>) =
        body.partition(|line| line.trim_start().starts_with("use "));
    if code.is_empty() {
        return None;
    }
    let code = code.join("\n");
    Some(format!("{}\n\n{MAIN}{}\n}}\n", imports(&used), code.trim_start_matches('\n')))
}

/// The imports of a program: those of the function, and the client.
fn imports(used: &[&str]) -> String {
    let mut names = vec!["Client"];
    let mut lines = Vec::new();
    for line in used.iter().map(|line| line.trim_start()) {
        let list = line.strip_prefix("use chatwork_sdk::").map(|list| list.trim_end_matches(';'));
        match list {
            Some(list) => names.extend(list.trim_matches(['{', '}']).split(", ")),
            None => lines.push(line.to_owned()),
        }
    }
    names.sort_unstable();
    lines.push(match names.as_slice() {
        [only] => format!("use chatwork_sdk::{only};"),
        _ => format!("use chatwork_sdk::{{{}}};", names.join(", ")),
    });
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::sample;

    const FUNCTIONS: &str = "\
async fn get_me(chatwork: &Client) -> Result<(), Error> {
    use chatwork_sdk::{RoomId, Due};
    use std::time::Duration;

    chatwork.me().await?;
    Ok(())
}

async fn get_my_status(chatwork: &Client) -> Result<(), Error> {
    chatwork.my_status().await?;
    Ok(())
}
";

    #[test]
    fn a_function_becomes_a_program_with_its_own_imports_first() {
        let expected = "\
use std::time::Duration;
use chatwork_sdk::{Client, Due, RoomId};

#[tokio::main]
async fn main() -> Result<(), chatwork_sdk::Error> {
    let chatwork = Client::from_env()?;
    chatwork.me().await?;
    Ok(())
}
";
        assert_eq!(sample(FUNCTIONS, "getMe").as_deref(), Some(expected));
    }

    #[test]
    fn a_function_without_imports_uses_the_client() {
        let sample = sample(FUNCTIONS, "getMyStatus").unwrap_or_default();
        assert!(sample.starts_with("use chatwork_sdk::Client;\n\n#[tokio::main]"), "{sample}");
    }

    #[test]
    fn an_operation_without_a_function_has_no_sample() {
        assert_eq!(sample(FUNCTIONS, "get"), None);
    }
}
