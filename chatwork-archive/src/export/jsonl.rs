//! JSON lines, which lose nothing.

use std::io::Write;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Number, Value, json};

use super::rows::written;
use crate::error::{ArchiveError, Result};
use crate::store::Reader;

/// The version of the form. It changes with the columns of the schema.
pub(super) const FORMAT: i64 = 2;

/// The tables of an export, and the order of their rows. `relations` and the search index follow
/// from the texts.
pub(super) const TABLES: [(&str, &str); 12] = [
    ("settings", "name"),
    ("accounts", "account_id"),
    ("rooms", "room_id"),
    ("runs", "run_id"),
    ("messages", "id"),
    ("revisions", "revision_id"),
    ("spans", "span_id"),
    ("gaps", "gap_id"),
    ("files", "room_id, file_id"),
    ("tasks", "room_id, task_id"),
    ("members", "room_id, account_id"),
    ("tombstones", "tombstone_id"),
];

impl Reader {
    /// Writes the whole archive as JSON lines. [`Archive::import_jsonl`](crate::Archive::import_jsonl)
    /// makes the same archive of them.
    ///
    /// The first line names the form, its version and the account. Each further line is an object
    /// with one member: the table, and in it the row with its columns, as the schema describes them.
    /// The content of files is not in it: copy the [folder of files](Reader::files_folder).
    ///
    /// # Errors
    ///
    /// The archive cannot be read, or the writer fails.
    pub fn export_jsonl(&self, writer: &mut dyn Write) -> Result<()> {
        let transaction = self.begin()?;
        let head = json!({ "chatwork_archive": FORMAT, "account_id": self.account().0 });
        written(writeln!(writer, "{head}"))?;
        for (table, order) in TABLES {
            self.export_table(&transaction, table, order, writer)?;
        }
        written(writer.flush())
    }

    fn export_table(
        &self,
        connection: &Connection,
        table: &str,
        order: &str,
        writer: &mut dyn Write,
    ) -> Result<()> {
        // What is still to be erased concerns the file, not its content.
        let only = if table == "settings" { "WHERE name <> 'erasing'" } else { "" };
        let select = format!("SELECT * FROM {table} {only} ORDER BY {order}");
        let mut statement = connection.prepare(&select).map_err(self.sql())?;
        let columns: Vec<String> =
            statement.column_names().into_iter().map(str::to_owned).collect();
        let mut rows = statement.query([]).map_err(self.sql())?;
        while let Some(row) = rows.next().map_err(self.sql())? {
            let mut object = Map::with_capacity(columns.len());
            for (index, column) in columns.iter().enumerate() {
                let value = value(row.get_ref(index).map_err(self.sql())?)?;
                object.insert(column.clone(), value);
            }
            written(writeln!(writer, "{}", json!({ table: object })))?;
        }
        Ok(())
    }
}

fn value(value: ValueRef<'_>) -> Result<Value> {
    let invalid = ArchiveError::Value { column: "a text" };
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Number(Number::from(number)),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Value::String(text.to_owned()),
            Err(_) => return Err(invalid),
        },
        ValueRef::Real(_) | ValueRef::Blob(_) => return Err(invalid),
    })
}
