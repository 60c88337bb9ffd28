//! The editions of the document in `packages/spec/`, for programs in other languages.

use std::path::Path;

use anyhow::{Context, Result, bail};
use chatwork_codegen::{Document, edition, flat};

/// The first lines of the YAML. JSON has no comments.
const HEADER: &str = "\
# Written by `cargo xtask flat` from spec/chatwork.yaml. Do not edit: change the document and run the
# command again.
";

/// Writes `chatwork.json`, `chatwork.flat.yaml` and `chatwork.flat.json` into a folder. With `check`
/// it writes nothing, and fails if one of them is out of date.
pub(crate) fn run(document: &Document, folder: &Path, check: bool) -> Result<()> {
    let files = files(document)?;
    if !check {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let mut stale = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        match (old == text, check) {
            (true, _) => {}
            (false, true) => stale.push(difference(&path, &old, &text)),
            (false, false) => {
                std::fs::write(&path, text)
                    .with_context(|| format!("cannot write {}", path.display()))?;
                println!("wrote {}", path.display());
            }
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!("{}: run `cargo xtask flat`", stale.join(", "))
}

fn files(document: &Document) -> Result<[(&'static str, String); 3]> {
    let flat = flat::flat(document);
    Ok([
        ("chatwork.json", json(document)?),
        ("chatwork.flat.yaml", format!("{HEADER}{}", edition::yaml(&flat)?)),
        ("chatwork.flat.json", json(&flat)?),
    ])
}

fn json(document: &Document) -> Result<String> {
    Ok(serde_json::to_string_pretty(document.root())? + "\n")
}

/// Names the first line of a file that is out of date.
fn difference(path: &Path, old: &str, new: &str) -> String {
    let same = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
    format!("{} is out of date from line {} on", path.display(), same + 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Document, run};

    #[test]
    fn an_edition_that_is_out_of_date_is_reported_with_the_command_that_writes_it() {
        let folder = tempfile::tempdir().unwrap();
        let document = |title: &str| {
            Document::parse(&format!("{{ openapi: 3.0.3, info: {{ title: {title} }} }}")).unwrap()
        };
        run(&document("a"), folder.path(), false).unwrap();
        run(&document("a"), folder.path(), true).unwrap();
        let error = run(&document("b"), folder.path(), true).unwrap_err().to_string();
        let json = folder.path().join("chatwork.json");
        assert!(error.starts_with(&format!("{} is out of date from line 4", json.display())));
        assert!(error.ends_with("run `cargo xtask flat`"), "{error}");
    }
}
