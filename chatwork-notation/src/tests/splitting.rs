//! Long texts in parts.

use super::super::split::{Part, split};
use super::*;

/// The parts of a text, looked at from all sides.
pub(super) fn checked(text: &str, limit: usize) -> Vec<Part> {
    let parts = split(text, limit);
    for part in &parts {
        let length = part.text.chars().count();
        assert!(length <= limit, "{length} characters: {:?}", part.text);
        assert!(text.is_empty() || part.own() != "", "empty: {:?}", part.text);
    }
    let kept: String = parts.iter().map(|part| leaves(&part.text)).collect();
    assert_eq!(kept, leaves(text));
    parts
}

impl Part {
    /// What it has of the text.
    fn own(&self) -> &str {
        &self.text[self.reopened..self.text.len() - self.closed]
    }
}

/// All text and all tags but those with something between them; and no marks.
fn leaves(text: &str) -> String {
    let tree = parse(text);
    let leaf = |node: Node<'_, '_>| match node.kind() {
        Kind::Text(text) | Kind::Code(text) => text.replace('\u{2060}', ""),
        Kind::Download(download) => download.label().to_owned(),
        kind if kind.container().is_some() => String::new(),
        _ => node.source().to_owned(),
    };
    tree.walk().map(leaf).collect()
}

/// The same, when the parts are the text again, byte for byte.
fn texts(text: &str, limit: usize) -> Vec<String> {
    let parts = checked(text, limit);
    assert_eq!(parts.iter().map(Part::own).collect::<String>(), text);
    parts.into_iter().map(|part| part.text).collect()
}

#[test]
fn a_text_that_fits_is_one_part() {
    assert_eq!(texts("", 10), [""]);
    assert_eq!(texts("あいうえおかきくけこ", 10), ["あいうえおかきくけこ"]);
}

#[test]
fn the_limit_is_that_of_the_api() {
    let text = MessageText::from("あ".repeat(65_536));
    let lengths: Vec<_> = text.parts().iter().map(|part| part.as_str().chars().count()).collect();
    assert_eq!(lengths, [65_535, 1]);
}

#[test]
fn it_is_cut_after_the_last_line_that_fits() {
    assert_eq!(texts("one\ntwo\nthree\nfour", 9), ["one\ntwo\n", "three\n", "four"]);
}

#[test]
fn a_line_that_is_too_long_is_cut_between_characters() {
    assert_eq!(texts("a\n日本語日本語日本語", 4), ["a\n", "日本語日", "本語日本", "語"]);
}

#[test]
fn what_belongs_to_a_character_stays_with_it() {
    assert_eq!(texts("abcか\u{3099}d", 4), ["abc", "か\u{3099}d"]);
    assert_eq!(texts("ab👩\u{200d}🚀c", 4), ["ab", "👩\u{200d}🚀c"]);
    assert_eq!(texts("abc[\u{2060}hr]", 4), ["abc", "[\u{2060}hr", "]"]);
}

#[test]
fn a_tag_is_not_cut() {
    assert_eq!(texts("123456[To:123]78", 10), ["123456", "[To:123]78"]);
    assert_eq!(texts("[To:1][To:2][To:3]", 14), ["[To:1][To:2]", "[To:3]"]);
}

#[test]
fn what_is_open_is_closed_and_opened_again() {
    let line = format!("{}\n", "x".repeat(49));
    let text = format!("[info][title]T[/title]{}[/info]", line.repeat(4));
    assert_eq!(
        texts(&text, 150),
        [
            format!("[info][title]T[/title]{}[/info]", line.repeat(2)),
            format!("[info]{}[/info]", line.repeat(2)),
        ]
    );
}

#[test]
fn a_quote_keeps_its_author_in_each_part() {
    let text = format!("[qt][qtmeta aid=1 time=2]{}[/qt]", "0123456789\n".repeat(20));
    for part in texts(&text, 150) {
        assert!(part.starts_with("[qt][qtmeta aid=1 time=2]01"), "{part}");
        assert!(part.ends_with("\n[/qt]"), "{part}");
    }
}

#[test]
fn a_quote_without_author_gets_none_by_a_cut() {
    let text = format!("[qt]{}[qtmeta aid=1]{}[/qt]", "x\n".repeat(60), "y\n".repeat(60));
    for part in texts(&text, 132) {
        assert!(parse(&part).quotes().all(|quote| quote.kind() == Kind::Quote(Quote::default())));
    }
}

#[test]
fn code_stays_code_in_each_part() {
    let text = format!("[code]{}[/code]", "[To:1][toall]".repeat(40));
    for part in texts(&text, 60) {
        assert!(parse(&part).mentions().is_empty(), "{part}");
    }
}

#[test]
fn code_stays_code_even_where_nothing_else_is_opened_again() {
    let (open, close) = ("[info]".repeat(200), "[/info]".repeat(200));
    let text = format!("{open}[code]{}[/code]{close}", "[To:1]\n".repeat(200));
    for part in checked(&text, 200) {
        assert!(parse(&part.text).mentions().is_empty(), "{}", part.text);
    }
}

#[test]
fn a_quote_stays_a_quote_however_deep_it_stands() {
    let (open, close) = ("[info]".repeat(200), "[/info]".repeat(200));
    let text = format!("{open}[qt]{open}{}{close}[/qt]{close}", "[To:1]\n".repeat(200));
    for part in checked(&text, 200) {
        assert!(parse(&part.text).mentions().is_empty(), "{}", part.text);
    }
}

#[test]
fn no_part_begins_or_ends_with_an_empty_box() {
    let text = format!("{}[info]12345\n[/info]", "x".repeat(70));
    assert_eq!(texts(&text, 80), ["x".repeat(70), "[info]12345\n[/info]".to_owned()]);
    let text = format!("[info]{}\n[/info]{}", "x".repeat(60), "y".repeat(20));
    for part in texts(&text, 80) {
        assert!(!part.contains("[info][/info]"), "{part}");
    }
}

#[test]
fn a_tag_that_no_part_can_hold_is_cut_like_text() {
    let text = format!("[dtext:{}]", "k".repeat(100));
    assert_eq!(texts(&text, 60).len(), 2);
}

#[test]
fn boxes_too_deep_to_be_opened_again_lose_their_tags_and_make_no_others() {
    let text = "[info]".repeat(5) + "[[info]hr]" + &"[/info]".repeat(6);
    let parts = checked(&text, 60);
    let mark = '\u{2060}';
    let expected = format!("[info]{mark}{mark}{mark}{mark}[{mark}hr]{mark}{mark}{mark}");
    assert!(parts[0].text.starts_with(&expected), "{:?}", parts[0].text);
    let text = "[info]".repeat(1000) + "[qt]a[/qt]" + &"[/info]".repeat(1000);
    checked(&text, 100);
}

#[test]
fn what_was_text_in_such_a_box_stays_text() {
    let hostile = "[qt][toall]".to_owned() + &"[info]".repeat(100) + "[qt]" + &"x".repeat(500);
    let text = hostile + &"[/info]".repeat(100) + "[/qt]";
    for part in checked(&text, 200) {
        assert!(!parse(&part.text).mentions().all(), "{}", part.text);
    }
}

#[test]
fn no_grapheme_cluster_is_cut() {
    let england = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
    for cluster in
        ["🇯🇵", england, "ｶ\u{ff9e}", "辻\u{e0100}", "กำ", "\u{1112}\u{1161}\u{11ab}", "नि", "\r\n"]
    {
        let text = format!("{}{cluster}z", "x".repeat(11));
        let length = cluster.chars().count();
        for limit in 12..11 + length {
            assert_eq!(texts(&text, limit)[0], "x".repeat(11), "{cluster:?} {limit}");
        }
    }
}

#[test]
fn a_mention_in_a_quote_stays_quoted_whatever_the_boxes_cost() {
    let (open, close) = ("[info]".repeat(200), "[/info]".repeat(200));
    let quoted = "[To:1]\n".repeat(100);
    for quote in ["[qt]", "[qt][qtmeta aid=2 time=3]"] {
        let text = format!("{open}{quote}{quoted}[/qt]{close}");
        for limit in 150..300 {
            for part in split(&text, limit) {
                assert!(parse(&part.text).mentions().is_empty(), "{limit}: {}", part.text);
            }
        }
    }
}

#[test]
fn a_title_that_is_text_stays_text_in_each_part() {
    let outside = "[title]one\ntwo[/title]\n".repeat(20);
    let text = format!("{outside}[info][title]{}", "a[/title]\n".repeat(20));
    for part in checked(&text, 60) {
        assert!(is_text(&part.text), "{}", part.text);
    }
}

#[test]
fn a_cut_between_the_tags_of_such_a_title_makes_no_tag_valid() {
    let text = format!("[title]{}[qt][/title]\n[To:1]\n[/qt]", "x\n".repeat(100));
    let parts = checked(&text, 100);
    assert!(parts.iter().any(|part| parse(&part.text).mentions().contains(AccountId(1))));
    assert!(parts.iter().all(|part| parse(&part.text).quotes().count() == 0));
}

#[test]
fn a_title_in_boxes_too_deep_to_be_opened_again_makes_no_tag() {
    let (open, close) = ("[info]".repeat(50), "[/info]".repeat(50));
    let text = format!("{open}[title]{}[/title]{close}", "T\n".repeat(100));
    for part in checked(&text, 200) {
        let tree = parse(&part.text);
        assert!(tree.walk().all(|it| it.kind() != Kind::Title), "{}", part.text);
        assert!(!part.text.contains("[title]"), "{}", part.text);
    }
}

#[test]
fn the_text_before_a_tag_that_does_not_fit_is_not_cut_off() {
    assert_eq!(texts("[hr]abcd[To:123]", 12), ["[hr]abcd", "[To:123]"]);
    assert_eq!(texts("[hr]a\n[To:123]", 10), ["[hr]a\n", "[To:123]"]);
}
