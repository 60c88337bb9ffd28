//! What the builder writes.

use super::*;
use chatwork_api::types::Message;

fn message(body: &str) -> Message {
    serde_json::from_value(serde_json::json!({
        "message_id": "1928374655918273645",
        "account": { "account_id": 123, "name": "Bob", "avatar_image_url": "" },
        "body": body,
        "send_time": 1_384_242_850,
        "update_time": 0,
    }))
    .unwrap()
}

#[test]
fn each_tag_is_written_as_it_is_documented() {
    let new = MessageText::new;
    let (account, file) = (AccountId(1), FileId(2));
    for (built, expected) in [
        (new().to(account), "[To:1]"),
        (new().to_each(accounts(&[1, 2])), "[To:1][To:2]"),
        (new().to_all(), "[toall]"),
        (new().reply_to(account, RoomId(2), &id("3")), "[rp aid=1 to=2-3]"),
        (new().quote_of(account, Some(UnixTime(2)), "a"), "[qt][qtmeta aid=1 time=2]a[/qt]"),
        (new().quote_of(account, None, "a"), "[qt][qtmeta aid=1]a[/qt]"),
        (new().info("a"), "[info]a[/info]"),
        (new().titled_info("a", "b"), "[info][title]a[/title]b[/info]"),
        (new().code("a"), "[code]a[/code]"),
        (new().rule(), "[hr]"),
        (new().icon(account), "[picon:1]"),
        (new().name(account), "[pname:1]"),
        (new().icon_and_name(account), "[piconname:1]"),
        (new().preview(file, 16), "[preview id=2 ht=16]"),
        (new().text("a").notation("[hr]"), "a[hr]"),
    ] {
        assert_eq!(built.as_str(), expected);
    }
}

#[test]
fn a_reply_takes_its_ids_from_the_message() {
    let built = MessageText::new().reply(RoomId(45), &message("Who comes?"));
    assert_eq!(built.as_str(), "[rp aid=123 to=45-1928374655918273645]");
}

#[test]
fn a_quote_takes_author_time_and_text_from_the_message() {
    let built = MessageText::new().quote(&message("[toall] lunch [/qt]"));
    let inner = "[\u{2060}toall] lunch [\u{2060}/qt]";
    let expected = format!("[qt][qtmeta aid=123 time=1384242850]{inner}[/qt]");
    assert_eq!(built.as_str(), expected);
}

#[test]
fn a_message_id_cannot_end_the_tag() {
    let built = MessageText::new().reply_to(AccountId(1), RoomId(2), &id("3] [toall"));
    assert_eq!(built.as_str(), "[rp aid=1 to=2-3toall]");
    let built = MessageText::new().reply_to(AccountId(1), RoomId(2), &id("]"));
    assert_eq!(built.as_str(), "[rp aid=1]");
}

#[test]
fn a_text_within_a_text_keeps_its_tags() {
    let inner = MessageText::new().to(AccountId(1));
    assert_eq!(MessageText::new().info(&inner).as_str(), "[info][To:1][/info]");
    assert_eq!(MessageText::new().info(inner).as_str(), "[info][To:1][/info]");
}

#[test]
fn a_string_of_any_type_within_a_text_is_literal() {
    let (expected, owned) = ("[info][\u{2060}hr][/info]", "[hr]".to_owned());
    assert_eq!(MessageText::new().info("[hr]").as_str(), expected);
    assert_eq!(MessageText::new().info("[hr]".to_owned()).as_str(), expected);
    assert_eq!(MessageText::new().info(&owned).as_str(), expected);
}

#[test]
fn a_string_as_a_whole_text_is_notation() {
    let rule = MessageText::new().rule();
    assert_eq!(MessageText::from("[hr]"), rule);
    assert_eq!(MessageText::from("[hr]".to_owned()), rule);
    assert_eq!(String::from(rule.clone()), "[hr]");
    assert_eq!(rule.to_string(), "[hr]");
}

#[test]
fn a_text_is_empty_until_something_is_added() {
    assert!(MessageText::new().is_empty());
    assert!(!MessageText::new().text(" ").is_empty());
}
