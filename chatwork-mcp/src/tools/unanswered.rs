//! Mentions of me that I have not answered.
//!
//! As in an archive: a mention counts as answered if I later replied to it, mentioned its author in
//! the same room, or wrote anything in a direct chat.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chatwork_app::Nearest;
use chatwork_sdk::AccountId;
use chatwork_sdk::notation::parse;
use tokio::time::Instant;

use super::message_row::{Above, MessageRow};
use super::messages::Window;
use super::unread::{Entry, READING, ROOMS, Start};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::output::Listing;

/// Lists the mentions: from the archive if there is one, else among the newest messages of rooms.
pub(super) async fn list(call: &Call) -> Result<String, Stop> {
    #[cfg(feature = "archive")]
    if call.account.has_archive() {
        return archived(call).await;
    }
    Ok(newest(call).await?)
}

async fn newest(call: &Call) -> Result<String, Fault> {
    let start = Start::of(call)?;
    let me = call.me().await?.account_id;
    let since = call.when("since", Nearest::Past)?.map(|when| when.start());
    let mut rooms = call.client().rooms().await?.into_vec();
    rooms.retain(|room| !room.is_my_chat());
    rooms.sort_by_key(|room| {
        (Reverse(room.mention_num.min(1)), Reverse(room.last_update_time), room.room_id)
    });
    let all = rooms.len();
    let most = call.arguments.count("rooms").unwrap_or(ROOMS);
    let skip = start.skip();
    let mut entries = Vec::new();
    let (mut is_hidden, mut looked) = (false, 0);
    let began = Instant::now();
    for (index, room) in rooms.iter().enumerate().skip(skip).take(most) {
        if looked > 0 && began.elapsed() > READING {
            break;
        }
        looked += 1;
        let window = Window::read(&call.client().room(room.room_id)).await?;
        is_hidden |= window.is_hidden;
        let rows = unanswered(&window.rows, me, room.is_direct());
        let rows = rows.into_iter().filter(|row| since.is_none_or(|since| row.time >= since));
        let above = Above::of_room(room.room_id, "", &room.name);
        entries.extend(rows.map(|row| Entry {
            row: MessageRow { above: above.clone(), ..row },
            place: index + 1,
        }));
    }
    let seen = skip.saturating_add(looked);
    let next = (seen < all).then(|| format!("r{seen}"));
    let listing = Listing::new("unanswered mentions", start.behind(entries), usize::MAX)
        .fact(format!("looked at {looked} of {all} rooms"))
        .fact("of each room, among the newest 100 messages")
        .hidden(is_hidden)
        .continues(next);
    Ok(listing.render(call.style()))
}

/// Returns the mentions without an answer, newest first. The messages are newest first.
fn unanswered(rows: &[MessageRow], me: AccountId, is_direct: bool) -> Vec<MessageRow> {
    let mut answered_people = BTreeSet::new();
    let mut answered = Vec::new();
    let (mut found, mut wrote) = (Vec::new(), false);
    for row in rows {
        if row.account == me {
            wrote = true;
            answered_people.extend(parse(&row.body).mentions().accounts().iter().copied());
            answered.extend(row.answers());
            continue;
        }
        let is_answered = (is_direct && wrote)
            || answered_people.contains(&row.account)
            || answered.iter().any(|(room, id)| row.is(*room, id));
        if row.mentions(me) && !is_answered {
            found.push(row.clone());
        }
    }
    found
}

#[cfg(feature = "archive")]
async fn archived(call: &Call) -> Result<String, Stop> {
    let since = call.when("since", Nearest::Past)?.map(|when| when.start());
    let most = call.arguments.count("per_room").unwrap_or(50);
    let count = u32::try_from(most + 1).unwrap_or(u32::MAX);
    let found = super::older::open(call, move |reader| reader.unanswered_mentions(since, count));
    let rows = found.await?.into_iter().map(MessageRow::archived).map(|row| {
        let above = Above::of_room(row.room, "", "");
        MessageRow { above, ..row }
    });
    let listing = Listing::new("unanswered mentions", rows.collect(), most)
        .fact("all rooms, as far as the archive has them, newest first")
        .ends("raise `per_room`, or use `since`");
    Ok(listing.render(call.style()))
}

#[cfg(test)]
mod tests {
    use chatwork_sdk::{MessageId, RoomId, UnixTime};

    use super::*;
    use crate::tools::message_row::Origin;

    const ME: i64 = 1;

    fn row(id: &str, account: i64, body: &str) -> MessageRow {
        MessageRow {
            room: RoomId(42),
            id: MessageId::from(id),
            account: AccountId(account),
            name: String::new(),
            time: UnixTime(0),
            is_edited: false,
            gone: None,
            body: body.to_owned(),
            note: "",
            above: Above::Day,
            origin: Origin::Window,
        }
    }

    fn ids(rows: &[MessageRow], is_direct: bool) -> Vec<String> {
        let found = unanswered(rows, AccountId(ME), is_direct);
        found.into_iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn a_mention_is_answered_by_a_reply_or_a_mention_of_its_author() {
        let rows = [
            row("6", 4, "[To:1] newest"),
            row("5", ME, "[rp aid=2 to=42-1]"),
            row("4", ME, "[To:3] done"),
            row("3", 3, "[To:1] of one whom I mentioned"),
            row("2", 4, "[To:1] of one whom I did not mention"),
            row("1", 2, "[To:1] replied to"),
        ];
        assert_eq!(ids(&rows, false), ["6", "2"]);
    }

    #[test]
    fn in_a_direct_chat_any_message_of_mine_is_an_answer() {
        let rows = [row("3", 2, "[To:1] b"), row("2", ME, "ok"), row("1", 2, "[To:1] a")];
        assert_eq!(ids(&rows, true), ["3"]);
        assert_eq!(ids(&rows, false), ["3", "1"]);
    }

    #[test]
    fn what_mentions_all_or_is_quoted_mentions_no_one() {
        let rows = [row("2", 2, "[toall]"), row("1", 2, "[qt][qtmeta aid=2 time=1][To:1][/qt]")];
        assert!(ids(&rows, false).is_empty());
    }
}
