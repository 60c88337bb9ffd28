//! The crates that are inside of a program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A crate that is inside of a program.
#[derive(Debug, Default)]
pub(super) struct Component {
    pub(super) name: String,
    pub(super) version: String,
    /// An SPDX expression.
    pub(super) license: String,
    pub(super) repository: Option<String>,
    pub(super) folder: PathBuf,
    /// The SHA-256 of its package on crates.io; `None` for a crate of this workspace.
    pub(super) checksum: Option<String>,
    /// Name and version of what it depends on.
    pub(super) needs: BTreeSet<Key>,
}

/// Name and version.
pub(super) type Key = (String, String);

/// The crates inside of programs, in the order of their names and versions.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// The crates of the programs themselves.
    pub(super) roots: Vec<Key>,
    pub(super) components: BTreeMap<Key, Component>,
}

impl Inventory {
    /// Reads what `cargo tree` says for these crates with their default features: `cargo metadata`
    /// would add the features that other members of the workspace ask for.
    pub(super) fn of(root: &Path, crates: &[&str], triple: &str) -> Result<Self> {
        let mut tree = vec!["tree", "--locked", "--edges", "normal", "--prefix", "none"];
        tree.extend(["--format", "{p}", "--target", triple]);
        tree.extend(crates.iter().flat_map(|name| ["-p", name]));
        let keys = keys(&cargo(root, &tree)?);
        let metadata =
            ["metadata", "--locked", "--format-version", "1", "--filter-platform", triple];
        let metadata: Value = serde_json::from_str(&cargo(root, &metadata)?)
            .context("cannot read the output of cargo metadata")?;
        let lock = root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&lock)
            .with_context(|| format!("cannot read {}", lock.display()))?;
        build(crates, &keys, &metadata, &checksums(&lock))
    }

    /// The crates of other people.
    pub(super) fn foreign(&self) -> impl Iterator<Item = &Component> {
        self.components.values().filter(|component| component.checksum.is_some())
    }
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let what = arguments.first().copied().unwrap_or_default();
    let output = cargo.args(arguments).current_dir(root).output();
    let output = output.with_context(|| format!("cannot run cargo {what}"))?;
    if !output.status.success() {
        bail!("cargo {what} fails: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("cargo {what} writes no UTF-8"))
}

/// Name and version of each line `name v1.2.3 (what else)`.
fn keys(tree: &str) -> BTreeSet<Key> {
    let key = |line: &str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    };
    tree.lines().filter_map(key).collect()
}

/// The checksums of a `Cargo.lock`.
fn checksums(lock: &str) -> BTreeMap<Key, String> {
    let entry = |block: &str| {
        let value = |key: &str| {
            let start = format!("{key} = \"");
            let line = block.lines().find_map(|line| line.strip_prefix(&start))?;
            Some(line.trim_end_matches('"').to_owned())
        };
        Some(((value("name")?, value("version")?), value("checksum")?))
    };
    lock.split("[[package]]").filter_map(entry).collect()
}

fn build(
    crates: &[&str],
    keys: &BTreeSet<Key>,
    metadata: &Value,
    checksums: &BTreeMap<Key, String>,
) -> Result<Inventory> {
    let mut inventory = Inventory::default();
    let mut by_id = BTreeMap::new();
    for package in array(&metadata["packages"]) {
        let key = (text(&package["name"]), text(&package["version"]));
        if !keys.contains(&key) {
            continue;
        }
        if crates.contains(&key.0.as_str()) {
            inventory.roots.push(key.clone());
        }
        by_id.insert(text(&package["id"]), key.clone());
        let component = component(package, checksums.get(&key).cloned())?;
        inventory.components.insert(key, component);
    }
    for node in metadata.pointer("/resolve/nodes").map(array).unwrap_or_default() {
        let needs = array(&node["deps"]).iter().filter(|dep| is_normal(dep));
        let needs = needs.filter_map(|dep| by_id.get(&text(&dep["pkg"])).cloned()).collect();
        let key = by_id.get(&text(&node["id"]));
        if let Some(component) = key.and_then(|key| inventory.components.get_mut(key)) {
            component.needs = needs;
        }
    }
    if let Some((name, version)) = keys.iter().find(|key| !inventory.components.contains_key(key)) {
        bail!("cargo metadata does not describe {name} {version}");
    }
    Ok(inventory)
}

fn component(package: &Value, checksum: Option<String>) -> Result<Component> {
    let (name, version) = (text(&package["name"]), text(&package["version"]));
    // The old way to write a choice is a slash.
    let Some(license) = package["license"].as_str().map(|it| it.replace('/', " OR ")) else {
        bail!("{name} {version} names no licence as an SPDX expression");
    };
    let manifest = PathBuf::from(text(&package["manifest_path"]));
    let folder = manifest.parent().unwrap_or(&manifest).to_owned();
    let repository = package["repository"].as_str().filter(|it| !it.is_empty());
    let repository = repository.map(ToOwned::to_owned);
    let needs = BTreeSet::new();
    Ok(Component { name, version, license, repository, folder, checksum, needs })
}

/// True if a program contains what is depended on: not only tests or build scripts do.
fn is_normal(dependency: &Value) -> bool {
    array(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null())
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(name: &str, version: &str) -> Key {
        (name.to_owned(), version.to_owned())
    }

    fn package(name: &str, license: &Value) -> Value {
        json!({
            "name": name, "version": "1.0.0", "id": format!("id of {name}"), "license": license,
            "manifest_path": format!("/cargo/{name}/Cargo.toml"), "repository": "",
        })
    }

    #[test]
    fn a_line_of_the_tree_is_a_name_and_a_version() {
        let tree = "a v0.1.0 (/sdk/a)\nb v1.2.3 (proc-macro)\n\nb v1.2.3 (proc-macro) (*)\n";
        assert_eq!(keys(tree), BTreeSet::from([key("a", "0.1.0"), key("b", "1.2.3")]));
    }

    #[test]
    fn a_crate_of_the_workspace_has_no_checksum() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"b\"\n\
                    version = \"1.2.3\"\nchecksum = \"abc\"\ndependencies = [\n \"a\",\n]\n";
        let expected = BTreeMap::from([(key("b", "1.2.3"), "abc".to_owned())]);
        assert_eq!(checksums(lock), expected);
    }

    #[test]
    fn what_only_tests_need_is_not_inside() {
        let metadata = json!({
            "packages": [package("a", &json!("MIT/ISC")), package("b", &json!("MIT")),
                package("c", &json!("MIT"))],
            "resolve": { "nodes": [{ "id": "id of a", "deps": [
                { "pkg": "id of b", "dep_kinds": [{ "kind": null }] },
                { "pkg": "id of c", "dep_kinds": [{ "kind": "dev" }] },
            ]}]},
        });
        let keys = BTreeSet::from([key("a", "1.0.0"), key("b", "1.0.0")]);
        let inventory = build(&["a"], &keys, &metadata, &BTreeMap::new()).unwrap();
        assert_eq!(inventory.roots, [key("a", "1.0.0")]);
        assert_eq!(inventory.components.keys().cloned().collect::<BTreeSet<_>>(), keys);
        let a = inventory.components.get(&key("a", "1.0.0")).unwrap();
        assert_eq!(a.needs, BTreeSet::from([key("b", "1.0.0")]));
        assert_eq!(a.license, "MIT OR ISC");
        assert_eq!(a.repository, None);
    }

    #[test]
    fn a_crate_without_a_licence_is_an_error() {
        let metadata = json!({ "packages": [package("a", &Value::Null)] });
        let keys = BTreeSet::from([key("a", "1.0.0")]);
        let error = build(&["a"], &keys, &metadata, &BTreeMap::new()).unwrap_err();
        assert!(error.to_string().contains("a 1.0.0 names no licence"), "{error}");
    }

    #[test]
    fn a_crate_that_metadata_does_not_know_is_an_error() {
        let keys = BTreeSet::from([key("a", "1.0.0")]);
        let error = build(&["a"], &keys, &json!({}), &BTreeMap::new()).unwrap_err();
        assert!(error.to_string().contains("a 1.0.0"), "{error}");
    }
}
