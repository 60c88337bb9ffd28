//! Search equals a plain scan with the same folding.

use std::collections::BTreeSet;

use chatwork_archive::{AccountId, Archive, Reader, RoomId, Search, SearchOrder};
use chatwork_sdk::types::{AccountSummary, Message, Room};
use chatwork_sdk::{MessageId, Messages, UnixTime};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

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

fn ids(reader: &Reader, search: &Search) -> Vec<String> {
    let hits = reader.search(search).unwrap().hits;
    hits.into_iter().map(|hit| hit.message_id.0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_what_a_scan_finds(
        texts in prop::collection::vec(text(0..40), 1..40),
        words in prop::collection::vec(text(1..9), 1..30),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path().join("a"), AccountId(1)).unwrap();
        let messages = (1..).zip(&texts).map(|(number, text)| {
            let mut message = Message::default();
            message.message_id = MessageId(number.to_string());
            message.send_time = UnixTime(number);
            message.account = AccountSummary::default();
            // In [code] there are no tags.
            message.body.clone_from(text);
            message
        });
        let mut list = Messages::default();
        list.messages = messages.collect();
        let mut room = Room::default();
        room.room_id = RoomId(5);
        archive.keep(&room, &list, UnixTime(1_000), UnixTime(1_000)).unwrap();
        let reader = archive.reader().unwrap();
        let plain: Vec<(String, String)> = list.messages.iter().rev()
            .map(|it| {
                let stored = reader.message(RoomId(5), &it.message_id).unwrap().unwrap();
                (it.message_id.0.clone(), folded(&stored.plain))
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
                let scanned: Vec<&String> =
                    plain.iter().filter(|it| matches(&it.1)).map(|it| &it.0).collect();
                let search = Search::new(&text).limit(1_000);
                let found = ids(&reader, &search);
                prop_assert_eq!(found.iter().collect::<Vec<_>>(), scanned.clone(), "{:?}", text);
                let ranked = ids(&reader, &search.order(SearchOrder::Rank).history(true));
                let ranked: BTreeSet<&String> = ranked.iter().collect();
                let all: BTreeSet<&String> = scanned.into_iter().collect();
                prop_assert_eq!(ranked, all, "{:?}", text);
            }
        }
    }
}
