//! `archive status`, `archive search` and `archive show`.

use chatwork_archive::{
    ArchivedMessage, Danger, Hit, Reader, RoomStatus, Search, SearchOrder, UtcOffset,
};
use chatwork_sdk::{MessageId, RoomId, UnixTime};

use super::{day, known_message, known_room, reader};
use crate::args::{self, Order, Place};
use crate::context::Context;
use crate::failure::Done;
use crate::out::{Item, note, shape, time};
use crate::words;

pub(super) async fn status(context: &Context, place: &Place) -> Done {
    let status = reader(context, place).await?.status(UnixTime::now())?;
    let items: Vec<Item> = status.rooms.iter().map(|it| room(context, it)).collect();
    context.out.list(&shape::archive::ROOMS, &items)?;
    if !context.out.is_json() {
        let last = status.last_run.map(|time| time::shown(time.0));
        let last = last.unwrap_or_else(|| words::NEVER.text().to_owned());
        note(&words::ARCHIVE_SUMMARY.fill(&[("messages", &status.messages), ("time", &last)]));
    }
    Ok(())
}

fn room(context: &Context, room: &RoomStatus) -> Item {
    let (danger, danger_by) = danger(context.out.is_json(), room.danger);
    let unix = |time: Option<UnixTime>| time.map(|time| time.0).into();
    let fields = [
        ("room_id", room.room_id.0.into()),
        ("name", room.name.clone().into()),
        ("messages", room.messages.into()),
        ("message_num", room.message_num.into()),
        ("complete_since", unix(room.complete_since)),
        ("lost", room.gaps.len().into()),
        ("looked_at", unix(room.looked_at)),
        ("left_at", unix(room.left_at)),
        ("danger", danger.into()),
        ("danger_by", unix(danger_by)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What may be lost, and when: a stable word in JSON, a sentence elsewhere.
fn danger(as_json: bool, danger: Option<Danger>) -> (Option<String>, Option<UnixTime>) {
    let (key, sentence, by) = match danger {
        Some(Danger::Plan { by }) => ("plan_hides", words::ARCHIVE_DANGER_PLAN, by),
        Some(Danger::TooMany { by }) => ("too_many", words::ARCHIVE_DANGER_MANY, by),
        // A danger that this version does not know.
        Some(_) => ("other", words::YES, UnixTime(0)),
        None => return (None, None),
    };
    let text = match as_json {
        true => key.to_owned(),
        false => sentence.fill(&[("time", &time::shown(by.0))]),
    };
    (Some(text), Some(by).filter(|by| by.0 > 0))
}

pub(super) async fn search(context: &Context, search: args::Archive) -> Done {
    let args::Archive::Search {
        place,
        words: text,
        room,
        since,
        until,
        to_me,
        with_file,
        history,
        order,
        limit,
        cursor,
    } = search
    else {
        return Ok(());
    };
    let mut search = Search::new(text.join(" "))
        .mentions_me(to_me)
        .has_file(with_file)
        .history(history)
        .utc_offset(UtcOffset::JAPAN);
    let reader = reader(context, &place).await?;
    for room in &room {
        search = search.room(known_room(context, &reader, room)?);
    }
    if let Some(since) = since {
        search = search.from(day(&since)?.start());
    }
    if let Some(until) = until {
        search = search.until(day(&until)?.end());
    }
    search = match order {
        Some(Order::Oldest) => search.order(SearchOrder::Oldest),
        Some(Order::Rank) => search.order(SearchOrder::Rank),
        _ => search.order(SearchOrder::Newest),
    };
    if let Some(limit) = limit {
        search = search.limit(limit);
    }
    if let Some(cursor) = cursor {
        search = search.cursor(cursor.parse()?);
    }
    let page = reader.search(&search)?;
    let items: Vec<Item> = page.hits.iter().map(|it| hit(context, it)).collect();
    let next = page.next.map(|cursor| cursor.to_string());
    if context.out.is_json() {
        let about = [("next", next.into()), ("order", key(page.order).into())];
        return context.out.page(&shape::archive::HITS, "hits", &items, &about);
    }
    context.out.list(&shape::archive::HITS, &items)?;
    if matches!(order, Some(Order::Rank)) && page.order != SearchOrder::Rank {
        note(&words::ARCHIVE_NOT_RANKED.fill(&[("most", &Search::MAX_RANKED)]));
    }
    if let Some(next) = next {
        note(&words::ARCHIVE_MORE.fill(&[("cursor", &next)]));
    }
    Ok(())
}

/// An order as JSON and the option `--order` have it.
fn key(order: SearchOrder) -> &'static str {
    match order {
        SearchOrder::Oldest => "oldest",
        SearchOrder::Rank => "rank",
        _ => "newest",
    }
}

fn hit(context: &Context, hit: &Hit) -> Item {
    // The marks stay visible without colour. JSON has the text alone.
    let text = match context.out.is_json() {
        true => hit.snippet.marked("", ""),
        false => hit.snippet.marked("[", "]"),
    };
    let fields = [
        ("room_id", hit.room_id.0.into()),
        ("room", hit.room.clone().into()),
        ("message_id", hit.message_id.as_str().into()),
        ("account_id", hit.account_id.0.into()),
        ("sender", hit.sender.clone().into()),
        ("send_time", hit.send_time.0.into()),
        ("status", hit.status.as_str().into()),
        ("text", text.into()),
        ("url", context.out.address(hit.room_id, Some(&hit.message_id)).into()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub(super) async fn show(
    context: &Context,
    place: &Place,
    message: &str,
    around: u32,
    replies: bool,
) -> Done {
    let reader = reader(context, place).await?;
    let (room, message) = known_message(context, &reader, message)?;
    let messages = match replies {
        true => chain(&reader, room, &message)?,
        false => reader.context(room, &message, around, around)?,
    };
    let items: Vec<Item> = messages.iter().map(|message| archived(context, message)).collect();
    context.out.list(&shape::archive::SHOWN, &items)
}

fn chain(reader: &Reader, room: RoomId, message: &MessageId) -> Done<Vec<ArchivedMessage>> {
    let chain = reader.reply_chain(room, message)?;
    let mut messages = chain.answered;
    messages.push(chain.message);
    messages.extend(chain.answers);
    Ok(messages)
}

fn archived(context: &Context, message: &ArchivedMessage) -> Item {
    let fields = [
        ("room_id", message.room_id.0.into()),
        ("message_id", message.message_id.as_str().into()),
        ("account_id", message.account_id.0.into()),
        ("sender", message.sender.clone().into()),
        ("send_time", message.send_time.0.into()),
        ("update_time", message.update_time.0.into()),
        ("status", message.status.as_str().into()),
        ("body", message.body.clone().into()),
        ("text", message.plain.clone().into()),
        ("revisions", message.revisions.into()),
        ("url", context.out.address(message.room_id, Some(&message.message_id)).into()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY: UnixTime = UnixTime(1_764_547_200);

    #[test]
    fn a_danger_is_a_word_and_a_time_in_json() {
        let told = |danger| super::danger(true, danger);
        let is = |key: &str| (Some(key.to_owned()), Some(BY));
        assert_eq!(told(Some(Danger::TooMany { by: BY })), is("too_many"));
        assert_eq!(told(Some(Danger::Plan { by: BY })), is("plan_hides"));
        assert_eq!(told(None), (None, None));
    }

    #[test]
    fn a_danger_is_a_sentence_in_a_table() {
        let (text, _) = danger(false, Some(Danger::TooMany { by: BY }));
        assert_eq!(text.as_deref(), Some("too many by 2025-12-01 09:00"));
    }
}
