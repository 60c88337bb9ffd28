//! Each typed error that reaches a person has a sentence of its own, in both languages.

use std::path::{Path, PathBuf};

#[cfg(feature = "archive")]
use crate::support::{Desk, finish};

/// The enums of errors: the file, the name there, and the name by which this program matches it.
const ENUMS: &[(&str, &str, &str)] = &[
    ("chatwork-sdk/src/error/mod.rs", "Error", "Error"),
    ("chatwork-sdk/src/error/input.rs", "Limit", "Limit"),
    ("chatwork-sdk/src/error/network.rs", "NetworkFault", "NetworkFault"),
    ("chatwork-sdk/src/error/wait.rs", "WaitedFor", "WaitedFor"),
    ("chatwork-sdk/src/oauth/error.rs", "Error", "OAuthError"),
    ("chatwork-sdk/src/watch/failure.rs", "WatchErrorKind", "WatchErrorKind"),
    ("chatwork-sdk/src/webhook/error.rs", "WebhookError", "WebhookError"),
    ("chatwork-sdk/src/webhook/error.rs", "TokenFault", "TokenFault"),
    ("chatwork-sdk/src/webhook/axum.rs", "WebhookRejection", "WebhookRejection"),
    ("chatwork-app/src/error.rs", "AppError", "AppError"),
    ("chatwork-app/src/error.rs", "NameKind", "NameKind"),
    ("chatwork-app/src/days.rs", "DayFault", "DayFault"),
    ("chatwork-archive/src/error.rs", "ArchiveError", "ArchiveError"),
    ("chatwork-archive/src/query/error.rs", "QueryFault", "QueryFault"),
    ("chatwork-archive/src/care/verify.rs", "Problem", "Problem"),
    ("chatwork-sandbox/src/sandbox/builder.rs", "StartError", "StartError"),
    ("chatwork-sandbox/src/world/error.rs", "WorldError", "WorldError"),
];

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The variants of an enum, in the text of its file as rustfmt writes it.
fn variants(text: &str, name: &str) -> Vec<String> {
    let head = format!("pub enum {name} {{\n");
    let body = text.split_once(&head).unwrap_or_else(|| panic!("no enum {name}")).1;
    let body = body.split_once("\n}\n").unwrap().0;
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let names = lines.filter(|line| line.starts_with(|it: char| it.is_ascii_uppercase()));
    let end = |it: char| !it.is_ascii_alphanumeric();
    names.map(|line| line.split(end).next().unwrap().to_owned()).collect()
}

/// The texts of all files below a folder.
fn sources(folder: PathBuf) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.push_str(&sources(path)),
            false => all.push_str(&std::fs::read_to_string(path).unwrap()),
        }
    }
    all
}

#[test]
fn each_variant_of_each_error_is_matched_where_failures_are_made() {
    let own = workspace().join("chatwork-cli/src/failure");
    let own = sources(own);
    let mut missing = Vec::new();
    for (file, name, known_as) in ENUMS {
        let text = std::fs::read_to_string(workspace().join(file)).unwrap();
        let variants = variants(&text, name);
        assert!(variants.len() > 1, "{file}: {name}");
        for variant in variants {
            let arm = format!("{known_as}::{variant}");
            let ends = |rest: &str| !rest.starts_with(|it: char| it.is_ascii_alphanumeric());
            // `Error::State` of one enum is no arm of `OAuthError::State`, and the other way round.
            let begins = |before: &str| !before.ends_with(|it: char| it.is_ascii_alphanumeric());
            let mut found = own.match_indices(&arm);
            let is_there = found.any(|(at, _)| begins(&own[..at]) && ends(&own[at + arm.len()..]));
            if !is_there {
                missing.push(arm);
            }
        }
    }
    assert!(missing.is_empty(), "without a sentence of their own: {missing:?}");
}

/// Runs the program in Japanese.
#[cfg(feature = "archive")]
fn japanese(desk: &Desk, args: &[&str]) -> String {
    let mut command = desk.command(args);
    command.env("CHATWORK_LANG", "ja");
    let ran = finish(command, b"");
    assert_ne!(ran.code, 0, "{args:?}: {ran:?}");
    ran.err
}

/// The words of a sentence that are not Japanese, without commands, options and names of fields.
#[cfg(feature = "archive")]
fn english(text: &str) -> Vec<&str> {
    let words = text.split(|it: char| !it.is_ascii_alphabetic());
    words.filter(|word| ["the", "is", "not", "of", "expected", "has", "a"].contains(word)).collect()
}

#[cfg(feature = "archive")]
#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_reads_japanese_reads_no_english_reason() {
    let desk = Desk::of("hanako").await;
    desk.run(&["archive", "sync", "93207172"]).ok();
    std::fs::write(desk.home().join("other.chatwork"), "not an archive").unwrap();
    for args in [
        &["archive", "search", "\"open"][..],
        &["archive", "search", "OR"],
        &["archive", "search", "会", "--cursor", "x"],
        &["archive", "show", "93207172-1"],
        &["archive", "search", "会", "--archive", "other.chatwork"],
        &["archive", "search", "会", "--archive", "missing.chatwork"],
        &["archive", "import", "missing.jsonl"],
        &["api", "GET", "/rooms/../me"],
        &["link", "create", "93310055", "--code", "a b"],
        &["files", "put", "my", "missing.txt"],
        &["rooms", "create", "x", "--admin", "me", "--member", "me"],
        &["me", "--time-zone", "Mars"],
    ] {
        let err = japanese(&desk, args);
        assert!(err.starts_with("エラー: "), "{args:?}: {err}");
        assert!(english(&err).is_empty(), "{args:?}: {:?} in {err}", english(&err));
    }
}
