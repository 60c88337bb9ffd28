//! `SCHEMA.md` is made from the schema. `UPDATE_EXPECT=1` writes it.

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

fn entries(sql: &str) -> Vec<Entry> {
    let (mut entries, mut comment, mut statement) = (Vec::new(), Vec::new(), Vec::new());
    for line in sql.lines() {
        match line.strip_prefix("--").filter(|_| statement.is_empty()) {
            Some(text) => comment.push(text.trim()),
            None if line.is_empty() && statement.is_empty() => comment.clear(),
            None => statement.push(line),
        }
        if line.ends_with(';') && !line.trim_start().starts_with("--") {
            let words: Vec<&str> = statement[0].split_whitespace().collect();
            let skip = usize::from(words[1] == "VIRTUAL" || words[1] == "UNIQUE");
            entries.push(Entry {
                kind: words[1 + skip].to_lowercase(),
                name: words[2 + skip].to_owned(),
                comment: comment.join(" "),
                sql: statement.join("\n"),
            });
            comment.clear();
            statement.clear();
        }
    }
    entries
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
    let sql = fs::read_to_string(root.join("schema/0001.sql")).unwrap();
    let wanted = document(&entries(&sql));
    let path = root.join("SCHEMA.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "SCHEMA.md is out of date: run this test with UPDATE_EXPECT=1");
}

#[test]
fn every_table_and_view_is_described() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sql = fs::read_to_string(root.join("schema/0001.sql")).unwrap();
    for entry in entries(&sql).iter().filter(|it| it.kind != "index") {
        assert!(!entry.comment.is_empty(), "{} {}", entry.kind, entry.name);
    }
}
