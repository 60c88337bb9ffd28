//! Files and folders that are complete or not there.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::connection::private_file;
use crate::error::{ArchiveError, Result};

/// Returns the path beside a file or a folder under which it is written until it is complete. Another
/// process has another one, but in a container all of them may have the same number: what is there was
/// left by one that was killed.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// Returns the name of what a part becomes, or `None` if this is not the name of a part.
pub(crate) fn whole_of(part: &str) -> Option<&str> {
    let (whole, number) = part.strip_suffix(".part")?.rsplit_once('.')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(whole)
}

/// Removes what killed processes left of this file or folder: it has the whole text. One that cannot
/// be removed is left, since what is written now does not need it.
pub(crate) fn remove_parts(path: &Path) {
    let (Some(name), Some(folder)) = (path.file_name(), path.parent()) else { return };
    let (name, folder) = (name.to_string_lossy(), if folder == "" { ".".as_ref() } else { folder });
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        if whole_of(&found) == Some(&*name) {
            remove_part(&entry.path());
        }
    }
}

/// Removes a part, and returns whether it is gone.
pub(crate) fn remove_part(path: &Path) -> bool {
    let is_folder = path.symlink_metadata().is_ok_and(|it| it.is_dir());
    let removed = if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.is_ok()
}

/// Copies an archive to a file that only its owner may read, and replaces the file that is there.
/// After an error, nothing has changed.
pub(crate) fn copy_to(connection: &Connection, archive: &Path, target: &Path) -> Result<()> {
    let part = part_of(target);
    // VACUUM INTO needs a path in UTF-8.
    let name = part.to_str().ok_or_else(|| ArchiveError::File {
        path: target.to_owned(),
        source: std::io::Error::other("the path is not valid UTF-8"),
    })?;
    let copy = || {
        remove_parts(target);
        match fs::remove_file(&part) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(ArchiveError::file(&part)(error));
            }
            _ => private_file(&part)?,
        };
        let copied = connection.execute("VACUUM INTO ?1", [name]);
        copied.map_err(ArchiveError::sqlite(archive))?;
        // SQLite leaves it to the operating system when the copy is on the disk.
        let synced = File::options().write(true).open(&part).and_then(|file| file.sync_all());
        synced.and_then(|()| fs::rename(&part, target)).map_err(ArchiveError::file(target))
    };
    copy().inspect_err(|_| {
        // The first error matters to the caller; this one does not.
        let _ = fs::remove_file(&part);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_beside_what_it_becomes() {
        let part = part_of(Path::new("/a/me.backup"));
        assert_eq!(part.parent(), Some(Path::new("/a")));
        assert!(part.to_string_lossy().starts_with("/a/me.backup."));
        assert_eq!(part_of(Path::new("pages/")).parent(), Some(Path::new("")));
    }

    #[test]
    fn what_a_killed_process_left_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(part_of(&to), "half of it").unwrap();
        let connection = Connection::open(&from).unwrap();
        connection.execute_batch("CREATE TABLE x (y)").unwrap();
        copy_to(&connection, &from, &to).unwrap();
        assert!(!part_of(&to).exists());
        Connection::open(&to).unwrap().execute_batch("SELECT y FROM x").unwrap();
    }

    #[test]
    fn what_another_process_left_of_the_same_copy_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        let others = ["other.7.part", "to.x.part", "to.7", "to.2.7.part", "toward.7.part"];
        for name in others.iter().chain(&["to.7.part"]) {
            fs::write(folder.path().join(name), "half of it").unwrap();
        }
        fs::create_dir(folder.path().join("to.8.part")).unwrap();
        copy_to(&Connection::open(&from).unwrap(), &from, &to).unwrap();
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
        assert!(!folder.path().join("to.7.part").exists());
        assert!(!folder.path().join("to.8.part").exists());
    }

    #[test]
    fn a_copy_that_fails_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        let connection = Connection::open(&from).unwrap();
        fs::write(&to, "before").unwrap();
        // Inside of a transaction no copy is made.
        connection.execute_batch("CREATE TABLE x (y); BEGIN").unwrap();
        copy_to(&connection, &from, &to).unwrap_err();
        assert_eq!(fs::read(&to).unwrap(), b"before");
        connection.execute_batch("COMMIT").unwrap();
        copy_to(&connection, &from, &to).unwrap();
        Connection::open(&to).unwrap().execute_batch("SELECT y FROM x").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
