//! The file of a client, and what is done to it.

use std::fs;
use std::path::{Path, PathBuf};

use super::backup::{self, Backup};
use super::client::Client;
use super::entry::Entry;
use super::error::InstallError;
use super::folders::{self, Folders};
use super::{file, merge};

/// The configuration file of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    client: Client,
    path: PathBuf,
}

/// What a write did to the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The file has the entry now, and had none of this name.
    Added,
    /// The entry was another one.
    Replaced,
    /// The file had this entry already, and was not written.
    Unchanged,
}

/// What a write did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// What became of the entry.
    pub change: Change,
    /// The copy of the file as it was; `None` if there was none, or if nothing was written.
    pub backup: Option<PathBuf>,
}

/// How a write was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undo {
    /// The file has the bytes again that it had before.
    Restored,
    /// The file was made by the write, had nothing else, and is removed.
    FileRemoved,
    /// The file was changed since. The entry alone is as it was before.
    EntryRestored,
    /// The file was changed since. The entry alone is removed.
    EntryRemoved,
}

/// What taking back did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undone {
    /// How it was taken back.
    pub how: Undo,
}

impl Target {
    /// Returns the file of the user.
    pub fn of_user(client: Client, folders: &Folders) -> Self {
        Self { client, path: folders.of_client(client) }
    }

    /// Returns the file of the project in a folder.
    ///
    /// # Errors
    ///
    /// [`InstallError::NoProject`] if the client has no file for a project.
    pub fn of_project(client: Client, folder: impl AsRef<Path>) -> Result<Self, InstallError> {
        Ok(Self { client, path: folders::of_project(client, folder.as_ref())? })
    }

    /// Returns any file, in the format of the client.
    pub fn at(client: Client, path: impl Into<PathBuf>) -> Self {
        Self { client, path: path.into() }
    }

    /// Returns the client.
    pub fn client(&self) -> Client {
        self.client
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the entry into the file. Copies the file first.
    ///
    /// # Errors
    ///
    /// - [`InstallError::Syntax`], [`InstallError::Shape`] or [`InstallError::Twice`] if the file is
    ///   not what the client reads.
    /// - [`InstallError::Foreign`] if it has another server of this name.
    /// - [`InstallError::Variable`] if the client would replace a part of the entry.
    /// - [`InstallError::Changed`] if another program changed the file meanwhile.
    /// - [`InstallError::BrokenLink`] if the path is a link that leads to no file.
    /// - [`InstallError::File`] if the file cannot be read or written.
    pub fn write(&self, entry: &Entry) -> Result<Written, InstallError> {
        entry.check(self.client)?;
        let path = file::real(&self.path)?;
        let before = file::read(&path)?;
        let text = before.as_deref().unwrap_or_default();
        let known = self.find(text, entry.name())?;
        let with_entry = self.with(text, entry)?;
        if before.as_deref() == Some(&with_entry) {
            return Ok(Written { change: Change::Unchanged, backup: None });
        }
        let backup = match &before {
            Some(text) => Some(backup::make(&path, entry.name(), text)?),
            None => None,
        };
        if let Err(error) = file::replace(&path, before.as_deref(), &with_entry) {
            // The copy is of no use: the file is as it was.
            backup.iter().for_each(|backup| _ = fs::remove_file(backup));
            return Err(error);
        }
        let change = if known.is_some() { Change::Replaced } else { Change::Added };
        Ok(Written { change, backup })
    }

    /// Takes the last write of the entry with this name back, and removes its copy.
    ///
    /// # Errors
    ///
    /// [`InstallError::NotThere`] if the file has no entry of this server with the name. Else those
    /// of [`Target::write`].
    pub fn undo(&self, name: &str) -> Result<Undone, InstallError> {
        let path = file::real(&self.path)?;
        let missing = || InstallError::NotThere { path: path.clone(), name: name.to_owned() };
        let now = file::read(&path)?.ok_or_else(missing)?;
        let entry = self.find(&now, name)?.ok_or_else(missing)?;
        match backup::last(&path, name)? {
            Some(backup) => self.undo_to(&path, &now, &entry, &backup),
            None if self.with("", &entry).is_ok_and(|fresh| fresh == now) => {
                fs::remove_file(&path).map_err(InstallError::file(&path))?;
                Ok(Undone { how: Undo::FileRemoved })
            }
            None => {
                file::replace(&path, Some(&now), &self.restored(&now, "", name)?)?;
                Ok(Undone { how: Undo::EntryRemoved })
            }
        }
    }

    fn undo_to(
        &self,
        path: &Path,
        now: &str,
        entry: &Entry,
        backup: &Backup,
    ) -> Result<Undone, InstallError> {
        let name = entry.name();
        let is_untouched = self.with(&backup.text, entry).is_ok_and(|text| text == now);
        let how = if is_untouched {
            file::replace(path, Some(now), &backup.text)?;
            Undo::Restored
        } else {
            file::replace(path, Some(now), &self.restored(now, &backup.text, name)?)?;
            match self.find(&backup.text, name)? {
                Some(_) => Undo::EntryRestored,
                None => Undo::EntryRemoved,
            }
        };
        fs::remove_file(&backup.path).map_err(InstallError::file(&backup.path))?;
        Ok(Undone { how })
    }

    fn with(&self, text: &str, entry: &Entry) -> Result<String, InstallError> {
        merge::insert(text, self.client, entry).map_err(|fault| fault.at(&self.path))
    }

    fn find(&self, text: &str, name: &str) -> Result<Option<Entry>, InstallError> {
        merge::find(text, self.client, name).map_err(|fault| fault.at(&self.path))
    }

    fn restored(&self, text: &str, earlier: &str, name: &str) -> Result<String, InstallError> {
        merge::restore(text, earlier, self.client, name).map_err(|fault| fault.at(&self.path))
    }
}
