//! What can be built, and what the parser should find of it.

use proptest::prelude::*;

use super::super::*;
use super::soup;

#[derive(Clone, Debug)]
pub(super) enum Part {
    Text(String),
    To(i64),
    ToEach(Vec<i64>),
    ToAll,
    Reply(i64, i64, u64),
    Quote(i64, Option<i64>, Vec<Part>),
    QuotedText(i64, String),
    Info(Vec<Part>),
    TitledInfo(String, Vec<Part>),
    Code(String),
    Rule,
    Icon(i64),
    Name(i64),
    IconAndName(i64),
    Preview(i64, u32),
}

fn account() -> impl Strategy<Value = i64> {
    prop_oneof![0..100_i64, 0..i64::MAX]
}

fn leaf() -> impl Strategy<Value = Part> {
    prop_oneof![
        4 => soup().prop_map(Part::Text),
        1 => account().prop_map(Part::To),
        1 => prop::collection::vec(account(), 0..4).prop_map(Part::ToEach),
        1 => Just(Part::ToAll),
        1 => (account(), account(), any::<u64>()).prop_map(|(a, b, c)| Part::Reply(a, b, c)),
        1 => (account(), soup()).prop_map(|(author, text)| Part::QuotedText(author, text)),
        1 => soup().prop_map(Part::Code),
        1 => Just(Part::Rule),
        1 => account().prop_map(Part::Icon),
        1 => account().prop_map(Part::Name),
        1 => account().prop_map(Part::IconAndName),
        1 => (account(), any::<u32>()).prop_map(|(file, height)| Part::Preview(file, height)),
    ]
}

pub(super) fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = leaf().prop_recursive(4, 40, 6, |inner| {
        let inner = prop::collection::vec(inner, 0..6);
        prop_oneof![
            (account(), prop::option::of(account()), inner.clone())
                .prop_map(|(author, time, inner)| Part::Quote(author, time, inner)),
            inner.clone().prop_map(Part::Info),
            (soup(), inner).prop_map(|(title, inner)| Part::TitledInfo(title, inner)),
        ]
    });
    prop::collection::vec(part, 0..6)
}

pub(super) fn build(parts: &[Part]) -> MessageText {
    parts.iter().fold(MessageText::new(), add)
}

fn add(text: MessageText, part: &Part) -> MessageText {
    match part {
        Part::Text(it) => text.text(it),
        Part::To(it) => text.to(AccountId(*it)),
        Part::ToEach(ids) => text.to_each(accounts(ids)),
        Part::ToAll => text.to_all(),
        Part::Reply(account, room, message) => {
            text.reply_to(AccountId(*account), RoomId(*room), &id(&message.to_string()))
        }
        Part::Quote(author, time, inner) => {
            text.quote_of(AccountId(*author), time.map(UnixTime), build(inner))
        }
        Part::QuotedText(author, it) => text.quote_of(AccountId(*author), None, it),
        Part::Info(inner) => text.info(build(inner)),
        Part::TitledInfo(title, inner) => text.titled_info(title, build(inner)),
        Part::Code(it) => text.code(it),
        Part::Rule => text.rule(),
        Part::Icon(it) => text.icon(AccountId(*it)),
        Part::Name(it) => text.name(AccountId(*it)),
        Part::IconAndName(it) => text.icon_and_name(AccountId(*it)),
        Part::Preview(file, height) => text.preview(FileId(*file), *height),
    }
}

/// A node, with text as it reads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    Text(String),
    Code(String),
    Tag(String),
    With(String, Vec<Shown>),
}

/// What the parser found.
pub(super) fn shown(nodes: Nodes<'_, '_>) -> Vec<Shown> {
    let read = |text: &str| text.replace("[\u{2060}", "[");
    nodes
        .map(|node| match node.kind() {
            Kind::Text(text) => Shown::Text(read(text)),
            Kind::Code(code) => Shown::Code(read(code)),
            kind if kind.container().is_some() => {
                Shown::With(format!("{kind:?}"), shown(node.children()))
            }
            kind => Shown::Tag(format!("{kind:?}")),
        })
        .collect()
}

/// What it should find.
pub(super) fn expected(parts: &[Part]) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    for next in parts.iter().flat_map(expect) {
        match (shown.last_mut(), next) {
            (_, Shown::Text(next)) if next.is_empty() => {}
            (Some(Shown::Text(last)), Shown::Text(next)) => last.push_str(&next),
            (_, next) => shown.push(next),
        }
    }
    shown
}

fn expect(part: &Part) -> Vec<Shown> {
    let tag = |kind: Kind<'_>| vec![Shown::Tag(format!("{kind:?}"))];
    let with = |kind: Kind<'_>, inner| vec![Shown::With(format!("{kind:?}"), inner)];
    let text = |text: &String| expected(&[Part::Text(text.clone())]);
    match part {
        Part::Text(it) => vec![Shown::Text(it.clone())],
        Part::To(it) => tag(Kind::To(AccountId(*it))),
        Part::ToEach(ids) => ids.iter().flat_map(|id| tag(Kind::To(AccountId(*id)))).collect(),
        Part::ToAll => tag(Kind::ToAll),
        Part::Reply(account, room, message) => tag(reply(*account, *room, &message.to_string())),
        Part::Quote(author, time, inner) => with(quote(*author, *time), expected(inner)),
        Part::QuotedText(author, it) => with(quote(*author, None), text(it)),
        Part::Info(inner) => with(Kind::Info, expected(inner)),
        Part::TitledInfo(title, inner) => {
            let mut all = with(Kind::Title, text(title));
            all.extend(expected(inner));
            with(Kind::Info, all)
        }
        Part::Code(it) => vec![Shown::Code(it.clone())],
        Part::Rule => tag(Kind::Rule),
        Part::Icon(it) => tag(Kind::Icon(AccountId(*it))),
        Part::Name(it) => tag(Kind::Name(AccountId(*it))),
        Part::IconAndName(it) => tag(Kind::IconAndName(AccountId(*it))),
        Part::Preview(file, height) => {
            tag(Kind::Preview(Preview { file: FileId(*file), height: Some(*height) }))
        }
    }
}
