//! `SHA256SUMS`: the checksums of a folder, as `sha256sum --check` reads them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::files;

const NAME: &str = "SHA256SUMS";

/// Writes the checksums of all files in a folder.
pub(super) fn write(folder: &Path) -> Result<()> {
    let mut sums = BTreeMap::new();
    collect(folder, "", &mut sums)?;
    sums.remove(NAME);
    let lines: String = sums.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect();
    files::write(&folder.join(NAME), lines.as_bytes())?;
    println!("wrote {} files and {NAME} to {}", sums.len(), folder.display());
    Ok(())
}

/// Returns the files of the list that are missing in a folder, or that `SHA256SUMS` does not fit.
pub(crate) fn wrong(folder: &Path, list: &[String]) -> Vec<String> {
    let sums = std::fs::read_to_string(folder.join(NAME)).unwrap_or_default();
    let fits = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).ok()?;
        let line = format!("{}  {name}", sum(&bytes));
        sums.lines().any(|it| it == line).then_some(())
    };
    list.iter().filter(|name| fits(name).is_none()).cloned().collect()
}

fn collect(folder: &Path, prefix: &str, sums: &mut BTreeMap<String, String>) -> Result<()> {
    let entries = std::fs::read_dir(folder);
    for entry in entries.with_context(|| format!("cannot list {}", folder.display()))? {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), sums)?;
        } else {
            sums.insert(name, sum(&files::read(&entry.path())?));
        }
    }
    Ok(())
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_line_and_a_second_run_changes_none() {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("npm/b.tgz"), b"b").unwrap();
        files::write(&folder.path().join("a"), b"abc").unwrap();
        write(folder.path()).unwrap();
        let first = std::fs::read_to_string(folder.path().join(NAME)).unwrap();
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a";
        assert_eq!(first.lines().next(), Some(expected));
        assert!(first.lines().nth(1).unwrap().ends_with("  npm/b.tgz"), "{first}");
        write(folder.path()).unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join(NAME)).unwrap(), first);
    }

    #[test]
    fn a_file_that_is_missing_or_changed_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b"] {
            files::write(&folder.path().join(name), name.as_bytes()).unwrap();
        }
        write(folder.path()).unwrap();
        files::write(&folder.path().join("b"), b"other").unwrap();
        let list = ["a", "b", "c"].map(ToOwned::to_owned);
        assert_eq!(wrong(folder.path(), &list), ["b", "c"]);
    }
}
