//! A text of a person as a message.

use std::collections::BTreeSet;

use chatwork_sdk::notation::MessageText;
use chatwork_sdk::types::Message;
use chatwork_sdk::{AccountId, RoomId};

use crate::markdown::{self, Lost};

/// How a text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As it is: what looks like a tag stays text, and notifies no one.
    #[default]
    Plain,
    /// As Markdown, as far as the notation has a counterpart. What looks like a tag stays text.
    Markdown,
    /// As Chatwork's own notation: each tag in it works.
    Notation,
}

/// A person who is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// The account.
    pub account: AccountId,
    /// The name, which Chatwork does not add by itself; `None` if it is not known.
    pub name: Option<String>,
}

impl Mention {
    /// Returns a mention.
    pub fn new(account: AccountId, name: Option<String>) -> Self {
        Self { account, name }
    }
}

/// Makes a message of a text.
///
/// ```
/// use chatwork_app::{Compose, Mention};
/// use chatwork_sdk::AccountId;
///
/// let message = Compose::new()
///     .to([Mention::new(AccountId(123), Some("佐藤 健".to_owned()))])
///     .info("Build 7")
///     .compose("failed [toall]");
/// assert_eq!(
///     message.text.as_str(),
///     "[To:123]佐藤 健\n[info][title]Build 7[/title]failed [\u{2060}toall][/info]",
/// );
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Compose {
    format: Format,
    to: Vec<Mention>,
    to_all: bool,
    reply: Option<(RoomId, Message)>,
    quotes: Vec<Message>,
    title: Option<String>,
    code: bool,
}

/// A message that can be sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Composed {
    /// The text with its tags.
    pub text: MessageText,
    /// What of the Markdown has no counterpart: its text is there, its form is not.
    pub lost: BTreeSet<Lost>,
}

impl Composed {
    /// Returns whether the message notifies every member of the room.
    pub fn notifies_all(&self) -> bool {
        self.text.tree().mentions().all()
    }
}

impl Compose {
    /// Returns a plain text without any addition.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how the text is read.
    pub fn format(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// Mentions people at the start.
    pub fn to(mut self, people: impl IntoIterator<Item = Mention>) -> Self {
        self.to.extend(people);
        self
    }

    /// Mentions every member of the room at the start.
    pub fn to_all(self, all: bool) -> Self {
        Self { to_all: all, ..self }
    }

    /// Replies to a message of a room, which mentions its author.
    pub fn reply(self, room: RoomId, message: Message) -> Self {
        Self { reply: Some((room, message)), ..self }
    }

    /// Quotes a message before the text.
    pub fn quote(mut self, message: Message) -> Self {
        self.quotes.push(message);
        self
    }

    /// Draws a box with a title around the text.
    pub fn info(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// Shows the text as code.
    pub fn code(self, code: bool) -> Self {
        Self { code, ..self }
    }

    /// Makes the message.
    pub fn compose(self, text: &str) -> Composed {
        let (content, lost) = match self.format {
            _ if self.code => (MessageText::new().code(text), BTreeSet::new()),
            Format::Plain => (MessageText::new().text(text), BTreeSet::new()),
            Format::Notation => (MessageText::new().notation(text), BTreeSet::new()),
            Format::Markdown => markdown::convert(text),
        };
        let content = match &self.title {
            Some(title) => MessageText::new().titled_info(title, content),
            None => content,
        };
        let mut head = MessageText::new();
        if let Some((room, message)) = &self.reply {
            head = head.reply(*room, message).text(&message.account.name).text("\n");
        }
        if self.to_all {
            head = head.to_all().text("\n");
        }
        for mention in &self.to {
            head = head.to(mention.account).text(mention.name.as_deref().unwrap_or("")).text("\n");
        }
        for message in &self.quotes {
            head = head.quote(message).text("\n");
        }
        Composed { text: head.notation(content.as_str()), lost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        let json = r#"{"message_id":"9","account":{"account_id":5,"name":"[toall]",
            "avatar_image_url":""},"body":"see [toall]","send_time":1,"update_time":0}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_plain_text_notifies_no_one() {
        let composed = Compose::new().compose("[toall] [To:1]");
        assert!(composed.text.tree().mentions().is_empty() && !composed.notifies_all());
        let composed = Compose::new().format(Format::Notation).compose("[toall] [To:1]");
        assert!(composed.notifies_all());
    }

    #[test]
    fn all_additions_stand_in_one_order() {
        let composed = Compose::new()
            .reply(RoomId(7), message())
            .to([Mention::new(AccountId(3), None)])
            .quote(message())
            .info("Title [hr]")
            .code(true)
            .compose("x[/code]");
        assert_eq!(
            composed.text.as_str(),
            "[rp aid=5 to=7-9][\u{2060}toall]\n[To:3]\n\
             [qt][qtmeta aid=5 time=1]see [\u{2060}toall][/qt]\n\
             [info][title]Title [\u{2060}hr][/title][code]x[\u{2060}/code][/code][/info]"
        );
        assert!(!composed.notifies_all());
        assert!(Compose::new().to_all(true).compose("x").notifies_all());
    }

    #[test]
    fn markdown_reports_what_it_loses() {
        let composed = Compose::new().format(Format::Markdown).compose("**a** [toall]\n\n---\n");
        assert_eq!(composed.text.as_str(), "a [\u{2060}toall]\n[hr]");
        assert!(composed.lost.contains(&Lost::Bold));
    }
}
