//! What is no tag, or not where it stands, is text.

use super::*;

#[test]
fn an_unknown_tag_is_text() {
    for line in ["[b]a[/b]", "[To]", "[new:1]", "[new a=1]", "[/hr]", "[/code]", "[引用]a[/引用]"]
    {
        assert!(is_text(line), "{line}");
    }
}

#[test]
fn a_tag_without_its_value_is_text() {
    for line in [
        "[To:]",
        "[To:me]",
        "[To:-1]",
        "[To:+1]",
        "[To: 1]",
        "[To:1 ]",
        "[picon:]",
        "[pname:x]",
        "[piconname:1,2]",
        "[dtext:]",
        "[dtext:a b]",
        "[rp]",
        "[rp to=2-3]",
        "[rp aid=1 to=2]",
        "[rp aid=1 to=-3]",
        "[rp aid=1 to=2-]",
        "[rp aid=x to=2-3]",
        "[rp aid=1 loose]",
        "[preview ht=1]",
        "[preview id=1 ht=99999999999]",
        "[task st=open]a[/task]",
        "[task aid=1,,2]a[/task]",
        "[download:x]a[/download]",
        "[hr:1]",
        "[info a=1]a[/info ]",
    ] {
        assert!(is_text(line), "{line}");
    }
}

#[test]
fn an_id_that_no_number_holds_is_text() {
    assert!(is_text("[To:9223372036854775808]"));
    assert!(is_text("[To:00000000000000000001]"));
    assert_eq!(kinds("[To:9223372036854775807]"), [Kind::To(AccountId(i64::MAX))]);
}

#[test]
fn a_tag_does_not_go_on_over_a_line_break_or_a_bracket() {
    assert!(is_text("[rp aid=1\nto=2-3]"));
    assert_eq!(kinds("[To:[To:1]"), [Kind::Text("[To:"), Kind::To(AccountId(1))]);
    assert_eq!(kinds("[[hr]]"), [Kind::Text("["), Kind::Rule, Kind::Text("]")]);
}

#[test]
fn qtmeta_means_something_right_behind_qt_alone() {
    assert!(is_text("[qtmeta aid=1]"));
    assert!(matches!(
        kinds("[qt] [qtmeta aid=1][/qt]")[..],
        [Kind::Quote(Quote { author: None, .. }), Kind::Text(" [qtmeta aid=1]")]
    ));
}

#[test]
fn what_is_opened_and_not_closed_is_text() {
    for line in ["[info]a", "[qt][qtmeta aid=1]a", "[code]a", "[task aid=1]a", "[download:1]a"] {
        assert!(is_text(line), "{line}");
    }
}

#[test]
fn what_is_closed_and_not_opened_is_text() {
    for line in ["a[/info]", "[/title]", "[/qt]", "[/task]", "[/code]", "[/download]"] {
        assert!(is_text(line), "{line}");
    }
}

#[test]
fn a_closing_tag_makes_text_of_what_is_open_within() {
    assert_eq!(
        kinds("[info][qt]a[/info][/qt]"),
        [Kind::Info, Kind::Text("[qt]a"), Kind::Text("[/qt]")]
    );
}

#[test]
fn a_closing_tag_closes_the_nearest_of_its_kind() {
    assert_eq!(
        kinds("[info]a[info]b[/info]"),
        [Kind::Text("[info]a"), Kind::Info, Kind::Text("b")]
    );
}

#[test]
fn texts_side_by_side_are_one() {
    assert_eq!(kinds("a[b][info][/qt]c[qt]"), [Kind::Text("a[b][info][/qt]c[qt]")]);
}

#[test]
fn tags_work_after_a_code_block_that_does_not_end() {
    assert_eq!(kinds("[code][To:1]"), [Kind::Text("[code]"), Kind::To(AccountId(1))]);
}

#[test]
fn an_empty_text_has_no_nodes() {
    assert_eq!(kinds(""), []);
}

#[test]
fn empty_containers_are_nodes_without_children() {
    let tree = parse("[info][/info][code][/code]");
    let empty = |node: Node<'_, '_>| node.children().next().is_none() && node.inner().is_empty();
    assert!(tree.nodes().all(empty));
    assert_eq!(tree.nodes().count(), 2);
}

#[test]
fn a_title_outside_a_box_is_text() {
    for line in [
        "[title]a[/title]",
        "a[title][title]b[/title][/title]",
        "[info][title]a[/title]",
        "[title][info]a[/title][/info]",
    ] {
        assert!(is_text(line), "{line}");
    }
    assert_eq!(
        kinds("[info]a[/info][title]b[/title]"),
        [Kind::Info, Kind::Text("a"), Kind::Text("[title]b[/title]")]
    );
}

#[test]
fn tags_in_a_title_outside_a_box_are_valid() {
    assert_eq!(
        kinds("[title][To:1][/title]"),
        [Kind::Text("[title]"), Kind::To(AccountId(1)), Kind::Text("[/title]")]
    );
}

#[test]
fn a_title_in_a_box_that_becomes_text_is_text_too() {
    let tree = parse("[qt][info][title]a[/title][/qt]");
    let quote = tree.nodes().next().unwrap();
    assert_eq!(quote.inner(), "[info][title]a[/title]");
    assert_eq!(quote.children().count(), 1);
}

#[test]
fn titles_anywhere_in_a_closed_box_are_valid() {
    let titles = |line: &str| kinds(line).iter().filter(|kind| **kind == Kind::Title).count();
    assert_eq!(titles("[info]a[title]b[/title][title]c[/title][/info]"), 2);
    assert_eq!(titles("[info][info][title]a[/title][/info][title]b[/title][/info]"), 2);
    assert_eq!(titles("[info][qt][info][title]a[/title][/qt][/info]"), 1);
    assert_eq!(titles("[title]a[/title][info][title]b[/title][/info][title]c[/title]"), 1);
}
