//! Makes the state that a world describes.

use std::collections::{HashMap, HashSet};

use chatwork_api::types::{AccountId, FileId, RequestId, RoomId, TaskId};

use super::credential::{Access, CredentialId};
use super::files::NewFile;
use super::link::Link;
use super::message::MessageNumber;
use super::post::Draft;
use super::room::{Member, Role, RoomKind};
use super::task::Task;
use super::{Account, Actor, ContactRequest, Room, State, notation};
use crate::world::{self, FileSeed, MessageSeed, RoomSeed, TaskSeed, World};

type Keys = HashMap<String, AccountId>;

impl State {
    /// Returns the state of a valid world that starts at `now`.
    pub(crate) fn new(world: &World, now: i64) -> Self {
        let mut state = Self::default();
        let keys = keys(world);
        world.rooms.iter().for_each(|room| state.ids.room_taken(room.id));
        state.add_accounts(world, &keys, now);
        state.add_tokens(world, &keys, now);
        state.oauth.apps.clone_from(&world.apps);
        state.oauth.refresh = world.oauth.refresh_tokens;
        state.add_requests(world, &keys);
        for room in &world.rooms {
            state.seed_room(room, &keys, now);
        }
        state.fill(world, &keys, now);
        state.events.clear();
        state
    }

    fn add_accounts(&mut self, world: &World, keys: &Keys, now: i64) {
        for seed in &world.accounts {
            let own = world.rooms.iter().find(|room| {
                room.kind == RoomKind::My && room.members.admin.first() == Some(&seed.key)
            });
            let own_room = RoomId(own.map_or_else(|| self.ids.room(), |room| room.id));
            if own.is_none() {
                let members = vec![Member::new(id_of(keys, &seed.key), Role::Admin)];
                self.add_room(Room::new(own_room, RoomKind::My, members, now));
            }
            let account = Account::new(seed, own_room, &world.organizations);
            self.accounts.insert(account.id, account);
        }
    }

    fn add_tokens(&mut self, world: &World, keys: &Keys, now: i64) {
        for account in &world.accounts {
            if let Some(token) = &account.token {
                self.credentials.add(token.clone(), AccountId(account.id), Access::Everything);
            }
        }
        for bearer in &world.bearer_tokens {
            let access = Access::Scopes {
                scopes: bearer.scopes.iter().filter_map(|scope| scope.parse().ok()).collect(),
                expires: bearer.expires_in.map(|seconds| now.saturating_add(seconds)),
            };
            self.credentials.add(bearer.token.clone(), id_of(keys, &bearer.account), access);
        }
    }

    fn add_requests(&mut self, world: &World, keys: &Keys) {
        for seed in &world.contact_requests {
            let request = ContactRequest {
                id: RequestId(seed.id),
                from: id_of(keys, &seed.from),
                to: id_of(keys, &seed.to),
                message: seed.message.clone(),
            };
            self.requests.insert(request.id, request);
        }
    }

    pub(super) fn seed_room(&mut self, seed: &RoomSeed, keys: &Keys, now: i64) {
        let roles = [
            (Role::Admin, &seed.members.admin),
            (Role::Member, &seed.members.member),
            (Role::Readonly, &seed.members.readonly),
        ];
        let members = roles.into_iter().flat_map(|(role, list)| {
            list.iter().map(move |key| Member {
                sticky: seed.sticky_for.contains(key),
                ..Member::new(id_of(keys, key), role)
            })
        });
        let mut room = Room::new(RoomId(seed.id), seed.kind, members.collect(), now);
        room.name.clone_from(&seed.name);
        room.description.clone_from(&seed.description);
        room.icon = seed.icon.clone().unwrap_or(room.icon);
        room.link = seed.link.as_ref().map(|link| Link {
            code: link.code.clone(),
            public: link.public,
            need_acceptance: link.need_acceptance,
            description: link.description.clone(),
        });
        self.add_room(room);
    }

    /// Adds messages, tasks and files in the order of their times, so that message ids grow with
    /// time.
    pub(super) fn fill(&mut self, world: &World, keys: &Keys, now: i64) {
        let mut happenings: Vec<_> =
            world.rooms.iter().flat_map(|room| timeline(room, now)).collect();
        happenings.sort_by_key(|happening| happening.at);
        let mut posted: HashMap<(i64, usize), MessageNumber> = HashMap::new();
        for Happening { room, at, what } in happenings {
            match what {
                What::Message(index, seed) => {
                    let id = self.seed_message(room, seed, keys, (now, at), &posted);
                    posted.extend(id.map(|id| ((room.id, index), id)));
                }
                What::Task(seed) => self.seed_task(room, seed, keys, (now, at)),
                What::File(seed) => self.seed_file(room, seed, keys, at),
            }
        }
        self.settle(world, keys, &posted);
    }

    fn seed_message(
        &mut self,
        room: &RoomSeed,
        seed: &MessageSeed,
        keys: &Keys,
        (now, at): (i64, i64),
        posted: &HashMap<(i64, usize), MessageNumber>,
    ) -> Option<MessageNumber> {
        let body = with_replies(&seed.body, room.id, posted);
        let draft = Draft {
            by: id_of(keys, &seed.from),
            at,
            body: body.clone(),
            system: false,
            self_unread: false,
        };
        let id = self.post(RoomId(room.id), draft)?;
        let stored = self.room_mut(RoomId(room.id))?;
        if let Some(edited) = seed.edited_ago.as_deref().and_then(world::seconds) {
            stored.rewrite(id, body, now.saturating_sub(edited).max(0));
        }
        if seed.deleted {
            stored.blank(id, at);
        }
        Some(id)
    }

    fn seed_task(&mut self, room: &RoomSeed, seed: &TaskSeed, keys: &Keys, times: (i64, i64)) {
        let (now, at) = times;
        let due = seed.due_in.as_deref().and_then(world::seconds);
        let limit = due.map(|seconds| now.saturating_add(seconds)).or(seed.limit);
        let mut task = Task {
            id: TaskId(seed.id),
            assignee: id_of(keys, &seed.to),
            requester: id_of(keys, &seed.from),
            message: MessageNumber(0),
            body: seed.body.clone(),
            limit: limit.unwrap_or(0),
            limit_type: seed.limit_type,
            status: super::TaskStatus::Open,
        };
        self.ids.task_taken(seed.id);
        let actor = actor(task.requester, at);
        let body = notation::task_added(&task, &[task.assignee]);
        let room_id = RoomId(room.id);
        if let Some(message) = self.post(room_id, Draft::system(actor, body)) {
            task.message = message;
            task.status = seed.status;
            if let Some(room) = self.room_mut(room_id) {
                room.tasks.insert(task.id, task);
            }
        }
    }

    fn seed_file(&mut self, room: &RoomSeed, seed: &FileSeed, keys: &Keys, at: i64) {
        self.ids.file_taken(seed.id);
        let new = NewFile {
            name: seed.name.clone(),
            bytes: world::bytes(seed).unwrap_or_default(),
            message: seed.message.clone(),
        };
        let actor = actor(id_of(keys, &seed.from), at);
        self.store(actor, RoomId(room.id), FileId(seed.id), new);
    }

    /// Marks as unread what the world lists as unread. Everything else is read.
    fn settle(
        &mut self,
        world: &World,
        keys: &Keys,
        posted: &HashMap<(i64, usize), MessageNumber>,
    ) {
        for seed in &world.rooms {
            let Some(room) = self.room_mut(RoomId(seed.id)) else {
                continue;
            };
            let unread = unread(seed, keys, posted);
            for member in &mut room.members {
                let account = member.account;
                member.unread.retain(|id| unread.contains(&(*id, account)));
                member.mentions.retain(|id| unread.contains(&(*id, account)));
            }
        }
    }
}

/// The ids of the accounts of a world.
pub(super) fn keys(world: &World) -> Keys {
    world.accounts.iter().map(|account| (account.key.clone(), AccountId(account.id))).collect()
}

/// Which messages of a room are unread for whom.
fn unread(
    room: &RoomSeed,
    keys: &Keys,
    posted: &HashMap<(i64, usize), MessageNumber>,
) -> HashSet<(MessageNumber, AccountId)> {
    let mut unread = HashSet::new();
    for (index, message) in room.messages.iter().enumerate() {
        let Some(id) = posted.get(&(room.id, index)) else {
            continue;
        };
        unread.extend(message.unread_for.iter().map(|key| (*id, id_of(keys, key))));
    }
    unread
}

/// Replaces `{rp:N}` with the ids of earlier messages of the room.
fn with_replies(body: &str, room: i64, posted: &HashMap<(i64, usize), MessageNumber>) -> String {
    let mut body = body.to_owned();
    while let Some((number, end)) = body.find("{rp:").and_then(|at| {
        let digits = body.get(at + 4..)?;
        let length = digits.find('}')?;
        Some((digits.get(..length)?.to_owned(), at))
    }) {
        let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let id = index.and_then(|index| posted.get(&(room, index)));
        let reply = id.map_or_else(String::new, |id| format!("{room}-{id}"));
        body.replace_range(end..end + number.len() + 5, &reply);
    }
    body
}

/// An event before the start.
struct Happening<'a> {
    room: &'a RoomSeed,
    at: i64,
    what: What<'a>,
}

enum What<'a> {
    Message(usize, &'a MessageSeed),
    Task(&'a TaskSeed),
    File(&'a FileSeed),
}

fn timeline(room: &RoomSeed, now: i64) -> Vec<Happening<'_>> {
    let messages = room.messages.iter().enumerate().map(|(index, seed)| {
        (moment(seed.ago.as_deref(), seed.at, now), What::Message(index, seed))
    });
    let tasks = room.tasks.iter();
    let tasks = tasks.map(|seed| (moment(seed.ago.as_deref(), seed.at, now), What::Task(seed)));
    let files = room.files.iter();
    let files = files.map(|seed| (moment(seed.ago.as_deref(), seed.at, now), What::File(seed)));
    let all = messages.chain(tasks).chain(files);
    all.map(|(at, what)| Happening { room, at, what }).collect()
}

pub(super) fn moment(ago: Option<&str>, at: Option<i64>, now: i64) -> i64 {
    let age = ago.and_then(world::seconds).unwrap_or(0);
    at.unwrap_or_else(|| now.saturating_sub(age)).max(0)
}

fn actor(account: AccountId, at: i64) -> Actor {
    Actor { account, credential: CredentialId::default(), at }
}

/// Returns the account of a key. A valid world has it.
fn id_of(keys: &Keys, key: &str) -> AccountId {
    keys.get(key).copied().unwrap_or(AccountId(0))
}
