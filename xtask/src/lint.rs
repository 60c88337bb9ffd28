//! The two linters from npm, at pinned versions.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

const REDOCLY: &str = "@redocly/cli@2.77.0";
const SPECTRAL: &str = "@stoplight/spectral-cli@6.16.3";

/// Runs redocly and spectral, both to the end, and fails when one of them finds something.
pub(crate) fn run(root: &Path, spec: &Path) -> Result<()> {
    let tools = root.join("target/lint");
    install(&tools)?;
    let redocly = redocly(root, &tools, spec)?;
    let spectral = spectral(root, &tools, spec)?;
    match (redocly, spectral) {
        (true, true) => Ok(()),
        (false, true) => bail!("redocly finds faults in {}", spec.display()),
        (true, false) => bail!("spectral finds faults in {}", spec.display()),
        (false, false) => bail!("redocly and spectral find faults in {}", spec.display()),
    }
}

/// Installs the tools once; the file `installed` says which versions are there.
fn install(tools: &Path) -> Result<()> {
    let wanted = format!("{REDOCLY}\n{SPECTRAL}\n");
    let stamp = tools.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    std::fs::create_dir_all(tools).with_context(|| format!("cannot create {}", tools.display()))?;
    println!(
        "installing {REDOCLY} and {SPECTRAL} into {}",
        tools.display()
    );
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--prefix",
    ]);
    let status = npm
        .arg(tools)
        .args([REDOCLY, SPECTRAL])
        .status()
        .context("cannot run npm: install Node.js 20 or later")?;
    if !status.success() {
        bail!("npm could not install {REDOCLY} and {SPECTRAL}");
    }
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

fn redocly(root: &Path, tools: &Path, spec: &Path) -> Result<bool> {
    let mut command = Command::new(tools.join("node_modules/.bin/redocly"));
    command
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    command
        .arg("lint")
        .arg(spec)
        .arg("--config")
        .arg(root.join("spec/redocly.yaml"));
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
    let status = command
        .status()
        .with_context(|| format!("cannot run {}", name.display()))?;
    Ok(status.success())
}
