//! Writing a download to disk: whole, or not at all.

use std::path::{Path, PathBuf};

use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::Download;
use crate::error::{FileError, Result};
use crate::rng;

impl Download {
    /// Writes the file to a path. It is written under a temporary name beside it and then renamed,
    /// so that there is never half of it under its own name; a file that is there is replaced.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`], and [`Error::File`](crate::Error::File) when it cannot be written.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let temporary = Temporary::beside(path);
        self.write(&temporary.0).await?;
        tokio::fs::rename(&temporary.0, path).await.map_err(FileError::at(path))?;
        temporary.keep();
        Ok(())
    }

    /// Writes the file into a folder, under its own name with what no file name should hold
    /// replaced. Gives the path.
    ///
    /// # Errors
    ///
    /// As [`Download::save_to`].
    pub async fn save_into(self, folder: impl AsRef<Path>) -> Result<PathBuf> {
        let path = folder.as_ref().join(safe_name(self.file_name()));
        self.save_to(&path).await?;
        Ok(path)
    }

    async fn write(&mut self, path: &Path) -> Result<()> {
        let mut file = File::create_new(path).await.map_err(FileError::at(path))?;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(FileError::at(path))?;
        }
        Ok(finish(file).await.map_err(FileError::at(path))?)
    }
}

async fn finish(mut file: File) -> std::io::Result<()> {
    // `sync_all` forgets an error of the last write; `flush` tells it.
    file.flush().await?;
    file.sync_all().await
}

/// A file that goes when it is dropped: also when nobody waits for the download any more.
struct Temporary(PathBuf);

impl Temporary {
    /// A name beside the path that nobody else uses. It is short: the path's own name may be as
    /// long as names can be.
    fn beside(path: &Path) -> Self {
        Self(path.with_file_name(format!(".{:016x}.part", rng::number())))
    }

    /// It has another name by now.
    fn keep(mut self) {
        self.0 = PathBuf::new();
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What is left of it serves nobody; the error that matters is the one before.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The most bytes of a file's name on common file systems.
const NAME_MAX: usize = 255;

/// A name without what leads out of a folder or what file systems refuse.
fn safe_name(name: &str) -> String {
    let replace = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = name.chars().map(replace).collect();
    let name = name.trim().trim_end_matches(['.', ' ']);
    if name.is_empty() { "file".to_owned() } else { shortened(name) }
}

/// A name of at most [`NAME_MAX`] bytes, with its ending.
fn shortened(name: &str) -> String {
    let (stem, ending) = match name.rfind('.') {
        // What is longer is no ending.
        Some(dot) if name.len() - dot <= 16 => name.split_at(dot),
        _ => (name, ""),
    };
    let mut stem = stem.to_owned();
    while stem.len() + ending.len() > NAME_MAX {
        stem.pop();
    }
    stem + ending
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_name_cannot_lead_out_of_its_folder() {
        assert_eq!(safe_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!([safe_name(".."), safe_name(". .")], ["file", "file"]);
    }

    #[test]
    fn a_japanese_name_stays() {
        assert_eq!(safe_name("議事録 10月.pdf"), "議事録 10月.pdf");
    }
}
