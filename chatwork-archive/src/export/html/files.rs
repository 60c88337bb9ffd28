//! The files of an export.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::super::ExportOptions;
use super::create_folder;
use super::escape::escape;
use crate::error::{ArchiveError, Result};
use crate::files::content_path;
use crate::store::Reader;

/// The kinds that a browser may show. None of them can hold a script: a PDF can, and is saved.
const SHOWN: [&str; 10] =
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "mp3", "m4a", "mp4", "webm"];

/// The files of the export, by room and message.
pub(super) struct LinkedFiles {
    links: HashMap<(i64, String), String>,
}

impl LinkedFiles {
    /// Returns the links to the files of a message.
    pub(super) fn of(&self, room: i64, message: &str) -> String {
        self.links.get(&(room, message.to_owned())).cloned().unwrap_or_default()
    }
}

/// Copies the stored files of the export to `files/ROOM-FILE`, and makes their links.
pub(super) fn copy(
    reader: &Reader,
    connection: &Connection,
    options: &ExportOptions,
    folder: &Path,
) -> Result<LinkedFiles> {
    let select = format!(
        "SELECT f.room_id, f.file_id, f.message_id, f.name, f.sha256, f.state FROM files f
        JOIN messages m ON m.room_id = f.room_id AND m.message_id = f.message_id
        WHERE {} ORDER BY f.room_id, f.file_id",
        options.condition()
    );
    let mut statement = connection.prepare(&select).map_err(reader.sql())?;
    let rows = statement
        .query_map([], |row| {
            let key: (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let file: (String, Option<String>) = (row.get(3)?, row.get(4)?);
            Ok((key, file))
        })
        .map_err(reader.sql())?;
    let (target, mut links) = (folder.join("files"), HashMap::<_, String>::new());
    for row in rows {
        let ((room, file, message), (name, hash)) = row.map_err(reader.sql())?;
        let source = hash.and_then(|hash| content_path(&reader.files_folder(), &hash));
        let label = if name.is_empty() { file.to_string() } else { name.clone() };
        let link = match source.filter(|source| source.is_file()) {
            Some(source) => {
                if !target.exists() {
                    create_folder(&target)?;
                }
                let stored = stored_name(room, file, &name);
                let path = target.join(&stored);
                fs::copy(&source, &path).map_err(ArchiveError::file(&path))?;
                let download =
                    if stored.ends_with(".bin") { escape_name(&label) } else { String::new() };
                format!(
                    "<p>📎 <a href=\"../files/{stored}\"{download}>{}</a></p>\n",
                    escape(&label)
                )
            }
            None => format!("<p>📎 {} <small>(not stored)</small></p>\n", escape(&label)),
        };
        links.entry((room, message)).or_default().push_str(&link);
    }
    Ok(LinkedFiles { links })
}

fn escape_name(name: &str) -> String {
    format!(" download=\"{}\"", escape(name).replace("<i>", "").replace("</i>", ""))
}

/// Returns the name under which a file is stored: its ids, and an ending that a browser shows, or
/// `.bin`, which a browser saves.
fn stored_name(room: i64, file: i64, name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let shown = ending.filter(|ending| SHOWN.contains(&ending.as_str()));
    format!("{room}-{file}.{}", shown.as_deref().unwrap_or("bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_ids_alone() {
        assert_eq!(stored_name(7, 9, "../../etc/passwd"), "7-9.bin");
        assert_eq!(stored_name(7, 9, "図.PNG"), "7-9.png");
    }

    #[test]
    fn kinds_that_can_hold_a_script_are_saved_and_not_shown() {
        for name in ["a.html", "a.svg", "a.xhtml", "a.js", "a.png.html", "a.pdf", "a"] {
            assert_eq!(stored_name(7, 9, name), "7-9.bin", "{name}");
        }
    }
}
