//! The tags that a message can contain.

use chatwork_api::types::{AccountId, FileId, Message, MessageId, RoomId, UnixTime};

use super::content::Content;
use super::escape::escape_code;
use super::text::MessageText;

/// Mentions and replies.
impl MessageText {
    /// Mentions an account: `[To:1]`. Chatwork shows an icon without the name: add
    /// the name as text.
    pub fn to(self, account: AccountId) -> Self {
        self.with_tag(format_args!("[To:{account}]"))
    }

    /// Mentions several accounts.
    ///
    /// ```
    /// # use chatwork_notation::AccountId;
    /// # use chatwork_notation::MessageText;
    /// let text = MessageText::new().to_each([AccountId(1), AccountId(2)]).text("\nHello");
    /// assert_eq!(text.as_str(), "[To:1][To:2]\nHello");
    /// ```
    pub fn to_each(self, accounts: impl IntoIterator<Item = AccountId>) -> Self {
        accounts.into_iter().fold(self, Self::to)
    }

    /// Mentions every member of the room: `[toall]`.
    pub fn to_all(self) -> Self {
        self.with(&["[toall]"])
    }

    /// Replies to a message of a room and mentions its author.
    ///
    /// ```no_run
    /// # use chatwork_notation::MessageText;
    /// # use chatwork_notation::{Message, RoomId};
    /// # fn example(room: RoomId, message: &Message) -> MessageText {
    /// let name = &message.account.name;
    /// MessageText::new().reply(room, message).text(format!("{name}\nYes."))
    /// # }
    /// ```
    pub fn reply(self, room: RoomId, message: &Message) -> Self {
        self.reply_to(message.account.account_id, room, &message.message_id)
    }

    /// Replies to a message by its ids.
    ///
    /// ```
    /// # use chatwork_notation::{AccountId, MessageId, RoomId};
    /// # use chatwork_notation::MessageText;
    /// let message = MessageId::from("333".to_owned());
    /// let text = MessageText::new().reply_to(AccountId(1), RoomId(22), &message);
    /// assert_eq!(text.as_str(), "[rp aid=1 to=22-333]");
    /// ```
    pub fn reply_to(self, account: AccountId, room: RoomId, message: &MessageId) -> Self {
        // The only id that is a string: it must not end the tag.
        let message: String = message.chars().filter(char::is_ascii_alphanumeric).collect();
        match message.is_empty() {
            true => self.with_tag(format_args!("[rp aid={account}]")),
            false => self.with_tag(format_args!("[rp aid={account} to={room}-{message}]")),
        }
    }
}

/// Quotes, boxes and code.
impl MessageText {
    /// Quotes a message with its author, its time and its text. Every tag in the text is escaped.
    ///
    /// ```no_run
    /// # use chatwork_notation::MessageText;
    /// # fn example(message: &chatwork_notation::Message) -> MessageText {
    /// MessageText::new().quote(message).text("So it is.")
    /// # }
    /// ```
    pub fn quote(self, message: &Message) -> Self {
        let (author, time) = (message.account.account_id, message.send_time);
        self.quote_of(author, Some(time), message.body.as_str())
    }

    /// Quotes an author's text, with or without a time. A string is escaped.
    ///
    /// ```
    /// # use chatwork_notation::AccountId;
    /// # use chatwork_notation::MessageText;
    /// let text = MessageText::new().quote_of(AccountId(1), None, "[toall] is rude");
    /// assert_eq!(text.as_str(), "[qt][qtmeta aid=1][\u{2060}toall] is rude[/qt]");
    /// ```
    pub fn quote_of<'a>(
        self,
        author: AccountId,
        time: Option<UnixTime>,
        content: impl Into<Content<'a>>,
    ) -> Self {
        match time {
            Some(time) => self.with_tag(format_args!("[qt][qtmeta aid={author} time={time}]")),
            None => self.with_tag(format_args!("[qt][qtmeta aid={author}]")),
        }
        .with(&[content.into().as_str(), "[/qt]"])
    }

    /// Draws a box: `[info]…[/info]`.
    pub fn info<'a>(self, content: impl Into<Content<'a>>) -> Self {
        self.with(&["[info]", content.into().as_str(), "[/info]"])
    }

    /// Draws a box with a title.
    ///
    /// ```
    /// # use chatwork_notation::MessageText;
    /// let text = MessageText::new().titled_info("Build 7", MessageText::new().code("exit 1"));
    /// assert_eq!(text.as_str(), "[info][title]Build 7[/title][code]exit 1[/code][/info]");
    /// ```
    pub fn titled_info<'a, 'b>(
        self,
        title: impl Into<Content<'a>>,
        content: impl Into<Content<'b>>,
    ) -> Self {
        let (title, content) = (title.into(), content.into());
        self.with(&["[info][title]", title.as_str(), "[/title]", content.as_str(), "[/info]"])
    }

    /// Shows code: `[code]…[/code]`. Tags in it have no effect. A `[/code]` in it is escaped.
    pub fn code(self, code: impl AsRef<str>) -> Self {
        self.with(&["[code]", &escape_code(code.as_ref()), "[/code]"])
    }

    /// Draws a rule: `[hr]`.
    pub fn rule(self) -> Self {
        self.with(&["[hr]"])
    }
}

/// Accounts and files.
impl MessageText {
    /// Shows an account's icon: `[picon:1]`.
    pub fn icon(self, account: AccountId) -> Self {
        self.with_tag(format_args!("[picon:{account}]"))
    }

    /// Shows an account's name: `[pname:1]`.
    pub fn name(self, account: AccountId) -> Self {
        self.with_tag(format_args!("[pname:{account}]"))
    }

    /// Shows an account's icon and name: `[piconname:1]`.
    pub fn icon_and_name(self, account: AccountId) -> Self {
        self.with_tag(format_args!("[piconname:{account}]"))
    }

    /// Shows an uploaded picture, `height` pixels high: `[preview id=1 ht=2]`. Chatwork accepts the
    /// tag, but does not document it.
    pub fn preview(self, file: FileId, height: u32) -> Self {
        self.with_tag(format_args!("[preview id={file} ht={height}]"))
    }
}
