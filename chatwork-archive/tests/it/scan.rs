//! Search equals a plain scan with the same folding.

use chatwork_archive::{AccountId, Archive, RoomId, Search};
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
        "あいアイｱｶﾞがガー会議abAB Ａ１#+＋👍🏽ที่é\u{301}\u{3099}㍿ǅßİ한글\u{200d}\u{fe0f}\u{3000}\n"
            .chars()
            .collect::<Vec<_>>(),
    );
    let character = prop_oneof![8 => near, 1 => any::<char>()];
    prop::collection::vec(character, length).prop_map(|it| it.into_iter().collect())
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
        for word in words.iter().filter(|it| !it.contains('"') && !folded(it).is_empty()) {
            let wanted = folded(word);
            let scanned: Vec<String> = list.messages.iter().rev()
                .filter(|it| {
                    let stored = reader.message(RoomId(5), &it.message_id).unwrap().unwrap();
                    folded(&stored.plain).contains(&wanted)
                })
                .map(|it| it.message_id.0.clone())
                .collect();
            let search = Search::new(format!("\"{word}\"")).limit(1_000);
            let found: Vec<String> = reader.search(&search).unwrap().hits.into_iter()
                .map(|hit| hit.message_id.0).collect();
            prop_assert_eq!(found, scanned, "{:?}", word);
        }
    }
}
