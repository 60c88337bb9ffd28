//! The packages for other languages: their versions and their READMEs.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{State, read};

/// What a README of a package says only as long as the package is on no registry.
const UNRELEASED: &str = "None of them is on a registry yet";

/// Compares the version of each package in `packages/` with that of the crates. Fails if a manifest
/// cannot be read.
pub(super) fn versions(root: &Path, version: &str) -> Result<State> {
    let mut wrong = Vec::new();
    for file in manifests(root) {
        let text = read(&file)?;
        let found = own_version(&text).unwrap_or("none");
        if found != version {
            let file = file.strip_prefix(root).unwrap_or(&file).display();
            wrong.push(format!("{file} has {found}"));
        }
    }
    let readme = read(&root.join("README.md"))?;
    if let Some(at) = readme.lines().position(|line| line.contains(UNRELEASED)) {
        wrong.push(format!("README.md:{} says that no package is on a registry", at + 1));
    }
    Ok(match wrong.is_empty() {
        true => State::Ready,
        false => State::Lacks(format!("expected {version}: {}", wrong.join(", "))),
    })
}

/// The manifests in `packages/npm` and `packages/python`, in the order of their names.
fn manifests(root: &Path) -> Vec<PathBuf> {
    let of = |folder: &str, name: &str| {
        let entries = std::fs::read_dir(root.join("packages").join(folder));
        let files = entries.into_iter().flatten().flatten().map(|entry| entry.path().join(name));
        let mut files: Vec<_> = files.filter(|file| file.is_file()).collect();
        files.sort();
        files
    };
    [of("npm", "package.json"), of("python", "pyproject.toml")].concat()
}

/// The version of a `package.json` or a `pyproject.toml`: the first one in the file is its own.
fn own_version(manifest: &str) -> Option<&str> {
    manifest.lines().find_map(|line| {
        let (key, value) = line.split_once([':', '='])?;
        let is_version = key.trim().trim_matches('"') == "version";
        is_version.then(|| value.trim().trim_end_matches(',').trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_of_another_version_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |name: &str, text: &str| {
            let file = root.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        };
        write("README.md", "a");
        write("packages/npm/a/package.json", "{\n  \"name\": \"a\",\n  \"version\": \"1.2.3\",\n}");
        write("packages/python/b/pyproject.toml", "[project]\nversion = \"1.2.3\"\n");
        assert_eq!(versions(root, "1.2.3").unwrap(), State::Ready);
        let expected = "expected 1.2.4: packages/npm/a/package.json has 1.2.3, \
                        packages/python/b/pyproject.toml has 1.2.3";
        assert_eq!(versions(root, "1.2.4").unwrap(), State::Lacks(expected.to_owned()));
    }

    #[test]
    fn a_readme_that_says_that_no_package_is_on_a_registry_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("README.md"), format!("a\n{UNRELEASED}.")).unwrap();
        let expected = "expected 1.2.3: README.md:2 says that no package is on a registry";
        assert_eq!(versions(folder.path(), "1.2.3").unwrap(), State::Lacks(expected.to_owned()));
    }
}
