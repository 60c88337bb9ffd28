//! Text that stays text.

use std::borrow::Cow;

/// What breaks a tag: a word joiner. It is not visible, has no width, and allows no line break
/// between the bracket and what follows it, unlike a zero-width space.
pub(super) const JOINER: char = '\u{2060}';

/// Breaks every bracket that could begin a tag, here or together with what comes after the text.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    join(text, |rest| match rest.chars().next() {
        // Any letter can begin a name, also of a tag that is yet to come, and what is invisible
        // (or a carriage return) may be left out before the name is looked at.
        Some(next) => !(next.is_ascii_digit() || is_harmless(next)),
        None => true,
    })
}

fn is_harmless(next: char) -> bool {
    matches!(next, ' ' | '\t' | '\n') || next.is_ascii_punctuation() && next != '/'
}

/// Breaks what would end a code block.
pub(super) fn escape_code(text: &str) -> Cow<'_, str> {
    const CLOSE: &str = "/code";
    join(text, |rest| {
        let closes = rest.get(..CLOSE.len()).is_some_and(|it| it.eq_ignore_ascii_case(CLOSE));
        // A mark that is there already would be taken for one of ours when the text is read.
        closes || rest.starts_with(JOINER)
    })
}

/// Takes the marks out again: for every text, the opposite of the two above.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    const JOINED: &str = "[\u{2060}";
    if text.contains(JOINED) { text.replace(JOINED, "[").into() } else { text.into() }
}

/// Puts a mark behind each bracket for which what follows it asks for one.
fn join(text: &str, asks: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let mut joined = String::new();
    let mut rest = text;
    let mut done = 0;
    while let Some((_, after)) = rest.split_once('[') {
        if asks(after) {
            let end = text.len() - after.len();
            joined.push_str(text.get(done..end).unwrap_or_default());
            joined.push(JOINER);
            done = end;
        }
        rest = after;
    }
    if done == 0 {
        return text.into();
    }
    joined.push_str(text.get(done..).unwrap_or_default());
    joined.into()
}
