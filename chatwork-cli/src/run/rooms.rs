//! `rooms`.

use chatwork_app::{Named, one_line};
use chatwork_sdk::types::{RoomDetails, RoomMember, RoomMemberIds};
use chatwork_sdk::{AccountId, IconPreset, Role, RoomHandle, RoomId};
use serde_json::Value;

use super::{given, items, note_set_aside};
use crate::args::{Create, Edit, RoleName, RoomKind, Rooms};
use crate::ask;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::out::{Item, item, note, shape};
use crate::words;

pub(super) async fn run(context: &Context, rooms: Rooms) -> Done {
    match rooms {
        Rooms::List { kind, unread } => list(context, kind, unread).await,
        Rooms::View { room } => view(context, &room).await,
        Rooms::Create(create) => make(context, create).await,
        Rooms::Edit(edit) => change(context, edit).await,
        Rooms::Leave { room } => leave(context, &room).await,
        Rooms::Delete { room } => delete(context, &room).await,
        Rooms::Members { room } => {
            let members = context.room(&room).await?.members().await?;
            context.out.list(&shape::MEMBERS, &items(&members))
        }
        Rooms::Add { room, people, role } => {
            let room = context.room(&room).await?;
            let people = context.people(None, &people).await?;
            match role {
                Some(role) => set_role(context, &room, role_of(role), people).await,
                None => add(context, &room, people).await,
            }
        }
        Rooms::Remove { room, people } => {
            let room = context.room(&room).await?;
            let ids = context.people(Some(room.id()), &people).await?;
            let (people, shown) = (given_with_ids(&people, &ids), context.shown(&room).await);
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("people", &people), ("room", &shown)];
            ask::confirm(context.yes, &words::ASK_REMOVE_MEMBERS.fill(&values))?;
            show_members(context, &room.remove_members(ids).await?)
        }
        Rooms::Role { room, role, people } => {
            let room = context.room(&room).await?;
            let people = context.people(Some(room.id()), &people).await?;
            set_role(context, &room, role_of(role), people).await
        }
    }
}

/// Adds people as ordinary members. Those who are in the room keep their role: the request of the
/// API would make an administrator an ordinary member.
async fn add(context: &Context, room: &RoomHandle, mut people: Vec<AccountId>) -> Done {
    let members = room.members().await?;
    people.retain(|person| members.iter().all(|member| member.account_id != *person));
    if !people.is_empty() {
        return show_members(context, &room.add_members(Role::Member, people).await?);
    }
    note(words::ALREADY_MEMBERS.text());
    let of = |role: Role| -> Vec<AccountId> {
        members.iter().filter(|it| it.role == role).map(|it| it.account_id).collect()
    };
    show_roles(context, [&of(Role::Admin), &of(Role::Member), &of(Role::Readonly)])
}

/// Gives people a role, and asks first if one of them would lose rights.
async fn set_role(
    context: &Context,
    room: &RoomHandle,
    role: Role,
    people: Vec<AccountId>,
) -> Done {
    let members = room.members().await?;
    let lose = |member: &&RoomMember| {
        people.contains(&member.account_id) && rank(&member.role) > rank(&role)
    };
    let losers: Vec<_> = members
        .iter()
        .filter(lose)
        .map(|member| format!("{} ({}, {})", member.name, member.account_id, member.role))
        .collect();
    if !losers.is_empty() {
        let (people, shown) = (losers.join(", "), context.shown(room).await);
        ask::confirm(
            context.yes,
            &words::ASK_DEMOTE.fill(&[
                ("people", &one_line(&people)),
                ("room", &shown),
                ("role", &role),
            ]),
        )?;
    }
    show_members(context, &room.add_members(role, people).await?)
}

/// Returns how a question names people: as they were given, and by their ids.
fn given_with_ids(given: &[String], ids: &[AccountId]) -> String {
    let shown = |(given, id): (&String, &AccountId)| match given.trim() == id.to_string() {
        true => id.to_string(),
        false => format!("{} ({id})", one_line(given)),
    };
    given.iter().zip(ids).map(shown).collect::<Vec<_>>().join(", ")
}

/// How much a role allows. One that this version does not know may allow the most.
fn rank(role: &Role) -> u8 {
    match role {
        Role::Readonly => 0,
        Role::Member => 1,
        Role::Admin => 2,
        _ => 3,
    }
}

async fn list(context: &Context, kind: Option<RoomKind>, unread: bool) -> Done {
    let rooms = context.client().await?.rooms().await?;
    note_set_aside(rooms.set_aside().len());
    let names: Vec<Named> =
        rooms.iter().map(|room| Named::new(room.room_id.0, room.name.clone())).collect();
    // The names are a help for completion: a command does not fail without them.
    if let Ok(cache) = context.room_cache().await {
        let _ = cache.save(&names);
    }
    let is_wanted = |room: &&chatwork_sdk::types::Room| {
        let is_of_kind = match kind {
            None => true,
            Some(RoomKind::My) => room.is_my_chat(),
            Some(RoomKind::Direct) => room.is_direct(),
            Some(RoomKind::Group) => room.is_group(),
        };
        is_of_kind && (!unread || room.unread_num > 0)
    };
    let items: Vec<Item> = rooms
        .iter()
        .filter(is_wanted)
        .map(|room| item(room, &[url(context, room.room_id)]))
        .collect();
    context.out.list(&shape::ROOMS, &items)
}

async fn view(context: &Context, room: &str) -> Done {
    let room = context.room(room).await?.get().await?;
    let item = item(&room, &[url(context, room.room_id)]);
    context.out.detail(&shape::ROOM, &item)
}

async fn make(context: &Context, create: Create) -> Done {
    let admins = match create.admins.is_empty() {
        true => vec!["me".to_owned()],
        false => create.admins,
    };
    // All names in one lookup.
    let (first, second) = (admins.len(), create.members.len());
    let all: Vec<String> =
        admins.into_iter().chain(create.members).chain(create.readonly).collect();
    let ids = context.people(None, &all).await?;
    let (admins, rest) = ids.split_at_checked(first).unwrap_or((ids.as_slice(), &[]));
    let (members, readonly) = rest.split_at_checked(second).unwrap_or((rest, &[]));
    let client = context.client().await?;
    let mut request = client.create_room(create.name, admins.iter().copied());
    if !members.is_empty() {
        request = request.members(members.iter().copied());
    }
    if !readonly.is_empty() {
        request = request.readonly(readonly.iter().copied());
    }
    let request = given(request, create.description, |it, text| it.description(text));
    let icon = create.icon.map(|name| icon(&name)).transpose()?;
    let mut request = given(request, icon, |it, icon| it.icon(icon));
    if create.link {
        request = request.invite_link(true).link_needs_acceptance(!create.link_open);
    }
    let request = given(request, create.link_code, |it, code| it.link_code(code));
    done(context, request.await?)
}

async fn change(context: &Context, edit: Edit) -> Done {
    if edit.name.is_none() && edit.description.is_none() && edit.icon.is_none() {
        return Err(
            Failure::usage(words::NOTHING_TO_CHANGE.text()).hinted(words::NOTHING_TO_CHANGE_HINT)
        );
    }
    let room = context.room(&edit.room).await?;
    let icon = edit.icon.map(|name| icon(&name)).transpose()?;
    let request = given(room.update(), edit.name, |it, name| it.name(name));
    let request = given(request, edit.description, |it, text| it.description(text));
    let request = given(request, icon, |it, icon| it.icon(icon));
    request.await?;
    done(context, room.id())
}

/// Asks before a room is lost. A person sees how much is in it, which costs a request.
async fn confirm(
    context: &Context,
    room: &RoomHandle,
    with_counts: words::Words,
    without: words::Words,
    tasks: impl Fn(&RoomDetails) -> i64,
) -> Done {
    let shown = context.shown(room).await;
    let there = match ask::is_asked(context.yes) {
        true => room.get().await.ok(),
        false => None,
    };
    let question = match there {
        Some(there) => with_counts.fill(&[
            ("room", &shown),
            ("messages", &there.message_num),
            ("tasks", &tasks(&there)),
            ("files", &there.file_num),
        ]),
        None => without.fill(&[("room", &shown)]),
    };
    ask::confirm(context.yes, &question)
}

async fn leave(context: &Context, room: &str) -> Done {
    context.out.refuse_csv()?;
    let room = context.room(room).await?;
    confirm(context, &room, words::ASK_LEAVE_COUNTS, words::ASK_LEAVE, |room| room.mytask_num)
        .await?;
    room.leave().await?;
    note(&words::LEFT.fill(&[("room", &room.id())]));
    Ok(())
}

async fn delete(context: &Context, room: &str) -> Done {
    context.out.refuse_csv()?;
    let room = context.room(room).await?;
    let (counts, without) = (words::ASK_DELETE_ROOM_COUNTS, words::ASK_DELETE_ROOM);
    confirm(context, &room, counts, without, |room| room.task_num).await?;
    room.delete().await?;
    note(&words::DELETED_ROOM.fill(&[("room", &room.id())]));
    Ok(())
}

fn done(context: &Context, room: RoomId) -> Done {
    let mut item = Item::new();
    item.insert("room_id".to_owned(), room.0.into());
    item.extend([url(context, room)].map(|(name, value)| (name.to_owned(), value)));
    context.out.done(&shape::ROOM_ID, &item)
}

fn show_members(context: &Context, members: &RoomMemberIds) -> Done {
    show_roles(context, [&members.admin, &members.member, &members.readonly])
}

/// Members as lists of ids: with spaces between them in text, as lists in JSON.
fn show_roles(context: &Context, lists: [&[AccountId]; 3]) -> Done {
    let shown = |ids: &[AccountId]| match context.out.is_json() {
        true => Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        false => Value::from(ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
    };
    let lists = ["admin", "member", "readonly"].into_iter().zip(lists);
    let item: Item = lists.map(|(name, ids)| (name.to_owned(), shown(ids))).collect();
    let written = context.out.detail(&shape::MEMBER_IDS, &item);
    written.map_err(|failure| failure.behind_write(Vec::new()))
}

fn url(context: &Context, room: RoomId) -> (&'static str, Value) {
    ("url", context.out.address(room, None).into())
}

fn icon(name: &str) -> Done<IconPreset> {
    name.parse().map_err(|_| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("value", &one_line(name)), ("argument", &"--icon")];
        Failure::usage(words::USAGE_VALUE.fill(&values))
    })
}

fn role_of(role: RoleName) -> Role {
    match role {
        RoleName::Admin => Role::Admin,
        RoleName::Member => Role::Member,
        RoleName::Readonly => Role::Readonly,
    }
}
