//! What a release still lacks.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

mod others;
mod readmes;

/// The fields that crates.io shows of a crate.
const FIELDS: [&str; 6] =
    ["description", "documentation", "license", "readme", "repository", "rust_version"];

/// The result of one check.
#[derive(Debug, PartialEq)]
enum State {
    Ready,
    Lacks(String),
    NotChecked(String),
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready => f.write_str("ready"),
            Self::Lacks(what) => write!(f, "lacking: {what}"),
            Self::NotChecked(why) => write!(f, "not checked: {why}"),
        }
    }
}

/// Prints one line for each condition of a release, and fails if one is not met.
///
/// `drift` is the number of generated files that are not up to date. `quick` leaves out what
/// compiles the workspace.
pub(crate) fn run(root: &Path, drift: usize, quick: bool) -> Result<()> {
    let metadata = metadata(root)?;
    let packages = published(&metadata);
    let version = packages.first().and_then(|p| p["version"].as_str()).unwrap_or_default();
    let changelog = read(&root.join("CHANGELOG.md"))?;
    let mut lacking = 0;
    let mut print = |name: &str, state: State| {
        lacking += usize::from(matches!(state, State::Lacks(_)));
        println!("{name:<28}{state}");
    };
    print("repository address", address(&packages));
    print("version and date", dated(&changelog, version));
    print("fields of the manifests", fields(&packages));
    print("licences in every package", licences(root, &packages)?);
    print("READMEs of a release", readmes::check(root, &packages)?);
    print("packages of other languages", others::versions(root, version)?);
    print("what registries show of them", others::fields(root)?);
    print("what dist has packed", others::packed(root));
    print("generated code", generated(drift));
    print("committed", committed(root)?);
    print("dependencies (cargo deny)", deny(root));
    if quick {
        print("public API (semver-checks)", State::NotChecked("--quick".to_owned()));
        print("dry run of publishing", State::NotChecked("--quick".to_owned()));
    } else {
        print("public API (semver-checks)", public_api(root, &packages));
        print("dry run of publishing", dry_run(root));
    }
    match lacking {
        0 => Ok(()),
        n => bail!("the release of {version} lacks {n} of the conditions above"),
    }
}

fn address(packages: &[&Value]) -> State {
    let mut addresses: Vec<_> =
        packages.iter().map(|package| package["repository"].as_str().unwrap_or_default()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    match addresses.as_slice() {
        [one] if one.starts_with("https://") => State::Ready,
        [""] => State::Lacks("set `repository` in [workspace.package] of Cargo.toml".to_owned()),
        [one] => State::Lacks(format!("`repository` is {one:?}: expected an https:// address")),
        _ => State::Lacks("crates name different repositories: inherit it everywhere".to_owned()),
    }
}

fn dated(changelog: &str, version: &str) -> State {
    let heading = format!("## [{version}] - ");
    let date = changelog.lines().find_map(|line| line.strip_prefix(&heading));
    let is_date = |date: &str| {
        let digits = date.bytes().filter(u8::is_ascii_digit).count();
        date.len() == 10 && digits == 8 && date.bytes().filter(|byte| *byte == b'-').count() == 2
    };
    match date.map(str::trim) {
        Some(date) if is_date(date) => State::Ready,
        Some(date) => State::Lacks(format!("CHANGELOG.md: {date:?} is not a date: YYYY-MM-DD")),
        None => State::Lacks(format!("CHANGELOG.md has no heading `{heading}YYYY-MM-DD`")),
    }
}

fn fields(packages: &[&Value]) -> State {
    let mut missing = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let text = |field: &&str| package[field].as_str().is_none();
        let list = |field: &&str| package[field].as_array().is_none_or(Vec::is_empty);
        missing.extend(FIELDS.iter().filter(|f| text(f)).map(|f| format!("{name}: {f}")));
        let lists = ["keywords", "categories"];
        missing.extend(lists.iter().filter(|f| list(f)).map(|f| format!("{name}: {f}")));
    }
    if missing.is_empty() { State::Ready } else { State::Lacks(missing.join(", ")) }
}

fn licences(root: &Path, packages: &[&Value]) -> Result<State> {
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let ours = read(&root.join(name))?;
        for package in packages {
            let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
            let file = manifest.with_file_name(name);
            if std::fs::read_to_string(&file).ok().as_ref() != Some(&ours) {
                let file = file.strip_prefix(root).unwrap_or(&file).display().to_string();
                return Ok(State::Lacks(format!("{file} is not the file of the same name above")));
            }
        }
    }
    Ok(State::Ready)
}

fn generated(drift: usize) -> State {
    match drift {
        0 => State::Ready,
        n => State::Lacks(format!("{n} files are out of date: run `cargo xtask codegen`")),
    }
}

fn committed(root: &Path) -> Result<State> {
    let status = git(root, &["status", "--porcelain"])?;
    Ok(match status.lines().count() {
        0 => State::Ready,
        n => State::Lacks(format!("{n} files are not committed")),
    })
}

fn deny(root: &Path) -> State {
    if !is_installed("deny") {
        return State::NotChecked("install cargo-deny".to_owned());
    }
    succeeds(root, &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"])
}

fn public_api(root: &Path, packages: &[&Value]) -> State {
    if !is_installed("semver-checks") {
        return State::NotChecked("install cargo-semver-checks".to_owned());
    }
    let Ok(tag) = git(root, &["describe", "--tags", "--abbrev=0", "--match", "v*"]) else {
        return State::NotChecked(
            "no tag v* yet: there is no earlier release to compare with".into(),
        );
    };
    let mut arguments = vec!["semver-checks", "--baseline-rev", tag.trim()];
    let names = packages.iter().filter_map(|package| package["name"].as_str());
    arguments.extend(names.flat_map(|name| ["-p", name]));
    succeeds(root, &arguments)
}

/// Packs and builds every crate as crates.io would get it. Does not upload.
fn dry_run(root: &Path) -> State {
    succeeds(root, &["publish", "--workspace", "--dry-run", "--locked", "--quiet"])
}

/// The packages that are meant for crates.io.
fn published(metadata: &Value) -> Vec<&Value> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    packages.iter().filter(|package| package["publish"].is_null()).collect()
}

fn metadata(root: &Path) -> Result<Value> {
    let mut command = cargo(root);
    command.args(["metadata", "--format-version", "1", "--no-deps"]).stderr(Stdio::inherit());
    let output = command.output().context("cannot run cargo metadata")?;
    serde_json::from_slice(&output.stdout).context("cannot read the output of cargo metadata")
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

fn is_installed(tool: &str) -> bool {
    let mut command = Command::new(format!("cargo-{tool}"));
    command.args([tool, "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn succeeds(root: &Path, arguments: &[&str]) -> State {
    let what = arguments.join(" ");
    match cargo(root).args(arguments).status() {
        Ok(status) if status.success() => State::Ready,
        Ok(_) => State::Lacks(format!("`cargo {what}` fails")),
        Err(error) => State::NotChecked(format!("`cargo {what}` cannot be run: {error}")),
    }
}

fn git(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git").args(arguments).current_dir(root).output();
    let output = output.context("cannot run git")?;
    if !output.status.success() {
        bail!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::*;

    fn lacks(state: &State) -> bool {
        matches!(state, State::Lacks(_))
    }

    #[test]
    fn an_address_is_needed_and_the_same_everywhere() {
        let (one, two) = (json!({"repository": "https://a.example"}), json!({"repository": ""}));
        assert_eq!(address(&[&one, &one]), State::Ready);
        assert!(lacks(&address(&[&two, &two])));
        assert!(lacks(&address(&[&one, &two])));
        assert!(lacks(&address(&[&json!({"repository": "git@a.example"})])));
    }

    #[test]
    fn the_changelog_names_the_version_with_a_date() {
        assert_eq!(dated("## [0.1.0] - 2026-11-26\n", "0.1.0"), State::Ready);
        assert!(lacks(&dated("## [0.1.0] - soon\n", "0.1.0")));
        assert!(lacks(&dated("## [Unreleased]\n", "0.1.0")));
        assert!(lacks(&dated("## [0.2.0] - 2026-11-26\n", "0.1.0")));
    }

    #[test]
    fn a_missing_field_is_named() {
        let package = json!({
            "name": "a", "description": "b", "documentation": "c", "license": "d", "readme": "e",
            "repository": "f", "rust_version": "1", "keywords": ["g"], "categories": [],
        });
        assert_eq!(fields(&[&package]), State::Lacks("a: categories".to_owned()));
    }

    /// The manifests of the crates for crates.io, and their folders.
    fn crates() -> Vec<(Value, PathBuf)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let metadata = metadata(&root).unwrap();
        let packages = published(&metadata).into_iter().cloned();
        let crates: Vec<_> = packages
            .map(|package| {
                let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
                (package, manifest.parent().unwrap().to_owned())
            })
            .collect();
        assert!(!crates.is_empty());
        crates
    }

    #[test]
    fn the_documentation_of_each_published_crate_shows_its_features() {
        // A program has no documentation of its own.
        for (package, folder) in
            crates().into_iter().filter(|(_, it)| it.join("src/lib.rs").exists())
        {
            let source = read(&folder.join("src/lib.rs")).unwrap();
            assert!(source.contains("#![cfg_attr(docsrs, feature(doc_cfg))]"), "{folder:?}");
            let docs = &package["metadata"]["docs"]["rs"];
            assert_eq!(docs["all-features"], json!(true), "{folder:?}");
            assert_eq!(docs["rustdoc-args"], json!(["--cfg", "docsrs"]), "{folder:?}");
        }
    }

    #[test]
    fn each_file_that_a_published_crate_includes_exists() {
        for (_, folder) in crates() {
            let manifest = read(&folder.join("Cargo.toml")).unwrap();
            let list = manifest.lines().find_map(|line| line.strip_prefix("include = ")).unwrap();
            let included: Vec<String> = serde_json::from_str(list).unwrap();
            for name in included {
                let name = name.split('*').next().unwrap();
                let begins = |entry: &str| entry.starts_with(name);
                let mut entries = std::fs::read_dir(&folder).unwrap();
                let is_prefix =
                    entries.any(|it| begins(&it.unwrap().file_name().to_string_lossy()));
                assert!(folder.join(name).exists() || is_prefix, "{folder:?} has no {name}");
            }
        }
    }

    #[test]
    fn packages_that_are_not_published_are_passed_over() {
        let metadata = json!({"packages": [{"name": "a", "publish": null}, {"publish": []}]});
        assert_eq!(published(&metadata).len(), 1);
    }
}
