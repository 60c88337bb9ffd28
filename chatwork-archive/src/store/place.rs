//! Folders where a database can be damaged.

use std::fmt;
use std::path::Path;

/// A reason not to keep an archive where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Placement {
    /// The folder is copied to other machines by a program, file by file, while the archive changes.
    CloudDrive {
        /// The name of the folder, such as `OneDrive`.
        folder: String,
    },
    /// The folder is on another machine. Locks do not work there reliably.
    Network {
        /// The file system, such as `nfs4`.
        file_system: String,
    },
}

/// One sentence that says what to do.
impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CloudDrive { folder } => write!(
                f,
                "the archive is in {folder}, which can damage it while it is written: move it to a \
                 folder that is not synchronised"
            ),
            Self::Network { file_system } => write!(
                f,
                "the archive is on a network drive ({file_system}), where locks do not work \
                 reliably: move it to a disk of this machine"
            ),
        }
    }
}

impl Placement {
    /// Looks at where an archive is.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        cloud(&path).or_else(|| network(&path, &mounts))
    }
}

fn cloud(path: &Path) -> Option<Placement> {
    const FOLDERS: [&str; 8] = [
        "onedrive",
        "dropbox",
        "google drive",
        "googledrive",
        "icloud",
        "mobile documents",
        "cloudstorage",
        "box sync",
    ];
    let mut names = path.parent()?.components().map(|it| it.as_os_str().to_string_lossy());
    let folder = names.find(|name| {
        let name = name.to_lowercase();
        FOLDERS.iter().any(|folder| name.starts_with(folder))
    })?;
    Some(Placement::CloudDrive { folder: folder.into_owned() })
}

/// Finds the file system that the path is on in the list of mounts of Linux.
fn network(path: &Path, mounts: &str) -> Option<Placement> {
    const SYSTEMS: [&str; 9] =
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.rclone"];
    let mounted = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let (_, folder, system) = (fields.next()?, fields.next()?, fields.next()?);
        let folder = folder.replace("\\040", " ");
        path.starts_with(&folder).then_some((folder.len(), system))
    });
    let (_, system) = mounted.max_by_key(|(length, _)| *length)?;
    SYSTEMS.contains(&system).then(|| Placement::Network { file_system: system.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_cloud_drives_are_found() {
        for path in ["/u/OneDrive - Example/a.db", "/u/Dropbox/x/a.db", "/Library/CloudStorage/a"] {
            assert!(cloud(Path::new(path)).is_some(), "{path}");
        }
        assert_eq!(cloud(Path::new("/u/documents/dropbox.db")), None);
    }

    #[test]
    fn the_longest_mount_decides() {
        let mounts =
            "/dev/a / ext4 rw 0 0\nhost:/x /home nfs4 rw 0 0\n/dev/b /home/me ext4 rw 0 0\n";
        let network = |path: &str| network(Path::new(path), mounts);
        assert!(matches!(network("/home/ken/a.db"), Some(Placement::Network { .. })));
        assert_eq!(network("/home/me/a.db"), None);
        assert_eq!(network("/var/a.db"), None);
    }
}
