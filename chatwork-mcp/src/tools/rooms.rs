//! Rooms.

use chatwork_api::operations;
use chatwork_sdk::UnixTime;
use chatwork_sdk::types::Room;
use serde_json::{Value, json};

use super::room_order::{List, Place, Start};
use super::written::{begin_of_text, unreadable};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::Stop;
use crate::options::{Toolset, Words};
use crate::output::{Details, Form, Listing, People, Row};
use crate::schema::{Kind, Param};
use crate::time::iso;

const LIMIT: usize = 50;

pub(super) const LIST_ROOMS: Spec = Spec {
    name: "list_rooms",
    title: Words { en: "List rooms", ja: "チャット一覧" },
    about: "My rooms, the latest activity first, with unread counts.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::LIST_ROOMS.id],
    params: &[
        params::QUERY,
        Param::new("type", Kind::Choice(&["my", "direct", "group"]), ""),
        Param::new("unread_only", Kind::Flag, "Only with unread messages."),
        params::limit(200, "50 without it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(list_rooms(call)),
};

pub(super) const GET_ROOM: Spec = Spec {
    name: "get_room",
    title: Words { en: "Room", ja: "チャットの情報" },
    about: "One room: description, my role, counts.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::GET_ROOM.id],
    params: &[
        params::ROOM,
        Param { about: "For a long description.", ..params::CURSOR },
        params::FORMAT,
    ],
    run: |call| Box::pin(get_room(call)),
};

async fn list_rooms(call: Call) -> Result<String, Stop> {
    let start = Start::of(&call, List::Rooms)?;
    let rooms = call.client().rooms().await?;
    let lost = unreadable(rooms.set_aside().len());
    let mut rooms: Vec<Room> = rooms.into_vec();
    let order = start.order(List::Rooms, &rooms, UnixTime::now());
    let all = rooms.len();
    let query = call.arguments.text("query").map(str::to_lowercase);
    let kind = call.arguments.text("type");
    let unread_only = call.arguments.is_set("unread_only");
    rooms.retain(|room| {
        query.as_ref().is_none_or(|query| room.name.to_lowercase().contains(query))
            && kind.is_none_or(|kind| room.type_.as_str() == kind)
            && !(unread_only && room.unread_num == 0)
    });
    let found = rooms.len();
    order.sort(&mut rooms);
    let limit = call.arguments.count("limit").unwrap_or(LIMIT);
    let rows = rooms.into_iter().map(|room| {
        let place = order.place(&room);
        RoomRow(room, place)
    });
    let listing = Listing::new("rooms", rows.collect(), limit)
        .fact(format!("{found} of {all} rooms match"))
        .fact("latest activity first")
        .missing(lost);
    Ok(listing.render(call.style()))
}

struct RoomRow(Room, Place);

impl Row for RoomRow {
    fn text(&self, _: &mut People, most: usize) -> String {
        let room = &self.0;
        let mut line = format!("{} {} {}", room.room_id.0, room.type_.as_str(), room.role.as_str());
        for (name, count) in counts(room) {
            if count != 0 {
                line.push_str(&format!(" {name} {count}"));
            }
        }
        line.push_str(&format!(
            " {} {}",
            iso(room.last_update_time),
            Form::Text.cut(&room.name, most)
        ));
        line
    }

    fn json(&self, most: usize) -> Value {
        let room = &self.0;
        json!({
            "room_id": room.room_id.0.to_string(),
            "name": Form::Json.cut(&room.name, most),
            "type": room.type_.as_str(),
            "role": room.role.as_str(),
            "unread": room.unread_num,
            "mentions": room.mention_num,
            "my_tasks": room.mytask_num,
            "last_update": iso(room.last_update_time),
        })
    }

    fn cursor(&self) -> String {
        self.1.cursor(List::Rooms, None)
    }
}

fn counts(room: &Room) -> [(&'static str, i64); 3] {
    [("unread", room.unread_num), ("mentions", room.mention_num), ("my-tasks", room.mytask_num)]
}

async fn get_room(call: Call) -> Result<String, Stop> {
    let from = begin_of_text(&call)?;
    let room = call.room().await?.get().await?;
    if from > 0 {
        let details = Details::new().with("room_id", room.room_id.0.to_string());
        let rest = details.long("description", &room.description, from);
        return Ok(rest.render(call.style()));
    }
    let details = Details::new()
        .with("room_id", room.room_id.0.to_string())
        .text("name", &room.name)
        .with("type", room.type_.as_str())
        .with("my_role", room.role.as_str())
        .with("unread", room.unread_num)
        .with("mentions", room.mention_num)
        .with("my_tasks", room.mytask_num)
        .with("messages", room.message_num)
        .with("files", room.file_num)
        .with("tasks", room.task_num)
        .with("pinned", room.sticky)
        .with("last_update", iso(room.last_update_time))
        .long("description", &room.description, 0);
    Ok(details.render(call.style()))
}
