//! Any text, often enough to need several parts.

#![no_main]

use chatwork_notation::MessageText;
use libfuzzer_sys::fuzz_target;

/// More than one message can hold.
const LENGTH: usize = 70_000;

fuzz_target!(|text: &str| {
    if !text.is_empty() {
        splits(&MessageText::from(text.repeat(LENGTH / text.chars().count() + 1)));
    }
});

/// Each part fits, and none mentions whom the whole does not.
fn splits(whole: &MessageText) {
    let parts = whole.parts();
    assert!(parts.len() > 1);
    let mentions = whole.tree().mentions();
    for part in &parts {
        assert!(part.as_str().chars().count() <= 65_535);
        let own = part.tree().mentions();
        assert!(!own.all() || mentions.all());
        assert!(own.accounts().iter().all(|account| mentions.contains(*account)));
    }
}
