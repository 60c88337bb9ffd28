//! Why the sandbox refuses a request.

use std::borrow::Cow;

/// The kind of a refusal. Each kind has one status.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum RefusalKind {
    /// 400: the request is invalid.
    Invalid,
    /// 403: the account may not do this.
    Forbidden,
    /// 404: the message, task, file or contact request does not exist.
    NotFound,
}

/// Why the sandbox refuses a request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Refusal {
    /// The kind.
    pub(crate) kind: RefusalKind,
    /// The text of the reply.
    pub(crate) text: Cow<'static, str>,
    /// Whether the free plan hides the message.
    pub(crate) hidden: bool,
}

impl Refusal {
    fn new(kind: RefusalKind, text: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, text: text.into(), hidden: false }
    }

    pub(crate) fn invalid(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RefusalKind::Invalid, text)
    }

    pub(crate) fn forbidden(text: &'static str) -> Self {
        Self::new(RefusalKind::Forbidden, text)
    }

    pub(crate) fn not_found(text: &'static str) -> Self {
        Self::new(RefusalKind::NotFound, text)
    }

    pub(crate) fn hidden() -> Self {
        Self { hidden: true, ..Self::not_found(texts::MESSAGE_NOT_FOUND) }
    }
}

/// The texts of refusals. Few are known from the service; the others are those of the examples in
/// the API document.
pub(crate) mod texts {
    pub(crate) const ENDPOINT: &str = "Invalid Endpoint or HTTP method";
    pub(crate) const TOKEN: &str = "Invalid API token";
    pub(crate) const SCOPE: &str = "The access token does not have the required scope";
    pub(crate) const ACCOUNT_LIMIT: &str = "Rate limit exceeded.";
    pub(crate) const ROOM_GET: &str = "You don't have permission to get this room";
    pub(crate) const ROOM_UPDATE: &str = "You don't have permission to update this room";
    pub(crate) const ROOM_LEAVE: &str = "You don't have permission to leave or delete this room";
    pub(crate) const ROOM_KIND: &str = "You cannot leave or delete this type of room";
    pub(crate) const MEMBERS_GET: &str = "You don't have permission to get members in this room";
    pub(crate) const MEMBERS_UPDATE: &str =
        "You don't have permission to update members in this room";
    pub(crate) const MESSAGES_GET: &str = "You don't have permission to get messages in this room";
    pub(crate) const MESSAGES_MARK: &str =
        "You don't have permission to mark messages in this room";
    pub(crate) const MESSAGES_POST: &str =
        "You don't have permission to post messages in this room";
    pub(crate) const MESSAGES_UPDATE: &str =
        "You don't have permission to update messages in this room";
    pub(crate) const MESSAGE_UPDATE: &str = "You don't have permission to update this message";
    pub(crate) const MESSAGE_UPDATE_SYSTEM: &str = "You cannot update a system message";
    pub(crate) const MESSAGE_DELETE: &str = "You don't have permission to delete this message";
    pub(crate) const MESSAGE_DELETE_SYSTEM: &str = "You cannot delete a system message";
    pub(crate) const MESSAGE_NOT_FOUND: &str = "Message not found";
    pub(crate) const ALREADY_READ: &str = "The messages are read already";
    pub(crate) const ALREADY_UNREAD: &str = "The messages are unread already";
    pub(crate) const TASKS_GET: &str = "You don't have permission to get tasks in this room";
    pub(crate) const TASKS_ADD: &str = "You don't have permission to add tasks in this room";
    pub(crate) const TASK_ASSIGNEE: &str = "The assignee is not a member of this room";
    pub(crate) const TASK_STATUS: &str =
        "You don't have permission to update the status of this task";
    pub(crate) const TASK_NOT_FOUND: &str = "Task not found";
    pub(crate) const FILES_GET: &str = "You don't have permission to get files in this room";
    pub(crate) const FILES_UPLOAD: &str = "You don't have permission to upload files in this room";
    pub(crate) const FILE_NOT_FOUND: &str = "File not found";
    pub(crate) const LINK_CHANGE: &str =
        "You don't have permission to change the invitation link of this room";
    pub(crate) const LINK_EXISTS: &str = "The invitation link of this room exists already";
    pub(crate) const LINK_MISSING: &str = "This room has no invitation link";
    pub(crate) const REQUEST_NOT_FOUND: &str = "Contact request not found";
    pub(crate) const CONTACT_LIMIT: &str =
        "You have reached the limit of contacts outside your organization";
}
