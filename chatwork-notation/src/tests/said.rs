//! The text for one account.

use super::*;

fn said(text: &str) -> Option<String> {
    parse(text).text_for(AccountId(1), "Bot")
}

#[track_caller]
fn says(text: &str, expected: &str) {
    assert_eq!(said(text).as_deref(), Some(expected), "{text:?}");
}

#[test]
fn the_mention_and_the_name_on_its_line_are_removed() {
    says("[To:1]Bot さん\nhello", "hello");
    says("[To:1]Botさん\r\nhello\nagain", "hello\nagain");
    says("[To:1] Bot\n\nhello", "hello");
    says("[rp aid=1 to=2-3]Bot様\nhello", "hello");
}

#[test]
fn the_name_before_a_sentence_on_the_same_line_is_removed() {
    says("[To:1]Bot, hello", "hello");
    says("[To:1]Botさん、こんにちは", "こんにちは");
    says("[To:1] hello", "hello");
    says("[To:1]\nhello", "hello");
    says("[To:1]", "");
}

#[test]
fn the_name_may_be_a_tag() {
    says("[To:1][pname:1]さん\nhello", "hello");
    says("[To:1] [piconname:1]\nhello", "hello");
    says("[To:1][pname:2] is late", "[pname:2] is late");
}

#[test]
fn a_word_that_begins_with_the_name_stays() {
    says("[To:1]Bottle", "Bottle");
    says("[To:1]Bot さんはどこ", "Bot さんはどこ");
}

#[test]
fn another_name_stays() {
    says("[To:1]Robot さん\nhello", "Robot さん\nhello");
    let unnamed = parse("[To:1]さん\nhello").text_for(AccountId(1), " ");
    assert_eq!(unnamed.as_deref(), Some("さん\nhello"));
}

#[test]
fn each_mention_of_the_account_is_removed_and_no_other() {
    says("[To:1]Bot\n[To:2]Anna\nhello", "[To:2]Anna\nhello");
    says("[To:2]Anna\n[To:1]Bot\nhello", "[To:2]Anna\nhello");
    says("[To:1]Bot\nhello\n[rp aid=1 to=2-3]Bot\nagain", "hello\nagain");
    says("[To:1]Bot [To:1]Bot\nhello", "hello");
}

#[test]
fn the_line_break_after_a_mention_in_a_line_stays() {
    says("thanks [To:1]Bot\nbye", "thanks \nbye");
    says("thanks [To:1]Bot [To:1]Bot\nbye", "thanks \nbye");
    says("thanks\n[To:1]Bot\nbye", "thanks\nbye");
    says("[info]thanks [To:1]Bot\nbye[/info]", "[info]thanks \nbye[/info]");
}

#[test]
fn a_mention_in_a_quote_counts_neither_as_mention_nor_is_it_removed() {
    assert_eq!(said("[qt][To:1]Bot[/qt] hello"), None);
    says("[To:1]Bot\n[qt][To:1]Bot[/qt] hello", "[qt][To:1]Bot[/qt] hello");
}

#[test]
fn without_a_mention_of_the_account_there_is_no_text_for_it() {
    assert_eq!(said("hello"), None);
    assert_eq!(said("[toall] hello"), None);
    assert_eq!(said("[To:2]Bot\nhello"), None);
}

#[test]
fn in_a_direct_chat_all_text_is_for_the_account() {
    let direct = |text| parse(text).direct_text_for(AccountId(1), "Bot");
    assert_eq!(direct(" hello [hr]\n"), "hello [hr]");
    assert_eq!(direct("[To:1]Bot\nhello"), "hello");
}
