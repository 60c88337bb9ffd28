//! The packages for other languages: their versions and their READMEs.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{State, read};
use crate::dist;

/// What a README of a package says only as long as the package is on no registry.
const UNRELEASED: &str = "None of them is on a registry yet";

/// Compares the version of each package in `packages/`, and of the image, with that of the crates.
/// Fails if a file cannot be read.
pub(super) fn versions(root: &Path, version: &str) -> Result<State> {
    let mut wrong = Vec::new();
    for file in manifests(root) {
        let text = read(&file)?;
        let found = own(&text, "version").unwrap_or("none");
        if found != version {
            let file = file.strip_prefix(root).unwrap_or(&file).display();
            wrong.push(format!("{file} has {found}"));
        }
    }
    let image = read(&root.join("Dockerfile"))?;
    let image = image.lines().find_map(|line| line.strip_prefix("ARG VERSION="));
    if image != Some(version) {
        wrong.push(format!("Dockerfile has {}", image.unwrap_or("none")));
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

/// Checks what registries show of each package in `packages/`: its name, its licence, its README.
pub(super) fn fields(root: &Path) -> Result<State> {
    let mut wrong = Vec::new();
    for file in manifests(root) {
        let text = read(&file)?;
        let folder = file.parent().unwrap_or(&file);
        let shown = folder.strip_prefix(root).unwrap_or(folder).display();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let expected = [("name", &*name), ("license", "MIT OR Apache-2.0"), ("description", "")];
        for (key, value) in expected {
            match own(&text, key) {
                None => wrong.push(format!("{shown} has no {key}")),
                Some(found) if !value.is_empty() && found != value => {
                    wrong.push(format!("{shown} has the {key} {found}, expected {value}"));
                }
                Some(_) => {}
            }
        }
        if !folder.join("README.md").is_file() {
            wrong.push(format!("{shown} has no README.md"));
        }
    }
    Ok(if wrong.is_empty() { State::Ready } else { State::Lacks(wrong.join(", ")) })
}

/// Checks that `cargo xtask dist` has packed everything, for all platforms.
pub(super) fn packed(root: &Path) -> State {
    let expected = dist::expected();
    let wrong = dist::wrong(&root.join("dist"), &expected);
    let Some(first) = wrong.first() else {
        return State::Ready;
    };
    let (count, all) = (wrong.len(), expected.len());
    State::Lacks(format!(
        "{count} of {all} files of dist/ are missing or not those of SHA256SUMS; the first: {first}"
    ))
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

/// A value of a `package.json` or a `pyproject.toml`: the first one in the file is its own.
fn own<'a>(manifest: &'a str, wanted: &str) -> Option<&'a str> {
    manifest.lines().find_map(|line| {
        let (key, value) = line.split_once([':', '='])?;
        let is_wanted = key.trim().trim_matches('"') == wanted;
        is_wanted.then(|| value.trim().trim_end_matches(',').trim_matches('"'))
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
        write("Dockerfile", "ARG VERSION=1.2.3\n\nFROM scratch\nARG VERSION\n");
        write("packages/npm/a/package.json", "{\n  \"name\": \"a\",\n  \"version\": \"1.2.3\",\n}");
        write("packages/python/b/pyproject.toml", "[project]\nversion = \"1.2.3\"\n");
        assert_eq!(versions(root, "1.2.3").unwrap(), State::Ready);
        let expected = "expected 1.2.4: packages/npm/a/package.json has 1.2.3, \
                        packages/python/b/pyproject.toml has 1.2.3, Dockerfile has 1.2.3";
        assert_eq!(versions(root, "1.2.4").unwrap(), State::Lacks(expected.to_owned()));
    }

    #[test]
    fn a_readme_that_says_that_no_package_is_on_a_registry_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("README.md"), format!("a\n{UNRELEASED}.")).unwrap();
        std::fs::write(folder.path().join("Dockerfile"), "ARG VERSION=1.2.3\n").unwrap();
        let expected = "expected 1.2.3: README.md:2 says that no package is on a registry";
        assert_eq!(versions(folder.path(), "1.2.3").unwrap(), State::Lacks(expected.to_owned()));
    }

    #[test]
    fn what_a_registry_would_show_wrongly_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("packages/npm/a");
        std::fs::create_dir_all(&package).unwrap();
        let write = |name: &str, text: &str| std::fs::write(package.join(name), text).unwrap();
        let fields = |manifest| {
            write("package.json", manifest);
            super::fields(folder.path()).unwrap()
        };
        let right = "\"name\": \"a\",\n\"license\": \"MIT OR Apache-2.0\",\n\"description\": \"b\"";
        let expected = "packages/npm/a has no README.md";
        assert_eq!(fields(right), State::Lacks(expected.to_owned()));
        write("README.md", "a");
        assert_eq!(fields(right), State::Ready);
        let expected = "packages/npm/a has the name b, expected a, packages/npm/a has the license \
                        ISC, expected MIT OR Apache-2.0, packages/npm/a has no description";
        let wrong = "\"name\": \"b\",\n\"license\": \"ISC\"\n";
        assert_eq!(fields(wrong), State::Lacks(expected.to_owned()));
    }

    #[test]
    fn what_is_not_packed_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let State::Lacks(what) = packed(folder.path()) else {
            panic!("an empty folder has no packages");
        };
        let all = dist::expected().len();
        assert!(what.starts_with(&format!("{all} of {all} files of dist/ are missing")), "{what}");
    }
}
