//! What an archive must have at the end, and what must have happened on the way.

use std::collections::{BTreeMap, BTreeSet};

use chatwork_archive::{Archive, RoomId};

use super::deck::kind_of;
use super::play::Play;
use crate::support::ask;

/// Compares the archive with what could be seen, and with the sandbox.
pub(super) fn check(play: &Play, archive: &Archive, rooms: &[i64]) {
    let database = rusqlite::Connection::open(archive.path()).unwrap();
    assert_eq!(archive.reader().unwrap().verify().unwrap().problems, []);
    let state = play.sandbox.state();
    for room in rooms {
        let looks = &play.looks[room];
        let mut texts: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
        let mut gaps = Vec::new();
        let mut newest = None;
        for look in looks {
            let fresh = look.iter().filter(|(id, _)| newest.is_some_and(|it| *id > it)).count();
            let (first, last) = (look.first().map(|it| it.0), look.last().map(|it| it.0));
            if let (Some(newest), Some(first)) = (newest, first)
                && fresh == look.len()
            {
                let all = &state.room(RoomId(*room)).unwrap().messages;
                let between = all.iter().filter(|it| it.id.0 > newest && it.id.0 < first).count();
                gaps.extend((between > 0).then(|| between.to_string()));
            }
            newest = last.or(newest);
            for (id, text) in look {
                let known = texts.entry(*id).or_default();
                if known.last() != Some(&text.as_str()) {
                    known.push(text);
                }
            }
        }
        let stored = ask(
            &database,
            &format!(
                "SELECT message_id, body FROM messages WHERE room_id = {room}
                 ORDER BY send_time, place"
            ),
        );
        let wanted: Vec<Vec<String>> = texts
            .iter()
            .map(|(id, texts)| vec![id.to_string(), (*texts.last().unwrap()).to_owned()])
            .collect();
        assert_eq!(stored, wanted, "messages of room {room}");
        let revisions = ask(
            &database,
            &format!(
                "SELECT message_id, v.body FROM revisions v JOIN messages m USING (id)
                 WHERE room_id = {room} ORDER BY CAST(message_id AS INTEGER), revision_id"
            ),
        );
        let wanted: Vec<Vec<String>> = texts
            .iter()
            .flat_map(|(id, texts)| {
                texts[..texts.len() - 1]
                    .iter()
                    .map(move |it| vec![id.to_string(), (*it).to_owned()])
            })
            .collect();
        assert_eq!(revisions, wanted, "revisions of room {room}");
        let found = ask(
            &database,
            &format!(
                "SELECT missing FROM gaps WHERE room_id = {room} AND reason = 'too_many'
                 ORDER BY before_time"
            ),
        );
        assert_eq!(found.concat(), gaps, "gaps of room {room}");
        check_spans(&database, &state, *room);
    }
}

/// Every message between the ends of a span is stored.
fn check_spans(database: &rusqlite::Connection, state: &chatwork_sandbox::State, room: i64) {
    let select =
        format!("SELECT first_message, last_message, begins FROM spans WHERE room_id = {room}");
    let ids = format!("SELECT message_id FROM messages WHERE room_id = {room}");
    let stored: BTreeSet<String> = ask(database, &ids).concat().into_iter().collect();
    let all = &state.room(RoomId(room)).unwrap().messages;
    for span in ask(database, &select) {
        let (first, last): (u64, u64) = (span[0].parse().unwrap(), span[1].parse().unwrap());
        let inside = all.iter().filter(|it| (first..=last).contains(&it.id.0));
        for message in inside {
            assert!(stored.contains(&message.id.0.to_string()), "{} of room {room}", message.id);
        }
        if span[2] == "1" {
            assert_eq!(all.first().map(|it| it.id.0), Some(first), "beginning of room {room}");
        }
    }
}

/// Everything that can happen has happened: an archive of a few rooms says as much as one of hundreds.
pub(super) fn check_kinds(play: &Play, archive: &Archive) {
    assert_eq!(play.missing_fault().map(kind_of), None, "no call met this fault");
    let old = play.met.iter().any(|(of, note)| of == "listRooms" && note.contains("status 200"));
    assert!(old, "no list of rooms was an old one");
    let database = rusqlite::Connection::open(archive.path()).unwrap();
    for select in [
        "SELECT count(*) FROM revisions WHERE cause = 'edit'",
        "SELECT count(*) FROM revisions WHERE cause = 'deletion'",
        "SELECT count(*) FROM messages WHERE status = 'deleted'",
        "SELECT count(*) FROM gaps WHERE reason = 'too_many' AND missing > 0",
        "SELECT count(*) FROM gaps WHERE reason = 'before_first_look' AND missing > 0",
        "SELECT count(*) FROM spans WHERE begins = 1",
        "SELECT count(*) FROM spans WHERE begins = 0",
    ] {
        assert_ne!(ask(&database, select), [["0"]], "{select}");
    }
}
