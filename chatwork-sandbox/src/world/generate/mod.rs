//! Generates large worlds with Japanese people, names and talk. All of them are made up.
//!
//! One seed gives one world, in every version of the sandbox that says nothing else in its change log.

mod random;
mod talk;

use std::fmt;
use std::str::FromStr;

use random::Random;
use serde::Deserialize;

use super::{
    AccountSeed, FileSeed, LinkSeed, MemberSeeds, MessageSeed, Organization, RequestSeed, RoomSeed,
    TaskSeed, World,
};
use crate::state::{LimitType, RoomKind, TaskStatus};

/// The span of the messages in seconds: a year.
const SPAN: u64 = 365 * 86_400;
/// The most of each number.
const MOST: u64 = 5_000_000;

/// The size of a generated world.
///
/// ```
/// use chatwork_sandbox::{Generate, World};
///
/// let size: Generate = "rooms=20,messages=500,seed=1".parse()?;
/// let world = World::generate(size);
/// assert_eq!(world.rooms.len(), 20);
/// # Ok::<(), chatwork_sandbox::InvalidGenerate>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields, default, try_from = "Numbers")]
#[non_exhaustive]
pub struct Generate {
    /// How many accounts there are, from 1 on. Their keys are `u1`, `u2` and so on, and their tokens
    /// `u1-sandbox-token` and so on.
    pub accounts: u64,
    /// How many group and direct chats there are. `u1` is in all of them. Each account has its My Chat
    /// besides.
    pub rooms: u64,
    /// How many messages there are in all rooms together.
    pub messages: u64,
    /// The seed of the random choices.
    pub seed: u64,
}

impl Default for Generate {
    fn default() -> Self {
        Self { accounts: 50, rooms: 100, messages: 10_000, seed: 1 }
    }
}

/// An invalid size. Names the field and what would be right.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("invalid size of a world: {0}")]
pub struct InvalidGenerate(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Numbers {
    accounts: u64,
    rooms: u64,
    messages: u64,
    seed: u64,
}

impl Default for Numbers {
    fn default() -> Self {
        let Generate { accounts, rooms, messages, seed } = Generate::default();
        Self { accounts, rooms, messages, seed }
    }
}

impl TryFrom<Numbers> for Generate {
    type Error = InvalidGenerate;

    fn try_from(numbers: Numbers) -> Result<Self, InvalidGenerate> {
        let Numbers { accounts, rooms, messages, seed } = numbers;
        for (name, value, least) in
            [("accounts", accounts, 1), ("rooms", rooms, 0), ("messages", messages, 0)]
        {
            if !(least..=MOST).contains(&value) {
                return Err(InvalidGenerate(format!("{name}: expected {least} to {MOST}")));
            }
        }
        if rooms == 0 && messages > 0 {
            return Err(InvalidGenerate("messages need at least one room".to_owned()));
        }
        Ok(Self { accounts, rooms, messages, seed })
    }
}

/// As in `rooms=1000,messages=100000,seed=1`. What is left out is as in [`Generate::default`].
impl FromStr for Generate {
    type Err = InvalidGenerate;

    fn from_str(text: &str) -> Result<Self, InvalidGenerate> {
        let mut numbers = Numbers::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let known = "expected accounts=, rooms=, messages= or seed= with a number";
            let invalid = || InvalidGenerate(format!("`{part}`: {known}"));
            let (name, value) = part.split_once('=').ok_or_else(invalid)?;
            let field = match name.trim() {
                "accounts" => &mut numbers.accounts,
                "rooms" => &mut numbers.rooms,
                "messages" => &mut numbers.messages,
                "seed" => &mut numbers.seed,
                _ => return Err(invalid()),
            };
            *field = value.trim().parse().map_err(|_| invalid())?;
        }
        Self::try_from(numbers)
    }
}

impl fmt::Display for Generate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { accounts, rooms, messages, seed } = self;
        write!(f, "accounts={accounts},rooms={rooms},messages={messages},seed={seed}")
    }
}

impl World {
    /// Generates a world of this size.
    pub fn generate(size: Generate) -> Self {
        let mut random = Random::new(size.seed);
        let organizations = talk::COMPANIES.iter().zip(1_i64..);
        let mut world = Self {
            organizations: organizations
                .map(|(name, index)| Organization { id: 100 + index, name: (*name).to_owned() })
                .collect(),
            accounts: (1..=size.accounts).map(|number| account(&mut random, number)).collect(),
            ..Self::default()
        };
        let counts = counts(&mut random, size);
        let mut ids = Ids::default();
        for (number, count) in (1..=size.rooms).zip(counts) {
            let people = &world.accounts;
            let room = room(&mut random, &mut ids, people, number, count);
            world.rooms.push(room);
        }
        world.contact_requests = requests(&mut random, &world);
        world
    }
}

/// The last ids of tasks and files.
#[derive(Default)]
struct Ids {
    task: i64,
    file: i64,
}

fn key(number: u64) -> String {
    format!("u{number}")
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn account(random: &mut Random, number: u64) -> AccountSeed {
    let (family, family_read) = random.pick(talk::FAMILIES);
    let (given, given_read) = random.pick(talk::GIVEN);
    let company = random.below(talk::COMPANIES.len() as u64);
    AccountSeed {
        key: key(number),
        id: 1_000_000 + signed(number) * 37,
        name: format!("{family} {given}"),
        token: Some(format!("{}-sandbox-token", key(number))),
        // Most work at the first company, as the colleagues of one office do.
        organization: Some(if random.one_in(4) { 101 + signed(company) } else { 101 }),
        chatwork_id: format!("{given_read}-{family_read}-{number}"),
        department: random.pick(talk::DEPARTMENTS).to_owned(),
        title: random.pick(talk::TITLES).to_owned(),
        login_mail: format!("{given_read}.{family_read}.{number}@example.com"),
        ..AccountSeed::default()
    }
}

/// How many messages each room has: half of them spread evenly, the other half by weight, since a few
/// rooms have most of the talk.
fn counts(random: &mut Random, size: Generate) -> Vec<u64> {
    let rooms = usize::try_from(size.rooms).unwrap_or(usize::MAX);
    let even = size.messages / 2 / size.rooms.max(1);
    let mut counts = vec![even; rooms];
    for _ in even * size.rooms..size.messages {
        // The lower of two numbers: the first rooms get most.
        let index = random.below(size.rooms).min(random.below(size.rooms));
        if let Some(count) = usize::try_from(index).ok().and_then(|index| counts.get_mut(index)) {
            *count += 1;
        }
    }
    counts
}

fn room(
    random: &mut Random,
    ids: &mut Ids,
    people: &[AccountSeed],
    number: u64,
    count: u64,
) -> RoomSeed {
    // Every tenth room is a direct chat of `u1`, as long as there is a person to talk to.
    let partner = number.is_multiple_of(10).then(|| usize::try_from(number / 10).ok()).flatten();
    let partner = partner.and_then(|index| people.get(index));
    let members = match partner {
        Some(partner) => direct(people, partner),
        None => group(random, people),
    };
    let keys: Vec<&String> = members.admin.iter().chain(&members.member).collect();
    let messages = messages(random, people, &keys, count);
    let kind = if partner.is_some() { RoomKind::Direct } else { RoomKind::Group };
    let is_group = kind == RoomKind::Group;
    let (tasks, files) = match is_group {
        true => (tasks(random, ids, &keys), files(random, ids, &keys)),
        false => (Vec::new(), Vec::new()),
    };
    let link = (is_group && random.one_in(20)).then(|| LinkSeed {
        code: format!("room-{number}"),
        public: true,
        need_acceptance: random.one_in(2),
        description: String::new(),
    });
    RoomSeed {
        id: 40_000_000 + signed(number) * 7,
        kind,
        name: if is_group { talk::room_name(random, number) } else { String::new() },
        description: if is_group { talk::description(random) } else { String::new() },
        icon: None,
        sticky_for: if random.one_in(30) { vec![key(1)] } else { Vec::new() },
        members,
        link,
        messages,
        tasks,
        files,
    }
}

fn direct(people: &[AccountSeed], partner: &AccountSeed) -> MemberSeeds {
    let first = people.first().map(|account| account.key.clone());
    let member = first.into_iter().chain([partner.key.clone()]).collect();
    MemberSeeds { member, ..MemberSeeds::default() }
}

/// `u1` and up to eleven others.
fn group(random: &mut Random, people: &[AccountSeed]) -> MemberSeeds {
    let mut members = MemberSeeds { admin: vec![key(1)], ..MemberSeeds::default() };
    for _ in 0..random.below(12) {
        let account = random.pick_of(people).map(|account| account.key.clone());
        let Some(account) = account.filter(|key| !members.admin.contains(key)) else {
            continue;
        };
        if !members.member.contains(&account) {
            members.member.push(account);
        }
    }
    members
}

/// Messages from the oldest to the newest. The last ones are unread for some members.
fn messages(
    random: &mut Random,
    people: &[AccountSeed],
    keys: &[&String],
    count: u64,
) -> Vec<MessageSeed> {
    let mut ages: Vec<u64> = (0..count).map(|_| random.below(SPAN)).collect();
    ages.sort_unstable_by(|one, other| other.cmp(one));
    let unread = if random.one_in(5) { random.below(8) } else { 0 };
    let mut messages = Vec::with_capacity(ages.len());
    for (index, age) in (1_u64..).zip(ages) {
        let from = random.pick_of(keys).map_or_else(String::new, |key| (*key).clone());
        let fresh = count - index < unread;
        let others = keys.iter().filter(|key| fresh && ***key != from);
        let unread_for = others.map(|key| (*key).clone()).collect();
        messages.push(MessageSeed {
            body: talk::body(random, people, keys, index),
            from,
            ago: Some(format!("{age}s")),
            at: None,
            edited_ago: None,
            deleted: random.one_in(500),
            unread_for,
        });
    }
    messages
}

fn tasks(random: &mut Random, ids: &mut Ids, keys: &[&String]) -> Vec<TaskSeed> {
    let mut tasks = Vec::new();
    for _ in 0..random.below(3) {
        let (from, to) = (random.pick_of(keys), random.pick_of(keys));
        let Some((from, to)) = from.zip(to) else {
            continue;
        };
        ids.task += 1;
        let due = random.one_in(2);
        tasks.push(TaskSeed {
            id: 5_000_000 + ids.task,
            from: (*from).clone(),
            to: (*to).clone(),
            body: random.pick(talk::TASKS).to_owned(),
            due_in: due.then(|| format!("{}d", 1 + random.below(30))),
            limit: None,
            limit_type: if due { LimitType::Date } else { LimitType::None },
            status: if random.one_in(3) { TaskStatus::Done } else { TaskStatus::Open },
            ago: Some(format!("{}s", random.below(SPAN / 12))),
            at: None,
        });
    }
    tasks
}

fn files(random: &mut Random, ids: &mut Ids, keys: &[&String]) -> Vec<FileSeed> {
    let Some(from) = random.pick_of(keys).filter(|_| random.one_in(3)) else {
        return Vec::new();
    };
    ids.file += 1;
    vec![FileSeed {
        id: 1_000_000_000 + ids.file,
        from: (*from).clone(),
        name: talk::file_name(random),
        text: Some(talk::file_text(random)),
        base64: None,
        message: random.one_in(2).then(|| "ご確認ください。".to_owned()),
        ago: Some(format!("{}s", random.below(SPAN / 12))),
        at: None,
    }]
}

/// Requests of people who have no direct chat with `u1`.
fn requests(random: &mut Random, world: &World) -> Vec<RequestSeed> {
    let direct = |key: &String| {
        world
            .rooms
            .iter()
            .any(|room| room.kind == RoomKind::Direct && room.members.member.contains(key))
    };
    let strangers = world.accounts.iter().skip(1).filter(|account| !direct(&account.key)).take(3);
    let strangers: Vec<_> = strangers.map(|account| account.key.clone()).collect();
    let requests = strangers.into_iter().zip(1_i64..).map(|(from, index)| RequestSeed {
        id: 1_200_000 + index,
        from,
        to: key(1),
        message: random.pick(talk::GREETINGS).to_owned(),
    });
    requests.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(text: &str) -> Generate {
        text.parse().unwrap()
    }

    #[test]
    fn a_generated_world_has_the_numbers_that_were_asked_for_and_no_fault() {
        for text in [
            "rooms=120,messages=2000,seed=1",
            "accounts=1,rooms=3,messages=5,seed=9",
            "accounts=2,rooms=60,messages=7,seed=3",
            "rooms=0,messages=0",
        ] {
            let size = size(text);
            let world = World::generate(size);
            world.check().unwrap();
            let messages: usize = world.rooms.iter().map(|room| room.messages.len()).sum();
            assert_eq!((world.rooms.len() as u64, messages as u64), (size.rooms, size.messages));
            assert_eq!(world.accounts.len() as u64, size.accounts, "{text}");
        }
    }

    #[test]
    fn a_seed_gives_one_world_and_another_seed_another() {
        let of = |seed| World::generate(size(&format!("rooms=9,messages=90,seed={seed}")));
        assert_eq!(of(1), of(1));
        assert_ne!(of(1).rooms, of(2).rooms);
    }

    /// A change of the generator changes the worlds of tests that name a seed. It has to be meant.
    #[test]
    fn the_world_of_a_seed_stays_the_same() {
        let world = World::generate(size("rooms=3,messages=6,seed=1"));
        let names: Vec<_> = world.rooms.iter().map(|room| room.name.as_str()).collect();
        let people: Vec<_> = world.accounts.iter().take(3).map(|it| it.name.as_str()).collect();
        assert_eq!(people, ["渡辺 翔太", "渡辺 蓮", "伊藤 恵"]);
        assert_eq!(names, ["研修チーム 1", "採用プロジェクト 2", "研修プロジェクト 3"]);
    }

    #[test]
    fn a_size_that_cannot_be_read_is_refused_with_what_would_be_right() {
        for (text, part) in [
            ("room=3", "`room=3`: expected accounts=, rooms=, messages= or seed= with a number"),
            ("rooms", "`rooms`"),
            ("rooms=many", "`rooms=many`"),
            ("accounts=0", "accounts: expected 1 to"),
            ("rooms=0", "messages need at least one room"),
            ("messages=5000001", "messages: expected 0 to 5000000"),
        ] {
            let error = text.parse::<Generate>().unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
