//! A file that is replaced at once, so that no reader and no crash meets half of it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::control::state::Walk;

/// Writes a state next to the file, and puts it in the place of the file.
pub(super) fn replace(path: &Path, walk: &mut Walk) -> io::Result<()> {
    let draft = beside(path, ".part")?;
    let written = write(&draft, walk).and_then(|()| std::fs::rename(&draft, path));
    if written.is_err() {
        // The error that is returned says more than that of the removal.
        let _ = std::fs::remove_file(&draft);
    }
    written
}

fn write(draft: &Path, walk: &mut Walk) -> io::Result<()> {
    let mut file = BufWriter::new(create(draft)?);
    while let Some(piece) = walk.piece() {
        file.write_all(piece.as_bytes())?;
    }
    file.write_all(b"\n")?;
    let file = file.into_inner()?;
    file.sync_all()
}

/// A state holds tokens: only its owner may read it.
#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    File::create(path)
}

/// A file in the same folder, with this at the end of its name.
pub(super) fn beside(path: &Path, end: &str) -> io::Result<PathBuf> {
    let name = path.file_name();
    let name = name.ok_or_else(|| io::Error::other("it has no file name"))?;
    let mut name = name.to_owned();
    name.push(end);
    Ok(path.with_file_name(name))
}
