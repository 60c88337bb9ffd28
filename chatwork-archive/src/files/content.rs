//! The folder of files: one file for each content, named by its hash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

/// Returns where the content with this hash is: `ab/abcdef…`. `None` if the hash is not one: what
/// an import or another program wrote must not become another path.
pub(crate) fn content_path(folder: &Path, hash: &str) -> Option<PathBuf> {
    let valid = hash.len() == 64 && hash.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    Some(folder.join(hash.get(..2)?).join(hash)).filter(|_| valid)
}

/// Returns the name of a file while it is being written. Two that are written at the same time are two
/// files.
pub(super) fn part_name(room: i64, file: i64) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{room}.{file}.{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Returns the room and the file of such a name, with `.part` behind it. `None` for other names, such
/// as those of an import.
pub(crate) fn file_of_part(name: &str) -> Option<(i64, i64)> {
    let mut numbers = name.split('.').map(|it| it.parse().ok());
    numbers.next()?.zip(numbers.next()?)
}

/// Returns bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file that is being written. Dropping it removes it, unless it was kept.
pub(crate) struct PartFile {
    path: PathBuf,
    file: Option<File>,
    hash: Sha256,
    size: u64,
}

impl PartFile {
    /// Begins a file in the folder, which only its owner may read.
    pub(crate) fn create(folder: &Path, name: &str) -> io::Result<Self> {
        private_folder(folder)?;
        let path = folder.join(format!("{name}.part"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok(Self { path, file: Some(file), hash: Sha256::new(), size: 0 })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.write_all(bytes)?;
        }
        self.hash.update(bytes);
        self.size = self.size.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// Waits until what was written is on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_all)
    }

    /// Gives the file its place if its content has this hash. Returns whether it has.
    pub(crate) fn keep_as(self, folder: &Path, hash: &str) -> io::Result<bool> {
        match hex(&self.hash.clone().finalize()) == hash {
            true => self.keep(folder).map(|_| true),
            false => Ok(false),
        }
    }

    /// Gives the file its place by content, and returns its hash and size. The same content is
    /// stored once.
    pub(crate) fn keep(mut self, folder: &Path) -> io::Result<(String, u64)> {
        self.sync()?;
        // Windows renames no open file.
        self.file = None;
        let hash = hex(&std::mem::take(&mut self.hash).finalize());
        let target = content_path(folder, &hash).ok_or(io::ErrorKind::InvalidData)?;
        if let Some(parent) = target.parent() {
            private_folder(parent)?;
        }
        fs::rename(&self.path, &target)?;
        #[cfg(unix)]
        if let Some(parent) = target.parent() {
            // The name is on the disk before the database says that the file is there.
            File::open(parent)?.sync_all()?;
        }
        Ok((hash, self.size))
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        // After `keep` there is none, and another error matters more than this one.
        let _ = fs::remove_file(&self.path);
    }
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_content_is_stored_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = |name: &str| {
            let mut file = PartFile::create(folder.path(), name).unwrap();
            file.write(b"hel").unwrap();
            file.write(b"lo").unwrap();
            file.keep(folder.path()).unwrap()
        };
        assert_eq!(store("1"), store("2"));
        let (hash, size) = store("3");
        assert_eq!(hash, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assert_eq!(size, 5);
        let path = content_path(folder.path(), &hash).unwrap();
        assert_eq!(fs::read(path).unwrap(), b"hello");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_not_kept_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = PartFile::create(folder.path(), "1").unwrap();
        file.write(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_hash_that_is_none_is_no_path() {
        let folder = Path::new("/files");
        for hash in ["", "..", "../../etc/passwd", &"A".repeat(64), &"é".repeat(32)] {
            assert_eq!(content_path(folder, hash), None, "{hash}");
        }
    }
}
