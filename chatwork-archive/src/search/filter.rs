//! A search as conditions of SQL.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::Search;
use super::texts::Texts;
use crate::error::{ArchiveError, Result};
use crate::query::{Clause, Field, Query, QueryError, QueryFault, Term};
use crate::store::Reader;
use crate::text::fold;

/// Conditions of SQL that must all be true, with their values in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    pub(super) fn add(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.parts.push(condition.to_owned());
        self.values.extend(values);
    }

    fn add_value(&mut self, condition: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.add(condition, [value]);
        }
    }

    fn add_ids(&mut self, column: &str, ids: Vec<Value>, negated: bool) {
        if ids.is_empty() {
            return;
        }
        let places = vec!["?"; ids.len()].join(", ");
        let not = if negated { "NOT " } else { "" };
        self.add(&format!("{column} {not}IN ({places})"), ids);
    }

    /// Returns the conditions as one expression.
    pub(super) fn sql(&self) -> String {
        match self.parts.is_empty() {
            true => "true".to_owned(),
            false => self.parts.join(" AND "),
        }
    }

    pub(super) fn values(&self) -> impl Iterator<Item = Value> {
        self.values.iter().cloned()
    }
}

/// What must be true of a hit: a text of a message `m`.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub(super) texts: Texts,
    /// What must be true of the message, but for its time.
    pub(super) message: Conditions,
    /// What must be true of its time.
    pub(super) time: Conditions,
    /// The room, if all hits are in one.
    pub(super) room: Option<i64>,
    /// The folded words that snippets mark.
    pub(super) words: Vec<String>,
}

impl Filter {
    pub(super) fn new(reader: &Reader, search: &Search) -> Result<Self> {
        let query = match search.text.trim().is_empty() && search.has_filter() {
            true => Query::default(),
            false => Query::parse(&search.text, search.offset)?,
        };
        let mut filter = Self { texts: Texts::of(&query), words: query.words(), ..Self::default() };
        filter.add_terms(reader, &query)?;
        filter.add_rooms(search.rooms.iter().map(|it| it.0).collect(), false);
        let senders = search.senders.iter().map(|it| Value::from(it.0)).collect();
        filter.message.add_ids("m.account_id", senders, false);
        let from = search.from.map(|it| it.0).max(query.after);
        let until = match (search.until.map(|it| it.0), query.before) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        filter.time.add_value("m.send_time >= ?", from.map(Value::from));
        filter.time.add_value("m.send_time < ?", until.map(Value::from));
        let mention = "EXISTS (SELECT 1 FROM relations x WHERE x.id = m.id
            AND x.kind IN ('to', 'reply') AND x.account_id = ?)";
        let me = search.mentions_me.then(|| Value::from(reader.account().0));
        filter.message.add_value(mention, me);
        if search.has_file {
            let file = "(EXISTS (SELECT 1 FROM relations x WHERE x.id = m.id AND x.kind = 'file')
                 OR EXISTS (SELECT 1 FROM files f
                 WHERE f.room_id = m.room_id AND f.message_id = m.message_id))";
            filter.message.add(file, []);
        }
        if !filter.texts.has_words() && !search.history {
            filter.message.add("m.status <> 'deleted'", []);
        }
        Ok(filter)
    }

    fn add_rooms(&mut self, rooms: Vec<i64>, negated: bool) {
        if let ([room], false) = (rooms.as_slice(), negated) {
            self.room = Some(*room);
        }
        let rooms = rooms.into_iter().map(Value::from).collect();
        self.message.add_ids("m.room_id", rooms, negated);
    }

    fn add_terms(&mut self, reader: &Reader, query: &Query) -> Result<()> {
        for clause in &query.clauses {
            let Clause::Field(term, negated) = clause else { continue };
            let ids = resolve(reader, term)?;
            match term.field {
                Field::From => {
                    let ids = ids.into_iter().map(Value::from).collect();
                    self.message.add_ids("m.account_id", ids, *negated);
                }
                Field::In => self.add_rooms(ids, *negated),
            }
        }
        Ok(())
    }
}

/// Finds the accounts or rooms that a filter names: by the id, or by a part of the name.
fn resolve(reader: &Reader, term: &Term) -> Result<Vec<i64>> {
    if term.field == Field::From && term.value.eq_ignore_ascii_case("me") {
        return Ok(vec![reader.account().0]);
    }
    let (table, column, fault) = match term.field {
        Field::From => ("accounts", "account_id", QueryFault::NoAccount),
        Field::In => ("rooms", "room_id", QueryFault::NoRoom),
    };
    let named = named(&reader.connection, table, column).map_err(reader.sql())?;
    let id = term.value.parse::<i64>().ok();
    if let Some(id) = id.filter(|id| named.iter().any(|(it, _)| it == id)) {
        return Ok(vec![id]);
    }
    let wanted = fold(&term.value);
    let found = named.into_iter().filter(|(_, name)| fold(name).contains(&wanted));
    let ids: Vec<i64> = found.map(|(id, _)| id).collect();
    match ids.is_empty() {
        true => Err(ArchiveError::Query(QueryError::new(term.characters.clone(), fault))),
        false => Ok(ids),
    }
}

fn named(
    connection: &Connection,
    table: &str,
    column: &str,
) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {column}, name FROM {table}"))?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
