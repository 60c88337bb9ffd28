//! Pages for a browser, without a script.

mod escape;
mod files;
mod message;
mod page;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use super::ExportOptions;
use super::rows::{ExportRow, each_message};
use crate::error::{ArchiveError, Result};
use crate::store::{Reader, part_of, private_file, remove_parts};
use escape::escape;
use message::Links;

impl Reader {
    /// Writes pages for a browser into a new folder: an index, and a page a month for each room. They
    /// need no server and no network, and are readable on a phone.
    ///
    /// Pages have no script, and a policy (CSP) that allows none. Only `http`, `https` and `mailto`
    /// addresses become links. A reply is a link to the message that it answers, if that is in the
    /// export. Stored files are copied and linked under their ids; a browser saves each of them
    /// instead of showing it, unless it is a common kind of picture, sound or film.
    ///
    /// # Errors
    ///
    /// - [`ArchiveError::Exists`] if there is something at this path.
    /// - The archive cannot be read, or the folder cannot be written to. Then there is no folder.
    pub fn export_html(&self, options: &ExportOptions, folder: impl AsRef<Path>) -> Result<()> {
        let folder = folder.as_ref();
        if folder.symlink_metadata().is_ok() {
            return Err(ArchiveError::Exists { path: folder.to_owned() });
        }
        let part = part_of(folder);
        remove_parts(folder);
        if part.exists() {
            fs::remove_dir_all(&part).map_err(ArchiveError::file(&part))?;
        }
        let written = self.write_pages(options, &part);
        let kept =
            written.and_then(|()| fs::rename(&part, folder).map_err(ArchiveError::file(folder)));
        kept.inspect_err(|_| {
            // The first error matters to the caller; this one does not.
            let _ = fs::remove_dir_all(&part);
        })
    }

    fn write_pages(&self, options: &ExportOptions, folder: &Path) -> Result<()> {
        create_folder(folder)?;
        let transaction = self.begin()?;
        let files = files::copy(self, &transaction, options, folder)?;
        let mut site = Site {
            folder,
            options,
            links: Links { connection: &transaction, files, options },
            open: None,
            rooms: BTreeMap::new(),
        };
        each_message(self, &transaction, options, |row| {
            site.add(row).map_err(|error| error.named(self))
        })?;
        site.close()?;
        site.indices()
    }
}

/// The pages that are being written.
struct Site<'a> {
    folder: &'a Path,
    options: &'a ExportOptions,
    links: Links<'a>,
    /// The page of the latest message.
    open: Option<Open>,
    /// The rooms, with their months and how many messages each has.
    rooms: BTreeMap<i64, Room>,
}

struct Open {
    room: i64,
    month: String,
    day: String,
    file: fs::File,
}

struct Room {
    name: String,
    months: BTreeMap<String, u64>,
}

/// An error of the archive or of the folder.
enum SiteError {
    Sql(rusqlite::Error),
    Archive(ArchiveError),
}

impl SiteError {
    fn named(self, reader: &Reader) -> ArchiveError {
        match self {
            Self::Sql(error) => reader.sql()(error),
            Self::Archive(error) => error,
        }
    }
}

impl From<rusqlite::Error> for SiteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<ArchiveError> for SiteError {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

impl Site<'_> {
    fn add(&mut self, row: &ExportRow) -> Result<(), SiteError> {
        let time = self.options.zone.at(row.send_time);
        let month = time.month();
        let new = Room { name: row.room.clone(), months: BTreeMap::new() };
        let room = self.rooms.entry(row.room_id).or_insert(new);
        *room.months.entry(month.clone()).or_default() += 1;
        let same = |open: &Open| open.room == row.room_id && open.month == month;
        if !self.open.as_ref().is_some_and(same) {
            self.close()?;
            self.begin(row, month)?;
        }
        let text = message::html(&self.links, row)?;
        let Some(open) = &mut self.open else { return Ok(()) };
        let mut html = String::new();
        if open.day != time.date() {
            open.day = time.date();
            html.push_str(&format!("<h2>{}</h2>\n", open.day));
        }
        html.push_str(&text);
        let path = self.folder;
        open.file.write_all(html.as_bytes()).map_err(ArchiveError::file(path))?;
        Ok(())
    }

    fn begin(&mut self, row: &ExportRow, month: String) -> Result<()> {
        let folder = self.folder.join(row.room_id.to_string());
        if !folder.exists() {
            create_folder(&folder)?;
        }
        let path = folder.join(format!("{month}.html"));
        let mut file = private_file(&path)?;
        let head = page::head(&format!("{} {month}", row.room), Some(("index.html", &row.room)));
        file.write_all(head.as_bytes()).map_err(ArchiveError::file(&path))?;
        self.open = Some(Open { room: row.room_id, month, day: String::new(), file });
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        open.file.write_all(page::FOOT.as_bytes()).map_err(ArchiveError::file(self.folder))
    }

    /// Writes the list of rooms, and for each room the list of its months.
    fn indices(&self) -> Result<()> {
        let mut index = page::head("Chatwork", None);
        index.push_str("<ul class=\"list\">\n");
        for (id, room) in &self.rooms {
            let count: u64 = room.months.values().sum();
            let name = escape(&room.name);
            let entry =
                format!("<li><a href=\"{id}/index.html\">{name}</a> <small>{count}</small></li>\n");
            index.push_str(&entry);
            let mut page = page::head(&room.name, Some(("../index.html", "Chatwork")));
            page.push_str("<ul class=\"list\">\n");
            for (month, count) in room.months.iter().rev() {
                page.push_str(&format!(
                    "<li><a href=\"{month}.html\">{month}</a> <small>{count}</small></li>\n"
                ));
            }
            page.push_str("</ul>\n");
            page.push_str(page::FOOT);
            write(&self.folder.join(id.to_string()).join("index.html"), &page)?;
        }
        index.push_str("</ul>\n");
        index.push_str(page::FOOT);
        write(&self.folder.join("index.html"), &index)
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    let mut file = private_file(path)?;
    file.write_all(text.as_bytes()).map_err(ArchiveError::file(path))
}

pub(super) fn create_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(ArchiveError::file(path))
}
