//! A message as a row of a list.

use chatwork_sdk::notation::parse;
use chatwork_sdk::types::Message;
use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
use serde_json::{Value, json};

use crate::output::{Form, People, Row};
use crate::time::{OFFSET, clock, day, iso};

/// A message as a row of a list.
#[derive(Clone)]
pub(super) struct MessageRow {
    pub(super) room: RoomId,
    pub(super) id: MessageId,
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) time: UnixTime,
    pub(super) is_edited: bool,
    /// What became of it, if it is not there any more.
    pub(super) gone: Option<&'static str>,
    pub(super) body: String,
    /// A word about the row, such as what it is to the others.
    pub(super) note: &'static str,
    pub(super) above: Above,
    pub(super) origin: Origin,
}

/// What stands above the rows of a list.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Above {
    /// The day; the row has the time of the day.
    Day,
    /// The room; the row has the whole time.
    Room {
        /// The whole line.
        line: String,
        /// The name of the room; empty if it is not known.
        name: String,
        /// What JSON has of the line.
        json: Value,
    },
}

/// Where a message was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Among the newest 100 of the API.
    Window,
    /// In the archive.
    #[cfg_attr(not(feature = "archive"), allow(dead_code))]
    Archive,
}

impl Above {
    /// Returns the line of a room, with some numbers. The name comes last.
    pub(super) fn of_room(room: RoomId, counts: &[(&str, i64)], name: &str) -> Self {
        let mut line = format!("# room {}", room.0);
        let mut json = json!({ "room_id": room.0.to_string(), "room": Form::Json.cut(name, 100) });
        for (word, count) in counts {
            line.push_str(&format!(" {word} {count}"));
            if let Some(json) = json.as_object_mut() {
                json.insert((*word).to_owned(), Value::from(*count));
            }
        }
        let name = Form::Text.cut(name, 100);
        line.push_str(&format!(" {name}"));
        Self::Room { line: line.trim_end().to_owned(), name, json }
    }
}

impl MessageRow {
    /// Returns the row of a message of the API.
    pub(super) fn new(room: RoomId, message: Message) -> Self {
        Self {
            room,
            is_edited: message.edited_at().is_some(),
            gone: None,
            id: message.message_id,
            account: message.account.account_id,
            name: message.account.name,
            time: message.send_time,
            body: message.body,
            note: "",
            above: Above::Day,
            origin: Origin::Window,
        }
    }

    /// Returns the row of a message of the archive.
    #[cfg(feature = "archive")]
    pub(super) fn archived(message: chatwork_archive::ArchivedMessage) -> Self {
        use chatwork_archive::MessageStatus;
        Self {
            room: message.room_id,
            is_edited: !message.update_time.is_zero(),
            gone: (message.status != MessageStatus::Present).then(|| message.status.as_str()),
            id: message.message_id,
            account: message.account_id,
            name: message.sender,
            time: message.send_time,
            body: message.body,
            note: "",
            above: Above::Day,
            origin: Origin::Archive,
        }
    }

    /// Returns whether the message mentions the account by To or a reply.
    pub(super) fn mentions(&self, account: AccountId) -> bool {
        parse(&self.body).mentions().contains(account)
    }

    /// Returns whether the message mentions the account, or all members of the room.
    pub(super) fn notifies(&self, account: AccountId) -> bool {
        let mentions = parse(&self.body).mentions();
        mentions.all() || mentions.contains(account)
    }

    /// Returns whether its text is gone. The API has no mark for it: only the text `[deleted]`, which a
    /// person can type as well, and the time of a change.
    pub(super) fn is_deleted(&self) -> bool {
        match self.origin {
            Origin::Window => self.is_edited && self.body == "[deleted]",
            Origin::Archive => self.gone == Some("deleted"),
        }
    }

    /// Returns the message that this one answers, if it is one.
    pub(super) fn answers(&self) -> Option<(RoomId, MessageId)> {
        let tree = parse(&self.body);
        let reply = tree.reply()?;
        Some((reply.room().unwrap_or(self.room), reply.message()?))
    }

    /// Returns whether this is the message.
    pub(super) fn is(&self, room: RoomId, id: &MessageId) -> bool {
        self.room == room && self.id == *id
    }
}

impl Row for MessageRow {
    fn text(&self, people: &mut People, most: usize) -> String {
        let at = match self.above {
            Above::Day => clock(self.time),
            Above::Room { .. } => iso(self.time),
        };
        let who = people.mark(self.account, &self.name);
        let mut line = format!("{} {at} {who}", self.id);
        let edited = if self.is_edited { "edited" } else { "" };
        for word in [self.note, edited, self.gone.unwrap_or("")] {
            if !word.is_empty() {
                line.push_str(&format!(" ({word})"));
            }
        }
        let (body, left_out) = Form::Text.shortened(&self.body, most);
        line.push(' ');
        line.push_str(&body);
        if left_out > 0 {
            line.push_str(&format!("… ({left_out} more characters)"));
        }
        line
    }

    fn json(&self, most: usize) -> Value {
        let (body, left_out) = Form::Json.shortened(&self.body, most);
        let mut item = json!({
            "message_id": self.id.0,
            "room_id": self.room.0.to_string(),
            "account_id": self.account.0.to_string(),
            "account": Form::Json.cut(&self.name, 100),
            "time": iso(self.time),
            "body": body,
        });
        if let Some(item) = item.as_object_mut() {
            let mut add = |name: &str, value: Value| {
                item.insert(name.to_owned(), value);
            };
            if let Above::Room { name, .. } = &self.above
                && !name.is_empty()
            {
                add("room", Value::from(Form::Json.cut(name, 100)));
            }
            if self.is_edited {
                add("edited", Value::Bool(true));
            }
            if let Some(gone) = self.gone {
                add("status", Value::from(gone));
            }
            if !self.note.is_empty() {
                add("note", Value::from(self.note));
            }
            if left_out > 0 {
                add("body_left_out", Value::from(left_out));
            }
        }
        item
    }

    fn cursor(&self) -> String {
        let from = match self.origin {
            Origin::Window => 'w',
            Origin::Archive => 'a',
        };
        format!("{from}{}-{}", self.time.0, self.id)
    }

    fn heading(&self) -> Option<String> {
        Some(match &self.above {
            Above::Day => format!("# {}{OFFSET}", day(self.time)),
            Above::Room { line, .. } => line.clone(),
        })
    }

    fn group(&self) -> Option<Value> {
        match &self.above {
            Above::Day => None,
            Above::Room { json, .. } => Some(json.clone()),
        }
    }

    fn is_cut(&self, form: Form, most: usize) -> bool {
        form.shortened(&self.body, most).1 > 0
    }
}

/// Where a list of messages goes on: behind this one, towards older ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) is_archive: bool,
    pub(super) time: UnixTime,
    pub(super) message: MessageId,
}

impl Place {
    /// Reads the cursor of a row.
    pub(super) fn parse(cursor: &str) -> Option<Self> {
        let is_archive = cursor.starts_with('a');
        let (time, message) = cursor.strip_prefix(['a', 'w'])?.split_once('-')?;
        let time = UnixTime(time.parse().ok()?);
        Some(Self { is_archive, time, message: MessageId::from(message) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(body: &str) -> MessageRow {
        MessageRow {
            room: RoomId(42),
            id: MessageId::from("777"),
            account: AccountId(5),
            name: "name".to_owned(),
            time: UnixTime(1_764_547_200),
            is_edited: true,
            gone: None,
            body: body.to_owned(),
            note: "",
            above: Above::Day,
            origin: Origin::Window,
        }
    }

    #[test]
    fn a_row_is_one_line() {
        let text = row("one\n778 10:00:00 @1 two").text(&mut People::default(), 100);
        assert_eq!(text, "777 09:00:00 @1 (edited) one⏎778 10:00:00 @1 two");
    }

    #[test]
    fn a_long_text_says_how_much_is_left_out() {
        let text = row("12345").text(&mut People::default(), 3);
        assert!(text.ends_with("123… (2 more characters)"), "{text}");
        assert_eq!(row("12345").json(3)["body_left_out"], 2);
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let place = Place::parse(&row("x").cursor()).unwrap();
        assert_eq!((place.time, place.message.0.as_str()), (UnixTime(1_764_547_200), "777"));
        assert_eq!(Place::parse("x1-2"), None);
    }

    #[test]
    fn a_reply_names_its_message() {
        let reply = row("[rp aid=5 to=41-776]name\nyes");
        assert_eq!(reply.answers(), Some((RoomId(41), MessageId::from("776"))));
        assert!(reply.mentions(AccountId(5)) && !row("x").mentions(AccountId(5)));
    }
}
