//! Finds contradictions in a saved state, as a person may make them with an editor.

use std::collections::{BTreeSet, HashSet};

use chatwork_api::operations::Scope;
use chatwork_api::types::AccountId;

use super::room::Room;
use super::{Saved, read};
use crate::state::{MessageNumber, RoomKind, is_link_code};
use crate::webhook;
use crate::world::{HIGHEST_ID, LATEST_TIME, WorldFault};

const ID: &str = "invalid id: expected 1 to 9007199254740991 (2^53 - 1)";
const TIME: &str = "invalid time: expected 0 to the year 9999, in Unix seconds";

/// Every fault of a saved state.
pub(super) fn faults(saved: &Saved, hosts: &[String]) -> Vec<WorldFault> {
    let mut check = Check::default();
    check.ids(saved);
    check.people(saved);
    check.tokens(saved);
    for (index, room) in saved.rooms.iter().enumerate() {
        check.room(room, &format!("rooms[{index}]"));
    }
    check.pairs(&saved.rooms);
    for (index, webhook) in saved.webhooks.iter().enumerate() {
        for (field, text) in webhook::faults(webhook, hosts) {
            check.fault(&format!("webhooks[{index}].{field}"), &text);
        }
        let known = saved.accounts.iter().any(|account| account.key == webhook.account);
        let text = format!("no account has the key `{}`", webhook.account);
        check.require(known, &format!("webhooks[{index}].account"), &text);
    }
    check.faults
}

#[derive(Default)]
struct Check<'a> {
    faults: Vec<WorldFault>,
    known: HashSet<i64>,
    seen: HashSet<(&'static str, i64)>,
    texts: HashSet<(&'static str, &'a str)>,
    messages: HashSet<MessageNumber>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, place: &str, text: &str) {
        self.faults.push(WorldFault { place: place.to_owned(), text: text.to_owned() });
    }

    fn require(&mut self, holds: bool, place: &str, text: &str) {
        if !holds {
            self.fault(place, text);
        }
    }

    /// An id that exists once.
    fn id(&mut self, kind: &'static str, id: i64, place: &str) {
        self.require((1..=HIGHEST_ID).contains(&id), place, ID);
        if !self.seen.insert((kind, id)) {
            self.fault(place, &format!("{id} is taken by another {kind}"));
        }
    }

    /// A text that exists once.
    fn once(&mut self, kind: &'static str, text: &'a str, place: &str) {
        if !self.texts.insert((kind, text)) {
            self.fault(place, &format!("another {kind} is the same"));
        }
    }

    fn time(&mut self, time: i64, place: &str) {
        self.require((0..=LATEST_TIME).contains(&time), place, TIME);
    }

    fn account(&mut self, id: AccountId, place: &str) {
        let text = format!("no account has the id {}", id.0);
        self.require(self.known.contains(&id.0), place, &text);
    }

    fn ids(&mut self, saved: &Saved) {
        let next = &saved.next_ids;
        for (id, field) in [(next.room, "room"), (next.task, "task"), (next.file, "file")] {
            self.require((1..=HIGHEST_ID).contains(&id), &format!("next_ids.{field}"), ID);
        }
        let fits = next.message.0 <= i64::MAX.unsigned_abs();
        self.require(fits, "next_ids.message", "expected at most 9223372036854775807");
        let fits = next.link_code <= HIGHEST_ID.unsigned_abs();
        self.require(fits, "next_ids.link_code", "expected at most 9007199254740991");
    }

    fn people(&mut self, saved: &'a Saved) {
        let rooms: HashSet<_> = saved.rooms.iter().filter_map(my_chat).collect();
        self.known = saved.accounts.iter().map(|account| account.account_id.0).collect();
        for (index, account) in saved.accounts.iter().enumerate() {
            let place = format!("accounts[{index}]");
            self.id("account", account.account_id.0, &format!("{place}.account_id"));
            self.once("key", &account.key, &format!("{place}.key"));
            self.require(!account.key.is_empty(), &format!("{place}.key"), "it is required");
            self.require(!account.name.is_empty(), &format!("{place}.name"), "it is required");
            let own = rooms.contains(&(account.account_id.0, account.room_id.0));
            let text = "expected the room of type `my` that has this account as its member";
            self.require(own, &format!("{place}.room_id"), text);
        }
        for (index, request) in saved.contact_requests.iter().enumerate() {
            let place = format!("contact_requests[{index}]");
            self.id("contact request", request.request_id.0, &format!("{place}.request_id"));
            self.account(request.from, &format!("{place}.from"));
            self.account(request.to, &format!("{place}.to"));
        }
    }

    fn tokens(&mut self, saved: &'a Saved) {
        for (index, token) in saved.tokens.iter().enumerate() {
            let place = format!("tokens[{index}]");
            self.once("token", &token.token, &format!("{place}.token"));
            let text = "invalid token: expected printable ASCII without spaces";
            self.require(is_sendable(&token.token), &format!("{place}.token"), text);
            self.account(token.account_id, &format!("{place}.account_id"));
            self.credential(token.id, &format!("{place}.id"));
            for scope in token.scopes.iter().flatten() {
                self.scope(scope, &format!("{place}.scopes"));
            }
        }
        for (index, app) in saved.apps.iter().enumerate() {
            self.once("client_id", &app.client_id, &format!("apps[{index}].client_id"));
            for (field, text) in app.faults() {
                self.fault(&format!("apps[{index}].{field}"), &text);
            }
        }
        for (index, grant) in saved.grants.iter().enumerate() {
            let place = format!("grants[{index}]");
            self.credential(grant.id, &format!("{place}.id"));
            self.account(grant.account_id, &format!("{place}.account_id"));
            let known = saved.apps.iter().any(|app| app.client_id == grant.client_id);
            let text = format!("no app has the client_id `{}`", grant.client_id);
            self.require(known, &format!("{place}.client_id"), &text);
            for scope in &grant.scopes {
                self.scope(scope, &format!("{place}.scopes"));
            }
            for (index, token) in grant.refresh_tokens.iter().enumerate() {
                let place = format!("{place}.refresh_tokens[{index}].token");
                self.once("refresh token", &token.token, &place);
            }
        }
    }

    fn credential(&mut self, id: usize, place: &str) {
        let fits = i64::try_from(id).is_ok_and(|id| (1..=HIGHEST_ID).contains(&id));
        self.require(fits, place, ID);
    }

    fn scope(&mut self, scope: &str, place: &str) {
        let known = scope.parse::<Scope>().is_ok();
        self.require(known, place, &format!("unknown scope `{scope}`"));
    }

    fn room(&mut self, room: &'a Room, place: &str) {
        self.id("room", room.room_id.0, &format!("{place}.room_id"));
        self.time(room.last_update_time, &format!("{place}.last_update_time"));
        self.members(room, place);
        let known = room.icon.parse::<chatwork_api::types::IconPreset>().is_ok();
        self.require(known, &format!("{place}.icon"), "unknown icon");
        if let Some(link) = &room.link {
            let place = format!("{place}.link.code");
            self.once("link code", &link.code, &place);
            let text = "invalid code: expected 1 to 50 of A-Z a-z 0-9 _ -";
            self.require(is_link_code(&link.code), &place, text);
        }
        self.messages(room, place);
        self.contents(room, place);
    }

    fn members(&mut self, room: &Room, place: &str) {
        let count = room.members.len();
        let (holds, text) = match room.kind {
            RoomKind::My => (count == 1, "a My Chat has one member"),
            RoomKind::Direct => (count == 2, "a direct chat has two members"),
            RoomKind::Group => (count > 0, "a group has at least one member"),
        };
        self.require(holds, &format!("{place}.members"), text);
        let mut seen = HashSet::new();
        for (index, member) in room.members.iter().enumerate() {
            let place = format!("{place}.members[{index}]");
            self.account(member.account_id, &format!("{place}.account_id"));
            let first = seen.insert(member.account_id.0);
            self.require(first, &place, "the account is listed twice in this room");
        }
    }

    fn messages(&mut self, room: &Room, place: &str) {
        let mut last = MessageNumber(0);
        let mut ids = BTreeSet::new();
        for (index, message) in room.messages.iter().flatten().enumerate() {
            let id = message.message_id;
            let place = format!("{place}.messages[{index}]");
            let rises = id > last && id.0 <= i64::MAX.unsigned_abs();
            let text = "expected a number above that of the message before";
            self.require(rises, &format!("{place}.message_id"), text);
            if !self.messages.insert(id) {
                self.fault(&format!("{place}.message_id"), "another message has it");
            }
            last = last.max(id);
            ids.insert(id);
            self.account(message.account_id, &format!("{place}.account_id"));
            self.time(message.send_time, &format!("{place}.send_time"));
            self.time(message.update_time, &format!("{place}.update_time"));
            let length = message.body.chars().count();
            let fits = length <= 65_535;
            self.require(fits, &format!("{place}.body"), "a body has at most 65535 characters");
        }
        for (index, member) in room.members.iter().enumerate() {
            let place = format!("{place}.members[{index}]");
            for (list, field) in [(&member.unread, "unread"), (&member.mentions, "mentions")] {
                let known = list.iter().all(|id| ids.contains(id));
                let text = "it names a message that is not in the room";
                self.require(known, &format!("{place}.{field}"), text);
            }
            let unread = member.mentions.iter().all(|id| member.unread.contains(id));
            self.require(unread, &format!("{place}.mentions"), "each is listed in `unread`, too");
        }
    }

    fn contents(&mut self, room: &Room, place: &str) {
        for (index, task) in room.tasks.iter().enumerate() {
            let place = format!("{place}.tasks[{index}]");
            self.id("task", task.task_id.0, &format!("{place}.task_id"));
            self.account(task.account_id, &format!("{place}.account_id"));
            self.account(task.assigned_by_account_id, &format!("{place}.assigned_by_account_id"));
            self.time(task.limit_time, &format!("{place}.limit_time"));
        }
        for (index, file) in room.files.iter().enumerate() {
            let place = format!("{place}.files[{index}]");
            self.id("file", file.file_id.0, &format!("{place}.file_id"));
            self.account(file.account_id, &format!("{place}.account_id"));
            self.time(file.upload_time, &format!("{place}.upload_time"));
            let readable = file.base64.as_deref().is_some_and(|it| read::content(it).is_some());
            let text = "expected the content in Base64; it is left out with `?contents=false`";
            self.require(readable, &format!("{place}.base64"), text);
        }
    }

    /// Two accounts have at most one direct chat, an account at most one My Chat.
    fn pairs(&mut self, rooms: &[Room]) {
        let mut seen = HashSet::new();
        for (index, room) in rooms.iter().enumerate() {
            if room.kind == RoomKind::Group {
                continue;
            }
            let mut ids: Vec<_> = room.members.iter().map(|member| member.account_id.0).collect();
            ids.sort_unstable();
            let first = seen.insert(ids);
            let text = "these members have such a chat already";
            self.require(first, &format!("rooms[{index}]"), text);
        }
    }
}

/// The account and the room, if the room is a My Chat.
fn my_chat(room: &Room) -> Option<(i64, i64)> {
    let member = room.members.first().filter(|_| room.kind == RoomKind::My)?;
    Some((member.account_id.0, room.room_id.0))
}

fn is_sendable(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}
