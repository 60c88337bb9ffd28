//! Builds the text of a message.

use std::fmt;

use super::escape::escape;
use super::parse::parse;
use super::split;
use super::tree::Tree;

/// Builds the text of a message, with its tags.
///
/// [`MessageText::text`] escapes its string (see the [crate](super)), so a name or a log line
/// mentions no account. Each tag has its method, such as [`MessageText::to`].
/// [`MessageText::notation`] adds a string without escaping it.
///
/// [`From`] a string does not escape either: `room.post("[hr]")` draws a rule.
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
    /// Returns an empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text and escapes it: no tag in it works. Its web addresses still do: their brackets are
    /// percent-encoded. An address ends at the first character that is not ASCII.
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.with(&[&escape(text.as_ref())])
    }

    /// Adds notation without escaping it. Use it only for trusted strings: all tags in it work, and
    /// an unclosed tag can include the text after it.
    pub fn notation(self, notation: impl AsRef<str>) -> Self {
        self.with(&[notation.as_ref()])
    }

    /// Returns the text with its tags.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if the text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Parses the text.
    pub fn tree(&self) -> Tree<'_> {
        parse(&self.0)
    }

    /// Splits the text into parts of at most 65,535 characters, the limit of one message.
    ///
    /// A cut is after the last line break that fits. Without a line break, the cut is between two
    /// characters, never within a tag. A box, title, quote, code block or task that is open at a
    /// cut is closed there and opened again in the next part. So code stays literal and a quote
    /// stays a quote. A title is not repeated.
    ///
    /// If the text needs several parts, boxes nested about a thousand deep lose their tags:
    /// opening them again would take more than a quarter of a part. Their content stays. If such
    /// boxes, or a title outside a box, could make an invalid tag valid in a part, a joiner breaks
    /// that tag.
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
