//! `archive export` and `archive import`.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, StdoutLock, Write};
use std::path::Path;

use chatwork_archive::{ExportOptions, Reader, UtcOffset};

use super::{day, known_room, new_file, open_or_create, reader, stoppable};
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
    if format == ExportFormat::Html && output.is_none() {
        return Err(Failure::usage(words::HTML_NEEDS_FOLDER.text()));
    }
    let target = output.clone();
    let work = move |reader: &Reader| match (format, target) {
        (ExportFormat::Html, Some(folder)) => Ok(reader.export_html(&options, &folder)?),
        (format, Some(path)) => new_file::save(&path, |it| write(reader, format, &options, it)),
        (format, None) => to_stdout(reader, format, &options),
    };
    stoppable(reader, work).await?;
    if let Some(path) = output {
        note(&words::SAVED.fill(&[("path", &path.display())]));
    }
    Ok(())
}

fn to_stdout(reader: &Reader, format: ExportFormat, options: &ExportOptions) -> Done {
    let mut stdout = Stdout { inner: io::stdout().lock(), failed: None };
    let mut writer = BufWriter::new(&mut stdout);
    let written = write(reader, format, options, &mut writer);
    let flushed = writer.flush();
    drop(writer);
    // Why the output failed, rather than what the archive makes of it.
    if let Some(error) = stdout.failed {
        return Err(error.into());
    }
    written?;
    Ok(flushed?)
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
