//! What goes to stdout: tables, tab-separated lines, CSV and JSON.

pub(crate) mod csv;
mod detail;
mod json;
mod progress;
pub(crate) mod shape;
mod steps;
mod table;
pub(crate) mod time;
mod waits;

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;

use chatwork_app::{one_line, visible};
use chatwork_sdk::notation::{Address, Site};
use chatwork_sdk::{MessageId, RoomId};
use serde::Serialize;
use serde_json::{Map, Value};

pub(crate) use progress::Bar;
#[cfg(feature = "archive")]
pub(crate) use progress::spinner;
use shape::{Column, Kind, Shape};
pub(crate) use steps::Steps;
pub(crate) use waits::Waits;

use crate::failure::{Done, Failure};
use crate::words;

/// One entry, as JSON shows it.
pub(crate) type Item = Map<String, Value>;

/// How data is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// A table on a terminal, else tab-separated lines.
    #[default]
    Text,
    /// JSON, with all fields or with some.
    Json(Option<Vec<String>>),
    /// CSV for Excel.
    Csv,
}

/// Where and how data is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Out {
    form: Form,
    site: Site,
    /// Ids of rooms and messages are shown as addresses.
    web: bool,
    is_terminal: bool,
}

impl Out {
    pub(crate) fn new(form: Form, site: Site, web: bool) -> Self {
        Self { form, site, web, is_terminal: io::stdout().is_terminal() }
    }

    pub(crate) fn is_json(&self) -> bool {
        matches!(self.form, Form::Json(_))
    }

    /// Returns the address of a room or of a message.
    pub(crate) fn address(&self, room: RoomId, message: Option<&MessageId>) -> String {
        let message = message.and_then(|message| Address::of_message(room, message));
        message.unwrap_or_else(|| Address::of_room(room)).at(self.site).to_string()
    }

    /// Refuses chosen fields of a command that writes none.
    pub(crate) fn refuse_fields(&self) -> Done {
        match &self.form {
            Form::Json(Some(_)) => {
                Err(Failure::usage(words::NO_FIELDS.text()).hinted(words::NO_FIELDS_HINT))
            }
            _ => Ok(()),
        }
    }

    /// Refuses chosen fields that a command does not write.
    pub(crate) fn check_fields(&self, shape: &Shape) -> Done {
        match &self.form {
            Form::Json(fields) => shape.chosen(fields.as_deref()).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Writes a list.
    pub(crate) fn list(&self, shape: &Shape, items: &[Item]) -> Done {
        match &self.form {
            Form::Json(fields) => {
                let names = shape.chosen(fields.as_deref())?;
                self.json(&json::List { items, names: &names })
            }
            Form::Csv => self.write(&csv::list(self, shape, items)),
            Form::Text if self.is_terminal => {
                let table = table::list(self, shape, items, width());
                anstream::stdout().lock().write_all(table.as_bytes())?;
                Ok(())
            }
            Form::Text => self.write(&table::lines(self, shape, items)),
        }
    }

    /// Writes a page of a longer list as JSON: an object with the entries, and with what else belongs
    /// to the page.
    #[cfg(feature = "archive")]
    pub(crate) fn page(
        &self,
        shape: &Shape,
        name: &str,
        items: &[Item],
        more: &[(&str, Value)],
    ) -> Done {
        let Form::Json(fields) = &self.form else { return self.list(shape, items) };
        let names = shape.chosen(fields.as_deref())?;
        self.json(&json::Page { name, list: json::List { items, names: &names }, more })
    }

    /// Writes one entry: its fields below each other.
    pub(crate) fn detail(&self, shape: &Shape, item: &Item) -> Done {
        match &self.form {
            Form::Json(fields) => {
                let names = shape.chosen(fields.as_deref())?;
                self.json(&json::Ordered { item, names: &names })
            }
            Form::Csv => self.write(&csv::list(self, shape, std::slice::from_ref(item))),
            Form::Text if self.is_terminal => {
                let text = detail::block(self, shape, item);
                anstream::stdout().lock().write_all(text.as_bytes())?;
                Ok(())
            }
            Form::Text => self.write(&detail::lines(self, shape, item)),
        }
    }

    /// Writes what a write did: an id or an address as a line, or an object as JSON. If that fails,
    /// the failure has the ids.
    pub(crate) fn done(&self, shape: &Shape, item: &Item) -> Done {
        let written = match &self.form {
            Form::Text => {
                let cells = shape.columns.iter().map(|column| self.raw(column, item));
                let cells: Vec<_> = cells.map(|cell| table::escaped(&cell)).collect();
                self.write(&format!("{}\n", cells.join("\t")))
            }
            _ => self.detail(shape, item),
        };
        let ids = |field: &str| match shape::field(item, field) {
            Some(Value::Array(ids)) => ids.iter().map(id).collect(),
            Some(value) => vec![id(value)],
            None => Vec::new(),
        };
        written.map_err(|failure| match shape.columns.first() {
            Some(column) if column.kind == Kind::Message => {
                failure.behind_posts(ids("message_ids"))
            }
            Some(column) => failure.behind_write(ids(column.field)),
            None => failure,
        })
    }

    /// Writes any value as JSON: what the API answers, for example.
    pub(crate) fn json(&self, value: &impl Serialize) -> Done {
        let text = match self.is_terminal {
            true => serde_json::to_string_pretty(value),
            false => serde_json::to_string(value),
        };
        let text = text.map_err(|error| Failure::from(io::Error::from(error)))?;
        self.write(&format!("{text}\n"))
    }

    /// Returns the chosen fields of a reply of the API, or all of it.
    pub(crate) fn selected(&self, value: Value) -> Done<Value> {
        let Form::Json(Some(fields)) = &self.form else { return Ok(value) };
        let select = |object: Map<String, Value>| {
            if let Some(field) = fields.iter().find(|field| !object.contains_key(*field)) {
                let known: Vec<_> = object.keys().map(String::as_str).collect();
                return Err(Failure::usage(words::JSON_FIELD.fill(&[("field", field)]))
                    .hint(words::JSON_FIELDS.fill(&[("fields", &known.join(","))])));
            }
            let is_chosen = |(name, _): &(String, Value)| fields.contains(name);
            Ok(Value::Object(object.into_iter().filter(is_chosen).collect()))
        };
        match value {
            Value::Object(object) => select(object),
            Value::Array(values) => {
                let selected = values.into_iter().map(|value| match value {
                    Value::Object(object) => select(object),
                    value => Ok(value),
                });
                selected.collect::<Done<_>>().map(Value::Array)
            }
            value => Ok(value),
        }
    }

    /// Writes a value as one line of JSON, and flushes it: a program may wait for it.
    pub(crate) async fn json_line(&self, value: &impl Serialize) -> Done {
        let text = serde_json::to_string(value);
        let text = text.map_err(|error| Failure::from(io::Error::from(error)))?;
        write_apart(text + "\n").await
    }

    /// Writes a text that was made by this program.
    pub(crate) fn write(&self, text: &str) -> Done {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        Ok(())
    }

    /// Writes a text of other people, in several lines.
    pub(crate) fn foreign(&self, text: &str) -> Done {
        self.write(&format!("{}\n", visible(text)))
    }

    /// Refuses `--csv` where there is no table.
    pub(crate) fn refuse_csv(&self) -> Done {
        match self.form {
            Form::Csv => Err(Failure::usage(words::CSV_NOT_HERE.text())),
            _ => Ok(()),
        }
    }

    /// Returns the text of a cell, without making anything visible.
    fn raw(&self, column: &Column, item: &Item) -> String {
        let value = shape::field(item, column.field);
        match (column.kind, value) {
            (_, None | Some(Value::Null)) => String::new(),
            (Kind::Room | Kind::Message, Some(value)) if self.web => {
                match shape::field(item, "url") {
                    Some(Value::String(url)) => url.clone(),
                    _ => id(value),
                }
            }
            (Kind::Time, Some(value)) => time::shown(value.as_i64().unwrap_or(0)),
            (Kind::Flag, Some(Value::Bool(true))) => words::YES.text().to_owned(),
            (Kind::Flag, Some(_)) => String::new(),
            (Kind::Size, Some(value)) => value.to_string(),
            (_, Some(value)) => id(value),
        }
    }

    /// Returns the text of a cell in one line, with control characters made visible.
    fn cell(&self, column: &Column, item: &Item) -> String {
        one_line(&self.raw(column, item)).into_owned()
    }
}

/// Returns an id or another number as a text.
fn id(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Whether notes are objects. Chosen once, with the command line.
static NOTES_AS_JSON: OnceLock<bool> = OnceLock::new();

/// Chooses whether notes are objects, as errors are under `--json`.
pub(crate) fn choose_notes(as_json: bool) {
    let _ = NOTES_AS_JSON.set(as_json);
}

/// Writes a note to stderr: data goes to stdout alone. What is not of this program is made visible.
///
/// Under `--json` a note is an object in a line of its own, so that each line of stderr can be parsed.
pub(crate) fn note(text: &str) {
    let shown = visible(text);
    let line = match NOTES_AS_JSON.get() {
        Some(true) => serde_json::json!({ "note": shown }).to_string(),
        _ => shown.into_owned(),
    };
    // A note that nobody can read is no failure.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes bytes to stdout on a thread of its own, and waits for it: a pipe that is not read blocks the
/// thread, and signals still end the program.
pub(crate) async fn write_apart(bytes: impl AsRef<[u8]> + Send + 'static) -> Done {
    let write = move || {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes.as_ref())?;
        stdout.flush()
    };
    let written = tokio::task::spawn_blocking(write).await;
    Ok(written.map_err(io::Error::other)??)
}

/// Returns the width of the terminal, or `None` if it is not known.
fn width() -> Option<usize> {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let known = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or(known).filter(|width| *width > 0)
}

/// Returns the object of a value, with more fields.
pub(crate) fn item(value: &impl Serialize, more: &[(&str, Value)]) -> Item {
    let mut item = match serde_json::to_value(value) {
        Ok(Value::Object(item)) => item,
        _ => Item::new(),
    };
    item.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    item
}
