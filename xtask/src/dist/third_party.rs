//! The licences of what is inside of a program, as one text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::inventory::{Component, Inventory};

/// How the names of files with licences begin, in capitals.
const NAMES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

const LINE: &str =
    "================================================================================";

/// Returns a list of the crates with their licences, then each text once with the crates that have it.
pub(super) fn text(inventory: &Inventory) -> Result<String> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut list = String::new();
    for component in inventory.foreign() {
        let name = format!("{} {}", component.name, component.version);
        let found = texts_of(&component.folder)?;
        writeln!(list, "{name}: {}{}", component.license, without_text(component, &found))?;
        for text in found {
            texts.entry(text).or_default().insert(name.clone());
        }
    }
    let mut out = format!(
        "Software of other people in these programs, and its licences.\n\n\
         The Rust standard library: MIT OR Apache-2.0, https://github.com/rust-lang/rust\n{list}"
    );
    // In the order of the first crate that has a text.
    let mut texts: Vec<_> = texts.into_iter().map(|(text, names)| (names, text)).collect();
    texts.sort();
    for (names, text) in texts {
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        write!(out, "\n{LINE}\n{names}\n{LINE}\n\n{text}\n")?;
    }
    Ok(out)
}

/// Where to find the text of a licence that the package does not contain.
fn without_text(component: &Component, texts: &[String]) -> String {
    match &component.repository {
        Some(repository) if texts.is_empty() => format!(", text at {repository}"),
        None if texts.is_empty() => ", without a text".to_owned(),
        _ => String::new(),
    }
}

/// The texts in the folder of a package, in the order of their names.
fn texts_of(folder: &Path) -> Result<Vec<String>> {
    let mut files: Vec<PathBuf> =
        entries(folder)?.into_iter().filter(|it| is_licence(it)).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let bytes = std::fs::read(file);
            let bytes = bytes.with_context(|| format!("cannot read {}", file.display()))?;
            let text = String::from_utf8_lossy(&bytes).replace('\r', "");
            Ok(text.trim_matches('\n').trim_end().to_owned())
        })
        .collect()
}

/// The files of a folder, and those of folders in it whose names begin like those of licences.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let list = std::fs::read_dir(folder);
    let list = list.with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in list {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
        if !path.is_dir() {
            files.push(path);
        } else if is_licence(&path) {
            files.extend(entries(&path)?);
        }
    }
    Ok(files)
}

fn is_licence(path: &Path) -> bool {
    let begins = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        NAMES.iter().any(|start| name.starts_with(start))
    };
    let is_code = path.extension().is_some_and(|it| it == "rs" || it == "toml");
    // All files in the folder `LICENSES` are texts of licences, whatever their names are.
    !is_code && (begins(path) || path.parent().is_some_and(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inventory(folder: &Path) -> Inventory {
        let mut inventory = Inventory::default();
        for name in ["a", "b", "c"] {
            let component = Component {
                name: name.to_owned(),
                version: "1.0.0".to_owned(),
                license: "MIT".to_owned(),
                repository: Some(format!("https://example.com/{name}")),
                folder: folder.join(name),
                checksum: (name != "c").then(|| "abc".to_owned()),
                ..Component::default()
            };
            std::fs::create_dir_all(&component.folder).unwrap();
            inventory.components.insert((name.to_owned(), "1.0.0".to_owned()), component);
        }
        inventory
    }

    fn count(text: &str, part: &str) -> usize {
        text.matches(part).count()
    }

    #[test]
    fn a_text_that_two_crates_have_is_there_once_with_both_names() {
        let folder = tempfile::tempdir().unwrap();
        let inventory = inventory(folder.path());
        std::fs::write(folder.path().join("a/LICENSE-MIT"), "Permission\r\n").unwrap();
        std::fs::write(folder.path().join("b/license.md"), "Permission\n").unwrap();
        let text = text(&inventory).unwrap();
        assert_eq!(count(&text, "Permission"), 1, "{text}");
        assert!(text.contains("\na 1.0.0, b 1.0.0\n"), "{text}");
    }

    #[test]
    fn a_crate_of_this_workspace_is_not_of_other_people() {
        let folder = tempfile::tempdir().unwrap();
        let inventory = inventory(folder.path());
        std::fs::write(folder.path().join("c/LICENSE"), "Ours").unwrap();
        let text = text(&inventory).unwrap();
        assert_eq!(count(&text, "Ours") + count(&text, "c 1.0.0"), 0, "{text}");
    }

    #[test]
    fn a_crate_without_a_text_says_where_its_source_is() {
        let folder = tempfile::tempdir().unwrap();
        let text = text(&inventory(folder.path())).unwrap();
        assert!(text.contains("a 1.0.0: MIT, text at https://example.com/a\n"), "{text}");
    }

    #[test]
    fn code_is_no_licence_and_a_folder_of_licences_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let inventory = inventory(folder.path());
        std::fs::write(folder.path().join("a/license.rs"), "fn main() {}").unwrap();
        std::fs::create_dir(folder.path().join("b/LICENSES")).unwrap();
        std::fs::write(folder.path().join("b/LICENSES/MIT.txt"), "Permission").unwrap();
        let text = text(&inventory).unwrap();
        assert_eq!((count(&text, "fn main"), count(&text, "Permission")), (0, 1), "{text}");
    }
}
