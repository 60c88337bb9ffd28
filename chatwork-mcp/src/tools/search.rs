//! Search in the archive.

use chatwork_app::{Nearest, one_line};
use chatwork_archive::{Cursor, Hit, MessageStatus, Search};
use chatwork_sdk::UnixTime;
use serde_json::{Value, json};

use super::{Effect, Spec, Wants, older, params};
use crate::call::Call;
use crate::fault::{Fault, Stop, cut};
use crate::options::{Toolset, Words};
use crate::output::{Listing, People, Row};
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
    let search = search(&call).await?;
    // A page of one hit each: so each row has a cursor of its own.
    let (rows, last_run) = older::open(&call, move |reader| {
        let (mut rows, mut next) = (Vec::new(), search.limit(1));
        loop {
            let page = reader.search(&next)?;
            let cursor = page.next.as_ref().map(ToString::to_string);
            rows.extend(page.hits.into_iter().map(|hit| HitRow { hit, cursor: cursor.clone() }));
            next = match page.next {
                Some(cursor) if rows.len() <= limit => next.cursor(cursor),
                _ => return Ok((rows, reader.status(UnixTime::now())?.last_run)),
            };
        }
    })
    .await?;
    let listing = Listing::new("hits", rows, limit).fact("newest first").fact(match last_run {
        Some(time) => format!("of the archive as it was at {}", iso(time)),
        None => "of an archive that was never brought up to date".to_owned(),
    });
    Ok(listing.render(call.style()))
}

async fn search(call: &Call) -> Result<Search, Fault> {
    let room = call.find_room("room").await?;
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
        let text = cut(&one_line(&hit.snippet.marked("«", "»")), most);
        format!("{}-{} {} {who}{status} {text}", hit.room_id.0, hit.message_id, iso(hit.send_time))
    }

    fn json(&self, most: usize) -> Value {
        let hit = &self.hit;
        json!({
            "message_id": hit.message_id.0,
            "room_id": hit.room_id.0.to_string(),
            "room": cut(&one_line(&hit.room), 100),
            "account_id": hit.account_id.0.to_string(),
            "account": cut(&one_line(&hit.sender), 100),
            "time": iso(hit.send_time),
            "status": hit.status.as_str(),
            "snippet": cut(&one_line(&hit.snippet.marked("«", "»")), most),
        })
    }

    fn cursor(&self) -> String {
        self.cursor.clone().unwrap_or_default()
    }
}
