//! A search as conditions of SQL.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::Search;
use crate::error::{ArchiveError, Result};
use crate::query::{Clause, Field, Query, QueryError, QueryFault, Term};
use crate::store::Reader;
use crate::text::{fold, phrase};

/// The conditions of a search, with their values in order.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// The expression of FTS5 that a text must match.
    pub(super) matching: Option<String>,
    /// The expression of FTS5 that a text must not match, if there is no `matching`.
    pub(super) not_matching: Option<String>,
    conditions: Vec<String>,
    values: Vec<Value>,
    /// The folded words that snippets mark.
    pub(super) words: Vec<String>,
}

impl Filter {
    pub(super) fn new(reader: &Reader, search: &Search) -> Result<Self> {
        let query = match search.text.trim().is_empty() && search.has_filter() {
            true => Query::default(),
            false => Query::parse(&search.text, search.offset)?,
        };
        let mut filter = Self { words: query.words(), ..Self::default() };
        filter.add_texts(&query);
        filter.add_terms(reader, &query)?;
        let ids = |ids: Vec<i64>| ids.into_iter().map(Value::from).collect::<Vec<_>>();
        let rooms = search.rooms.iter().map(|it| it.0).collect();
        filter.add_ids("m.room_id", ids(rooms), false);
        let senders = search.senders.iter().map(|it| it.0).collect();
        filter.add_ids("m.account_id", ids(senders), false);
        let from = search.from.map(|it| it.0).max(query.after);
        let until = match (search.until.map(|it| it.0), query.before) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        filter.add_value("m.send_time >= ?", from.map(Value::from));
        filter.add_value("m.send_time < ?", until.map(Value::from));
        let mention = "EXISTS (SELECT 1 FROM relations x WHERE x.id = m.id
            AND x.kind IN ('to', 'reply') AND x.account_id = ?)";
        let me = search.mentions_me.then(|| Value::from(reader.account().0));
        filter.add_value(mention, me);
        if search.has_file {
            filter.conditions.push(
                "(EXISTS (SELECT 1 FROM relations x WHERE x.id = m.id AND x.kind = 'file')
                 OR EXISTS (SELECT 1 FROM files f
                 WHERE f.room_id = m.room_id AND f.message_id = m.message_id))"
                    .to_owned(),
            );
        }
        Ok(filter)
    }

    /// Adds a condition with its values.
    pub(super) fn add(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.to_owned());
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

    fn add_texts(&mut self, query: &Query) {
        let (mut all, mut none) = (Vec::new(), Vec::new());
        for clause in &query.clauses {
            match clause {
                Clause::Any(words) => {
                    let words: Vec<String> = words.iter().filter_map(|it| phrase(it)).collect();
                    all.push(format!("({})", words.join(" OR ")));
                }
                Clause::Not(word) => none.extend(phrase(word)),
                Clause::Field(..) => {}
            }
        }
        let none = (!none.is_empty()).then(|| format!("({})", none.join(" OR ")));
        match (all.is_empty(), none) {
            (true, none) => self.not_matching = none,
            (false, Some(none)) => {
                self.matching = Some(format!("({}) NOT {none}", all.join(" AND ")));
            }
            (false, None) => self.matching = Some(all.join(" AND ")),
        }
    }

    fn add_terms(&mut self, reader: &Reader, query: &Query) -> Result<()> {
        for clause in &query.clauses {
            let Clause::Field(term, negated) = clause else { continue };
            let ids = resolve(reader, term)?;
            let column = match term.field {
                Field::From => "m.account_id",
                Field::In => "m.room_id",
            };
            self.add_ids(column, ids.into_iter().map(Value::from).collect(), *negated);
        }
        Ok(())
    }

    /// Returns the conditions, joined, with `AND` in front of each.
    pub(super) fn sql(&self) -> String {
        self.conditions.iter().map(|it| format!(" AND {it}")).collect()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = Value> {
        self.values.iter().cloned()
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
