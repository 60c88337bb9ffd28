//! Copies of this workspace with other members, and how cargo runs on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use toml::{Table, Value};

/// The root of this workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Returns a folder for a copy. It keeps its files from run to run, so that cargo can reuse them.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Writes the manifest of this workspace with other members, and its lock file, into a folder.
pub fn write_manifest(folder: &Path, members: &[&str]) {
    fs::create_dir_all(folder).unwrap();
    let mut manifest: Table =
        fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let workspace = manifest["workspace"].as_table_mut().unwrap();
    let members = members.iter().map(|member| Value::from(*member)).collect();
    workspace.insert("members".to_owned(), Value::Array(members));
    // The default members of this workspace are not in the copy.
    workspace.remove("default-members");
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

/// Creates the folder of a package anew, with the files of the package but its sources.
pub fn write_package(folder: &Path, name: &str) -> PathBuf {
    let package = folder.join(name);
    let _ = fs::remove_dir_all(&package);
    fs::create_dir_all(package.join("src")).unwrap();
    for file in ["Cargo.toml", "README.md"] {
        fs::copy(root().join(name).join(file), package.join(file)).unwrap();
    }
    package
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// Runs cargo in a folder. All copies share one target folder, and so their dependencies.
pub fn cargo(folder: &Path, arguments: &[&str], rustdoc: &str) -> Output {
    Command::new(env!("CARGO"))
        .arg("--quiet")
        .args(arguments)
        .current_dir(folder)
        .envs([("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "0")])
        .env("RUSTDOCFLAGS", rustdoc)
        .env("CARGO_TARGET_DIR", self::folder("evolution/target"))
        .output()
        .unwrap()
}
