//! Files that are replaced as a whole.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::InstallError;

/// Returns the file that a path leads to. A symbolic link stays one: people keep configurations in
/// a repository of their own. A link that leads to no file is an error: a new file in its place would
/// be outside of that repository.
pub(super) fn real(path: &Path) -> Result<PathBuf, InstallError> {
    match (fs::canonicalize(path), fs::read_link(path)) {
        (Ok(real), _) => Ok(real),
        (Err(_), Ok(to)) => Err(InstallError::BrokenLink { path: path.to_owned(), to }),
        (Err(_), Err(_)) => Ok(path.to_owned()),
    }
}

/// Reads a text file, or returns `None` if there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, InstallError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(InstallError::file(path)(error)),
    }
}

/// Replaces a file at once, if it still has the text that was read.
///
/// It keeps its permissions. A new file can be read by its owner alone: other entries may hold
/// keys.
pub(super) fn replace(
    path: &Path,
    read_before: Option<&str>,
    text: &str,
) -> Result<(), InstallError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(InstallError::file(folder))?;
    let file = written(folder, text, permissions(path)).map_err(InstallError::file(path))?;
    if read(path)?.as_deref() != read_before {
        return Err(InstallError::Changed { path: path.to_owned() });
    }
    file.persist(path).map_err(|error| InstallError::file(path)(error.error))?;
    Ok(())
}

/// Writes a new file with the permissions of another one, and never over a file that exists.
pub(super) fn create(path: &Path, like: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    written(folder, text, permissions(like))?.persist_noclobber(path)?;
    Ok(())
}

fn written(
    folder: &Path,
    text: &str,
    permissions: Option<fs::Permissions>,
) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

fn permissions(path: &Path) -> Option<fs::Permissions> {
    fs::metadata(path).ok().map(|it| it.permissions())
}
