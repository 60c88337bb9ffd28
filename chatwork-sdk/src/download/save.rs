//! Writes a download to disk: the whole file, or no file.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::task::spawn_blocking;

use super::Download;
use super::name::{numbered, safe_name};
use crate::error::{FileError, Result};
use crate::rng;

/// The most names that [`Download::save_into`] tries.
const NAMES: u32 = 10_000;

impl Download {
    /// Writes the file to a path, and replaces a file that is there.
    ///
    /// The bytes are written under a temporary name in the same folder, synced and renamed. So the
    /// path never holds half a file. A replaced file keeps its permissions. If the path is a
    /// symbolic link, its target is written. If the future is dropped, no file is left behind.
    ///
    /// # Errors
    ///
    /// Those of [`Download::chunk`], and [`Error::File`](crate::Error::File) if the file cannot be
    /// written.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let target = resolve(path).await.map_err(FileError::at(path))?;
        let temporary = self.write_beside(&target).await?;
        temporary.replace(target).await.map_err(FileError::at(path))?;
        Ok(())
    }

    /// Writes the file into a folder under a safe form of its own name, and returns the path.
    ///
    /// An existing file is never replaced: the name gets a number, as in `report (2).pdf`, since two
    /// files of a room often have the same name. The safe name has no path separator, no control or
    /// direction character, no leading `.`, `-` or `~`, and is not a name that Windows reserves.
    ///
    /// # Errors
    ///
    /// Those of [`Download::save_to`].
    pub async fn save_into(mut self, folder: impl AsRef<Path>) -> Result<PathBuf> {
        let name = safe_name(self.file_name());
        let path = folder.as_ref().join(&name);
        let temporary = self.write_beside(&path).await?;
        Ok(temporary.claim(path.clone(), name).await.map_err(FileError::at(&path))?)
    }

    async fn write_beside(&mut self, path: &Path) -> Result<Temporary> {
        let (temporary, file) =
            Temporary::create(path.to_owned()).await.map_err(FileError::at(path))?;
        let mut file = File::from_std(file);
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(FileError::at(path))?;
        }
        finish(file).await.map_err(FileError::at(path))?;
        Ok(temporary)
    }
}

async fn finish(mut file: File) -> io::Result<()> {
    // `sync_all` drops an error of the last write; `flush` returns it.
    file.flush().await?;
    file.sync_all().await
}

/// Follows symbolic links to the file that is written. The target need not exist.
async fn resolve(path: &Path) -> io::Result<PathBuf> {
    /// As many links as Linux follows before it reports a loop.
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match tokio::fs::read_link(&path).await {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

/// Runs file system work on a blocking thread.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// A temporary file. `Drop` removes it, also if the download is cancelled.
struct Temporary(PathBuf);

impl Temporary {
    /// Creates a file with a short random name beside the path. The same blocking closure creates
    /// the file and its guard. So if the caller is dropped meanwhile, the closure's result is
    /// dropped, and the guard removes the file.
    async fn create(path: PathBuf) -> io::Result<(Self, fs::File)> {
        blocking(move || {
            let temporary = path.with_file_name(format!(".{:016x}.part", rng::number()));
            Self::create_at(temporary, &path)
        })
        .await
    }

    /// Creates the file, with the permissions of the file that it will replace.
    fn create_at(temporary: PathBuf, replaced: &Path) -> io::Result<(Self, fs::File)> {
        // A file that is there belongs to another program: neither overwrite nor remove it.
        let file = fs::File::create_new(&temporary)?;
        let guard = Self(temporary);
        if let Ok(replaced) = fs::metadata(replaced) {
            file.set_permissions(replaced.permissions())?;
        }
        Ok((guard, file))
    }

    /// Renames the file to the path.
    async fn replace(self, path: PathBuf) -> io::Result<()> {
        blocking(move || {
            fs::rename(&self.0, path)?;
            self.keep();
            Ok(())
        })
        .await
    }

    /// Renames the file to the first unused name, and returns its path.
    async fn claim(self, path: PathBuf, name: String) -> io::Result<PathBuf> {
        blocking(move || {
            for number in 1..=NAMES {
                let numbered = if number == 1 { name.clone() } else { numbered(&name, number) };
                let path = path.with_file_name(numbered);
                // `create_new` reserves the name. Without it the rename could replace a file that
                // another program creates in between.
                match fs::File::create_new(&path) {
                    Ok(_) => {}
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                    Err(error) => return Err(error),
                }
                let reserved = Self(path.clone());
                fs::rename(&self.0, &path)?;
                self.keep();
                reserved.keep();
                return Ok(path);
            }
            Err(io::Error::new(ErrorKind::AlreadyExists, "10000 files have this name"))
        })
        .await
    }

    /// Disarms the guard: the file has its final name now.
    fn keep(mut self) {
        self.0 = PathBuf::new();
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.0.as_os_str().is_empty() {
            // The caller gets the error that came first. This one is ignored.
            let _ = fs::remove_file(&self.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_temporary_file_takes_the_name_of_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join(".0123456789abcdef.part");
        fs::write(&there, "of another program").unwrap();
        let created = Temporary::create_at(there.clone(), &folder.path().join("copy.bin"));
        assert_eq!(created.map(drop).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(there).unwrap(), b"of another program");
    }

    #[tokio::test]
    async fn a_folder_that_is_removed_during_a_download_is_not_found() {
        let folder = tempfile::tempdir().unwrap();
        let (temporary, _) = Temporary::create(folder.path().join("copy.bin")).await.unwrap();
        let path = folder.path().join("removed").join("copy.bin");
        let error = temporary.claim(path, "copy.bin".to_owned()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }

    /// Writes one byte to a device, and finishes.
    #[cfg(target_os = "linux")]
    async fn finished(device: &str) -> io::Result<()> {
        let device = fs::OpenOptions::new().write(true).open(device).unwrap();
        let mut file = File::from_std(device);
        // This only hands the byte to a blocking thread: its error comes with a later call.
        file.write_all(b"x").await.unwrap();
        finish(file).await
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn an_error_of_the_last_write_is_an_error_of_the_file() {
        // `/dev/full` has no space left.
        assert_eq!(finished("/dev/full").await.unwrap_err().kind(), ErrorKind::StorageFull);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_file_is_synced() {
        // `/dev/null` takes every byte, and refuses to be synced.
        assert_eq!(finished("/dev/null").await.unwrap_err().kind(), ErrorKind::InvalidInput);
    }

    #[test]
    fn a_save_that_is_cancelled_before_its_file_is_created_leaves_none() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.max_blocking_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let (release, busy) = mpsc::channel::<()>();
            let blocked = spawn_blocking(move || busy.recv());
            let mut create = Box::pin(Temporary::create(folder.path().join("copy.bin")));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(create.as_mut().poll(&mut context).is_pending());
            drop(create);
            release.send(()).unwrap();
            blocked.await.unwrap().unwrap();
            // The only blocking thread runs its work in order: the creation is over after this.
            let names = spawn_blocking(move || fs::read_dir(folder.path()).unwrap().count());
            assert_eq!(names.await.unwrap(), 0);
        });
    }
}
