//! Entries in TOML.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::client::Client;
use super::entry::{Entry, Field};
use super::error::Fault;

/// Returns the text with the entry in it.
pub(super) fn insert(text: &str, client: Client, entry: &Entry) -> Result<String, Fault> {
    let mut document = parse(text)?;
    let servers = document.entry(client.key()).or_insert_with(implicit);
    let shape = || Fault::Shape(client.key().to_owned());
    let servers = servers.as_table_like_mut().ok_or_else(shape)?;
    if !servers.contains_key(entry.name()) {
        let mut table = Table::new();
        for (name, field) in entry.fields(client) {
            table.insert(name, Item::Value(value(field)));
        }
        servers.insert(entry.name(), Item::Table(table));
        return Ok(document.to_string());
    }
    let foreign = || Fault::Foreign(entry.name().to_owned());
    let known = servers.get_mut(entry.name()).and_then(Item::as_table_like_mut);
    let known = known.ok_or_else(foreign)?;
    read(known, entry.name()).ok_or_else(foreign)?;
    for (name, field) in entry.fields(client) {
        set(known, name, field);
    }
    Ok(document.to_string())
}

/// Returns the entry of this server with a name.
pub(super) fn find(text: &str, client: Client, name: &str) -> Result<Option<Entry>, Fault> {
    let document = parse(text)?;
    let servers = document.get(client.key()).and_then(Item::as_table_like);
    let found = servers.and_then(|it| it.get(name)).and_then(Item::as_table_like);
    Ok(found.and_then(|table| read(table, name)))
}

/// Returns the text with the entry as an earlier text had it, or without it if that had none.
pub(super) fn restore(
    text: &str,
    earlier: &str,
    client: Client,
    name: &str,
) -> Result<String, Fault> {
    let (mut document, earlier) = (parse(text)?, parse(earlier)?);
    let earlier = earlier.get(client.key()).and_then(|servers| servers.get(name)).cloned();
    let servers = document.get_mut(client.key()).and_then(Item::as_table_like_mut);
    let Some(servers) = servers else { return Ok(text.to_owned()) };
    match earlier {
        Some(earlier) => _ = servers.insert(name, earlier),
        None => _ = servers.remove(name),
    }
    Ok(document.to_string())
}

fn parse(text: &str) -> Result<DocumentMut, Fault> {
    text.parse::<DocumentMut>().map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Fault::Syntax {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            reason: error.message().to_owned(),
        }
    })
}

/// A table that has no header of its own: `[mcp_servers.chatwork]` is enough.
fn implicit() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

fn read(table: &dyn TableLike, name: &str) -> Option<Entry> {
    let command = table.get("command").and_then(Item::as_str).map(str::to_owned);
    let args = table.get("args").and_then(Item::as_array);
    let args = args.and_then(|it| it.iter().map(|arg| arg.as_str().map(str::to_owned)).collect());
    Entry::found(name, command, args)
}

/// Sets a value if it is another one, and keeps the comments around it.
fn set(table: &mut dyn TableLike, name: &str, field: Field<'_>) {
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(known) if is(known, field) => {}
        Some(known) => {
            let decor = known.decor().clone();
            *known = value(field);
            *known.decor_mut() = decor;
        }
        None => _ = table.insert(name, Item::Value(value(field))),
    }
}

fn is(known: &Value, field: Field<'_>) -> bool {
    match field {
        Field::Text(text) => known.as_str() == Some(text),
        Field::List(list) => known.as_array().is_some_and(|array| {
            array.iter().map(Value::as_str).eq(list.iter().map(|it| Some(it.as_str())))
        }),
    }
}

fn value(field: Field<'_>) -> Value {
    match field {
        Field::Text(text) => Value::from(text),
        Field::List(list) => Value::Array(list.iter().map(String::as_str).collect::<Array>()),
    }
}
