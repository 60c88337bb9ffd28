//! Help and messages in both languages.
//!
//! `UPDATE_EXPECT=1 cargo test -p chatwork-cli` writes the golden files and `JSON.md` again: review the
//! diff.

#[cfg(all(feature = "archive", feature = "mcp", feature = "sandbox"))]
use expect_test::expect_file;

use crate::support::{Desk, Ran, finish};

/// The paths of all commands, from the catalogue, which another test compares with the commands.
#[cfg(all(feature = "archive", feature = "mcp", feature = "sandbox"))]
fn paths() -> Vec<Vec<&'static str>> {
    let catalogue = include_str!("../../src/help.ja.txt");
    let sections = catalogue.lines().filter_map(|line| line.strip_prefix("[chatwork"));
    let paths = sections.filter_map(|line| line.strip_suffix(']'));
    paths.map(|path| path.split_whitespace().collect()).collect()
}

fn run(desk: &Desk, lang: &str, args: &[&str]) -> Ran {
    let mut command = desk.command(args);
    command.env("CHATWORK_LANG", lang);
    finish(command, b"")
}

#[cfg(all(feature = "archive", feature = "mcp", feature = "sandbox"))]
fn help_of_all(desk: &Desk, lang: &str) -> String {
    let mut all = String::new();
    for path in paths() {
        let help = run(desk, lang, &[&path[..], &["--help"]].concat()).ok();
        all.push_str(&format!("$ chatwork {} --help\n{help}\n", path.join(" ")));
    }
    all
}

// Without a feature its commands are missing.
#[cfg(all(feature = "archive", feature = "mcp", feature = "sandbox"))]
#[tokio::test(flavor = "multi_thread")]
async fn the_help_of_all_commands_is_what_it_was() {
    let desk = Desk::new().await;
    expect_file!["../golden/help.en.txt"].assert_eq(&help_of_all(&desk, "en"));
    let japanese = help_of_all(&desk, "ja");
    for word in
        ["Usage:", "Options", "Commands:", "Arguments:", "possible values", "[default", "Print "]
    {
        assert!(!japanese.contains(word), "{word}");
    }
    expect_file!["../golden/help.ja.txt"].assert_eq(&japanese);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_in_the_language_of_the_person() {
    let desk = Desk::of("hanako").await;
    for (args, message) in [
        (&["rooms", "lits"][..], "エラー: `lits` というコマンドはありません"),
        (&["rooms", "view"], "エラー: 次の引数が必要です: <ROOM>"),
        (&["rooms", "view", "1"], "エラー: Chatwork に許可されませんでした"),
        (&["send", "my", ""], "エラー: `body` は 0 文字です"),
        (&["tasks", "add", "my", "x", "--due", "x"], "エラー: `x` は日付ではありません"),
        (&["rooms", "delete", "93207172"], "エラー: ルーム 93207172 を、全員分の"),
    ] {
        let ran = run(&desk, "ja", args);
        assert!(ran.err.starts_with(message), "{ran:?}");
        assert!(ran.err.contains("ヒント: ") || ran.code == 1, "{ran:?}");
    }
    let ran = run(&desk, "ja_JP.UTF-8", &["rooms", "leave", "93310055", "--yes"]);
    assert_eq!(ran.err, "ルーム 93310055 から退席しました。\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_the_same_in_both_languages() {
    let desk = Desk::of("hanako").await;
    let of = |lang| run(&desk, lang, &["rooms", "view", "93207172", "--json"]).ok();
    assert_eq!(of("en"), of("ja"));
    let lines = |lang| run(&desk, lang, &["rooms", "list"]).ok();
    assert_eq!(lines("en"), lines("ja"));
    let mut command = desk.command(&["me", "--csv"]);
    command.env("LC_ALL", "ja_JP.UTF-8");
    assert!(finish(command, b"").ok().contains("アカウント"));
}
