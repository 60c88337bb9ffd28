//! Makes visible what a terminal would obey or hide.

use std::borrow::Cow;

/// Makes control, escape and direction characters of a text visible. Line breaks and tabs stay.
///
/// A name or a message of another person can hold sequences that move the cursor, change the title
/// of the window, write to the clipboard (OSC 52) or let a text look reversed. A character of the
/// first 32 becomes its picture (`␛`), another one its number (`<U+202E>`). A carriage return before
/// a line feed goes: it is a line break of Windows.
///
/// ```
/// assert_eq!(chatwork_app::visible("a\u{1b}[2J\u{202e}b"), "a␛[2J<U+202E>b");
/// assert_eq!(chatwork_app::visible("one\r\ntwo"), "one\ntwo");
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
    while let Some(it) = rest.next() {
        match it {
            '\r' if rest.peek() == Some(&'\n') => {}
            it if stays(it) || !is_hidden(it) => shown.push(it),
            '\n' => shown.push('⏎'),
            '\t' => shown.push(' '),
            '\u{0}'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(it))),
            '\u{7f}' => shown.push('␡'),
            it => shown.push_str(&format!("<U+{:04X}>", u32::from(it))),
        }
    }
    Cow::Owned(shown)
}

/// Returns whether a character controls a terminal, changes the direction of a text, breaks a line,
/// or is an invisible tag. The word joiner is invisible, too, and stays: texts are escaped with it.
fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(
            it,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let all: String =
            (0..=0x2_ffff_u32).chain(0xe_0000..=0xe_01ff).filter_map(char::from_u32).collect();
        for shown in [visible(&all), one_line(&all)] {
            assert!(shown.chars().all(|it| !is_hidden(it) || matches!(it, '\n' | '\t')));
        }
        assert!(!one_line(&all).contains(['\n', '\t']));
    }

    #[test]
    fn an_ordinary_text_is_not_copied() {
        assert!(matches!(visible("山田 👍\n\t"), Cow::Borrowed(_)));
        assert_eq!(one_line("\u{9b}2J\u{7f}\u{85}\u{2028}"), "<U+009B>2J␡<U+0085><U+2028>");
    }
}
