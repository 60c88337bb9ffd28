//! Any text: read, written, asked, and made literal.

#![no_main]

use chatwork_notation::AccountId;
use chatwork_notation::{Kind, MessageText, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    reads(text);
    stays_literal(text);
});

/// The tree is written as the text, and all queries return.
fn reads(text: &str) {
    let tree = parse(text);
    assert_eq!(tree.to_string(), text);
    let levels: String = tree.nodes().map(|node| node.source()).collect();
    assert_eq!(levels, text);
    for node in tree.walk() {
        let inner: String = node.children().map(|child| child.source()).collect();
        assert!(inner.is_empty() || inner == node.inner());
    }
    let _ = (tree.mentions(), tree.reply(), tree.plain_text(|_| None));
    assert!(tree.without_quotes().len() <= text.len());
    if let Some(command) = tree.command(AccountId(1)) {
        assert!(text.contains(command.rest()) && text.ends_with(command.body()));
    }
}

/// Literal text holds no tag, ends nothing that it stands in, and reads as it was.
fn stays_literal(text: &str) {
    let built = MessageText::new()
        .text(text)
        .titled_info(text, MessageText::new().quote_of(AccountId(1), None, text))
        .code(text);
    let tree = built.tree();
    let tags = tree.walk().filter(|node| !matches!(node.kind(), Kind::Text(_))).count();
    assert_eq!(tags, 4, "{built}");
    assert!(tree.mentions().is_empty());
    let literal = MessageText::new().text(text);
    assert_eq!(literal.tree().plain_text(|_| None), text);
}
