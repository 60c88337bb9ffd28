//! Plain text, as a person would read it.

use super::*;

fn plain(text: &str) -> String {
    parse(text).plain_text(|account| match account.0 {
        1 => Some("Anna".to_owned()),
        2 => Some("Bob".to_owned()),
        _ => None,
    })
}

#[test]
fn a_mention_is_the_name_once() {
    assert_eq!(plain("[To:1]Anna さん\nhello"), "@Anna さん\nhello");
    assert_eq!(plain("[To:1] Anna さん"), "@Anna さん");
    assert_eq!(plain("[To:1]hello"), "@Anna hello");
    assert_eq!(plain("[To:1][To:2], hello"), "@Anna @Bob, hello");
}

#[test]
fn an_unknown_account_is_its_id() {
    assert_eq!(plain("[To:3]Carol"), "@3 Carol");
    assert_eq!(plain("[pname:3]さん"), "3さん");
}

#[test]
fn a_reply_is_a_mention_and_toall_one_of_all() {
    assert_eq!(plain("[rp aid=2 to=3-4]yes"), "@Bob yes");
    assert_eq!(plain("ask[toall]now"), "ask @all now");
}

#[test]
fn a_box_stands_on_lines_of_its_own() {
    assert_eq!(plain("a[info][title]T[/title]b[/info]c"), "a\nT\nb\nc");
    assert_eq!(plain("a\n[info][title]T[/title]\nb\n[/info]\nc"), "a\nT\nb\n\nc");
    assert_eq!(plain("[info][/info]a"), "a");
}

#[test]
fn code_and_rules_stand_on_lines_of_their_own() {
    assert_eq!(plain("a[hr]b"), "a\n----\nb");
    assert_eq!(plain("a[code]b [hr][/code]c"), "a\nb [hr]\nc");
}

#[test]
fn a_quote_has_its_author_and_a_mark_on_each_line() {
    let text = "a[qt][qtmeta aid=2 time=3]b\nc[/qt]d";
    assert_eq!(plain(text), "a\n> Bob:\n> b\n> c\nd");
    assert_eq!(plain("[qt][qtmeta aid=3]b[qt]c[/qt][/qt]"), "> b\n> > c");
}

#[test]
fn the_system_speaks_in_words() {
    let line = "[info][dtext:chatroom_member_is][piconname:1][dtext:chatroom_added][/info]";
    assert_eq!(plain(line), "member is Anna added");
    let line = "[info][title][dtext:file_uploaded][/title][preview id=1 ht=16]\
                [download:1]a.png (12 KB)[/download][/info]";
    assert_eq!(plain(line), "file uploaded\na.png (12 KB)");
    let line = "[info][title][dtext:task_added][/title][task aid=1 st=open lt=0]milk[/task][/info]";
    assert_eq!(plain(line), "task added\nmilk");
}

#[test]
fn nothing_is_left_of_icons_and_deleted_messages() {
    assert_eq!(plain("[picon:1]"), "");
    assert_eq!(plain("[deleted]"), "");
}

#[test]
fn broken_tags_read_as_they_stand() {
    assert_eq!(plain("[b]a[/b] [info]"), "[b]a[/b] [info]");
}

#[test]
fn a_line_break_after_a_mention_is_kept() {
    assert_eq!(plain("[To:1]\nAnna is late"), "@Anna\nAnna is late");
}
