//! The folders that files come from and go to.
//!
//! A folder is opened once, and files are reached from there only ([`cap_std`]): no path and no
//! link leads out. Links are not followed within it either, since one could lead to a hidden file.

use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};
use chatwork_api::limits::upload_room_file::FILE_MAX_BYTES;
use chatwork_app::one_line;

use crate::error::ServerError;
use crate::fault::{Fault, cut};

/// How many names are tried for a file.
pub(crate) const NAMES: u32 = 100;

/// The folders for uploads and downloads.
#[derive(Debug, Default)]
pub(crate) struct Folders {
    upload: Option<Dir>,
    download: Option<(Dir, PathBuf)>,
}

/// A file that is to be uploaded.
pub(crate) struct Content {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Folders {
    /// Opens the folders. None of them may lie inside of the other.
    pub(crate) fn open(
        upload: Option<&Path>,
        download: Option<&Path>,
    ) -> Result<Self, ServerError> {
        let upload = upload.map(real).transpose()?;
        let download = download.map(real).transpose()?;
        if let (Some(upload), Some(download)) = (&upload, &download)
            && (upload.starts_with(download) || download.starts_with(upload))
        {
            let (upload, download) = (upload.clone(), download.clone());
            return Err(ServerError::FoldersOverlap { upload, download });
        }
        let upload = upload.map(|path| dir(&path)).transpose()?;
        let download = download.map(|path| Ok::<_, ServerError>((dir(&path)?, path)));
        Ok(Self { upload, download: download.transpose()? })
    }

    /// Reads a file of the folder for uploads. Blocks.
    pub(crate) fn read(&self, path: &str) -> Result<Content, Fault> {
        let folder = self.upload.as_ref().ok_or_else(|| no_folder("uploads"))?;
        let relative = checked(path)?;
        refuse_links(folder, &relative)?;
        let file = folder.open(&relative).map_err(|error| unreadable(path, &error))?;
        let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
        if !metadata.is_file() {
            return Err(refused(path, "is not a file"));
        }
        if names(&metadata) > 1 {
            let what = "has several names (hard links): one of them may lie outside of the folder";
            return Err(refused(path, what));
        }
        let mut bytes = Vec::new();
        let mut reader = file.take(FILE_MAX_BYTES.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
        if bytes.len() as u64 > FILE_MAX_BYTES {
            return Err(refused(path, &format!("has more than {FILE_MAX_BYTES} bytes")));
        }
        let name = relative.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Content { name: name.unwrap_or_default(), bytes })
    }

    /// Makes a new file in the folder for downloads, under the first of its names that is not
    /// taken. Blocks.
    pub(crate) fn create(&self, names: &[String]) -> Result<Saved, Fault> {
        let (folder, path) = self.download.as_ref().ok_or_else(|| no_folder("downloads"))?;
        let fault = |error: io::Error| {
            Fault::new(format!("The file cannot be written: {error}"), "Tell the person.")
        };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        for name in names {
            match folder.open_with(name, &options) {
                Ok(file) => {
                    let folder = folder.try_clone().map_err(fault)?;
                    let (name, path) = (name.clone(), path.join(name));
                    return Ok(Saved { file, folder, name, path, is_whole: false });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(fault(error)),
            }
        }
        let what = format!("{} files have this name in the folder for downloads", names.len());
        Err(Fault::new(what, "Ask the person to clear it."))
    }
}

/// A file that is being saved. `Drop` removes it, unless it is whole.
pub(crate) struct Saved {
    file: File,
    folder: Dir,
    name: String,
    path: PathBuf,
    is_whole: bool,
}

impl Saved {
    /// Appends bytes. Blocks.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Keeps the file, and returns its path. Blocks.
    pub(crate) fn keep(mut self) -> io::Result<PathBuf> {
        self.file.sync_all()?;
        self.is_whole = true;
        Ok(std::mem::take(&mut self.path))
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        if !self.is_whole {
            // The caller has the error that came first.
            let _ = self.folder.remove_file(&self.name);
        }
    }
}

/// Returns how many names a file has.
#[cfg(unix)]
fn names(metadata: &cap_std::fs::Metadata) -> u64 {
    use cap_std::fs::MetadataExt;
    metadata.nlink()
}

/// Returns how many names a file has: not known on this system without opening it once more.
#[cfg(not(unix))]
fn names(_: &cap_std::fs::Metadata) -> u64 {
    1
}

/// Returns the path of a folder without links.
fn real(path: &Path) -> Result<PathBuf, ServerError> {
    fs::canonicalize(path).map_err(fault_at(path))
}

fn dir(path: &Path) -> Result<Dir, ServerError> {
    Dir::open_ambient_dir(path, ambient_authority()).map_err(fault_at(path))
}

fn fault_at(path: &Path) -> impl FnOnce(io::Error) -> ServerError + use<> {
    let path = path.to_owned();
    move |source| ServerError::Folder { path, source }
}

/// Checks that a path stays in its folder and names no hidden file.
fn checked(path: &str) -> Result<PathBuf, Fault> {
    let mut relative = PathBuf::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(name) if is_hidden(&name.to_string_lossy()) => {
                return Err(refused(path, "is hidden: its name begins with a dot"));
            }
            Component::Normal(name) => relative.push(name),
            Component::CurDir => {}
            _ => return Err(refused(path, "leads out of the folder")),
        }
    }
    match relative.as_os_str().is_empty() {
        true => Err(refused(path, "names no file")),
        false => Ok(relative),
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.chars().any(char::is_control)
}

/// Refuses a path if it or a folder above it is a link.
fn refuse_links(folder: &Dir, relative: &Path) -> Result<(), Fault> {
    let mut part = PathBuf::new();
    let shown = relative.to_string_lossy();
    for component in relative.components() {
        part.push(component);
        let metadata =
            folder.symlink_metadata(&part).map_err(|error| unreadable(&shown, &error))?;
        if metadata.is_symlink() {
            return Err(refused(&shown, "is a link"));
        }
        if part == relative && !metadata.is_file() {
            return Err(refused(&shown, "is not a file"));
        }
    }
    Ok(())
}

const RELATIVE: &str =
    "Give the path of a file inside of the folder for uploads, relative to it, such as report.pdf.";

fn refused(path: &str, what: &str) -> Fault {
    Fault::new(format!("`{}` {what}", cut(&one_line(path), 200)), RELATIVE)
}

fn unreadable(path: &str, error: &io::Error) -> Fault {
    let why = match error.kind() {
        ErrorKind::NotFound => "does not exist in the folder for uploads",
        ErrorKind::PermissionDenied => "leads out of the folder, or may not be read",
        _ => "cannot be read",
    };
    refused(path, why)
}

fn no_folder(what: &str) -> Fault {
    Fault::new(format!("There is no folder for {what}"), "Ask the person to set one.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders() -> (tempfile::TempDir, Folders) {
        let home = tempfile::tempdir().unwrap();
        let (up, down) = (home.path().join("up"), home.path().join("down"));
        fs::create_dir_all(up.join("sub")).unwrap();
        fs::create_dir(&down).unwrap();
        fs::write(up.join("sub/a.txt"), "hello").unwrap();
        fs::write(up.join(".secret"), "token").unwrap();
        fs::write(home.path().join("outside.txt"), "token").unwrap();
        let folders = Folders::open(Some(&up), Some(&down)).unwrap();
        (home, folders)
    }

    fn refusal(folders: &Folders, path: &str) -> String {
        folders.read(path).map(|content| content.name).unwrap_err().text()
    }

    #[test]
    fn a_file_inside_of_the_folder_is_read() {
        let (_home, folders) = folders();
        let content = folders.read("./sub/a.txt").unwrap();
        assert_eq!((content.name.as_str(), content.bytes.as_slice()), ("a.txt", &b"hello"[..]));
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let (home, folders) = folders();
        let outside = home.path().join("outside.txt");
        for path in ["../outside.txt", "sub/../../outside.txt", outside.to_str().unwrap()] {
            assert!(refusal(&folders, path).contains("leads out"), "{path}");
        }
    }

    #[test]
    fn a_hidden_file_a_folder_and_nothing_are_refused() {
        let (_home, folders) = folders();
        assert!(refusal(&folders, ".secret").contains("hidden"));
        assert!(refusal(&folders, "sub").contains("is not a file"));
        assert!(refusal(&folders, ".").contains("names no file"));
        assert!(refusal(&folders, "missing").contains("does not exist"));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        use std::os::unix::fs::symlink;
        let (home, folders) = folders();
        let up = home.path().join("up");
        symlink(home.path().join("outside.txt"), up.join("out")).unwrap();
        symlink(up.join(".secret"), up.join("in")).unwrap();
        symlink(home.path(), up.join("folder")).unwrap();
        for path in ["out", "in", "folder/outside.txt"] {
            assert!(refusal(&folders, path).contains("is a link"), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_a_name_outside_of_the_folder_is_refused() {
        let (home, folders) = folders();
        fs::hard_link(home.path().join("outside.txt"), home.path().join("up/in.txt")).unwrap();
        assert!(refusal(&folders, "in.txt").contains("several names"));
    }

    #[test]
    fn a_file_that_is_too_large_is_refused() {
        let (home, folders) = folders();
        let file = fs::File::create(home.path().join("up/large.bin")).unwrap();
        file.set_len(FILE_MAX_BYTES + 1).unwrap();
        assert!(refusal(&folders, "large.bin").contains("5242880 bytes"));
    }

    #[test]
    fn folders_that_overlap_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let inner = home.path().join("inner");
        fs::create_dir(&inner).unwrap();
        for (up, down) in [(home.path(), inner.as_path()), (&inner, home.path()), (&inner, &inner)]
        {
            let overlap = Folders::open(Some(up), Some(down));
            assert!(matches!(overlap, Err(ServerError::FoldersOverlap { .. })));
        }
        let missing = Folders::open(Some(&home.path().join("no")), None);
        assert!(matches!(missing, Err(ServerError::Folder { .. })));
    }

    #[test]
    fn a_saved_file_replaces_no_other_one() {
        let (home, folders) = folders();
        let names = ["a-1.txt".to_owned(), "a-2.txt".to_owned()];
        let down = home.path().join("down");
        fs::write(down.join("a-1.txt"), "of the person").unwrap();
        let mut saved = folders.create(&names).unwrap();
        saved.write(b"new").unwrap();
        let path = saved.keep().unwrap();
        assert_eq!(fs::read(path).unwrap(), b"new");
        assert_eq!(fs::read(down.join("a-1.txt")).unwrap(), b"of the person");
    }

    #[test]
    fn a_file_that_is_not_whole_is_removed() {
        let (home, folders) = folders();
        let mut saved = folders.create(&["half.bin".to_owned()]).unwrap();
        saved.write(b"half").unwrap();
        drop(saved);
        assert_eq!(fs::read_dir(home.path().join("down")).unwrap().count(), 0);
    }
}
