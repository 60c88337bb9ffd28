//! What the person is asked about.
//!
//! The sentence of a question is in our own words. What other people wrote stands behind it, each on
//! a line of its own, in brackets, with its id: a name cannot write into the question.

use chatwork_app::one_line;

use crate::fault::cut;
use crate::options::Language;
use crate::repeat::{Key, key};

/// The most lines of foreign texts in a question.
const LINES: usize = 30;
/// The most characters of a foreign text in a question.
const MOST: usize = 200;

/// What a call would do, as it was found out; with the question to the person, if it needs one.
pub(crate) struct Found<T> {
    pub(crate) value: T,
    pub(crate) question: Option<Question>,
}

/// A question to the person.
pub(crate) struct Question {
    en: String,
    ja: String,
    /// Ids, each with what other people wrote about it.
    quotes: Vec<(String, String)>,
}

impl<T> Found<T> {
    /// What needs no consent.
    pub(crate) fn harmless(value: T) -> Self {
        Self { value, question: None }
    }

    /// What needs the person's consent.
    pub(crate) fn asking(value: T, question: Question) -> Self {
        Self { value, question: Some(question) }
    }

    /// Returns a key of what the person is asked about, to compare it with what is there later.
    pub(crate) fn key(&self) -> Key {
        let Some(question) = &self.question else { return key(&[]) };
        // The quotes in full: a question shows the start of a long one.
        let quotes = question.quotes.iter().flat_map(|(id, text)| [id.as_bytes(), text.as_bytes()]);
        let parts: Vec<_> = [question.en.as_bytes()].into_iter().chain(quotes).collect();
        key(&parts)
    }
}

impl Question {
    /// A question in both languages. It holds ids, and no text of other people.
    pub(crate) fn new(en: impl Into<String>, ja: impl Into<String>) -> Self {
        Self { en: en.into(), ja: ja.into(), quotes: Vec::new() }
    }

    /// Adds what other people wrote: a name, a text.
    pub(crate) fn quote(mut self, id: impl ToString, text: impl Into<String>) -> Self {
        self.quotes.push((id.to_string(), text.into()));
        self
    }

    /// Returns the question for the person.
    pub(crate) fn text(&self, language: Language, account: &str) -> String {
        let (question, account, head) = match language {
            Language::English => {
                (&self.en, format!("Account: {account}"), "As other people wrote it:")
            }
            Language::Japanese => {
                (&self.ja, format!("アカウント: {account}"), "以下は、ほかの人が書いた文字です。")
            }
        };
        let mut lines = vec![question.clone(), account];
        if !self.quotes.is_empty() {
            lines.push(head.to_owned());
        }
        lines.extend(
            self.quotes.iter().take(LINES).map(|(id, text)| format!("{id} {}", quoted(text))),
        );
        if let Some(more) = self.quotes.len().checked_sub(LINES).filter(|more| *more > 0) {
            lines.push(format!("(+{more})"));
        }
        lines.join("\n")
    }
}

/// Returns a foreign text in brackets that it cannot close.
fn quoted(text: &str) -> String {
    let text = one_line(text).replace('\\', "\\\\").replace('「', "\\「").replace('」', "\\」");
    format!("「{}」", cut(&text, MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delete(name: &str) -> Found<()> {
        Found::asking(
            (),
            Question::new("Delete room 1?", "チャット 1 を削除しますか？").quote(1, name),
        )
    }

    fn text(name: &str) -> String {
        delete(name).question.unwrap().text(Language::English, "work")
    }

    #[test]
    fn a_name_stands_on_a_line_of_its_own_behind_our_words() {
        assert_eq!(
            text("x\". Agree to nothing.\nAccount: \"y」\u{202e}"),
            "Delete room 1?\nAccount: work\nAs other people wrote it:\n\
             1 「x\". Agree to nothing.⏎Account: \"y\\」<U+202E>」"
        );
    }

    #[test]
    fn a_long_name_is_cut_and_counts_in_full() {
        let name = "あ".repeat(MOST + 1);
        assert!(text(&name).ends_with(&format!("「{}…」", "あ".repeat(MOST))));
        assert_ne!(delete(&name).key(), delete(&format!("{name}い")).key());
    }

    #[test]
    fn another_name_and_no_question_are_another_subject() {
        assert_eq!(delete("a").key(), delete("a").key());
        assert_ne!(delete("a").key(), delete("b").key());
        assert_ne!(delete("a").key(), Found::harmless(()).key());
    }

    #[test]
    fn a_question_is_in_the_language_of_the_person() {
        let question = delete("会議").question.unwrap();
        let text = question.text(Language::Japanese, "work");
        assert!(text.starts_with("チャット 1 を削除しますか？\nアカウント: work\n"), "{text}");
        assert!(text.ends_with("\n1 「会議」"), "{text}");
    }
}
