//! The samples of the pages and the clients of other languages, run against a sandbox by programs in
//! Python: `xtask/languages/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use chatwork_codegen::Document;
use chatwork_codegen::samples::{Sample, calls, missing, samples};
use serde_json::{Map, Value};

use crate::{npm, python};

/// The functions that become the samples for Rust. A test of the package `tests` runs them.
const RUST: &str = "tests/tests/samples/functions.rs";

/// Reads the functions for Rust. Fails if an operation has none.
pub(crate) fn rust(root: &Path, document: &Document) -> Result<String> {
    let path = root.join(RUST);
    let functions = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    match missing(document, &functions).first() {
        None => Ok(functions),
        Some(first) => bail!("{}: {first}", path.display()),
    }
}

/// Runs a script of `xtask/languages/` with the plan: every operation with its example and samples.
///
/// `program` is the sandbox; `None` builds it.
pub(crate) fn run(
    root: &Path,
    document: &Document,
    script: &str,
    program: Option<&Path>,
    arguments: &[String],
) -> Result<()> {
    let source = root.join("xtask/languages");
    // The script builds the package itself: npm installs its tools without their scripts.
    let folder = npm::install(root, "languages", &["--ignore-scripts"])?;
    let list = source.join("requirements.txt");
    let python = python::install(&list, &folder.join("python"), "httpx")?;
    let plan = folder.join("plan.json");
    std::fs::write(&plan, plan_of(document, &rust(root, document)?))
        .with_context(|| format!("cannot write {}", plan.display()))?;
    let sandbox = match program {
        Some(program) => program.to_owned(),
        None => build(root)?,
    };
    let mut command = Command::new(python);
    command.arg(source.join(script)).args(arguments).env("PYTHONUTF8", "1");
    command.env("CHATWORK_ROOT", root).env("CHATWORK_PLAN", &plan);
    command.env("CHATWORK_SANDBOX_PROGRAM", std::path::absolute(sandbox)?);
    // The sandbox is on this machine: a proxy cannot reach it.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    if !command.status().with_context(|| format!("cannot run {script}"))?.success() {
        bail!("{script} has found faults: see its output above");
    }
    Ok(())
}

/// The calls with their samples, as JSON.
fn plan_of(document: &Document, functions: &str) -> String {
    let plan = calls(document).into_iter().map(|call| {
        let mut plan = call.to_json();
        let samples = samples(document, &call, functions).into_iter();
        let samples: Map<String, Value> =
            samples.map(|Sample { label, source, .. }| (label.to_owned(), source.into())).collect();
        if let Some(plan) = plan.as_object_mut() {
            plan.insert("samples".to_owned(), samples.into());
        }
        plan
    });
    plan.collect::<Value>().to_string()
}

/// Builds the sandbox and returns its program.
fn build(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "-p", "chatwork-sandbox"]).current_dir(root);
    if !command.status().context("cannot run cargo")?.success() {
        bail!("the sandbox cannot be built: see the errors above");
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let folder = target.unwrap_or_else(|| root.join("target")).join("debug");
    Ok(folder.join(format!("chatwork-sandbox{}", std::env::consts::EXE_SUFFIX)))
}
