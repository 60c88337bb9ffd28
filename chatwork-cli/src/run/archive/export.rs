//! `archive export` and `archive import`.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, StdoutLock, Write};
use std::path::Path;

use chatwork_archive::{ExportOptions, Reader, UtcOffset};

use super::{day, known_room, open_or_create, reader};
use crate::args::{self, ExportFormat, Place};
use crate::context::Context;
use crate::failure::{Done, Failure, file};
use crate::out::{note, time};
use crate::words;

pub(super) async fn export(context: &Context, export: args::Archive) -> Done {
    let args::Archive::Export { place, format, output, room, except, since, until } = export else {
        return Ok(());
    };
    let is_narrowed = !room.is_empty() || !except.is_empty() || since.is_some() || until.is_some();
    if format == ExportFormat::Jsonl && is_narrowed {
        return Err(Failure::usage(words::JSONL_HAS_ALL.text()).hinted(words::JSONL_HAS_ALL_HINT));
    }
    let reader = reader(context, &place).await?;
    // With the offset of each time: that of today may be another one.
    let offset = |time| UtcOffset::minutes(time::offset_minutes(time));
    let mut options = ExportOptions::new().utc_offset_at(offset);
    for room in &room {
        options = options.room(known_room(context, &reader, room)?);
    }
    for room in &except {
        options = options.except(known_room(context, &reader, room)?);
    }
    if let Some(since) = since {
        options = options.from(day(&since)?.start());
    }
    if let Some(until) = until {
        options = options.until(day(&until)?.end());
    }
    match (format, output) {
        (ExportFormat::Html, Some(folder)) => {
            reader.export_html(&options, &folder)?;
            note(&words::SAVED.fill(&[("path", &folder.display())]));
        }
        (ExportFormat::Html, None) => {
            return Err(Failure::usage(words::HTML_NEEDS_FOLDER.text()));
        }
        (format, Some(path)) => {
            save(&path, |writer| write(&reader, format, &options, writer))?;
            note(&words::SAVED.fill(&[("path", &path.display())]));
        }
        (format, None) => {
            let mut stdout = Stdout { inner: io::stdout().lock(), failed: None };
            let mut writer = BufWriter::new(&mut stdout);
            let written = write(&reader, format, &options, &mut writer);
            let flushed = writer.flush();
            drop(writer);
            // Why the output failed, rather than what the archive makes of it.
            if let Some(error) = stdout.failed {
                return Err(error.into());
            }
            written?;
            flushed?;
        }
    }
    Ok(())
}

/// The standard output, which keeps why it failed.
struct Stdout {
    inner: StdoutLock<'static>,
    failed: Option<io::Error>,
}

impl Stdout {
    /// Returns an error of the same kind for the caller.
    fn kept<T>(&mut self, outcome: io::Result<T>) -> io::Result<T> {
        outcome.map_err(|error| {
            let kind = error.kind();
            // Of a write that was interrupted the caller makes another one.
            if kind != io::ErrorKind::Interrupted {
                self.failed.get_or_insert(error);
            }
            kind.into()
        })
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes);
        self.kept(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.inner.flush();
        self.kept(flushed)
    }
}

/// Makes a new file for its owner alone: texts of colleagues are personal data. It has its name once
/// it is complete, so that a disk that is full leaves nothing in the way of the next run.
fn save(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Done) -> Done {
    let failed = |error: &std::io::Error| file(path, error);
    if path.symlink_metadata().is_ok() {
        return Err(failed(&std::io::ErrorKind::AlreadyExists.into()));
    }
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    // It is made with 0600, and removed if it is dropped.
    let part = tempfile::Builder::new()
        .prefix(&name)
        .suffix(".part")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(|it| failed(&it))?;
    let mut writer = BufWriter::new(part.as_file());
    fill(&mut writer)?;
    writer.flush().map_err(|it| failed(&it))?;
    drop(writer);
    part.as_file().sync_all().map_err(|it| failed(&it))?;
    part.persist_noclobber(path).map(drop).map_err(|it| failed(&it.error))
}

fn write(
    reader: &Reader,
    format: ExportFormat,
    options: &ExportOptions,
    writer: &mut dyn Write,
) -> Done {
    match format {
        ExportFormat::Csv => Ok(reader.export_csv(options, writer)?),
        ExportFormat::Markdown => Ok(reader.export_markdown(options, writer)?),
        _ => Ok(reader.export_jsonl(writer)?),
    }
}

pub(super) async fn import(
    context: &Context,
    place: &Place,
    from: &Path,
    files: Option<&Path>,
) -> Done {
    context.out.refuse_csv()?;
    let archive = open_or_create(context, place).await?;
    let lines = match from == Path::new("-") {
        true => archive.import_jsonl(&mut io::stdin().lock(), files)?,
        false => {
            let opened = File::open(from).map_err(|error| file(from, &error))?;
            archive.import_jsonl(&mut BufReader::new(opened), files)?
        }
    };
    note(&words::ARCHIVE_IMPORTED.fill(&[("lines", &lines)]));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<std::ffi::OsString> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    }

    #[test]
    fn an_export_that_fails_leaves_no_file_in_the_way_of_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.csv");
        let half = |writer: &mut dyn Write| {
            writer.write_all(b"half of it")?;
            writer.flush()?;
            Err(std::io::Error::from(std::io::ErrorKind::StorageFull).into())
        };
        assert!(save(&path, half).is_err());
        assert!(names(folder.path()).is_empty());
        assert!(save(&path, |writer| Ok(writer.write_all(b"all of it")?)).is_ok());
        assert_eq!(std::fs::read(&path).unwrap(), b"all of it");
        assert_eq!(names(folder.path()), ["all.csv"]);
    }

    #[test]
    fn an_export_replaces_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.csv");
        std::fs::write(&path, "before").unwrap();
        assert!(save(&path, |writer| Ok(writer.write_all(b"after")?)).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"before");
    }
}
