//! Copies of a file, beside it: `mcp.json.chatwork-backup-1`, with the name of the server and a
//! number that grows. The newest one is what the last write replaced.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::InstallError;
use super::file;

/// A copy of a file.
pub(super) struct Backup {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Copies the text of a file, and returns the path of the copy.
pub(super) fn make(of: &Path, name: &str, text: &str) -> Result<PathBuf, InstallError> {
    let mut number = newest(of, name) + 1;
    loop {
        let path = path(of, name, number);
        match file::create(&path, of, text) {
            Ok(()) => return Ok(path),
            // Another program made it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(InstallError::file(&path)(error)),
        }
    }
}

/// Returns the newest copy, if there is one.
pub(super) fn last(of: &Path, name: &str) -> Result<Option<Backup>, InstallError> {
    match newest(of, name) {
        0 => Ok(None),
        number => {
            let path = path(of, name, number);
            Ok(file::read(&path)?.map(|text| Backup { path, text }))
        }
    }
}

/// Returns the highest number of a copy, or 0.
fn newest(of: &Path, name: &str) -> u64 {
    let prefix = prefix(of, name);
    let folder = of.parent().unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let number = |entry: fs::DirEntry| {
        let file = entry.file_name();
        file.to_str()?.strip_prefix(&prefix)?.parse().ok()
    };
    entries.filter_map(number).max().unwrap_or(0)
}

fn path(of: &Path, name: &str, number: u64) -> PathBuf {
    of.with_file_name(format!("{}{number}", prefix(of, name)))
}

fn prefix(of: &Path, name: &str) -> String {
    let file = of.file_name().unwrap_or_default().to_string_lossy();
    format!("{file}.{name}-backup-")
}
