//! The two forms of an answer, and how long a text is in each.

use chatwork_app::one_line;

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lines of text.
    Text,
    /// One JSON object.
    Json,
}

/// A part of a text that is read in several answers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    /// How many characters follow.
    pub(crate) left: usize,
    /// Where the next part begins, in characters; `None` if this is the last one.
    pub(crate) next: Option<usize>,
}

impl Form {
    /// Returns how many characters a text takes when it is written. The text has no control
    /// characters but line breaks and tabs.
    pub(crate) fn length(self, text: &str) -> usize {
        text.chars().map(|it| self.width(it)).sum()
    }

    fn width(self, it: char) -> usize {
        match (self, it) {
            (Self::Json, '"' | '\\' | '\n' | '\t') => 2,
            _ => 1,
        }
    }

    /// Returns how many bytes and characters of a text fit into so many written characters.
    fn fitting(self, text: &str, most: usize) -> (usize, usize) {
        let (mut written, mut characters) = (0, 0);
        for (at, it) in text.char_indices() {
            written += self.width(it);
            if written > most {
                return (at, characters);
            }
            characters += 1;
        }
        (text.len(), characters)
    }

    /// Returns a foreign text in one line, at most so many written characters of it, and how many
    /// characters are left out.
    pub(crate) fn shortened(self, text: &str, most: usize) -> (String, usize) {
        let text = one_line(text);
        let (end, _) = self.fitting(&text, most);
        let (kept, rest) = text.split_at_checked(end).unwrap_or((&text, ""));
        (kept.to_owned(), rest.chars().count())
    }

    /// Like [`shortened`](Self::shortened), with `…` in the place of what is left out.
    pub(crate) fn cut(self, text: &str, most: usize) -> String {
        match self.shortened(text, most) {
            (text, 0) => text,
            (text, _) => text + "…",
        }
    }

    /// Returns the part of a visible text that begins at a character and takes at most so many
    /// written ones.
    pub(crate) fn part(self, text: &str, from: usize, most: usize) -> Part {
        let start = text.char_indices().nth(from).map_or(text.len(), |(at, _)| at);
        let rest = text.get(start..).unwrap_or_default();
        let (end, characters) = self.fitting(rest, most);
        let (part, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let left = rest.chars().count();
        let next = (left > 0).then_some(from.saturating_add(characters));
        Part { text: part.to_owned(), left, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_one_line_and_is_cut_between_characters() {
        assert_eq!(Form::Text.shortened("一\n二\u{1b}三", 4), ("一⏎二␛".to_owned(), 1));
        assert_eq!(Form::Text.shortened("一", 4), ("一".to_owned(), 0));
        assert_eq!(Form::Text.cut("一二三", 2), "一二…");
    }

    #[test]
    fn in_json_a_text_is_as_long_as_it_is_written() {
        for text in ["a\"\\\n\tb", "会議", ""] {
            let written = serde_json::to_string(text).unwrap().chars().count() - 2;
            assert_eq!(Form::Json.length(text), written, "{text}");
        }
        assert_eq!(Form::Json.shortened("\"\"\"", 5), ("\"\"".to_owned(), 1));
        assert_eq!(Form::Text.shortened("\"\"\"", 5), ("\"\"\"".to_owned(), 0));
    }

    #[test]
    fn the_parts_of_a_text_are_the_whole() {
        let text = "a\"b\"c会\"議";
        for form in [Form::Text, Form::Json] {
            let (mut whole, mut from) = (String::new(), Some(0));
            while let Some(at) = from {
                let part = form.part(text, at, 3);
                assert!(form.length(&part.text) <= 3);
                whole.push_str(&part.text);
                from = part.next;
            }
            assert_eq!(whole, text);
        }
        assert_eq!(Form::Text.part("ab", 9, 3), Part { text: String::new(), left: 0, next: None });
    }
}
