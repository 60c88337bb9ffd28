//! `POST /_sandbox/notation`: the parts of message texts, so that the page draws them without a
//! parser of its own.
//!
//! `{"texts": ["[To:1]Hi"]}` is answered with `[[{"is":"to","account":1},{"is":"text","text":"Hi"}]]`.
//! A part with children is followed by them and by `{"is":"end"}`. The list is flat, since a text can
//! have thousands of levels.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use chatwork_notation::{Kind, Node, Tree};
use serde::{Deserialize, Serialize};

use super::json;
use crate::http::app::App;
use crate::http::body::Whole;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    texts: Vec<String>,
}

/// A part of a text, or the end of a part with children.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Part<'a> {
    Text { text: &'a str },
    To { account: i64 },
    ToAll,
    Reply { account: i64, room: Option<i64>, message: Option<String> },
    Rule,
    Icon { account: i64 },
    Name { account: i64 },
    IconAndName { account: i64 },
    Preview { file: i64 },
    System { key: &'a str },
    Deleted,
    Code { text: &'a str },
    Download { file: i64, label: &'a str },
    Info,
    Title,
    Quote { account: Option<i64>, time: Option<i64> },
    Task { accounts: Vec<i64>, due: Option<i64> },
    End,
}

pub(super) async fn parse(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Whole,
) -> Response<Body> {
    match json::read::<Texts>(&headers, &body) {
        Ok(Texts { texts }) => {
            let trees: Vec<_> = texts.iter().map(|text| chatwork_notation::parse(text)).collect();
            let parts: Vec<_> = trees.iter().map(parts).collect();
            json::show(&app, &parts)
        }
        Err(text) => json::refuse(&app, 400, &format!("{text}; expected {{\"texts\": [\"…\"]}}")),
    }
}

/// The parts in the order of the text.
fn parts<'a>(tree: &Tree<'a>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    // Where the open parts end, in bytes.
    let mut ends: Vec<usize> = Vec::new();
    for node in tree.walk() {
        while ends.last().is_some_and(|end| *end <= node.offset()) {
            ends.pop();
            parts.push(Part::End);
        }
        let part = part(node);
        if matches!(part, Part::Info | Part::Title | Part::Quote { .. } | Part::Task { .. }) {
            ends.push(node.offset() + node.source().len());
        }
        parts.push(part);
    }
    parts.extend(ends.iter().map(|_| Part::End));
    parts
}

fn part<'a>(node: Node<'_, 'a>) -> Part<'a> {
    match node.kind() {
        Kind::Text(text) => Part::Text { text },
        Kind::To(account) => Part::To { account: account.0 },
        Kind::ToAll => Part::ToAll,
        Kind::Reply(reply) => Part::Reply {
            account: reply.account().0,
            room: reply.room().map(|room| room.0),
            message: reply.message().map(|message| message.to_string()),
        },
        Kind::Rule => Part::Rule,
        Kind::Icon(account) => Part::Icon { account: account.0 },
        Kind::Name(account) => Part::Name { account: account.0 },
        Kind::IconAndName(account) => Part::IconAndName { account: account.0 },
        Kind::Preview(preview) => Part::Preview { file: preview.file().0 },
        Kind::SystemText(key) => Part::System { key },
        Kind::Deleted => Part::Deleted,
        Kind::Code(text) => Part::Code { text },
        Kind::Download(file) => Part::Download { file: file.file().0, label: file.label() },
        Kind::Info => Part::Info,
        Kind::Title => Part::Title,
        Kind::Quote(quote) => Part::Quote {
            account: quote.author().map(|account| account.0),
            time: quote.time().map(|time| time.0),
        },
        Kind::Task(task) => Part::Task {
            accounts: task.assignees().map(|account| account.0).collect(),
            due: task.due().map(|time| time.0),
        },
        // A kind that the notation has and this file has not yet.
        _ => Part::Text { text: node.source() },
    }
}

#[cfg(test)]
mod tests {
    use chatwork_notation::parse;

    use super::*;

    #[test]
    fn a_part_ends_after_its_children() {
        let tree = parse("[info][title]T[/title][qt][qtmeta aid=2 time=9]q[/qt][/info]after");
        let text = |text| Part::Text { text };
        assert_eq!(
            parts(&tree),
            [
                Part::Info,
                Part::Title,
                text("T"),
                Part::End,
                Part::Quote { account: Some(2), time: Some(9) },
                text("q"),
                Part::End,
                Part::End,
                text("after"),
            ]
        );
    }

    #[test]
    fn an_empty_box_ends_before_what_follows() {
        let tree = parse("[info][/info][info][hr][/info]");
        assert_eq!(parts(&tree), [Part::Info, Part::End, Part::Info, Part::Rule, Part::End]);
    }

    #[test]
    fn html_is_text() {
        let tree = parse("<b>[To:1]</b>");
        let parts = serde_json::to_string(&parts(&tree)).unwrap();
        let text = "[{\"is\":\"text\",\"text\":\"<b>\"},{\"is\":\"to\",\"account\":1},\
                    {\"is\":\"text\",\"text\":\"</b>\"}]";
        assert_eq!(parts, text);
    }

    #[test]
    fn thousands_of_levels_are_a_flat_list() {
        let text = format!("{}x{}", "[qt]".repeat(5_000), "[/qt]".repeat(5_000));
        let tree = parse(&text);
        assert_eq!(parts(&tree).len(), 10_001);
    }
}
