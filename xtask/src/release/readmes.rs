//! READMEs that still send their readers to a checkout.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::{State, read};

/// What a README says only as long as nothing is on crates.io.
const UNRELEASED: [&str; 8] = [
    "not on crates.io yet",
    "A release on crates.io",
    "Nothing is released yet",
    "crates.io ではまだ",
    "crates.io での公開",
    "まだリリースしていません",
    "path = \"../",
    "git = \"",
];

/// Compares the README of each package, and those of the repository, with [`UNRELEASED`].
pub(super) fn check(root: &Path, packages: &[&Value]) -> Result<State> {
    let of_package = |package: &&Value| {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
        manifest.with_file_name(package["readme"].as_str().unwrap_or("README.md"))
    };
    let mut files = vec![root.join("README.md"), root.join("README.ja.md")];
    files.extend(packages.iter().map(of_package));
    let mut places = Vec::new();
    for file in files {
        let text = read(&file)?;
        let name = file.strip_prefix(root).unwrap_or(&file).display();
        places.extend(unreleased(&text).map(|line| format!("{name}:{line}")));
    }
    Ok(match places.is_empty() {
        true => State::Ready,
        false => State::Lacks(format!(
            "these lines are for a checkout; name the version on crates.io instead: {}",
            places.join(", ")
        )),
    })
}

/// The numbers of the lines that are wrong once the crates are on crates.io.
fn unreleased(readme: &str) -> impl Iterator<Item = usize> {
    let lines = readme.lines().zip(1..);
    lines.filter(|(line, _)| UNRELEASED.iter().any(|it| line.contains(it))).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_readme_that_leads_to_a_checkout_is_not_one_of_a_release() {
        let checkout = "# a\n\nThe crate is not on crates.io yet.\na = { path = \"../b/a\" }\n";
        assert_eq!(unreleased(checkout).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(unreleased("a = { git = \"https://a.example\" }").count(), 1);
        assert_eq!(unreleased("crates.io ではまだ公開していません。").count(), 1);
        assert_eq!(unreleased("```toml\na = \"0.1\"\n```\n[a](../a/README.md)").count(), 0);
    }

    #[test]
    fn the_readmes_of_all_published_crates_and_of_the_repository_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        let package =
            json!({"manifest_path": folder.path().join("a/Cargo.toml"), "readme": "README.md"});
        for name in ["README.md", "README.ja.md", "a/README.md"] {
            for ready in ["README.md", "README.ja.md", "a/README.md"] {
                write(ready, "a = \"0.1\"");
            }
            assert_eq!(check(folder.path(), &[&package]).unwrap(), State::Ready);
            write(name, "b\nnot on crates.io yet");
            let State::Lacks(what) = check(folder.path(), &[&package]).unwrap() else {
                panic!("{name} is not read");
            };
            assert!(what.ends_with(&format!(": {name}:2")), "{what}");
        }
    }
}
