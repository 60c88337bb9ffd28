//! What a node of the tree is.

use chatwork_api::types::{
    AccountId, FileId, MessageId, RoomId, TaskLimitType, TaskStatus, UnixTime,
};

use super::attributes::{self, Attributes};

/// What a [`Node`](super::Node) is: text, or a tag with what it says.
///
/// [`Info`](Self::Info), [`Title`](Self::Title), [`Quote`](Self::Quote) and [`Task`](Self::Task)
/// have children, the others have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind<'a> {
    /// Text, and what looks like a tag but is not one.
    Text(&'a str),
    /// `[To:{account_id}]`: a mention.
    To(AccountId),
    /// `[toall]`: a mention of every member.
    ToAll,
    /// `[rp aid={account_id} to={room_id}-{message_id}]`: a reply, which mentions, too.
    Reply(Reply<'a>),
    /// `[hr]`: a rule.
    Rule,
    /// `[picon:{account_id}]`: an account's icon.
    Icon(AccountId),
    /// `[pname:{account_id}]`: an account's name.
    Name(AccountId),
    /// `[piconname:{account_id}]`: an account's icon and name.
    IconAndName(AccountId),
    /// `[preview id={file_id} ht={pixels}]`: a picture of a file.
    Preview(Preview),
    /// `[dtext:{key}]`: a sentence of the system, by its key. New keys may come.
    SystemText(&'a str),
    /// `[deleted]`: in place of a message that was deleted.
    Deleted,
    /// `[code]…[/code]`: its text, which is literal.
    Code(&'a str),
    /// `[download:{file_id}]…[/download]`: an uploaded file.
    Download(Download<'a>),
    /// `[info]…[/info]`: a box.
    Info,
    /// `[title]…[/title]`: the title of the box that it stands in.
    Title,
    /// `[qt][qtmeta aid={account_id} time={unix}]…[/qt]`: a quote.
    Quote(Quote),
    /// `[task aid=… st=… lt=… ltype=…]…[/task]`: a task, as the system announces it.
    Task(Task<'a>),
}

/// What a reply replies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reply<'a> {
    pub(super) account: AccountId,
    pub(super) to: Option<(RoomId, &'a str)>,
}

impl Reply<'_> {
    /// Whose message it replies to.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The room of the message. Old replies may not say.
    pub fn room(&self) -> Option<RoomId> {
        self.to.map(|(room, _)| room)
    }

    /// The message. Old replies may not say.
    pub fn message(&self) -> Option<MessageId> {
        self.to.map(|(_, message)| MessageId::from(message.to_owned()))
    }
}

/// Who said what is quoted, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quote {
    pub(super) author: Option<AccountId>,
    pub(super) time: Option<UnixTime>,
}

impl Quote {
    /// Who said it. A bare `[qt]` does not say.
    pub fn author(&self) -> Option<AccountId> {
        self.author
    }

    /// When it was said.
    pub fn time(&self) -> Option<UnixTime> {
        self.time
    }
}

/// A picture of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Preview {
    pub(super) file: FileId,
    pub(super) height: Option<u32>,
}

impl Preview {
    /// The file.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The height in pixels, if it is given.
    pub fn height(&self) -> Option<u32> {
        self.height
    }
}

/// An uploaded file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Download<'a> {
    pub(super) file: FileId,
    pub(super) label: &'a str,
}

impl<'a> Download<'a> {
    /// The file.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The whole label: `a.png (12 KB)`.
    pub fn label(&self) -> &'a str {
        self.label
    }

    /// The file's name: `a.png`. The whole label, if it has no size.
    pub fn name(&self) -> &'a str {
        self.named_and_sized().map_or(self.label, |(name, _)| name)
    }

    /// The file's size, as people read it: `12 KB`.
    pub fn size(&self) -> Option<&'a str> {
        self.named_and_sized().map(|(_, size)| size)
    }

    fn named_and_sized(&self) -> Option<(&'a str, &'a str)> {
        self.label.strip_suffix(')')?.rsplit_once(" (")
    }
}

/// A task, as the system announces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Task<'a> {
    pub(super) attributes: Attributes<'a>,
}

impl<'a> Task<'a> {
    /// Who has to do it.
    pub fn assignees(&self) -> impl Iterator<Item = AccountId> + use<'a> {
        attributes::ids(self.attributes.get("aid").unwrap_or_default()).map(AccountId)
    }

    /// Whether it was done when the message was written, if it says so.
    pub fn status(&self) -> Option<TaskStatus> {
        self.attributes.get("st").map(TaskStatus::from)
    }

    /// When it is due, if it says so and there is a limit.
    pub fn due(&self) -> Option<UnixTime> {
        let time = attributes::number(self.attributes.get("lt")?).map(UnixTime)?;
        (!time.is_zero() && self.limit_type() != Some(TaskLimitType::None)).then_some(time)
    }

    /// What the limit means. Older messages do not say.
    pub fn limit_type(&self) -> Option<TaskLimitType> {
        self.attributes.get("ltype").map(TaskLimitType::from)
    }
}
