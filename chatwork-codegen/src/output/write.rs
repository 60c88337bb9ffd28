//! Files put in their places, all of them or none.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failed;
use crate::error::Error;

/// A file that is to be put in its place, or taken away.
pub(super) struct Step {
    pub(super) path: PathBuf,
    pub(super) old: Option<String>,
    pub(super) new: Option<NamedTempFile>,
}

/// Takes every step, or none: what has been replaced is put back when a later step fails.
pub(super) fn take(steps: Vec<Step>) -> Result<(), Error> {
    let mut taken: Vec<(PathBuf, Option<String>)> = Vec::new();
    for Step { path, old, new } in steps {
        let result = match new {
            Some(file) => file.persist(&path).map(drop).map_err(|error| error.error),
            None => fs::remove_file(&path),
        };
        if let Err(source) = result {
            for (path, old) in &taken {
                restore(path, old.as_deref())?;
            }
            return Err(failed("replace", &path, source));
        }
        taken.push((path, old));
    }
    Ok(())
}

/// Makes a file again what it was.
fn restore(path: &Path, old: Option<&str>) -> Result<(), Error> {
    let result = match old {
        Some(text) => fs::write(path, text),
        None => fs::remove_file(path),
    };
    result.map_err(|source| failed("restore", path, source))
}

/// Writes a file under a temporary name in the folder where it will stand.
pub(super) fn complete(folder: &Path, path: &Path, text: &str) -> Result<NamedTempFile, Error> {
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::read;
    use super::{Path, Step, complete, fs, take};

    /// A step that makes a file `new`.
    fn step(folder: &Path, name: &str) -> Step {
        let path = folder.join(name);
        let new = Some(complete(folder, &path, "new").unwrap());
        Step { old: read(&path).unwrap_or_default(), new, path }
    }

    #[test]
    fn what_was_replaced_is_put_back_when_a_later_file_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("changed.rs"), "old").unwrap();
        fs::write(path("removed.rs"), "old").unwrap();
        fs::create_dir(path("stuck.rs")).unwrap();
        let removed = Step { new: None, ..step(folder.path(), "removed.rs") };
        let changed = step(folder.path(), "changed.rs");
        let added = step(folder.path(), "added.rs");
        let stuck = step(folder.path(), "stuck.rs");
        let error = take(vec![changed, removed, added, stuck]).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot replace {}", path("stuck.rs").display()));
        assert_eq!(read(&path("changed.rs")).unwrap().unwrap(), "old");
        assert_eq!(read(&path("removed.rs")).unwrap().unwrap(), "old");
        assert_eq!(read(&path("added.rs")).unwrap(), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
