//! Finds contradictions in a world.

use std::collections::HashSet;

use super::{FileSeed, MessageSeed, RoomSeed, TaskSeed, World, WorldFault, relations};
use super::{check_webhooks, content, seconds};
use crate::state::{LimitType, NAME_MAX_LENGTH, RoomKind};

/// The highest id, except for messages. Every JSON parser reads it exactly, and higher ids remain
/// for what the sandbox creates later.
pub(crate) const HIGHEST_ID: i64 = (1 << 53) - 1;
/// The last second of the year 9999, the latest time of a clock.
pub(crate) const LATEST_TIME: i64 = 253_402_300_799;

/// Every fault of a world. Webhooks may go to these hosts besides this machine.
pub(super) fn faults(world: &World, hosts: &[String]) -> Vec<WorldFault> {
    let mut check = Check::default();
    check.people(world);
    check.tokens(world);
    check.apps(world);
    check.rooms(world);
    check.faults.extend(check_webhooks::faults(world, hosts));
    check.faults
}

#[derive(Default)]
struct Check<'a> {
    faults: Vec<WorldFault>,
    keys: HashSet<&'a str>,
    seen: HashSet<(&'static str, i64)>,
    codes: HashSet<&'a str>,
    tokens: HashSet<&'a str>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.faults.push(WorldFault { place: place.into(), text: text.into() });
    }

    fn require(&mut self, holds: bool, place: &str, text: &str) {
        if !holds {
            self.fault(place, text);
        }
    }

    fn id(&mut self, kind: &'static str, id: i64, place: &str) {
        let holds = (1..=HIGHEST_ID).contains(&id);
        let text = "invalid id: expected 1 to 9007199254740991 (2^53 - 1)";
        self.require(holds, &format!("{place}.id"), text);
        if !self.seen.insert((kind, id)) {
            self.fault(format!("{place}.id"), format!("{id} is taken by another {kind}"));
        }
    }

    fn key(&mut self, key: &str, place: &str) {
        if !self.keys.contains(key) {
            self.fault(place, format!("no account has the key `{key}`"));
        }
    }

    fn people(&mut self, world: &'a World) {
        for (index, organization) in world.organizations.iter().enumerate() {
            self.id("organization", organization.id, &format!("organizations[{index}]"));
        }
        for (index, account) in world.accounts.iter().enumerate() {
            let place = format!("accounts[{index}]");
            self.id("account", account.id, &place);
            self.require(!account.name.is_empty(), &format!("{place}.name"), "it is required");
            self.require(!account.key.is_empty(), &format!("{place}.key"), "it is required");
            if !self.keys.insert(&account.key) {
                self.fault(format!("{place}.key"), "another account has it");
            }
            if let Some(id) = account.organization {
                let known = self.seen.contains(&("organization", id));
                let text = format!("unknown organization {id}");
                self.require(known, &format!("{place}.organization"), &text);
            }
        }
        for (index, request) in world.contact_requests.iter().enumerate() {
            let place = format!("contact_requests[{index}]");
            self.id("contact request", request.id, &place);
            self.key(&request.from, &format!("{place}.from"));
            self.key(&request.to, &format!("{place}.to"));
            let message = format!("{place}.message");
            self.require(!request.message.is_empty(), &message, "it is required");
        }
    }

    fn tokens(&mut self, world: &'a World) {
        for (index, account) in world.accounts.iter().enumerate() {
            if let Some(token) = &account.token {
                self.token(token, &format!("accounts[{index}].token"));
            }
        }
        for (index, bearer) in world.bearer_tokens.iter().enumerate() {
            let place = format!("bearer_tokens[{index}]");
            self.token(&bearer.token, &format!("{place}.token"));
            self.key(&bearer.account, &format!("{place}.account"));
            for scope in &bearer.scopes {
                let known = scope.parse::<chatwork_api::operations::Scope>().is_ok();
                let text = format!("unknown scope `{scope}`");
                self.require(known, &format!("{place}.scopes"), &text);
            }
        }
    }

    fn apps(&mut self, world: &World) {
        let mut ids = HashSet::new();
        for (index, app) in world.apps.iter().enumerate() {
            for (field, text) in app.faults() {
                self.fault(format!("apps[{index}].{field}"), text);
            }
            let place = format!("apps[{index}].client_id");
            self.require(ids.insert(&app.client_id), &place, "another app has it");
        }
    }

    fn token(&mut self, token: &'a str, place: &str) {
        let sendable = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        self.require(sendable, place, "invalid token: expected printable ASCII without spaces");
        if !self.tokens.insert(token) {
            self.fault(place, "another account or access token has it");
        }
    }

    fn rooms(&mut self, world: &'a World) {
        for (index, room) in world.rooms.iter().enumerate() {
            let place = format!("rooms[{index}]");
            self.id("room", room.id, &place);
            self.shape(room, &place);
            self.members(room, &place);
            self.link(room, &place);
            for (index, message) in room.messages.iter().enumerate() {
                self.message(room, message, &format!("{place}.messages[{index}]"));
            }
            for (index, task) in room.tasks.iter().enumerate() {
                self.task(room, task, &format!("{place}.tasks[{index}]"));
            }
            for (index, file) in room.files.iter().enumerate() {
                self.file(room, file, &format!("{place}.files[{index}]"));
            }
        }
        self.pairs(world);
        for (place, text) in relations::faults(world) {
            self.fault(place, text);
        }
    }

    fn shape(&mut self, room: &RoomSeed, place: &str) {
        let members = &room.members;
        let counts = (members.admin.len(), members.member.len(), members.readonly.len());
        let (holds, text) = match room.kind {
            RoomKind::My => {
                (counts == (1, 0, 0), "a My Chat has one account in `admin` and no other member")
            }
            RoomKind::Direct => (counts == (0, 2, 0), "a direct chat has two in `member`"),
            RoomKind::Group => (counts.0 > 0, "a group has at least one in `admin`"),
        };
        self.require(holds, &format!("{place}.members"), text);
        if room.kind == RoomKind::Group {
            let length = room.name.chars().count();
            let fits = (1..=255).contains(&length);
            self.require(fits, &format!("{place}.name"), "a group's name has 1 to 255 characters");
        } else {
            let none = room.link.is_none();
            self.require(none, &format!("{place}.link"), "only a group has a link");
        }
        let icon = room.icon.as_deref().unwrap_or("group");
        let known = icon.parse::<chatwork_api::types::IconPreset>().is_ok();
        self.require(known, &format!("{place}.icon"), "unknown icon");
    }

    fn members(&mut self, room: &RoomSeed, place: &str) {
        let mut seen = HashSet::new();
        let roles = [
            ("admin", &room.members.admin),
            ("member", &room.members.member),
            ("readonly", &room.members.readonly),
        ];
        for (role, keys) in roles {
            for (index, key) in keys.iter().enumerate() {
                let place = format!("{place}.members.{role}[{index}]");
                self.key(key, &place);
                self.require(
                    seen.insert(key.as_str()),
                    &place,
                    "the account is listed twice in this room",
                );
            }
        }
        for (index, key) in room.sticky_for.iter().enumerate() {
            self.inside(room, key, &format!("{place}.sticky_for[{index}]"));
        }
    }

    fn inside(&mut self, room: &RoomSeed, key: &str, place: &str) {
        let text = format!("`{key}` is not in the room");
        self.require(has(room, key), place, &text);
    }

    fn link(&mut self, room: &'a RoomSeed, place: &str) {
        let Some(link) = &room.link else {
            return;
        };
        let place = format!("{place}.link.code");
        let text = "invalid code: expected 1 to 50 of A-Z a-z 0-9 _ -";
        self.require(crate::state::is_link_code(&link.code), &place, text);
        let free = self.codes.insert(&link.code);
        self.require(free, &place, "another room has it");
    }

    fn time(&mut self, ago: Option<&str>, at: Option<i64>, place: &str) {
        let readable = ago.is_none_or(|ago| seconds(ago).is_some());
        let text = "invalid length of time: expected e.g. `3d 2h`, `10m` or `45s`";
        self.require(readable, &format!("{place}.ago"), text);
        self.require(ago.is_none() || at.is_none(), place, "`ago` and `at` exclude each other");
        let known = (0..=LATEST_TIME).contains(&at.unwrap_or(0));
        self.require(
            known,
            &format!("{place}.at"),
            "invalid time: expected 0 to the year 9999, in Unix seconds",
        );
    }

    fn message(&mut self, room: &RoomSeed, message: &MessageSeed, place: &str) {
        self.inside(room, &message.from, &format!("{place}.from"));
        self.time(message.ago.as_deref(), message.at, place);
        self.time(message.edited_ago.as_deref(), None, place);
        let length = message.body.chars().count();
        let fits = (1..=65_535).contains(&length);
        self.require(fits, &format!("{place}.body"), "a body has 1 to 65535 characters");
        for (index, key) in message.unread_for.iter().enumerate() {
            self.inside(room, key, &format!("{place}.unread_for[{index}]"));
        }
    }

    fn task(&mut self, room: &RoomSeed, task: &TaskSeed, place: &str) {
        self.id("task", task.id, place);
        self.inside(room, &task.from, &format!("{place}.from"));
        self.inside(room, &task.to, &format!("{place}.to"));
        self.time(task.ago.as_deref(), task.at, place);
        self.time(task.due_in.as_deref(), task.limit, &format!("{place}.in"));
        let limited = task.due_in.is_some() || task.limit.is_some_and(|limit| limit != 0);
        let holds = limited == (task.limit_type != LimitType::None);
        let text = "`limit_type` is date or time with `in` or a `limit` above 0, and none without";
        self.require(holds, &format!("{place}.limit_type"), text);
    }

    fn file(&mut self, room: &RoomSeed, file: &FileSeed, place: &str) {
        self.id("file", file.id, place);
        self.inside(room, &file.from, &format!("{place}.from"));
        self.time(file.ago.as_deref(), file.at, place);
        let fits = (1..=NAME_MAX_LENGTH).contains(&file.name.chars().count());
        self.require(fits, &format!("{place}.name"), "a file's name has 1 to 255 characters");
        let one = file.text.is_none() || file.base64.is_none();
        self.require(one, place, "`text` and `base64` exclude each other");
        let readable = content::bytes(file).is_some();
        self.require(readable, &format!("{place}.base64"), "invalid Base64");
    }

    /// Two accounts have at most one direct chat, an account at most one My Chat.
    fn pairs(&mut self, world: &World) {
        let mut seen = HashSet::new();
        for (index, room) in world.rooms.iter().enumerate() {
            if room.kind == RoomKind::Group {
                continue;
            }
            let mut keys: Vec<_> = room.members.admin.iter().chain(&room.members.member).collect();
            keys.sort();
            let first = seen.insert(keys);
            self.require(
                first,
                &format!("rooms[{index}]"),
                "these members have such a chat already",
            );
        }
    }
}

fn has(room: &RoomSeed, key: &str) -> bool {
    let members = &room.members;
    [&members.admin, &members.member, &members.readonly]
        .into_iter()
        .any(|keys| keys.iter().any(|member| member == key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::WorldError;

    const WORLD: &str = "
accounts:
  - { key: anna, id: 11, name: Anna, token: anna-token }
  - { key: bob, id: 12, name: Bob }
bearer_tokens:
  - { token: bearer, account: bob, scopes: [rooms.all:read] }
rooms:
  - id: 21
    name: Launch
    type: group
    members: { admin: [anna], readonly: [bob] }
    messages: [{ from: bob, body: hi, ago: 1m }]
    tasks: [{ id: 31, from: anna, to: bob, body: do }]
    files: [{ id: 41, from: anna, name: a.txt, text: a }]
  - { id: 22, type: direct, members: { member: [anna, bob] } }
";

    fn faults(world: &str) -> Vec<String> {
        match World::parse(world) {
            Ok(_) => Vec::new(),
            Err(WorldError::Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_world_without_contradictions_is_read() {
        assert_eq!(faults(WORLD), Vec::<String>::new());
    }

    #[test]
    fn each_contradiction_is_reported_with_its_place() {
        for (right, wrong, place) in [
            ("id: 12", "id: 11", "accounts[1].id"),
            ("id: 11", "id: 0", "accounts[0].id"),
            ("name: Bob", "name: ''", "accounts[1].name"),
            ("name: Bob", "name: Bob, organization: 5", "accounts[1].organization"),
            ("token: anna-token", "token: anna token", "accounts[0].token"),
            ("token: bearer", "token: anna-token", "bearer_tokens[0].token"),
            ("account: bob", "account: eve", "bearer_tokens[0].account"),
            ("rooms.all:read", "rooms.all:paint", "bearer_tokens[0].scopes"),
            ("name: Launch", "name: ''", "rooms[0].name"),
            ("admin: [anna]", "admin: [anna, anna]", "rooms[0].members.admin[1]"),
            ("from: bob, body: hi", "from: eve, body: hi", "rooms[0].messages[0].from"),
            ("body: hi", "body: ''", "rooms[0].messages[0].body"),
            ("ago: 1m", "ago: soon", "rooms[0].messages[0].ago"),
            ("ago: 1m", "ago: 1m, at: 5", "rooms[0].messages[0]"),
            ("to: bob", "to: eve", "rooms[0].tasks[0].to"),
            ("body: do", "body: do, in: 1d", "rooms[0].tasks[0].limit_type"),
            ("name: a.txt", "name: ''", "rooms[0].files[0].name"),
            ("text: a ", "base64: '*' ", "rooms[0].files[0].base64"),
            ("member: [anna, bob]", "member: [anna]", "rooms[1].members"),
        ] {
            let faults = faults(&WORLD.replacen(right, wrong, 1));
            let place = format!("{place}: ");
            assert!(faults.len() == 1 && faults[0].starts_with(&place), "{wrong}: {faults:?}");
        }
    }
}
