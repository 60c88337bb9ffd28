//! The content between two tags.

use std::borrow::Cow;

use super::escape::escape;
use super::text::MessageText;

/// The content of a box, a title or a quote. A string is escaped; a [`MessageText`] keeps its
/// tags.
///
/// ```
/// use chatwork_notation::MessageText;
///
/// let rule = MessageText::new().rule();
/// assert_eq!(MessageText::new().info(rule).as_str(), "[info][hr][/info]");
/// assert_eq!(MessageText::new().info("[hr]").as_str(), "[info][\u{2060}hr][/info]");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content<'a>(Cow<'a, str>);

impl Content<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for Content<'a> {
    fn from(text: &'a str) -> Self {
        Self(escape(text))
    }
}

impl<'a> From<&'a String> for Content<'a> {
    fn from(text: &'a String) -> Self {
        Self(escape(text))
    }
}

impl From<String> for Content<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(escape(&text).into_owned()))
    }
}

impl<'a> From<Cow<'a, str>> for Content<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl From<MessageText> for Content<'_> {
    fn from(text: MessageText) -> Self {
        Self(Cow::Owned(text.into()))
    }
}

impl<'a> From<&'a MessageText> for Content<'a> {
    fn from(text: &'a MessageText) -> Self {
        Self(Cow::Borrowed(text.as_str()))
    }
}
