//! Each tag that people and bots send, by a line of its own.

use super::*;

#[test]
fn to_mentions_an_account() {
    assert_eq!(kinds("[To:123]"), [Kind::To(AccountId(123))]);
}

#[test]
fn toall_mentions_everybody() {
    assert_eq!(kinds("[toall]"), [Kind::ToAll]);
}

#[test]
fn rp_names_account_room_and_message() {
    let line = "[rp aid=123 to=45-1928374655918273645]";
    assert_eq!(kinds(line), [reply(123, 45, "1928374655918273645")]);
    let tree = parse(line);
    let reply = tree.reply().unwrap();
    assert_eq!(reply.account(), AccountId(123));
    assert_eq!(reply.room(), Some(RoomId(45)));
    assert_eq!(reply.message(), Some(id("1928374655918273645")));
}

#[test]
fn an_old_rp_names_the_account_alone() {
    let tree = parse("[rp aid=123]");
    let reply = tree.reply().unwrap();
    assert_eq!((reply.account(), reply.room(), reply.message()), (AccountId(123), None, None));
}

#[test]
fn qt_with_qtmeta_names_author_and_time() {
    let line = "[qt][qtmeta aid=123 time=1705642989]said[/qt]";
    assert_eq!(kinds(line), [quote(123, Some(1_705_642_989)), Kind::Text("said")]);
}

#[test]
fn qtmeta_needs_no_time() {
    assert_eq!(kinds("[qt][qtmeta aid=123]said[/qt]"), [quote(123, None), Kind::Text("said")]);
}

#[test]
fn qt_needs_no_qtmeta() {
    assert_eq!(
        kinds("[qt]said[/qt]"),
        [Kind::Quote(Quote { author: None, time: None }), Kind::Text("said")]
    );
}

#[test]
fn info_holds_what_is_in_it() {
    assert_eq!(
        kinds("[info]a[hr]b[/info]"),
        [Kind::Info, Kind::Text("a"), Kind::Rule, Kind::Text("b")]
    );
}

#[test]
fn info_may_have_a_title() {
    let tree = parse("[info][title]What[/title]text[/info]");
    let info = tree.nodes().next().unwrap();
    let inside: Vec<_> = info.children().map(|node| (node.kind(), node.inner())).collect();
    assert_eq!(inside, [(Kind::Title, "What"), (Kind::Text("text"), "text")]);
}

#[test]
fn code_is_literal_until_the_first_closing_tag() {
    assert_eq!(
        kinds("[code][To:1] [info][/code] a[/code]"),
        [Kind::Code("[To:1] [info]"), Kind::Text(" a[/code]")]
    );
}

#[test]
fn hr_is_a_rule() {
    assert_eq!(kinds("[hr]"), [Kind::Rule]);
}

#[test]
fn picon_is_an_icon() {
    assert_eq!(kinds("[picon:123]"), [Kind::Icon(AccountId(123))]);
}

#[test]
fn pname_is_a_name() {
    assert_eq!(kinds("[pname:123]"), [Kind::Name(AccountId(123))]);
}

#[test]
fn piconname_is_an_icon_and_a_name() {
    assert_eq!(kinds("[piconname:123]"), [Kind::IconAndName(AccountId(123))]);
}

#[test]
fn preview_names_the_file_and_a_height() {
    let preview = Preview { file: FileId(1_341_384_457), height: Some(16) };
    assert_eq!(kinds("[preview id=1341384457 ht=16]"), [Kind::Preview(preview)]);
}

#[test]
fn preview_needs_no_height() {
    let preview = Preview { file: FileId(1_341_384_457), height: None };
    assert_eq!(kinds("[preview id=1341384457]"), [Kind::Preview(preview)]);
}

#[test]
fn emoticons_are_text() {
    let line = ":) :( :D 8-) :o ;) ;( (sweat) :| :* :p (blush) :^) |-) (inlove) ]:) (talk) (yawn) \
                (puke) (emo) 8-| :#) (nod) (shake) (^^;) (whew) (clap) (bow) (roger) (flex) (dance) \
                (:/) (gogo) (think) (please) (quick) (anger) (devil) (lightbulb) (*) (h) (F) \
                (cracker) (eat) (^) (coffee) (beer) (handshake) (y)";
    assert_eq!(kinds(line), [Kind::Text(line)]);
}

#[test]
fn names_of_tags_and_attributes_are_read_in_any_case() {
    assert_eq!(kinds("[TOALL]"), [Kind::ToAll]);
    assert_eq!(kinds("[to:1]"), [Kind::To(AccountId(1))]);
    assert_eq!(kinds("[RP AID=1 To=2-3]"), [reply(1, 2, "3")]);
    assert_eq!(kinds("[Code]a[/CODE]"), [Kind::Code("a")]);
    assert_eq!(kinds("[Info]a[/INFO]"), [Kind::Info, Kind::Text("a")]);
}

#[test]
fn attributes_come_in_any_order_and_with_any_space() {
    assert_eq!(kinds("[rp  to=2-3\taid=1 ]"), [reply(1, 2, "3")]);
    assert_eq!(kinds("[qt][qtmeta time=2 aid=1]a[/qt]"), [quote(1, Some(2)), Kind::Text("a")]);
}

#[test]
fn unknown_attributes_are_passed_over() {
    assert_eq!(kinds("[rp aid=1 new=thing to=2-3]"), [reply(1, 2, "3")]);
}

#[test]
fn of_an_attribute_that_comes_twice_the_first_counts() {
    assert_eq!(kinds("[rp aid=1 to=2-3 aid=9]"), [reply(1, 2, "3")]);
}

#[test]
fn a_bracket_ends_the_search_for_the_end_of_a_tag() {
    assert_eq!(
        kinds("[rp aid=1 x=[hr] y]"),
        [Kind::Text("[rp aid=1 x="), Kind::Rule, Kind::Text(" y]")]
    );
}
