//! Tools from npm, at the versions of a lock file.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Installs what `xtask/NAME/package-lock.json` lists into `target/NAME` and returns that folder.
///
/// A copy of the lock file in the folder says what is installed already.
pub(crate) fn install(root: &Path, name: &str, options: &[&str]) -> Result<PathBuf> {
    let (source, tools) = (root.join("xtask").join(name), root.join("target").join(name));
    let lock = source.join("package-lock.json");
    let wanted = std::fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = tools.join("installed.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(tools);
    }
    std::fs::create_dir_all(&tools)
        .with_context(|| format!("cannot create {}", tools.display()))?;
    for name in ["package.json", "package-lock.json"] {
        let from = source.join(name);
        std::fs::copy(&from, tools.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    println!("installing the packages of {} into {}", lock.display(), tools.display());
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).args(options);
    npm.arg("--prefix").arg(&tools);
    let status = npm.status().context("cannot run npm: install Node.js 20 or later")?;
    if !status.success() {
        bail!("npm cannot install the packages of {}: see its output above", lock.display());
    }
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(tools)
}
