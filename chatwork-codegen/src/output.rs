//! The generated files: written, or compared with those that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::error::Error;

/// The files of a generated folder, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<String, String>,
}

/// A file of the folder that is not what would be generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The name of the file.
    pub name: String,
    /// A unified diff from what is there to what would be written.
    pub diff: String,
}

impl Output {
    /// Takes the files by name.
    pub fn new(files: BTreeMap<String, String>) -> Self {
        Self { files }
    }

    /// The files, in the order of their names.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The text of one file.
    pub fn file(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// Compares with a folder: what differs, what is missing, and what nobody generates any more.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when something in the folder cannot be read.
    pub fn changes(&self, folder: &Path) -> Result<Vec<Change>, Error> {
        let mut names: BTreeSet<String> = self.files.keys().cloned().collect();
        names.extend(existing(folder)?);
        let mut changes = Vec::new();
        for name in names {
            let old = read(&folder.join(&name))?;
            let new = self.files.get(&name).map(String::as_str);
            if old.as_deref() != new {
                let diff = unified(&name, &old.unwrap_or_default(), new.unwrap_or_default());
                changes.push(Change { name, diff });
            }
        }
        Ok(changes)
    }

    /// Writes what differs and removes what nobody generates any more; returns the names.
    ///
    /// Every file is complete under a temporary name before the first one is put in its place, so
    /// that a full disk or an interruption leaves no half of a file behind.
    ///
    /// # Errors
    ///
    /// [`Error::File`] with the file that could not be written.
    pub fn write(&self, folder: &Path) -> Result<Vec<String>, Error> {
        fs::create_dir_all(folder).map_err(|source| failed("create", folder, source))?;
        let names: Vec<String> = self.changes(folder)?.into_iter().map(|c| c.name).collect();
        let mut ready: Vec<(PathBuf, Option<NamedTempFile>)> = Vec::new();
        for name in &names {
            let path = folder.join(name);
            let file = match self.files.get(name) {
                Some(text) => Some(complete(folder, &path, text)?),
                None => None,
            };
            ready.push((path, file));
        }
        for (path, file) in ready {
            match file {
                Some(file) => {
                    file.persist(&path).map_err(|error| failed("write", &path, error.error))?;
                }
                None => fs::remove_file(&path).map_err(|e| failed("remove", &path, e))?,
            }
        }
        Ok(names)
    }
}

/// The names of the Rust files in a folder; none when there is no folder.
fn existing(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("read", folder, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|source| failed("read", folder, source))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rs") {
            names.push(name);
        }
    }
    Ok(names)
}

/// The text of a file, if there is one.
fn read(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path, error)),
    }
}

fn complete(folder: &Path, path: &Path, text: &str) -> Result<NamedTempFile, Error> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder).map_err(|e| failed("write", path, e))?;
    file.write_all(text.as_bytes()).map_err(|source| failed("write", path, source))?;
    Ok(file)
}

fn unified(name: &str, old: &str, new: &str) -> String {
    let header = (format!("{name} (as it is)"), format!("{name} (as generated)"));
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(2).header(&header.0, &header.1).to_string()
}

fn failed(action: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::File { action, path: path.to_owned(), source }
}
