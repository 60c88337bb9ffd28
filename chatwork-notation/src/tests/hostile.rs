//! Texts made to take long or to overflow the stack. They need only come to an end.

use super::splitting::checked;
use super::*;

const MANY: usize = 30_000;

/// Does with a text all that can be done, on a small stack.
fn survive(text: String) {
    let work = move || {
        let tree = parse(&text);
        assert_eq!(tree.to_string(), text);
        let _ = tree.walk().map(|node| node.inner().len()).max();
        let _ = (tree.mentions(), tree.quotes().count(), tree.without_quotes());
        let _ = (tree.command(AccountId(1)), tree.plain_text(|_| None), tree.reply());
        let _ = (tree.text_for(AccountId(1), "x"), tree.system_events());
        assert!(tree.clone() == tree);
        let literal = MessageText::new().text(&text).info(&text).code(&text);
        assert!(literal.tree().mentions().is_empty());
        checked(&text, 20_000);
        drop(tree);
    };
    std::thread::Builder::new().stack_size(128 * 1024).spawn(work).unwrap().join().unwrap();
}

#[test]
fn open_brackets() {
    survive("[".repeat(MANY));
}

#[test]
fn closed_brackets() {
    survive("]".repeat(MANY));
}

#[test]
fn boxes_that_do_not_end() {
    survive("[info]".repeat(MANY));
}

#[test]
fn boxes_that_do_not_begin() {
    survive("[/info]".repeat(MANY));
}

#[test]
fn boxes_in_boxes() {
    survive("[info]".repeat(MANY) + &"[/info]".repeat(MANY));
}

#[test]
fn quotes_in_quotes_with_lines() {
    survive("[qt][qtmeta aid=1]\na".repeat(MANY) + &"b\n[/qt]".repeat(MANY));
}

#[test]
fn code_that_does_not_end() {
    survive("[code]".repeat(MANY));
}

#[test]
fn code_that_nearly_ends() {
    survive("[code][/code".repeat(MANY));
}

#[test]
fn code_that_ends_once() {
    survive("[code]".repeat(MANY) + "[/code]");
}

#[test]
fn downloads_that_do_not_end() {
    survive("[download:1][code]".repeat(MANY));
}

#[test]
fn boxes_and_quotes_that_cross() {
    survive("[info][qt][/info][/qt]".repeat(MANY));
    survive("[info][qt][title]".repeat(MANY) + &"[/info][/title][/qt]".repeat(MANY));
}

#[test]
fn tags_that_do_not_end() {
    survive("[rp aid=1 ".repeat(MANY));
    survive(format!("[rp {}", "a=1 ".repeat(MANY)));
    survive(format!("[To:{}", "1".repeat(MANY)));
}

#[test]
fn a_tag_with_many_attributes() {
    survive(format!("[rp {}]", "a=1 ".repeat(MANY)));
    survive(format!("[task aid={}1]a[/task]", "1,".repeat(MANY)));
}

#[test]
fn many_mentions() {
    survive((0..MANY).map(|id| format!("[To:{id}]")).collect());
}

#[test]
fn names_that_are_followed_by_themselves() {
    survive("[To:1]1 ".repeat(MANY));
}

#[test]
fn mentions_before_a_command() {
    survive("[To:1]\n".repeat(MANY) + "/deploy");
    survive("[To:1]".to_owned() + &"\n".repeat(MANY) + "/deploy");
}

#[test]
fn one_long_line_and_many_short_ones() {
    survive("あ".repeat(MANY));
    survive("\n".repeat(MANY));
}

#[test]
fn joiners_without_an_end() {
    survive("\u{200d}".repeat(MANY));
}

#[test]
fn mentions_of_one_account_in_one_line() {
    survive("[To:1]x y".repeat(MANY));
}

#[test]
fn people_in_one_system_sentence() {
    survive((0..MANY).map(|id| format!("[piconname:{id}]")).collect::<String>() + "[dtext:a]");
}
