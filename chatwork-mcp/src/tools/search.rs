//! Search in the archive.

use chatwork_app::Nearest;
use chatwork_archive::{Cursor, Hit, MessageStatus, Search};
use chatwork_sdk::RoomId;
use serde_json::{Value, json};

use super::{Effect, Spec, Wants, older, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Form, Listing, People, Row};
use crate::schema::{Kind, Param};
use crate::time::iso;

const LIMIT: usize = 30;

pub(super) const SEARCH_MESSAGES: Spec = Spec {
    name: "search_messages",
    title: Words { en: "Search messages", ja: "メッセージの検索" },
    about: "Messages of the archive with these words, newest first: `会議 資料` both, `OR`, \
            `-without`, `\"a phrase\"`. The archive has what it was kept up to date with.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Archive,
    aliases: &[],
    operations: &[],
    params: &[
        Param::new("query", Kind::Text { min: 1, max: 500 }, "What to search for.").required(),
        params::SOME_ROOM,
        params::SENDER,
        params::SINCE,
        params::UNTIL,
        params::MENTIONS_ME,
        params::limit(100, "30 without it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(search_messages(call)),
};

async fn search_messages(call: Call) -> Result<String, Stop> {
    let limit = call.arguments.count("limit").unwrap_or(LIMIT);
    let since = call.when("since", Nearest::Past)?.map(|when| when.start());
    let room = call.find_room("room").await?;
    let search = search(&call, room).await?.limit(limit);
    let (page, last_run, gaps, is_kept) = older::open(&call, move |reader| {
        let page = reader.search(&search)?;
        let is_kept =
            room.map(|room| reader.coverage(room)).transpose()?.is_none_or(|it| it.is_some());
        Ok((page, reader.last_run()?, reader.rooms_with_gaps(since)?, is_kept))
    })
    .await?;
    let lacks = match (last_run, is_kept) {
        (None, _) => Some("the archive was never brought up to date".to_owned()),
        (_, false) => Some("the archive does not have the room".to_owned()),
        (Some(_), true) => None,
    };
    let next = page.next.as_ref().map(ToString::to_string);
    let cursor = |hit| page.cursor_behind(hit).map(ToString::to_string);
    let cursors: Vec<_> = (0..page.hits.len()).map(cursor).collect();
    let rows = page.hits.into_iter().zip(cursors).map(|(hit, cursor)| HitRow { hit, cursor });
    let gaps = gaps.iter().filter(|it| room.is_none_or(|room| room == **it)).count();
    let listing = Listing::new("hits", rows.collect(), limit)
        .fact("newest first")
        .fact(older::as_of(last_run))
        .missing(lacks)
        .missing(older::lacking(gaps))
        .continues(next);
    Ok(listing.render(call.style()))
}

async fn search(call: &Call, room: Option<RoomId>) -> Result<Search, Fault> {
    let mut search = Search::new(call.arguments.text("query").unwrap_or_default());
    if let Some(room) = room {
        search = search.room(room);
    }
    if let Some(sender) = call.person("sender", room).await? {
        search = search.sender(sender);
    }
    if let Some(since) = call.when("since", Nearest::Past)? {
        search = search.from(since.start());
    }
    if let Some(until) = call.when("until", Nearest::Past)? {
        search = search.until(until.end());
    }
    search = search.mentions_me(call.arguments.is_set("mentions_me"));
    if let Some(cursor) = call.arguments.text("cursor") {
        let cursor: Cursor = cursor.parse().map_err(Fault::from)?;
        search = search.cursor(cursor);
    }
    Ok(search)
}

struct HitRow {
    hit: Hit,
    cursor: Option<String>,
}

impl Row for HitRow {
    fn text(&self, people: &mut People, most: usize) -> String {
        let hit = &self.hit;
        let who = people.mark(hit.account_id, &hit.sender);
        let status = match hit.status {
            MessageStatus::Present => String::new(),
            gone => format!(" ({})", gone.as_str()),
        };
        let text = Form::Text.cut(&hit.snippet.marked("«", "»"), most);
        format!("{}-{} {} {who}{status} {text}", hit.room_id.0, hit.message_id, iso(hit.send_time))
    }

    fn json(&self, most: usize) -> Value {
        let hit = &self.hit;
        json!({
            "message_id": hit.message_id.0,
            "room_id": hit.room_id.0.to_string(),
            "room": Form::Json.cut(&hit.room, 100),
            "account_id": hit.account_id.0.to_string(),
            "account": Form::Json.cut(&hit.sender, 100),
            "time": iso(hit.send_time),
            "status": hit.status.as_str(),
            "snippet": Form::Json.cut(&hit.snippet.marked("«", "»"), most),
        })
    }

    fn cursor(&self) -> String {
        self.cursor.clone().unwrap_or_default()
    }
}
