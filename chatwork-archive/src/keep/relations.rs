//! What the tags of a message name.

use chatwork_notation::{Kind, Node, Tree};
use rusqlite::{Connection, Result, params};

/// A row of `relations`, without its message.
#[derive(Default, PartialEq)]
struct Relation {
    kind: &'static str,
    account: Option<i64>,
    room: Option<i64>,
    target: Option<String>,
    time: Option<i64>,
}

/// Stores what a message names. Tags in a quote belong to the quoted message and are left out.
pub(crate) fn add_relations(connection: &Connection, id: i64, tree: &Tree<'_>) -> Result<()> {
    let mut statement = None;
    let mut walk = tree.walk();
    let mut seen: Vec<Relation> = Vec::new();
    while let Some(node) = walk.next() {
        if node.is_quote() {
            walk.skip_children();
        }
        for relation in relations(&node) {
            if seen.contains(&relation) {
                continue;
            }
            let insert = "INSERT INTO relations VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let prepared = match &mut statement {
                Some(prepared) => prepared,
                None => statement.insert(connection.prepare_cached(insert)?),
            };
            let Relation { kind, account, room, target, time } = &relation;
            prepared.execute(params![id, kind, account, room, target, time])?;
            // A text of tags alone could name thousands of accounts.
            if seen.len() < 1_000 {
                seen.push(relation);
            }
        }
    }
    Ok(())
}

fn relations(node: &Node<'_, '_>) -> Vec<Relation> {
    let one = |relation| vec![relation];
    match node.kind() {
        Kind::To(account) => {
            one(Relation { kind: "to", account: Some(account.0), ..Relation::default() })
        }
        Kind::ToAll => one(Relation { kind: "toall", ..Relation::default() }),
        Kind::Reply(reply) => one(Relation {
            kind: "reply",
            account: Some(reply.account().0),
            room: reply.room().map(|room| room.0),
            target: reply.message().map(|message| message.0),
            time: None,
        }),
        Kind::Quote(quote) => one(Relation {
            kind: "quote",
            account: quote.author().map(|account| account.0),
            time: quote.time().map(|time| time.0),
            ..Relation::default()
        }),
        Kind::Download(file) => one(Relation {
            kind: "file",
            target: Some(file.file().0.to_string()),
            ..Relation::default()
        }),
        Kind::Task(task) => {
            let assigned = |account: chatwork_sdk::AccountId| Relation {
                kind: "task",
                account: Some(account.0),
                ..Relation::default()
            };
            task.assignees().map(assigned).collect()
        }
        _ => Vec::new(),
    }
}
