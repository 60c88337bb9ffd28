//! Search equals a plain scan with the same folding, whichever way it takes.

use std::collections::BTreeSet;

use chatwork_sdk::types::{AccountSummary, Message, Room};
use chatwork_sdk::{AccountId, MessageId, Messages, RoomId, UnixTime};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::plan::{Plan, Way};
use super::{Cursor, HitText, Search, SearchOrder};
use crate::store::{Archive, Reader};

/// NFKC, lower case, katakana as hiragana, and white space as one space: written again, in another
/// way than the crate does.
fn folded(text: &str) -> String {
    let lower: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let kana = lower.chars().map(|it| match u32::from(it) {
        code @ (0x30a1..=0x30f6 | 0x30fd | 0x30fe) => char::from_u32(code - 0x60).unwrap(),
        _ if it.is_control() => ' ',
        _ => it,
    });
    let kana: String = kana.collect();
    kana.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that meet often, so that queries match, and any others.
fn text(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let near = prop::sample::select(
        "あいアイｱｶﾞがガー会議abAB Ａ１#+＋👍🏽ที่é\u{301}\u{3099}㍿ǅßİ한글\"\u{200d}\u{fe0f}\u{3000}\n"
            .chars()
            .collect::<Vec<_>>(),
    );
    let character = prop_oneof![8 => near, 1 => any::<char>()];
    prop::collection::vec(character, length).prop_map(|it| it.into_iter().collect())
}

/// Whether a folded text matches.
type Test<'a> = &'a dyn Fn(&str) -> bool;

/// A phrase of the language of searches.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn message(number: i64, second: i64, text: &str) -> Message {
    let mut message = Message::default();
    message.message_id = MessageId(number.to_string());
    message.send_time = UnixTime(second);
    message.account = AccountSummary::default();
    message.account.account_id = AccountId(number % 3 + 1);
    text.clone_into(&mut message.body);
    message
}

fn keep(archive: &Archive, room_id: i64, messages: Vec<Message>) {
    let (mut list, mut room) = (Messages::default(), Room::default());
    (list.messages, room.room_id) = (messages, RoomId(room_id));
    archive.keep(&room, &list, UnixTime(1_000), UnixTime(1_000)).unwrap();
}

fn archive() -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("a"), AccountId(1)).unwrap();
    (folder, archive)
}

/// Each way alone, and both with so small a first walk that all steps are taken.
fn plans() -> [Plan; 4] {
    let (way, small) = (|way| Plan { only: Some(way), ..Plan::default() }, Plan::default());
    let small = Plan { probe: 2, often: 2, ..small };
    [way(Way::Index), way(Way::Walk), small, Plan { often: 0, ..small }]
}

fn ids(reader: &Reader, search: &Search, plan: &Plan) -> Vec<String> {
    let (page, _) = reader.search_by(search, plan).unwrap();
    page.hits.into_iter().map(|hit| hit.message_id.0).collect()
}

/// The texts on all pages. Each page is found by another plan than the one before.
fn pages(reader: &Reader, search: &Search, first: usize) -> Vec<(String, HitText)> {
    let (plans, mut found, mut next) = (plans(), Vec::new(), None::<Cursor>);
    for page in first.. {
        let mut search = search.clone();
        if let Some(next) = next {
            search = search.cursor(next.to_string().parse().unwrap());
        }
        let (page, _) = reader.search_by(&search, &plans[page % plans.len()]).unwrap();
        found.extend(page.hits.into_iter().map(|hit| (hit.message_id.0, hit.text)));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_what_a_scan_finds(
        texts in prop::collection::vec(text(0..40), 1..30),
        words in prop::collection::vec(text(1..9), 1..12),
    ) {
        let (_folder, archive) = archive();
        keep(&archive, 5, (1..).zip(&texts).map(|(it, text)| message(it, it, text)).collect());
        let reader = archive.reader().unwrap();
        let plain: Vec<(String, String)> = (1..=texts.len()).rev()
            .map(|number| {
                let id = MessageId(number.to_string());
                let stored = reader.message(RoomId(5), &id).unwrap().unwrap();
                (id.0, folded(&stored.plain))
            })
            .collect();
        let words: Vec<&String> = words.iter().filter(|it| !folded(it).is_empty()).collect();
        for (one, other) in words.iter().zip(words.iter().cycle().skip(1)) {
            let (first, second) = (folded(one), folded(other));
            let (one, other) = (quoted(one), quoted(other));
            let cases: [(String, Test<'_>); 5] = [
                (one.clone(), &|it| it.contains(&first)),
                (format!("{one} {other}"), &|it| it.contains(&first) && it.contains(&second)),
                (format!("{one} OR {other}"), &|it| it.contains(&first) || it.contains(&second)),
                (format!("{one} -{other}"), &|it| it.contains(&first) && !it.contains(&second)),
                (format!("-{one} -{other}"), &|it| !it.contains(&first) && !it.contains(&second)),
            ];
            for (text, matches) in cases {
                let scanned: Vec<String> =
                    plain.iter().filter(|it| matches(&it.1)).map(|it| it.0.clone()).collect();
                let search = Search::new(&text).limit(1_000);
                for plan in &plans() {
                    let found = ids(&reader, &search, plan);
                    prop_assert_eq!(&found, &scanned, "{:?} {:?}", text, plan);
                }
                let ranked = search.order(SearchOrder::Rank).history(true);
                let ranked = ids(&reader, &ranked, &Plan::default());
                let ranked: BTreeSet<String> = ranked.into_iter().collect();
                let all: BTreeSet<String> = scanned.into_iter().collect();
                prop_assert_eq!(ranked, all, "{:?}", text);
            }
        }
    }

    /// Many messages of a second, in two rooms, some of them edited.
    #[test]
    fn pages_of_one_way_go_on_by_the_other(
        texts in prop::collection::vec(("[ab会]{0,3}", 1_i64..5, 0..3_u8), 1..40),
        limit in 2_usize..8,
        oldest: bool,
        history: bool,
    ) {
        let (_folder, archive) = archive();
        let mut rooms = [(); 2].map(|()| (Vec::new(), Vec::new()));
        for (number, (text, second, kind)) in (1..).zip(&texts) {
            let (first, again) = &mut rooms[usize::from(number % 2 == 0)];
            first.push(message(number, *second, text));
            let mut later = message(number, *second, &format!("{text} 会"));
            match kind {
                0 => later.update_time = UnixTime(20),
                1 => (later.update_time, later.body) = (UnixTime(20), "[deleted]".to_owned()),
                _ => text.clone_into(&mut later.body),
            }
            again.push(later);
        }
        for (room, (first, again)) in (5..).zip(rooms) {
            keep(&archive, room, first);
            keep(&archive, room, again);
        }
        let reader = archive.reader().unwrap();
        let order = if oldest { SearchOrder::Oldest } else { SearchOrder::Newest };
        for text in ["ab", "会", "a -b", "a OR 会 in:5", "-a in:6", ""] {
            let searches = [
                Search::new(text).until(UnixTime(9)),
                Search::new(text).sender(AccountId(2)),
                Search::new(text).from(UnixTime(2)).until(UnixTime(4)),
                Search::new(text).room(RoomId(6)).room(RoomId(5)),
            ];
            for (first, search) in searches.into_iter().enumerate() {
                let search = search.order(order).history(history).limit(1_000);
                let (whole, _) = reader.search_by(&search, &plans()[0]).unwrap();
                let whole: Vec<_> =
                    whole.hits.into_iter().map(|hit| (hit.message_id.0, hit.text)).collect();
                let paged = pages(&reader, &search.limit(limit), first);
                prop_assert_eq!(paged, whole, "{:?} {}", text, first);
            }
        }
    }
}
