//! What system messages report.

use std::collections::HashSet;

use chatwork_api::types::AccountId;

use super::kind::{Download, Kind, Task};
use super::tree::Tree;

/// What a system message reports: see [`Tree::system_events`].
///
/// The keys are not documented. Known are those that published messages and other clients contain;
/// other keys are [`SystemEvent::Other`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SystemEvent<'a> {
    /// The author of the message has created the group chat.
    RoomCreated,
    /// The author has changed the room. The events after this one say what.
    RoomEdited,
    /// The room has this name now.
    NameChanged(&'a str),
    /// The room has this description now, as notation.
    DescriptionChanged(&'a str),
    /// The room has another icon.
    IconChanged,
    /// The author has joined the room, as by its link.
    Joined,
    /// The author has added these accounts to the room.
    MembersAdded(Vec<AccountId>),
    /// The author has removed these accounts from the room.
    MembersRemoved(Vec<AccountId>),
    /// These accounts have left the room. If none is named, the author has left.
    MembersLeft(Vec<AccountId>),
    /// These accounts have another role. The message does not say which.
    RolesChanged(Vec<AccountId>),
    /// The author and the reader are contacts now.
    ContactAdded,
    /// A task was added.
    TaskAdded(Option<Task<'a>>),
    /// A task was edited.
    TaskEdited(Option<Task<'a>>),
    /// A task is done.
    TaskDone(Option<Task<'a>>),
    /// A task is open again.
    TaskReopened(Option<Task<'a>>),
    /// A task was deleted.
    TaskDeleted(Option<Task<'a>>),
    /// A file was uploaded.
    FileUploaded(Option<Download<'a>>),
    /// A sentence with another key, and the accounts that it names.
    Other {
        /// The key of `[dtext:{key}]`.
        key: &'a str,
        /// The accounts named before the key.
        people: Vec<AccountId>,
    },
}

impl<'a> SystemEvent<'a> {
    /// Returns the accounts that the event names: members, or the assignees of a task. The author
    /// of the message is not named.
    pub fn people(&self) -> Vec<AccountId> {
        match self {
            Self::MembersAdded(people)
            | Self::MembersRemoved(people)
            | Self::MembersLeft(people)
            | Self::RolesChanged(people)
            | Self::Other { people, .. } => people.clone(),
            _ => self.task().map(|task| task.assignees().collect()).unwrap_or_default(),
        }
    }

    /// Returns the task of an event about a task, or `None` if the message does not show it.
    pub fn task(&self) -> Option<Task<'a>> {
        match self {
            Self::TaskAdded(task)
            | Self::TaskEdited(task)
            | Self::TaskDone(task)
            | Self::TaskReopened(task)
            | Self::TaskDeleted(task) => *task,
            _ => None,
        }
    }

    /// Adds the task or the file that the message shows after the sentence.
    fn complete(&mut self, kind: Kind<'a>) {
        match (self, kind) {
            (
                Self::TaskAdded(it)
                | Self::TaskEdited(it)
                | Self::TaskDone(it)
                | Self::TaskReopened(it)
                | Self::TaskDeleted(it),
                Kind::Task(task),
            ) => *it = it.or(Some(task)),
            (Self::FileUploaded(it), Kind::Download(file)) => *it = it.or(Some(file)),
            _ => {}
        }
    }
}

impl<'a> Tree<'a> {
    /// Returns what a system message reports, in the order of the text. Empty for other messages.
    ///
    /// A message has the author who caused the event. Quotes are ignored. No source says whether
    /// the service accepts these tags from users, so do not grant rights because of an event: ask
    /// the API, such as for the room's members.
    ///
    /// ```
    /// use chatwork_notation::{AccountId, SystemEvent, parse};
    ///
    /// let body = "[info][dtext:chatroom_member_is][piconname:123][dtext:chatroom_added][/info]";
    /// let added = SystemEvent::MembersAdded(vec![AccountId(123)]);
    /// assert_eq!(parse(body).system_events(), [added]);
    /// ```
    pub fn system_events(&self) -> Vec<SystemEvent<'a>> {
        let mut events: Vec<SystemEvent<'a>> = Vec::new();
        let mut sentence = Sentence::default();
        for node in self.own_nodes() {
            let kind = node.kind();
            match kind {
                Kind::SystemText(key) => {
                    let text = self.source.get(sentence.start..node.offset()).unwrap_or_default();
                    events.extend(sentence.end(key, text));
                    sentence.start = node.offset() + node.source().len();
                }
                Kind::Icon(account) | Kind::Name(account) | Kind::IconAndName(account) => {
                    if sentence.named.insert(account) {
                        sentence.people.push(account);
                    }
                }
                kind => {
                    if let Some(event) = events.last_mut() {
                        event.complete(kind);
                    }
                }
            }
        }
        events
    }
}

/// A sentence of several tags, such as `[dtext:chatroom_member_is]`, a person, and
/// `[dtext:chatroom_added]`.
#[derive(Default)]
struct Sentence<'a> {
    /// The key that began the sentence.
    subject: &'a str,
    people: Vec<AccountId>,
    /// The people again, to find out at once whether one is among them.
    named: HashSet<AccountId>,
    /// The end of the latest key, in bytes.
    start: usize,
}

impl<'a> Sentence<'a> {
    /// Processes a key, with the text between the key before and this one. Returns the event if
    /// the key ends a sentence.
    fn end(&mut self, key: &'a str, text: &'a str) -> Option<SystemEvent<'a>> {
        if matches!(key, "chatroom_member_is" | "chatroom_chatname_is" | "chatroom_description_is")
        {
            self.subject = key;
            self.people.clear();
            self.named.clear();
            return None;
        }
        // The polite ending of a name, within a sentence.
        if key == "nickname_suffix" {
            return None;
        }
        let subject = std::mem::take(&mut self.subject);
        let people = std::mem::take(&mut self.people);
        self.named.clear();
        Some(match key {
            "chatroom_groupchat_created" => SystemEvent::RoomCreated,
            "chatroom_chat_edited" => SystemEvent::RoomEdited,
            "chatroom_set" | "chatroom_changed" if subject == "chatroom_chatname_is" => {
                SystemEvent::NameChanged(text)
            }
            "chatroom_set" | "chatroom_changed" if subject == "chatroom_description_is" => {
                SystemEvent::DescriptionChanged(text)
            }
            "chatroom_icon_updated" => SystemEvent::IconChanged,
            "chatroom_chat_joined" => SystemEvent::Joined,
            "chatroom_added" => SystemEvent::MembersAdded(people),
            "chatroom_deleted" => SystemEvent::MembersRemoved(people),
            "chatroom_leaved" => SystemEvent::MembersLeft(people),
            "chatroom_priv_changed" => SystemEvent::RolesChanged(people),
            "chatroom_contact_added" => SystemEvent::ContactAdded,
            "task_added" => SystemEvent::TaskAdded(None),
            "task_edited" => SystemEvent::TaskEdited(None),
            "task_done" => SystemEvent::TaskDone(None),
            "task_reverted" => SystemEvent::TaskReopened(None),
            "task_deleted" => SystemEvent::TaskDeleted(None),
            "file_uploaded" => SystemEvent::FileUploaded(None),
            key => SystemEvent::Other { key, people },
        })
    }
}
