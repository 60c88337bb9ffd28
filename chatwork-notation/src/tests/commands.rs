//! What is a command, and what is none.

use super::*;

const BOT: AccountId = AccountId(1);

fn command(text: &str) -> Option<(&str, &str)> {
    parse(text).command(BOT).map(|command| (command.name(), command.rest()))
}

#[test]
fn the_line_after_a_mention_with_its_name() {
    assert_eq!(command("[To:1]Bot さん\n/deploy prod"), Some(("deploy", "prod")));
}

#[test]
fn the_line_after_a_reply() {
    assert_eq!(command("[rp aid=1 to=2-3]Bot\n/deploy prod"), Some(("deploy", "prod")));
}

#[test]
fn right_behind_the_mention() {
    assert_eq!(command("[To:1] /deploy prod"), Some(("deploy", "prod")));
}

#[test]
fn after_mentions_of_others_names_empty_lines_and_quotes() {
    let text = "Hello\n[To:1]Bot\n[To:2]Anna\n[qt][qtmeta aid=3]/no[/qt]\n\n  /yes";
    assert_eq!(command(text), Some(("yes", "")));
}

#[test]
fn with_a_slash_of_full_width_and_spaces_of_full_width() {
    assert_eq!(command("[To:1]Bot\n　／deploy　prod"), Some(("deploy", "prod")));
}

#[test]
fn arguments_are_cut_at_white_space_and_may_hold_tags() {
    let tree = parse("[To:1]\n/assign  [To:2]Anna\tmilk\r\nand eggs");
    let command = tree.command(BOT).unwrap();
    assert!(command.arguments().eq(["[To:2]Anna", "milk"]));
    assert_eq!(command.rest(), "[To:2]Anna\tmilk");
    assert_eq!(command.body(), "and eggs");
}

#[test]
fn a_code_block_belongs_to_the_line() {
    let tree = parse("[To:1]\n/run [code]a\nb[/code] now\nc");
    let command = tree.command(BOT).unwrap();
    assert_eq!(command.rest(), "[code]a\nb[/code] now");
    assert_eq!(command.body(), "c");
}

#[test]
fn no_command_to_another_or_to_all() {
    assert_eq!(command("[To:2]\n/deploy"), None);
    assert_eq!(command("[toall]\n/deploy"), None);
    assert_eq!(command("/deploy"), None);
}

#[test]
fn no_command_after_a_sentence() {
    assert_eq!(command("[To:1]Bot\nplease\n/deploy"), None);
    assert_eq!(command("[To:1]Bot see /etc/hosts"), None);
    assert_eq!(command("[To:1]Bot\n[info]a[/info]/deploy"), None);
}

#[test]
fn no_command_by_a_mention_in_a_quote_or_a_box() {
    assert_eq!(command("[qt][To:1][/qt]\n/deploy"), None);
    assert_eq!(command("[info][To:1][/info]\n/deploy"), None);
}

#[test]
fn a_slash_alone_is_no_command() {
    assert_eq!(command("[To:1]\n/ deploy"), None);
    assert_eq!(command("[To:1]\n"), None);
    assert_eq!(command("[To:1]"), None);
}

#[test]
fn a_bare_command_needs_no_mention_and_ends_at_one() {
    let name = |text| parse(text).bare_command().map(|command| command.name().to_owned());
    assert_eq!(name("/deploy prod"), Some("deploy".to_owned()));
    assert_eq!(name("\n [picon:1]／deploy"), Some("deploy".to_owned()));
    assert_eq!(name("[To:2]Anna\n/deploy"), None);
    assert_eq!(name("[toall]/deploy"), None);
    assert_eq!(name("see /etc/hosts"), None);
    assert_eq!(name("please\n/deploy"), None);
    let tree = parse("/assign [To:2]Anna\nmilk");
    assert_eq!(tree.bare_command().map(|it| (it.rest(), it.body())), Some(("[To:2]Anna", "milk")));
}

#[test]
fn no_command_behind_a_name_tag_on_the_line_of_the_mention() {
    assert_eq!(command("[To:1][pname:1]/deploy"), None);
}
