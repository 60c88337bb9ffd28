//! The text of a message, as it is built and sent.

use std::fmt;

use super::escape::escape;
use super::parse::parse;
use super::split;
use super::tree::Tree;

/// The text of a message, with its tags: a builder for it.
///
/// What is put into it as a string is text and is made literal (see the [module](super)); so a
/// name or a log line mentions no account. Tags are written by the methods that are named for them,
/// and notation that you vouch for by [`MessageText::notation`].
///
/// A string *as* a `MessageText`, by [`From`], is notation: so that `room.post("[hr]")` draws a
/// rule, as it does in every other client.
///
/// ```
/// use chatwork_notation::AccountId;
/// use chatwork_notation::MessageText;
///
/// let text = MessageText::new().to(AccountId(1)).text("Anna [hr]\n").rule();
/// assert_eq!(text.as_str(), "[To:1]Anna [\u{2060}hr]\n[hr]");
/// assert_eq!(MessageText::from("[hr]"), MessageText::new().rule());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use = "a text does nothing until it is posted"]
pub struct MessageText(String);

impl MessageText {
    /// Begins an empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text, which is made literal.
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.with(&[&escape(text.as_ref())])
    }

    /// Adds notation, unchanged. The caller is responsible for it: all tags in it work, and what it
    /// leaves open may swallow what comes after it.
    pub fn notation(self, notation: impl AsRef<str>) -> Self {
        self.with(&[notation.as_ref()])
    }

    /// The text with its tags.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text, read.
    pub fn tree(&self) -> Tree<'_> {
        parse(&self.0)
    }

    /// The text in parts of at most 65,535 characters, which is what one message can hold.
    ///
    /// It is cut after the last line break that fits, or where there is none, between two
    /// characters; never within a tag. What is open at a cut (a box, a title, a quote, a code
    /// block, a task) is closed there and opened again in the next part. So what is literal stays
    /// literal, and what is quoted stays quoted. A title is not repeated.
    ///
    /// Of a text that needs several parts, boxes nested so deep that opening them again would take
    /// more than a quarter of a part (a thousand or so) lose their tags; what is in them stays.
    ///
    /// ```
    /// use chatwork_notation::MessageText;
    ///
    /// let log = "one line of a long log\n".repeat(5000);
    /// let parts = MessageText::new().titled_info("Log", log).parts();
    /// assert_eq!(parts.len(), 2);
    /// assert!(parts.iter().all(|part| part.as_str().starts_with("[info]")));
    /// assert!(parts.iter().all(|part| part.as_str().ends_with("log\n[/info]")));
    /// ```
    pub fn parts(&self) -> Vec<Self> {
        split::split(&self.0, split::LIMIT).into_iter().map(|part| Self(part.text)).collect()
    }

    pub(super) fn with(mut self, strings: &[&str]) -> Self {
        self.0.extend(strings.iter().copied());
        self
    }

    pub(super) fn with_tag(mut self, tag: fmt::Arguments<'_>) -> Self {
        // Writing to a string does not fail.
        let _ = fmt::Write::write_fmt(&mut self.0, tag);
        self
    }
}

impl fmt::Display for MessageText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for MessageText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

macro_rules! from {
    ($($string:ty),*) => {$(
        /// The string is notation.
        impl From<$string> for MessageText {
            fn from(notation: $string) -> Self {
                Self(notation.into())
            }
        }
    )*};
}

from!(&str, &String, String, Box<str>, std::borrow::Cow<'_, str>, char);

impl From<&MessageText> for MessageText {
    fn from(text: &MessageText) -> Self {
        text.clone()
    }
}

impl From<MessageText> for String {
    fn from(text: MessageText) -> Self {
        text.0
    }
}

impl From<&MessageText> for String {
    fn from(text: &MessageText) -> Self {
        text.0.clone()
    }
}
