//! The two linters from npm, at pinned versions.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::npm;

/// Runs redocly, then spectral. Fails if one of them reports an error.
pub(crate) fn run(root: &Path) -> Result<()> {
    let spec = &root.join("spec/chatwork.yaml");
    if !spec.is_file() {
        bail!("cannot read {}: file not found", spec.display());
    }
    let tools = npm::install(root, "lint", &[])?;
    let redocly = redocly(root, &tools, spec)?;
    let spectral = spectral(root, &tools, spec)?;
    match (redocly, spectral) {
        (true, true) => Ok(()),
        (false, true) => bail!("redocly reports errors in {}", spec.display()),
        (true, false) => bail!("spectral reports errors in {}", spec.display()),
        (false, false) => bail!("redocly and spectral report errors in {}", spec.display()),
    }
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
