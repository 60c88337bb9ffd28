//! What a run has to have written.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::row::{Csv, Json, Row};
use crate::support::Ran;

/// What is wrong, as a sentence.
pub(super) type Checked = Result<(), String>;

fn require(holds: bool, what: impl Into<String>) -> Checked {
    if holds { Ok(()) } else { Err(what.into()) }
}

/// Returns the fields of `JSON.md`, by the names that it lists.
pub(super) fn documented() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let lines = include_str!("../../../JSON.md").lines().filter(|line| line.contains('`'));
    let lines = lines.filter_map(|line| {
        let mut cells = line.split('|').skip(1).map(str::trim);
        Some((cells.next()?, cells.next()?))
    });
    let mut documented = BTreeMap::new();
    for (commands, fields) in lines {
        let fields: BTreeSet<_> = fields.split('`').skip(1).step_by(2).collect();
        documented.extend(commands.split(", ").map(|command| (command, fields.clone())));
    }
    documented
}

pub(super) fn on_terminal(row: &Row, ran: &Ran) -> Checked {
    code(ran, row.end.code())?;
    let shown = row.shown.or(row.data).unwrap_or_default();
    require(ran.out.contains(shown), format!("a terminal does not show `{shown}`"))?;
    require(ran.out.contains(row.note), format!("a terminal does not show `{}`", row.note))
}

pub(super) fn piped(row: &Row, ran: &Ran) -> Checked {
    code(ran, row.end.code())?;
    let is_noted = ran.err.contains(row.note);
    require(is_noted, format!("stderr does not say `{}`", row.note))?;
    is_plain(&ran.out)?;
    match row.data {
        None => require(ran.out.is_empty(), "stdout has something, and there is no data"),
        Some(data) => {
            require(ran.out.ends_with('\n'), "the last line on stdout has no end")?;
            require(ran.out.contains(data), format!("stdout does not have `{data}`"))
        }
    }
}

pub(super) fn json(row: &Row, ran: &Ran) -> Checked {
    code(ran, row.end.code())?;
    let value =
        || serde_json::from_str::<Value>(&ran.out).map_err(|error| format!("JSON: {error}"));
    match row.json {
        Json::Own => fields(row.command, &value()?),
        Json::Of(name) => fields(name, &value()?),
        Json::Any => value().map(|_| ()),
        Json::Lines => lines(&ran.out),
        Json::Nothing => require(ran.out.is_empty(), "stdout has something, and there is no data"),
        Json::Same => piped(row, ran),
    }
}

pub(super) fn csv(row: &Row, ran: &Ran) -> Checked {
    match row.csv {
        Csv::Same => piped(row, ran),
        Csv::Refused => {
            code(ran, 2)?;
            require(ran.out.is_empty(), "stdout has something, and --csv is refused")?;
            require(ran.err.starts_with("error: "), "stderr does not say why")
        }
        Csv::Table => {
            code(ran, 0)?;
            table(&ran.out)
        }
    }
}

fn code(ran: &Ran, code: i32) -> Checked {
    require(ran.code == code, format!("the exit code is {} and not {code}", ran.code))
}

/// Control characters and direction characters are not for other programs.
fn is_plain(text: &str) -> Checked {
    let is_hidden = |it: &char| {
        let is_control = it.is_control() && !['\n', '\t'].contains(it);
        is_control || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    match text.chars().find(is_hidden) {
        Some(found) => Err(format!("stdout has the character {found:?}")),
        None => Ok(()),
    }
}

fn fields(name: &str, value: &Value) -> Checked {
    let documented = documented();
    let expected = documented.get(name).ok_or(format!("JSON.md does not list `{name}`"))?;
    // A page of a longer list.
    let value = value.get("hits").unwrap_or(value);
    let objects = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    require(!objects.is_empty(), "the list has no entry")?;
    for object in objects {
        let object = object.as_object().ok_or("JSON has something else than objects")?;
        let found: BTreeSet<_> = object.keys().map(String::as_str).collect();
        let missing: Vec<_> = expected.difference(&found).collect();
        let more: Vec<_> = found.difference(expected).collect();
        let is_complete = missing.is_empty() && more.is_empty();
        require(is_complete, format!("fields missing {missing:?}, not documented {more:?}"))?;
    }
    Ok(())
}

fn lines(text: &str) -> Checked {
    require(!text.is_empty(), "stdout has no line")?;
    for line in text.lines() {
        let value: Value = serde_json::from_str(line).map_err(|error| format!("JSON: {error}"))?;
        require(value.is_object(), "a line on stdout is no object")?;
    }
    Ok(())
}

/// A byte order mark, one head, and lines of as many cells.
fn table(text: &str) -> Checked {
    let text = text.strip_prefix('\u{feff}').ok_or("CSV has no byte order mark")?;
    require(!text.contains('\u{feff}'), "CSV has several byte order marks")?;
    let records = records(text)?;
    let (head, rows) = records.split_first().ok_or("CSV has no head")?;
    require(!rows.is_empty(), "CSV has no line behind its head")?;
    for row in rows {
        require(row != head, "CSV has several heads")?;
        require(row.len() == head.len(), format!("{row:?} has not the cells of {head:?}"))?;
    }
    Ok(())
}

/// Reads records that end in CRLF, with cells in quotes where they need it.
fn records(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut records = Vec::new();
    let (mut record, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            '"' if is_quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {
                rest.next_if_eq(&'\n').ok_or("a line of CSV does not end in CRLF")?;
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            '\n' if !is_quoted => return Err("a line of CSV does not end in CRLF".to_owned()),
            it => cell.push(it),
        }
    }
    let is_complete = record.is_empty() && cell.is_empty() && !is_quoted;
    require(is_complete, "the last line of CSV has no end").map(|()| records)
}

#[test]
fn a_page_of_csv_has_one_head() {
    assert!(table("\u{feff}\"A\",\"B\"\r\n1,\"x\r\n\"\"y\"\r\n").is_ok());
    for broken in [
        "\"A\"\r\n1\r\n",
        "\u{feff}\"A\"\r\n",
        "\u{feff}\"A\"\r\n1\r\n\u{feff}\"A\"\r\n2\r\n",
        "\u{feff}\"A\"\r\n1\r\n\"A\"\r\n2\r\n",
        "\u{feff}\"A\"\n1\n",
        "\u{feff}\"A\",\"B\"\r\n1\r\n",
    ] {
        assert!(table(broken).is_err(), "{broken:?}");
    }
}
