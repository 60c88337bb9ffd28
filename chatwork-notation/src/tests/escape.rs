//! Text that is made literal stays text, and is read as it was.

use super::*;

fn text(text: &str) -> String {
    MessageText::new().text(text).into()
}

fn read(text: &str) -> String {
    parse(text).plain_text(|_| None)
}

#[test]
fn tags_are_broken_by_a_word_joiner() {
    assert_eq!(text("[To:1] [/info] [new]"), "[\u{2060}To:1] [\u{2060}/info] [\u{2060}new]");
}

#[test]
fn brackets_that_begin_no_tag_are_left_alone() {
    for line in ["a[0] = [1, 2]", "[ ] todo", "[]", "[\n  \"a\"\n]", "[2026-01-02] ok", "]"] {
        assert_eq!(text(line), line);
    }
}

#[test]
fn a_bracket_at_the_end_makes_no_tag_with_what_comes_next() {
    assert!(is_text(MessageText::new().text("[").text("hr]").as_str()));
    assert!(is_text(MessageText::new().text("[").notation("hr]").as_str()));
    assert!(is_text(MessageText::new().text("[/").text("info]").as_str()));
}

#[test]
fn what_is_not_seen_hides_no_tag() {
    for hidden in ["\u{200b}", "\u{feff}", "\r", "\0", "\u{2060}", "\u{3000}"] {
        assert!(text(&format!("[{hidden}To:1]")).starts_with("[\u{2060}"), "{hidden:?}");
    }
}

#[test]
fn names_in_letters_of_other_scripts_are_broken_too() {
    assert_eq!(text("[返信 aid=1]"), "[\u{2060}返信 aid=1]");
}

#[test]
fn nothing_ends_the_box_title_or_quote_that_it_stands_in() {
    let hostile = "[/title][/info][/qt][/code][/task][toall]";
    let built = MessageText::new()
        .titled_info(hostile, hostile)
        .quote_of(AccountId(1), None, hostile)
        .code(hostile);
    assert!(built.tree().mentions().is_empty());
    assert_eq!(built.tree().nodes().count(), 3);
    let lines = [hostile, hostile, &format!("> {hostile}"), hostile];
    assert_eq!(read(built.as_str()), lines.join("\n"));
}

#[test]
fn code_is_broken_only_where_it_would_end() {
    let code = "if a[i] { [info] } [/info] [/CODE] [/code]";
    let built = MessageText::new().code(code);
    let broken = "if a[i] { [info] } [/info] [\u{2060}/CODE] [\u{2060}/code]";
    assert_eq!(kinds(built.as_str()), [Kind::Code(broken)]);
    assert_eq!(read(built.as_str()), code);
}

#[test]
fn a_mark_that_was_there_is_there_again_when_it_is_read() {
    for line in ["[\u{2060}", "[\u{2060}\u{2060}hr]", "\u{2060}[hr\u{2060}"] {
        assert_eq!(read(&text(line)), line);
        assert_eq!(read(MessageText::new().code(line).as_str()), line);
    }
}

#[test]
fn addresses_keep_working() {
    for (address, expected) in [
        ("https://x/i?f[]=a&op[b_id]=o", "https://x/i?f%5B%5D=a&op%5Bb_id%5D=o"),
        ("HTTP://x/?filter[status]=open", "HTTP://x/?filter%5Bstatus%5D=open"),
        ("https://x/?a[0]=1", "https://x/?a[0]=1"),
        ("http://[fe80::1]/?a[b]", "http://[fe80::1]/?a%5Bb%5D"),
        ("(https://x/?a[b]=1] [c]", "(https://x/?a%5Bb%5D=1] [\u{2060}c]"),
        ("https://x/[toall]", "https://x/%5Btoall%5D"),
        ("https://x/あ[toall]", "https://x/あ[\u{2060}toall]"),
        ("ftp://x/[toall]", "ftp://x/[\u{2060}toall]"),
    ] {
        assert_eq!(text(address), expected);
        assert!(is_text(&text(address)));
    }
}
