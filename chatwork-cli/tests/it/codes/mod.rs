//! Every code of `ERRORS.md` with its exit code, its sentence and its hint. A code without a case
//! here fails.

mod accounts;
mod agents;
mod archives;
mod requests;
mod sentences;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::support::Ran;

/// Codes that need real time: the time limit of a request, and that of a lock.
const SLOW: [&str; 2] = ["pending", "timeout"];

/// Codes for what this version of the program does not do: it has no other source of tokens, and does
/// not demand shared limits.
const ABSENT: [&str; 2] = ["limits", "token"];

/// Returns the documented codes with their exit codes.
fn documented() -> BTreeMap<&'static str, i32> {
    let lines = include_str!("../../../ERRORS.md").lines();
    let lines = lines.filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let code = |rest: &str| rest.split(" |").next().unwrap().parse().unwrap();
    lines.map(|(name, rest)| (name, code(rest))).collect()
}

/// Returns the exit codes that a README lists.
fn exits(page: &str) -> BTreeSet<i32> {
    let cells = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    cells.filter_map(|(first, _)| first.parse().ok()).collect()
}

/// Runs a command that fails with a code.
async fn provoke(code: &str) -> Ran {
    let cases = [accounts::run(code).await, requests::run(code).await, texts::run(code).await];
    if let Some(ran) = cases.into_iter().flatten().next() {
        return ran;
    }
    match agents::run(code).await {
        Some(ran) => ran,
        None => archives::run(code).await.unwrap_or_else(|| panic!("no case for `{code}`")),
    }
}

/// Returns the object that reports the error. A terminal shows both outputs.
fn reported(ran: &Ran) -> Value {
    let all = format!("{}\n{}", ran.out, ran.err);
    let line = all.lines().rev().find_map(|line| Some(&line[line.find("{\"error\":")?..]));
    let line = line.unwrap_or_else(|| panic!("no object: {ran:?}"));
    serde_json::from_str::<Value>(line).unwrap()["error"].clone()
}

async fn check(code: &str, exit: i32) {
    let ran = provoke(code).await;
    let error = reported(&ran);
    assert_eq!((error["code"].as_str(), ran.code), (Some(code), exit), "{code}: {ran:?}");
    let message = error["message"].as_str().unwrap();
    assert!(!message.is_empty() && !message.contains('\n'), "{code}: {message}");
    let (sentence, hint) = sentences::of(code);
    assert!(sentences::is_like(message, sentence), "{code}: {message}");
    let hinted = error["hint"].as_str().unwrap_or_default();
    assert!(sentences::is_like(hinted, hint), "{code}: {hinted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_code_is_reported_with_its_exit_code() {
    for (code, exit) in documented() {
        if !SLOW.contains(&code) && !ABSENT.contains(&code) {
            check(code, exit).await;
        }
    }
}

/// In real time: a request has 30 seconds, and a lock of the archive 5.
#[ignore = "takes 45 seconds"]
#[tokio::test(flavor = "multi_thread")]
async fn codes_that_take_time_are_reported_with_their_exit_codes() {
    for code in SLOW {
        check(code, documented()[code]).await;
    }
}

#[test]
fn both_pages_list_the_exit_codes_of_all_errors() {
    let english = exits(include_str!("../../../README.md"));
    assert_eq!(english, exits(include_str!("../../../README.ja.md")));
    let errors: BTreeSet<_> = documented().into_values().collect();
    let with_success: BTreeSet<_> = errors.into_iter().chain([0]).collect();
    assert_eq!(english, with_success);
}

/// Adds the texts of all source files in a folder.
fn read(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => read(&path, text),
            false => text.push_str(&std::fs::read_to_string(&path).unwrap()),
        }
    }
}

#[test]
fn every_code_of_the_program_is_documented() {
    let mut source = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
    let documented = documented();
    for code in documented.keys() {
        assert!(source.contains(&format!("\"{code}\"")), "`{code}` is not in the program");
    }
    let source: String = source.split_whitespace().collect();
    for made in ["Failure::new(\"", "Self::new(\"", "failure(\"", "part(\"", "partial(\""] {
        let codes = source.split(made).skip(1).filter_map(|rest| rest.split('"').next());
        for code in codes {
            assert!(documented.contains_key(code), "`{code}` is not in ERRORS.md");
        }
    }
}
