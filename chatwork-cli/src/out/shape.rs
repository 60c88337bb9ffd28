//! The fields and columns of what commands write. `JSON.md` lists them; a test keeps it.

mod columns;

use chatwork_sdk::types;
use serde_json::Value;

use super::Item;
use crate::failure::{Done, Failure};
use crate::words::{self, Words};

/// What a command writes.
pub(crate) struct Shape {
    /// The fields of JSON, in their order.
    pub(crate) fields: &'static [&'static [&'static str]],
    /// The columns of tables.
    pub(crate) columns: &'static [Column],
}

/// A column of a table.
pub(crate) struct Column {
    /// The field, with a dot before a field within it.
    pub(crate) field: &'static str,
    pub(crate) head: Words,
    pub(crate) kind: Kind,
}

/// How a field is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text. The first one is cut if the table is too wide.
    Text,
    /// A text that is cut first.
    Long,
    Number,
    /// A Unix time.
    Time,
    Flag,
    /// The id of a room, or its address.
    Room,
    /// The id of a message, or its address.
    Message,
    /// A number of bytes.
    Size,
}

const fn column(field: &'static str, head: Words, kind: Kind) -> Column {
    Column { field, head, kind }
}

impl Shape {
    /// Returns all fields in their order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().flat_map(|fields| fields.iter().copied())
    }

    /// Returns the fields that a person has chosen, or all.
    pub(crate) fn chosen(&self, fields: Option<&[String]>) -> Done<Vec<&'static str>> {
        let Some(fields) = fields else { return Ok(self.names().collect()) };
        let find = |field: &String| {
            self.names().find(|name| name == field).ok_or_else(|| {
                let known: Vec<_> = self.names().collect();
                Failure::usage(words::JSON_FIELD.fill(&[("field", field)]))
                    .hint(words::JSON_FIELDS.fill(&[("fields", &known.join(","))]))
            })
        };
        fields.iter().map(find).collect()
    }
}

/// Returns a field of an entry; a dot leads into an object.
pub(crate) fn field<'a>(item: &'a Item, path: &str) -> Option<&'a Value> {
    let mut names = path.split('.');
    let first = item.get(names.next()?)?;
    names.try_fold(first, |value, name| value.get(name))
}

macro_rules! shapes {
    ($($name:ident: $commands:literal [$($fields:expr),*] { $($column:expr),* $(,)? })*) => {
        $(pub(crate) const $name: Shape = Shape {
            fields: &[$($fields),*],
            columns: &[$($column),*],
        };)*
        /// The shapes, by the commands that write them.
        #[cfg(all(test, feature = "archive", feature = "mcp"))]
        pub(crate) const ALL: &[(&str, Shape)] = &[$(($commands, $name)),*];
    };
}

use Kind::{Flag, Long, Number, Size, Text, Time};

shapes! {
    ME: "me" [types::Me::FIELDS] {
        columns::ACCOUNT_ID,
        columns::NAME,
        columns::CHATWORK_ID,
        columns::ORGANIZATION,
        column("department", words::DEPARTMENT, Text),
        columns::ROOM_ID,
    }
    MY_STATUS: "status" [types::MyStatus::FIELDS] {
        columns::UNREAD,
        columns::MENTIONS,
        column("mytask_num", words::TASKS, Number),
    }
    LIMITS: "limits" [&["limit", "remaining", "reset"]] {
        column("limit", words::LIMIT, Number),
        column("remaining", words::REMAINING, Number),
        column("reset", words::RESET, Time),
    }
    ROOMS: "rooms list" [types::Room::FIELDS, &["url"]] {
        columns::ROOM,
        columns::TYPE,
        columns::UNREAD,
        columns::MENTIONS,
        columns::UPDATED,
        columns::LONG_NAME,
    }
    ROOM: "rooms view" [types::RoomDetails::FIELDS, &["url"]] {
        columns::ROOM,
        columns::NAME,
        columns::TYPE,
        columns::ROLE,
        columns::UNREAD,
        columns::MENTIONS,
        column("message_num", words::MESSAGES, Number),
        columns::UPDATED,
        columns::DESCRIPTION,
    }
    ROOM_ID: "rooms create, rooms edit" [&["room_id", "url"]] {
        columns::ROOM,
    }
    MEMBERS: "rooms members" [types::RoomMember::FIELDS] {
        columns::ACCOUNT_ID,
        columns::ROLE,
        columns::CHATWORK_ID,
        columns::ORGANIZATION,
        columns::LONG_NAME,
    }
    MEMBER_IDS: "rooms add, rooms remove, rooms role" [types::RoomMemberIds::FIELDS] {
        column("admin", words::ADMIN, Text),
        column("member", words::MEMBER, Text),
        column("readonly", words::READONLY, Text),
    }
    MESSAGES: "messages list" [types::Message::FIELDS, &["room_id", "text", "url"]] {
        columns::SENT,
        columns::SENDER,
        columns::MESSAGE,
        columns::TEXT,
    }
    MESSAGE: "messages view" [types::Message::FIELDS, &["room_id", "text", "url"]] {
        columns::MESSAGE,
        columns::SENT,
        column("update_time", words::LAST_UPDATE, Time),
        column("account.account_id", words::ACCOUNT, Number),
        columns::SENDER,
        columns::TEXT,
    }
    MESSAGE_ID: "send, messages send, messages reply, messages edit, messages delete"
        [&["room_id", "message_id", "url", "message_ids"]] {
        columns::MESSAGE,
    }
    COUNTS: "messages read, messages unread" [&["room_id", "unread_num", "mention_num"]] {
        columns::ROOM_ID,
        columns::UNREAD,
        columns::MENTIONS,
    }
    MY_TASKS: "tasks list" [types::MyTask::FIELDS] {
        columns::TASK_ID,
        column("room.room_id", words::ROOM_ID, Number),
        columns::STATUS,
        columns::DUE,
        column("room.name", words::ROOM, Text),
        columns::BODY,
    }
    TASKS: "tasks list ROOM, tasks view" [types::Task::FIELDS, &["room_id"]] {
        columns::TASK_ID,
        column("room_id", words::ROOM_ID, Number),
        columns::STATUS,
        columns::DUE,
        column("account.name", words::ASSIGNEE, Text),
        column("assigned_by_account.name", words::ASSIGNED_BY, Text),
        columns::BODY,
    }
    TASK_IDS: "tasks add, tasks done, tasks reopen" [&["room_id", "task_id"]] {
        columns::TASK_ID,
    }
    FILES: "files list, files view" [types::RoomFileDetails::FIELDS, &["room_id"]] {
        columns::FILE_ID,
        column("filesize", words::SIZE, Size),
        column("upload_time", words::TIME, Time),
        columns::SENDER,
        column("filename", words::NAME, Long),
    }
    FILE_ID: "files put" [&["room_id", "file_id", "filename"]] {
        columns::FILE_ID,
    }
    DRY_FILES: "files put --dry-run" [&["room_id", "filename", "size", "message"]] {
        column("filename", words::NAME, Text),
        column("size", words::SIZE, Size),
        column("message", words::BODY, Long),
    }
    SAVED: "files get" [&["room_id", "file_id", "path", "size"]] {
        column("path", words::NAME, Text),
    }
    LINK: "link show, link create, link edit, link delete" [types::RoomLink::FIELDS, &["room_id"]] {
        columns::ROOM_ID,
        column("public", words::PUBLIC, Flag),
        column("url", words::ADDRESS, Text),
        column("need_acceptance", words::APPROVAL, Flag),
        columns::DESCRIPTION,
    }
    CONTACTS: "contacts list, requests accept" [types::Contact::FIELDS] {
        columns::ACCOUNT_ID,
        columns::ROOM_ID,
        columns::CHATWORK_ID,
        columns::ORGANIZATION,
        columns::LONG_NAME,
    }
    REQUESTS: "requests list" [types::IncomingRequest::FIELDS] {
        column("request_id", words::ID, Number),
        columns::ACCOUNT_ID,
        columns::NAME,
        column("message", words::BODY, Long),
    }
    PROFILES: "auth status" [&[
        "profile", "current", "base_url", "account_id", "account_name", "storage", "oauth",
        "consent_ends", "signed_in", "limit", "remaining", "reset",
    ]] {
        column("profile", words::PROFILE, Text),
        column("current", words::CURRENT, Flag),
        columns::ACCOUNT_ID,
        column("account_name", words::NAME, Text),
        column("storage", words::STORAGE, Text),
        column("base_url", words::ADDRESS, Text),
        column("consent_ends", words::CONSENT, Time),
    }
    SETTINGS: "config list" [&["key", "value"]] {
        column("key", words::KEY, Text),
        column("value", words::VALUE, Long),
    }
    DRY_TASK: "tasks add --dry-run" [&["room_id", "bodies", "characters", "assignees", "due"]] {
        columns::BODIES,
    }
    DRY_RUN: "--dry-run" [&["room_id", "bodies", "characters"]] {
        columns::BODIES,
    }
}

/// The shapes of the archive, which are in a module of their own: a macro has no features.
#[cfg(feature = "archive")]
pub(crate) mod archive {
    use super::*;

    shapes! {
        HITS: "archive search" [&[
            "room_id", "room", "message_id", "account_id", "sender", "send_time", "status", "text",
            "url",
        ]] {
            columns::SENT,
            column("room", words::ROOM, Text),
            columns::ARCHIVED_SENDER,
            columns::MESSAGE,
            columns::TEXT,
        }
        SHOWN: "archive show" [&[
            "room_id", "message_id", "account_id", "sender", "send_time", "update_time", "status",
            "body", "text", "revisions", "url",
        ]] {
            columns::SENT,
            columns::ARCHIVED_SENDER,
            columns::MESSAGE,
            columns::STATUS,
            columns::TEXT,
        }
        ROOMS: "archive status" [&[
            "room_id", "name", "messages", "message_num", "complete_since", "lost", "looked_at",
            "left_at", "danger", "danger_by",
        ]] {
            columns::ROOM_ID,
            columns::MESSAGES,
            column("complete_since", words::COMPLETE_SINCE, Time),
            column("lost", words::LOST, Number),
            column("danger", words::DANGER, Text),
            columns::LONG_NAME,
        }
        SYNCED: "archive sync" [&[
            "rooms_listed", "rooms_looked", "created", "edited", "deleted", "vanished", "gaps",
            "failures", "files_stored", "files_failed", "files_gone",
        ]] {
            column("created", words::MESSAGES, Number),
        }
        VERIFIED: "archive verify" [&["texts", "files", "problems"]] {
            column("problems", words::BODY, Long),
        }
        FORGOTTEN: "archive forget" [&["messages", "revisions", "files", "is_pending"]] {
            columns::MESSAGES,
        }
    }
}

/// The shapes of the server for agents.
#[cfg(feature = "mcp")]
pub(crate) mod mcp {
    use super::*;

    shapes! {
        TOOLS: "mcp tools" [&[
            "name", "title", "toolset", "destructive", "description", "input_schema", "annotations",
        ]] {
            column("name", words::TOOL, Text),
            column("toolset", words::TOOLSET, Text),
            column("destructive", words::DESTRUCTIVE, Flag),
            column("title", words::TITLE, Long),
        }
        INSTALLED: "mcp install" [&["client", "path", "change", "backup", "entry"]] {
            column("path", words::FILE_ID, Text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Without a feature its shapes are missing.
    #[cfg(all(feature = "archive", feature = "mcp"))]
    #[test]
    fn every_column_shows_a_field_and_the_document_lists_them() {
        let mut page = String::from(
            "# Fields of `--json`\n\nTimes are Unix times in seconds; ids of messages are texts. A \
             later version adds fields and removes none.\n\nA list is an array. `archive search` \
             writes a page of a longer one, an object: `hits` is the array, `next` the value of \
             `--cursor` for the next page or `null`, `order` the order of the hits: `newest`, \
             `oldest` or `rank`. It is `newest` in place of `rank` if there is no word, or if too \
             many texts have it. `--json=` chooses fields of the hits.\n\nCommands that are not \
             here have no fields to choose: `--json=` is refused. `watch` and `webhooks listen` \
             write an object a line, as it is. `api` writes the reply, and `--json=` chooses \
             fields of it.\n\n| commands | fields |\n|---|---|\n",
        );
        for (commands, shape) in ALL.iter().chain(archive::ALL).chain(mcp::ALL) {
            let names: Vec<_> = shape.names().collect();
            for column in shape.columns {
                let first = column.field.split('.').next().unwrap_or_default();
                let is_made = column.field == "due";
                assert!(is_made || names.contains(&first), "{commands}: {}", column.field);
            }
            let mut sorted = names.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), names.len(), "{commands}");
            page.push_str(&format!("| {commands} | `{}` |\n", names.join("`, `")));
        }
        expect_test::expect_file!["../../JSON.md"].assert_eq(&page);
    }

    #[test]
    fn unknown_fields_are_refused_with_those_that_exist() {
        let fields = ["name".to_owned(), "room_id".to_owned()];
        assert_eq!(ROOMS.chosen(Some(&fields)).unwrap(), ["name", "room_id"]);
        assert!(ROOMS.chosen(Some(&["nmae".to_owned()])).is_err());
    }

    #[test]
    fn a_dot_leads_into_an_object() {
        let item = serde_json::json!({"account": {"name": "x"}});
        let item = item.as_object().unwrap();
        assert_eq!(field(item, "account.name"), Some(&Value::from("x")));
        assert_eq!(field(item, "account.id"), None);
    }
}
