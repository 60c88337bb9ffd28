//! The generated files: written, or compared with those that are there.

mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use similar::TextDiff;

use self::write::{Step, complete, take};
use crate::error::Error;

/// What every generated file begins with.
pub(crate) const HEADER: &str = "\
// Written by `cargo xtask codegen` from spec/chatwork.yaml. Do not edit: change the document and
// run the command again.

";

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

/// What [`Output::write`] has done, by the names of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// What was not there, or not the same.
    pub written: Vec<String>,
    /// A file that is no longer generated.
    pub removed: Vec<String>,
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

    /// Compares with a folder: what differs, what is missing, and what is no longer generated.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when something in the folder cannot be read, [`Error::Foreign`] when a Rust
    /// file in it has not been generated.
    pub fn changes(&self, folder: &Path) -> Result<Vec<Change>, Error> {
        let mut names: BTreeSet<String> = self.files.keys().cloned().collect();
        names.extend(existing(folder)?);
        let mut changes = Vec::new();
        for name in names {
            let old = read(&folder.join(&name))?;
            let new = self.files.get(&name).map(String::as_str);
            if old.as_deref().is_some_and(|old| !is_generated(old)) {
                return Err(Error::Foreign { path: folder.join(name) });
            }
            if old.as_deref() != new {
                let diff = unified(&name, &old.unwrap_or_default(), new.unwrap_or_default());
                changes.push(Change { name, diff });
            }
        }
        Ok(changes)
    }

    /// Writes what differs and removes what is no longer generated.
    ///
    /// Every file is complete under a temporary name before the first one is put in its place, so
    /// that a full disk or an interruption leaves no half of a file behind. When one of them cannot
    /// be put there, those before it become again what they were.
    ///
    /// # Errors
    ///
    /// [`Error::File`] with the file that could not be written, and [`Error::Foreign`] with a Rust
    /// file in the folder that was not generated. All files stay as they were.
    pub fn write(&self, folder: &Path) -> Result<Written, Error> {
        let changes = self.changes(folder)?;
        fs::create_dir_all(folder).map_err(|source| failed("create", folder, source))?;
        let mut done = Written::default();
        let mut steps = Vec::new();
        for Change { name, .. } in changes {
            let path = folder.join(&name);
            let old = read(&path)?;
            let new = match self.files.get(&name) {
                Some(text) => Some(complete(folder, &path, text)?),
                None => None,
            };
            let names = if new.is_some() { &mut done.written } else { &mut done.removed };
            names.push(name);
            steps.push(Step { path, old, new });
        }
        take(steps)?;
        Ok(done)
    }
}

/// Whether a file begins as every generated one does.
fn is_generated(text: &str) -> bool {
    text.lines().next() == HEADER.lines().next()
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

fn unified(name: &str, old: &str, new: &str) -> String {
    let header = (format!("{name} (as it is)"), format!("{name} (as generated)"));
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(2).header(&header.0, &header.1).to_string()
}

fn failed(action: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::File { action, path: path.to_owned(), source }
}
