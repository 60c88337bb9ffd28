//! The kinds of nodes.

use chatwork_api::types::{
    AccountId, FileId, MessageId, RoomId, TaskLimitType, TaskStatus, UnixTime,
};

use super::attributes::{self, Attributes};

/// The kind of a [`Node`](super::Node): text, or a tag with its values.
///
/// [`Info`](Self::Info), [`Title`](Self::Title), [`Quote`](Self::Quote) and [`Task`](Self::Task)
/// can have children, other kinds cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind<'a> {
    /// Text, including invalid and unknown tags.
    Text(&'a str),
    /// `[To:{account_id}]`: a mention.
    To(AccountId),
    /// `[toall]`: a mention of every member.
    ToAll,
    /// `[rp aid={account_id} to={room_id}-{message_id}]`: a reply, which also mentions the account.
    Reply(Reply<'a>),
    /// `[hr]`: a horizontal rule.
    Rule,
    /// `[picon:{account_id}]`: an account's icon.
    Icon(AccountId),
    /// `[pname:{account_id}]`: an account's name.
    Name(AccountId),
    /// `[piconname:{account_id}]`: an account's icon and name.
    IconAndName(AccountId),
    /// `[preview id={file_id} ht={pixels}]`: a picture of a file.
    Preview(Preview),
    /// `[dtext:{key}]`: a system sentence, by its key. The set of keys is open.
    SystemText(&'a str),
    /// `[deleted]`: the body of a deleted message.
    Deleted,
    /// `[code]…[/code]`: code. Its text is literal.
    Code(&'a str),
    /// `[download:{file_id}]…[/download]`: an uploaded file.
    Download(Download<'a>),
    /// `[info]…[/info]`: a box.
    Info,
    /// `[title]…[/title]`: the title of a box. Outside `[info]`, the tags are text.
    Title,
    /// `[qt][qtmeta aid={account_id} time={unix}]…[/qt]`: a quote.
    Quote(Quote),
    /// `[task aid=… st=… lt=… ltype=…]…[/task]`: a task in a system message.
    Task(Task<'a>),
}

/// The message that a reply answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reply<'a> {
    pub(super) account: AccountId,
    pub(super) to: Option<(RoomId, &'a str)>,
}

impl Reply<'_> {
    /// Returns the author of the answered message.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Returns the room of the message, or `None` for old replies without `to`.
    pub fn room(&self) -> Option<RoomId> {
        self.to.map(|(room, _)| room)
    }

    /// Returns the message, or `None` for old replies without `to`.
    pub fn message(&self) -> Option<MessageId> {
        self.to.map(|(_, message)| MessageId::from(message.to_owned()))
    }
}

/// The author and the time of a quoted message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quote {
    pub(super) author: Option<AccountId>,
    pub(super) time: Option<UnixTime>,
}

impl Quote {
    /// Returns the author, or `None` for a `[qt]` without `[qtmeta …]`.
    pub fn author(&self) -> Option<AccountId> {
        self.author
    }

    /// Returns the time of the quoted message, or `None` if the tag has no `time`.
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
    /// Returns the file.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Returns the height in pixels, or `None` if the tag has no `ht`.
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
    /// Returns the file.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Returns the whole label: `a.png (12 KB)`.
    pub fn label(&self) -> &'a str {
        self.label
    }

    /// Returns the file's name: `a.png`. If the label has no size, returns the whole label.
    pub fn name(&self) -> &'a str {
        self.named_and_sized().map_or(self.label, |(name, _)| name)
    }

    /// Returns the file's size as written, such as `12 KB`, or `None` without a size.
    pub fn size(&self) -> Option<&'a str> {
        self.named_and_sized().map(|(_, size)| size)
    }

    fn named_and_sized(&self) -> Option<(&'a str, &'a str)> {
        self.label.strip_suffix(')')?.rsplit_once(" (")
    }
}

/// A task in a system message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Task<'a> {
    pub(super) attributes: Attributes<'a>,
}

impl<'a> Task<'a> {
    /// Returns the accounts that the task is assigned to.
    pub fn assignees(&self) -> impl Iterator<Item = AccountId> + use<'a> {
        attributes::ids(self.attributes.get("aid").unwrap_or_default()).map(AccountId)
    }

    /// Returns the status at the time of the message, or `None` if the tag has no `st`.
    pub fn status(&self) -> Option<TaskStatus> {
        self.attributes.get("st").map(TaskStatus::from)
    }

    /// Returns the due time, or `None` if the task has no limit.
    pub fn due(&self) -> Option<UnixTime> {
        let time = attributes::number(self.attributes.get("lt")?).map(UnixTime)?;
        (!time.is_zero() && self.limit_type() != Some(TaskLimitType::None)).then_some(time)
    }

    /// Returns the type of the limit, or `None` for older messages without `ltype`.
    pub fn limit_type(&self) -> Option<TaskLimitType> {
        self.attributes.get("ltype").map(TaskLimitType::from)
    }
}
