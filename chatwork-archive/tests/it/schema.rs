//! `SCHEMA.md` is made from all steps of the schema. `UPDATE_EXPECT=1` writes it.

use std::fs;
use std::path::Path;

const HEAD: &str = "# The schema of an archive

Made from `schema/` by `tests/it/schema.rs`. Times are Unix times in seconds, UTC. Any tool for SQLite
opens the file. Only read with it: the program with this crate is the one that writes.

```sh
sqlite3 -readonly me.chatwork 'SELECT * FROM coverage'
```
";

/// A statement, with the comment before it.
struct Entry {
    kind: String,
    name: String,
    comment: String,
    sql: String,
}

/// The newest form of everything in the files of `schema/`, in the order in which it first came.
fn newest() -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let files: std::collections::BTreeSet<_> = files.collect();
    let mut newest: Vec<Entry> = Vec::new();
    for file in files {
        for entry in entries(&fs::read_to_string(file).unwrap()) {
            let same = |it: &&mut Entry| (&it.kind, &it.name) == (&entry.kind, &entry.name);
            let known = newest.iter_mut().find(same);
            match (entry.kind.as_str(), known) {
                ("column", _) => {
                    let mut tables = newest.iter_mut().filter(|it| it.kind == "table");
                    add_column(tables.find(|it| it.name == entry.name).unwrap(), &entry);
                }
                (_, Some(known)) => *known = entry,
                (_, None) => newest.push(entry),
            }
        }
    }
    newest
}

/// Shows a column where it stands since it was added: at the end of its table.
fn add_column(table: &mut Entry, column: &Entry) {
    let end = table.sql.rfind("\n)").unwrap();
    let text = format!(",\n  -- {}\n  {}", column.comment, column.sql);
    table.sql.insert_str(end, &text);
}

/// The statements of a step that make something. What they replace is not shown.
fn entries(sql: &str) -> Vec<Entry> {
    let (mut entries, mut comment, mut statement) = (Vec::new(), Vec::new(), Vec::new());
    for line in sql.lines() {
        match line.strip_prefix("--").filter(|_| statement.is_empty()) {
            Some(text) => comment.push(text.trim()),
            None if line.is_empty() && statement.is_empty() => comment.clear(),
            None => statement.push(line),
        }
        if line.ends_with(';') && !line.trim_start().starts_with("--") {
            entries.extend(entry(&statement.join("\n"), comment.join(" ")));
            comment.clear();
            statement.clear();
        }
    }
    entries
}

fn entry(sql: &str, comment: String) -> Option<Entry> {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let skip = usize::from(words[1] == "VIRTUAL" || words[1] == "UNIQUE");
    let (kind, name) = match words[0] {
        "CREATE" => (words[1 + skip].to_lowercase(), words[2 + skip].to_owned()),
        "ALTER" if words[3] == "ADD" => ("column".to_owned(), words[2].to_owned()),
        _ => return None,
    };
    let sql = match sql.split_once(" ADD COLUMN ") {
        Some((_, column)) if kind == "column" => column.trim_end_matches(';').to_owned(),
        _ => sql.to_owned(),
    };
    Some(Entry { kind, name, comment, sql })
}

fn document(entries: &[Entry]) -> String {
    let mut text = HEAD.to_owned();
    for (kind, title) in [("view", "Views for common questions"), ("table", "Tables")] {
        text.push_str(&format!("\n## {title}\n"));
        for entry in entries.iter().filter(|it| it.kind == kind) {
            let Entry { name, comment, sql, .. } = entry;
            text.push_str(&format!("\n### `{name}`\n\n{comment}\n\n```sql\n{sql}\n```\n"));
        }
    }
    text
}

#[test]
fn the_description_is_that_of_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wanted = document(&newest());
    let path = root.join("SCHEMA.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "SCHEMA.md is out of date: run this test with UPDATE_EXPECT=1");
}

#[test]
fn every_table_and_view_is_described() {
    for entry in newest().iter().filter(|it| it.kind != "index") {
        assert!(!entry.comment.is_empty(), "{} {}", entry.kind, entry.name);
    }
}
