//! Mentions of me that I have not answered.
//!
//! As in an archive: a mention counts as answered if I later replied to it, mentioned its author in
//! the same room, or wrote anything in a direct chat. `[toall]` is no mention here.
//!
//! With an archive, a room in which nothing happened since the archive read it costs no request. Of
//! any other room, the newest messages of the API are put before those of the archive.

use std::collections::BTreeSet;

use chatwork_app::Nearest;
use chatwork_sdk::notation::parse;
use chatwork_sdk::types::Room;
use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
use tokio::time::Instant;

use super::lacks::Lacks;
use super::message::{GET_ROOM_MESSAGE, READ_ON};
use super::message_row::{Above, MessageRow};
use super::messages::Window;
use super::older::{self, KeptMentions};
use super::room_order::{List, Place, Start};
use super::unread::{Entry, PER_ROOM, READING, ROOMS, is_of_room, may_be_of_room};
use super::{advice, written};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::output::{Listing, Row};

/// Lists the mentions, room by room.
pub(super) async fn list(call: &Call) -> Result<String, Stop> {
    let start = Start::of(call, List::Unanswered)?;
    let me = call.me().await?.account_id;
    let since = call.when("since", Nearest::Past)?.map(|when| when.start());
    let rooms = call.client().rooms().await?;
    let lost = written::unreadable(rooms.set_aside().len());
    let mut rooms = rooms.into_vec();
    rooms.retain(|room| !room.is_my_chat());
    let all = rooms.len();
    let order = start.order(List::Unanswered, &rooms, UnixTime::now());
    order.sort(&mut rooms);
    let most = call.arguments.count("rooms").unwrap_or(ROOMS);
    let per_room = call.arguments.count("per_room").unwrap_or(PER_ROOM);
    let mut looks = Looks {
        call,
        me,
        since,
        kept: older::mentions(call, since).await?,
        looked: 0,
        is_hidden: false,
        fails: false,
        lacks: Lacks::of(per_room),
    };
    let (mut entries, mut next, mut last) = (Vec::new(), None, None);
    let (mut kept_rooms, began) = (0, Instant::now());
    for room in &rooms {
        let is_kept = looks.is_kept(room);
        let is_enough = looks.looked >= most || (looks.looked > 0 && began.elapsed() > READING);
        if is_enough && !is_kept {
            next = last.map(|place: Place| place.cursor(List::Unanswered, None));
            break;
        }
        let place = order.place(room);
        let mut rows = match looks.at(room).await {
            Ok(Some(rows)) => rows,
            // A room that always fails must not hide those behind it.
            Ok(None) => {
                last = Some(place);
                continue;
            }
            // What was read so far is not lost.
            Err(fault) if last.is_some() => {
                looks.lacks.stopped = Some(fault.text());
                next = last.map(|place: Place| place.cursor(List::Unanswered, None));
                break;
            }
            Err(fault) => return Err(fault.into()),
        };
        kept_rooms += usize::from(is_kept);
        last = Some(place);
        let found = rows.len();
        rows.truncate(per_room);
        let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        looks.lacks.compare(room.room_id, (shown, found), 0);
        let above = Above::of_room(room.room_id, &[("shown", shown)], &room.name);
        let rows = order.behind(place, rows, |row| &row.id).into_iter();
        entries.extend(rows.map(|row| {
            let row = MessageRow { above: above.clone(), ..row };
            Entry { row, place, list: List::Unanswered }
        }));
    }
    let looked = looks.looked;
    let mut listing = Listing::new("unanswered mentions", entries, usize::MAX)
        .missing(lost)
        .missing(looks.lacks.reasons())
        .hidden(looks.is_hidden)
        .reads_on(advice(call, &GET_ROOM_MESSAGE, READ_ON))
        .continues(next);
    listing = match &looks.kept {
        None => listing.fact(format!("looked at {looked} of {all} rooms")),
        Some(kept) => listing
            .fact(format!("of {all} rooms, looked at {looked} and took {kept_rooms} unchanged"))
            .fact(older::as_of(kept.last_run))
            .missing(kept.is_cut.then(|| "of the archive, the newest 500 alone".to_owned())),
    };
    Ok(listing.render(call.style()))
}

/// Looks at rooms, and notes what is missing.
struct Looks<'a> {
    call: &'a Call,
    me: AccountId,
    since: Option<UnixTime>,
    kept: Option<KeptMentions>,
    /// How many rooms were asked for.
    looked: usize,
    is_hidden: bool,
    /// Whether the room before failed.
    fails: bool,
    lacks: Lacks,
}

impl Looks<'_> {
    /// Returns whether the archive has all of the room.
    fn is_kept(&self, room: &Room) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.is_current(room))
    }

    /// Returns the mentions of a room, newest first. `None` if the room failed, and the one before it did
    /// not: two in a row are no fault of a room.
    async fn at(&mut self, room: &Room) -> Result<Option<Vec<MessageRow>>, Fault> {
        let id = room.room_id;
        let is_kept = self.is_kept(room);
        let archived = self.kept.as_mut().map(|kept| kept.take(id)).unwrap_or_default();
        if self.kept.as_ref().is_some_and(|kept| kept.has_gap(id)) {
            self.lacks.gaps.push(id);
        }
        if is_kept {
            return Ok(Some(archived));
        }
        self.looked += 1;
        let window = match Window::read(&self.call.client().room(id)).await {
            Ok(window) => window,
            Err(error) if is_of_room(&error) => {
                self.lacks.refused.push(id);
                return Ok(Some(archived));
            }
            Err(error) if may_be_of_room(&error) && !self.fails => {
                self.lacks.failed.push(id);
                self.fails = true;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        self.fails = false;
        self.is_hidden |= window.is_hidden;
        self.lacks.unreadable += window.unreadable;
        let may_have_older = window.is_full() && !window.reaches(self.since);
        if may_have_older && self.kept.is_none() {
            self.lacks.beyond.push(id);
        } else if may_have_older && self.has_hole(id, &window.rows).await? {
            self.lacks.holes.push(id);
        }
        let rows = if window.is_full() { joined(window.rows, archived) } else { window.rows };
        let mut rows = unanswered(&rows, self.me, room.is_direct());
        rows.retain(|row| self.since.is_none_or(|since| row.time >= since));
        Ok(Some(rows))
    }

    async fn has_hole(&self, room: RoomId, shown: &[MessageRow]) -> Result<bool, Fault> {
        let Some(oldest) = shown.last() else { return Ok(true) };
        let oldest = super::message_row::Place::parse(&oldest.cursor());
        let ids: Vec<MessageId> = shown.iter().map(|row| row.id.clone()).collect();
        older::has_hole(self.call, room, oldest, ids).await
    }
}

/// Puts older messages of the archive behind those that the API shows. What the API does not show
/// among its own is gone.
fn joined(mut shown: Vec<MessageRow>, archived: Vec<MessageRow>) -> Vec<MessageRow> {
    let oldest = shown.last().map(|row| row.time);
    let is_older = |row: &MessageRow| {
        let is_shown = shown.iter().any(|it| it.id == row.id);
        !is_shown && oldest.is_none_or(|oldest| row.time <= oldest)
    };
    let older: Vec<_> = archived.into_iter().filter(is_older).collect();
    shown.extend(older);
    shown
}

/// Returns the mentions without an answer, newest first. The messages are newest first.
fn unanswered(rows: &[MessageRow], me: AccountId, is_direct: bool) -> Vec<MessageRow> {
    let mut answered_people = BTreeSet::new();
    let mut answered = Vec::new();
    let (mut found, mut wrote) = (Vec::new(), false);
    for row in rows {
        if row.account == me {
            // An answer that was deleted is none.
            if row.is_deleted() {
                continue;
            }
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

    #[test]
    fn a_mention_of_the_archive_is_answered_by_a_newer_message_of_the_api() {
        let at = |row: MessageRow, time| MessageRow { time: UnixTime(time), ..row };
        let shown =
            vec![at(row("9", ME, "[rp aid=2 to=42-1]"), 9), at(row("7", 4, "[To:1] shown"), 7)];
        let archived = vec![
            // Edited since: the API's form counts.
            at(row("7", 4, "[To:1] as it was"), 7),
            // Deleted since.
            at(row("8", 4, "[To:1] gone"), 8),
            at(row("2", 3, "[To:1] open"), 2),
            at(row("1", 2, "[To:1] answered"), 1),
        ];
        let rows = joined(shown, archived);
        assert_eq!(ids(&rows, false), ["7", "2"]);
        assert!(rows.iter().any(|row| row.body.contains("shown")));
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
    fn a_deleted_message_of_mine_is_no_answer() {
        let deleted = MessageRow { is_edited: true, ..row("2", ME, "[deleted]") };
        let kept = MessageRow {
            gone: Some("deleted"),
            origin: Origin::Archive,
            ..row("3", ME, "[rp aid=2 to=42-1] done")
        };
        let rows = [kept, deleted, row("1", 2, "[To:1] a")];
        assert_eq!(ids(&rows, true), ["1"]);
        assert_eq!(ids(&[row("2", ME, "[deleted]"), row("1", 2, "[To:1] a")], true), [""; 0]);
    }

    #[test]
    fn what_mentions_all_or_is_quoted_mentions_no_one() {
        let rows = [row("2", 2, "[toall]"), row("1", 2, "[qt][qtmeta aid=2 time=1][To:1][/qt]")];
        assert!(ids(&rows, false).is_empty());
    }
}
