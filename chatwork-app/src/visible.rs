//! Makes visible what a terminal would obey, and what no reader would see.

use std::borrow::Cow;

/// Makes control, escape, direction and invisible characters of a text visible. Line breaks and tabs
/// stay.
///
/// A name or a message of another person can hold sequences that move the cursor, change the title
/// of the window, write to the clipboard (OSC 52) or let a text look reversed, and characters that a
/// program reads and no person sees. A character of the first 32 becomes its picture (`␛`), another
/// one its number (`<U+202E>`). A carriage return before a line feed is removed: both are one line
/// break of Windows.
///
/// Invisible are all characters of the Unicode property `Default_Ignorable_Code_Point`: zero-width
/// characters, variation selectors, tags, fillers. Three of them stay where they hide nothing:
///
/// | character | stays |
/// |---|---|
/// | variation selector U+FE0E, U+FE0F | directly behind an emoji, and in a keycap such as `1️⃣` |
/// | zero-width joiner U+200D | between two emoji, as in `👩‍💻` |
/// | word joiner U+2060 | directly behind `[`: texts are escaped with it |
///
/// ```
/// assert_eq!(chatwork_app::visible("a\u{1b}[2J\u{202e}b"), "a␛[2J<U+202E>b");
/// assert_eq!(chatwork_app::visible("one\r\ntwo"), "one\ntwo");
/// assert_eq!(chatwork_app::visible("❤\u{fe0f} a\u{200b}b"), "❤\u{fe0f} a<U+200B>b");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    show(text, |it| matches!(it, '\n' | '\t'))
}

/// Like [`visible`], but in one line: a line break becomes `⏎` and a tab a space.
///
/// ```
/// assert_eq!(chatwork_app::one_line("one\ntwo\tthree"), "one⏎two three");
/// ```
pub fn one_line(text: &str) -> Cow<'_, str> {
    show(text, |_| false)
}

fn show(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(|it| stays(it) || !is_hidden(it)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    // The character before, if it is shown as it is.
    let mut before = None;
    while let Some(it) = rest.next() {
        let next = rest.peek().copied();
        let is_kept = stays(it) || !is_hidden(it) || belongs(before, it, next);
        before = is_kept.then_some(it);
        match it {
            it if is_kept => shown.push(it),
            '\r' if next == Some('\n') => {}
            '\n' => shown.push('⏎'),
            '\t' => shown.push(' '),
            '\u{0}'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(it))),
            '\u{7f}' => shown.push('␡'),
            it => shown.push_str(&format!("<U+{:04X}>", u32::from(it))),
        }
    }
    Cow::Owned(shown)
}

/// Returns whether an invisible character is a part of what stands around it.
fn belongs(before: Option<char>, it: char, next: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match it {
        '\u{fe0e}' | '\u{fe0f}' => {
            is_emoji(before) || (is_on_keycap(before) && next == Some('\u{20e3}'))
        }
        '\u{200d}' => (is_emoji(before) || before == '\u{fe0f}') && next.is_some_and(is_emoji),
        '\u{2060}' => before == '[',
        _ => false,
    }
}

/// Returns whether a character controls a terminal, changes the direction of a text, breaks a line,
/// or is not shown at all.
fn is_hidden(it: char) -> bool {
    it.is_control()
        || is_ignorable(it)
        || matches!(it, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// `Default_Ignorable_Code_Point` of Unicode 17. A test compares it with the property.
fn is_ignorable(it: char) -> bool {
    matches!(
        it,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The blocks that have emoji. A test compares them with the property.
fn is_emoji(it: char) -> bool {
    matches!(
        it,
        '\u{a9}'
            | '\u{ae}'
            | '\u{203c}'
            | '\u{2049}'
            | '\u{2122}'
            | '\u{2139}'
            | '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{24c2}'
            | '\u{25a0}'..='\u{27bf}'
            | '\u{2934}'..='\u{2935}'
            | '\u{2b05}'..='\u{2b55}'
            | '\u{3030}'
            | '\u{303d}'
            | '\u{3297}'
            | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

/// Returns whether there is a keycap with this character.
fn is_on_keycap(it: char) -> bool {
    matches!(it, '0'..='9' | '#' | '*')
}

#[cfg(test)]
mod tests {
    use icu_properties::CodePointSetData;
    use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint, Emoji};

    use super::*;

    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn a_character_that_controls_or_is_invisible_is_never_shown_as_it_is() {
        let (ignorable, bidi) = (
            CodePointSetData::new::<DefaultIgnorableCodePoint>(),
            CodePointSetData::new::<BidiControl>(),
        );
        let hides = |it: char| it.is_control() || ignorable.contains(it) || bidi.contains(it);
        for it in all().filter(|it| hides(*it)) {
            assert!(!one_line(&format!("a{it}b")).contains(it), "U+{:04X}", u32::from(it));
            let stays = matches!(it, '\n' | '\t');
            let shown = visible(&format!("a{it}b")).contains(it);
            assert_eq!(shown, stays, "U+{:04X}", u32::from(it));
        }
    }

    #[test]
    fn every_other_character_is_shown_as_it_is() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let breaks = |it: char| matches!(it, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}');
        for it in all().filter(|it| !it.is_control() && !ignorable.contains(*it) && !breaks(*it)) {
            assert!(
                matches!(one_line(&it.to_string()), Cow::Borrowed(_)),
                "U+{:04X}",
                u32::from(it)
            );
        }
    }

    #[test]
    fn a_selector_behind_any_emoji_stays() {
        let emoji = CodePointSetData::new::<Emoji>();
        for it in all().filter(|it| emoji.contains(*it) && !is_on_keycap(*it)) {
            let text = format!("{it}\u{fe0f}");
            assert_eq!(one_line(&text), text);
        }
    }

    #[test]
    fn emoji_of_several_characters_stay() {
        for text in [
            "👩\u{200d}💻",
            "❤\u{fe0f}\u{200d}🔥",
            "👩🏽\u{200d}🚀",
            "1\u{fe0f}\u{20e3}",
            "☎\u{fe0e}",
        ] {
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn what_only_looks_like_a_part_of_an_emoji_is_shown() {
        let texts = [
            ("a\u{fe0f}", "a<U+FE0F>"),
            ("1\u{fe0f}", "1<U+FE0F>"),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}<U+FE0F>"),
            ("👩\u{200d}a", "👩<U+200D>a"),
            ("a\u{200d}👩", "a<U+200D>👩"),
            ("a\u{fe0f}\u{200d}👩", "a<U+FE0F><U+200D>👩"),
            ("🏴\u{e0067}", "🏴<U+E0067>"),
            ("葛\u{e0100}", "葛<U+E0100>"),
        ];
        for (text, shown) in texts {
            assert_eq!(one_line(text), shown);
        }
    }

    #[test]
    fn the_joiner_of_an_escaped_tag_stays_and_any_other_is_shown() {
        assert_eq!(one_line("[\u{2060}toall]"), "[\u{2060}toall]");
        assert_eq!(one_line("[\u{2060}\u{2060}a\u{2060}]"), "[\u{2060}<U+2060>a<U+2060>]");
    }

    #[test]
    fn an_ordinary_text_is_not_copied() {
        assert!(matches!(visible("山田 👍\n\t"), Cow::Borrowed(_)));
        assert_eq!(one_line("\u{9b}2J\u{7f}\u{85}\u{2028}"), "<U+009B>2J␡<U+0085><U+2028>");
    }
}
