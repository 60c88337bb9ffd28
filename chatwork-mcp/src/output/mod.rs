//! What a tool answers: few characters for the same facts.
//!
//! A list begins with one line in our own words: what it is, how many, whether it is complete,
//! where it goes on. People stand in a dictionary once, and a row names them by a number. A row is
//! one line: whatever a text holds, it cannot look like another row.

mod details;
mod listing;
mod people;

pub(crate) use details::Details;
pub(crate) use listing::{Listing, Row};
pub(crate) use people::People;

use chatwork_app::one_line;

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lines of text.
    Text,
    /// One JSON object.
    Json,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) form: Form,
    /// The most characters.
    pub(crate) max_chars: usize,
}

/// Returns a foreign text in one line, at most so many characters of it, and how many are left out.
pub(crate) fn shortened(text: &str, most: usize) -> (String, usize) {
    let text = one_line(text);
    match text.char_indices().nth(most) {
        None => (text.into_owned(), 0),
        Some((at, _)) => {
            let kept = text.get(..at).unwrap_or_default();
            (kept.to_owned(), text.chars().count().saturating_sub(most))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_one_line_and_is_cut_between_characters() {
        assert_eq!(shortened("一\n二\u{1b}三", 4), ("一⏎二␛".to_owned(), 1));
        assert_eq!(shortened("一", 4), ("一".to_owned(), 0));
    }
}
