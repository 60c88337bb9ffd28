//! The two linters from npm, at pinned versions.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Runs redocly and spectral, both to the end, and fails when one of them finds something.
pub(crate) fn run(root: &Path) -> Result<()> {
    let spec = &root.join("spec/chatwork.yaml");
    if !spec.is_file() {
        bail!("cannot read {}: there is no such file", spec.display());
    }
    let tools = root.join("target/lint");
    install(root, &tools)?;
    let redocly = redocly(root, &tools, spec)?;
    let spectral = spectral(root, &tools, spec)?;
    match (redocly, spectral) {
        (true, true) => Ok(()),
        (false, true) => bail!("redocly finds faults in {}", spec.display()),
        (true, false) => bail!("spectral finds faults in {}", spec.display()),
        (false, false) => bail!("redocly and spectral find faults in {}", spec.display()),
    }
}

/// Installs the tools once, at the versions in `xtask/lint/package-lock.json`; a copy of that file
/// in the folder says what is there.
fn install(root: &Path, tools: &Path) -> Result<()> {
    let source = root.join("xtask/lint");
    let lock = source.join("package-lock.json");
    let wanted = std::fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = tools.join("installed.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    std::fs::create_dir_all(tools).with_context(|| format!("cannot create {}", tools.display()))?;
    for name in ["package.json", "package-lock.json"] {
        let from = source.join(name);
        std::fs::copy(&from, tools.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    println!("installing redocly and spectral into {}", tools.display());
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(tools);
    let status = npm.status().context("cannot run npm: install Node.js 20 or later")?;
    if !status.success() {
        bail!("npm could not install what {} lists", lock.display());
    }
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

fn redocly(root: &Path, tools: &Path, spec: &Path) -> Result<bool> {
    let mut command = Command::new(tools.join("node_modules/.bin/redocly"));
    command.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    command.arg("lint").arg(spec).arg("--config").arg(root.join("spec/redocly.yaml"));
    succeeds(command)
}

fn spectral(root: &Path, tools: &Path, spec: &Path) -> Result<bool> {
    let mut command = Command::new(tools.join("node_modules/.bin/spectral"));
    command.args(["lint", "--fail-severity=warn", "--ruleset"]);
    command.arg(root.join("spec/spectral.yaml")).arg(spec);
    succeeds(command)
}

fn succeeds(mut command: Command) -> Result<bool> {
    let name = command.get_program().to_owned();
    let status = command.status().with_context(|| format!("cannot run {}", name.display()))?;
    Ok(status.success())
}
