//! A file that is complete or not there.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use fs4::FileExt;

use crate::failure::{Done, file};

/// The end of the name of a file that is not complete.
const PART: &str = ".part";
/// How many characters between the names of the file and of its kind make a part's name its own.
const RANDOM: usize = 6;

/// Makes a new file for its owner alone: texts of colleagues are personal data. It has its name once
/// it is complete, so that a disk that is full leaves nothing in the way of the next run.
///
/// A process that is killed leaves `PATH.XXXXXX.part`. The next run into the same path removes it.
pub(super) fn save(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Done) -> Done {
    let failed = |error: &io::Error| file(path, error);
    if path.symlink_metadata().is_ok() {
        return Err(failed(&io::ErrorKind::AlreadyExists.into()));
    }
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default();
    remove_parts(folder, name);
    let mut prefix = name.to_owned();
    prefix.push(".");
    // It is made with 0600, and removed if it is dropped.
    let part = tempfile::Builder::new()
        .prefix(&prefix)
        .suffix(PART)
        .rand_bytes(RANDOM)
        .tempfile_in(folder)
        .map_err(|it| failed(&it))?;
    // Other runs know by the lock that this one goes on. A disk without locks has none.
    let _ = FileExt::try_lock(part.as_file());
    let mut writer = BufWriter::new(part.as_file());
    fill(&mut writer)?;
    writer.flush().map_err(|it| failed(&it))?;
    drop(writer);
    part.as_file().sync_all().map_err(|it| failed(&it))?;
    // On Windows a locked file cannot be read.
    let _ = FileExt::unlock(part.as_file());
    part.persist_noclobber(path).map(drop).map_err(|it| failed(&it.error))
}

/// Removes what killed processes left of this file: it has texts of colleagues. What another process
/// still writes is locked, and stays. One that cannot be removed is left: it is not in the way.
fn remove_parts(folder: &Path, name: &OsStr) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_part(&entry.file_name(), name) && is_left(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Returns whether this is the name of a part of a file.
fn is_part(found: &OsStr, name: &OsStr) -> bool {
    let (found, name) = (found.as_encoded_bytes(), name.as_encoded_bytes());
    let middle = found.strip_prefix(name).and_then(|rest| rest.strip_prefix(b"."));
    let middle = middle.and_then(|rest| rest.strip_suffix(PART.as_bytes()));
    middle.is_some_and(|it| it.len() == RANDOM && it.iter().all(u8::is_ascii_alphanumeric))
}

/// Returns whether this is a file that no process writes any more.
fn is_left(path: &Path) -> bool {
    let is_file = path.symlink_metadata().is_ok_and(|it| it.is_file());
    let open = || OpenOptions::new().write(true).open(path);
    let lock = |opened: File| FileExt::try_lock(&opened).is_ok();
    is_file && open().is_ok_and(lock)
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
            Err(io::Error::from(io::ErrorKind::StorageFull).into())
        };
        assert!(save(&path, half).is_err());
        assert!(names(folder.path()).is_empty());
        assert!(save(&path, |writer| Ok(writer.write_all(b"all of it")?)).is_ok());
        assert_eq!(fs::read(&path).unwrap(), b"all of it");
        assert_eq!(names(folder.path()), ["all.csv"]);
    }

    #[test]
    fn an_export_replaces_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.csv");
        fs::write(&path, "before").unwrap();
        assert!(save(&path, |writer| Ok(writer.write_all(b"after")?)).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"before");
    }

    #[test]
    fn what_a_killed_run_left_of_the_same_file_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let others =
            ["all.csv.part", "all.csv.12345.part", "all.csv.abc.12.part", "b.csv.aB3dE6.part"];
        for name in others.iter().chain(&["all.csv.aB3dE6.part"]) {
            fs::write(folder.path().join(name), "half of it").unwrap();
        }
        fs::create_dir(folder.path().join("all.csv.FOLDER.part")).unwrap();
        save(&folder.path().join("all.csv"), |writer| Ok(writer.write_all(b"x")?)).unwrap();
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
        assert!(folder.path().join("all.csv.FOLDER.part").exists());
        assert!(!folder.path().join("all.csv.aB3dE6.part").exists());
    }

    #[test]
    fn what_another_run_still_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.csv");
        let first = save(&path, |writer| {
            writer.write_all(b"first")?;
            // Another run meanwhile, which fails.
            let failed = save(&path, |_| Err(io::Error::from(io::ErrorKind::StorageFull).into()));
            assert!(failed.is_err());
            Ok(())
        });
        first.unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }
}
