//! `cargo xtask`: the maintenance commands of this workspace.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use chatwork_codegen::{Diagnostic, Document, Written, check, edition};
use clap::{Args, Parser, Subcommand};

mod conformance;
mod dist;
mod flat;
mod lint;
mod mcpb;
mod measure;
mod mutants;
mod npm;
mod pages;
mod python;
mod release;
mod samples;
mod startup;
mod translations;

/// Maintenance commands: the OpenAPI document, the generated code, checks and releases
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate chatwork-api/src/generated/ from spec/chatwork.yaml
    ///
    /// Checks the document first. If it has an error, no file is written. Unchanged files are not
    /// touched. The same document produces the same bytes on any machine.
    Codegen(Codegen),
    /// Check spec/chatwork.yaml against the house rules
    ///
    /// Lists every error with its JSON pointer and with what would be right. A text without a
    /// Japanese translation is an error, too.
    CheckSpec(Spec),
    /// Record which Japanese text of spec/chatwork.yaml was written for which English one
    ///
    /// Writes spec/translations.txt. Fails if an English text has changed and its translation has
    /// not. `check-spec` reports such texts, too.
    Translations(Translations),
    /// Lint spec/chatwork.yaml with redocly and spectral
    ///
    /// Needs Node.js and npm. Both tools are installed at pinned versions into target/lint/.
    /// Telemetry is off. It always lints this document: the rules name it.
    LintSpec,
    /// Write spec/chatwork.yaml as pages in English and Japanese, and as a Japanese document
    ///
    /// Needs Node.js and npm. Redoc is installed at a pinned version into target/pages/. Each page
    /// is one HTML file that works without a network.
    Pages(Pages),
    /// Write the editions of spec/chatwork.yaml for other languages into packages/spec/
    ///
    /// The document as JSON, and its flat edition for generators that read less of OpenAPI, as YAML
    /// and JSON. The same document produces the same bytes on any machine.
    Flat(Flat),
    /// Test chatwork-sandbox against spec/chatwork.yaml with schemathesis
    ///
    /// Needs Python 3.11 or later with venv. Schemathesis is installed at a pinned version into
    /// target/conformance/. Starts a sandbox of its own and stops it at the end.
    Conformance(Conformance),
    /// Run the samples of the pages for curl, TypeScript and Python against a sandbox
    ///
    /// Needs curl, Node.js with npm, and Python with venv. Compares what the sandbox has seen with
    /// the examples of the document. `cargo test -p tests --test samples` runs those for Rust.
    Samples(Conformance),
    /// Generate clients in other languages and call every operation of a sandbox with each
    ///
    /// Needs Node.js with npm, and Python with venv. Compares what the sandbox has seen and what the
    /// client has returned. Writes the tables of spec/LANGUAGES.md; with --check, compares them.
    Languages(Languages),
    /// Measure chatwork-sandbox with a world of 1,000 rooms and 100,000 messages
    ///
    /// Prints the time to start, the peak memory, and how long other calls wait while the state is
    /// read. The program is built in release mode. `measure startup` measures the command line.
    Measure(Measure),
    /// Test a seeded sample of the mutants of a part of the workspace
    ///
    /// Needs cargo-mutants. A mutant takes about 15 s on two cores. Mutants that no test can catch
    /// are listed in .cargo/mutants.toml, each with the reason.
    Mutants(mutants::Mutants),
    /// Write the server for agents as a bundle (.mcpb) that clients install by a click
    ///
    /// The program `chatwork` is built in release mode, or named by --program. The same program
    /// makes the same bytes.
    Mcpb(mcpb::Mcpb),
    /// Pack the programs of a release: archives, wheels, npm packages, checksums
    ///
    /// Needs Node.js with npm, Python 3.11 or later with venv, and git. The programs are built for one
    /// platform, or taken from --programs. The same commit makes the same bytes. Does not upload.
    Dist(dist::Dist),
    /// List what a release still lacks
    ///
    /// Does not upload. Uses cargo-deny and cargo-semver-checks where they are installed.
    Release(Release),
}

#[derive(Args)]
struct Release {
    /// Skip the checks that compile the workspace: the public API and the dry run of publishing
    #[arg(long)]
    quick: bool,
}

#[derive(Args)]
struct Conformance {
    /// The chatwork-sandbox program to test; without it, the sandbox is built
    #[arg(long, value_name = "FILE")]
    sandbox: Option<PathBuf>,
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
struct Measure {
    #[command(subcommand)]
    other: Option<Other>,
    #[command(flatten)]
    sandbox: Conformance,
}

/// What else is measured.
#[derive(Subcommand)]
enum Other {
    /// Count the instructions of `chatwork --version` beside an empty program with clap
    ///
    /// Needs valgrind or `perf stat`. Both programs are built in release mode.
    Startup {
        /// Write the table into the READMEs of chatwork-cli
        #[arg(long)]
        write: bool,
    },
}

#[derive(Args)]
struct Languages {
    /// Do not write: fail if a table of spec/LANGUAGES.md is not what was measured
    #[arg(long)]
    check: bool,
    /// Only this client, and no table; may be repeated
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    #[command(flatten)]
    sandbox: Conformance,
}

#[derive(Args)]
struct Translations {
    /// Keep the translations whose English text has changed: they still fit
    #[arg(long)]
    keep: bool,
    #[command(flatten)]
    spec: Spec,
}

#[derive(Args)]
struct Pages {
    #[command(flatten)]
    spec: Spec,
    /// The folder to write
    #[arg(long, value_name = "DIR", default_value_os_t = root().join("target/pages/out"))]
    out: PathBuf,
}

#[derive(Args)]
struct Flat {
    /// Do not write: fail if a file is out of date
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    spec: Spec,
    /// The folder to write
    #[arg(long, value_name = "DIR", default_value_os_t = root().join("packages/spec"))]
    out: PathBuf,
}

#[derive(Args)]
struct Codegen {
    /// Do not write: fail with a diff if a file is out of date
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    spec: Spec,
    /// The folder to write: a Rust file in it that was not generated is an error
    #[arg(long, value_name = "DIR", default_value_os_t = root().join("chatwork-api/src/generated"))]
    out: PathBuf,
}

#[derive(Args)]
struct Spec {
    /// The document to read
    #[arg(long, value_name = "FILE", default_value_os_t = root().join("spec/chatwork.yaml"))]
    spec: PathBuf,
}

/// The root of the workspace. At run time, not at compile time: the checkout may have moved.
fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let parent = manifest.as_deref().and_then(Path::parent).map(Path::to_owned);
    parent.unwrap_or_default()
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Codegen(arguments) => codegen(&arguments),
        Command::CheckSpec(arguments) => check_spec(&arguments.spec),
        Command::Translations(arguments) => {
            translations::record(&arguments.spec.spec, arguments.keep)
        }
        Command::LintSpec => lint::run(&root()),
        Command::Pages(arguments) => {
            pages::run(&root(), &load(&arguments.spec.spec)?, &arguments.out)
        }
        Command::Flat(arguments) => {
            flat::run(&load(&arguments.spec.spec)?, &arguments.out, arguments.check)
        }
        Command::Conformance(arguments) => conformance::run(&root(), arguments.sandbox.as_deref()),
        Command::Measure(Measure { other: Some(Other::Startup { write }), .. }) => {
            startup::run(&root(), write)
        }
        Command::Measure(arguments) => measure::run(&root(), arguments.sandbox.sandbox.as_deref()),
        Command::Samples(arguments) => scripts("samples.py", &arguments, &[]),
        Command::Languages(arguments) => {
            let check = arguments.check.then(|| "--check".to_owned());
            let only = arguments.only.into_iter().flat_map(|name| ["--only".to_owned(), name]);
            let options: Vec<String> = check.into_iter().chain(only).collect();
            scripts("languages.py", &arguments.sandbox, &options)
        }
        Command::Mutants(arguments) => mutants::run(&root(), &arguments),
        Command::Mcpb(arguments) => mcpb::run(&root(), &arguments),
        Command::Dist(arguments) => {
            dist::run(&root(), &load(&root().join("spec/chatwork.yaml"))?, &arguments)
        }
        Command::Release(arguments) => release::run(&root(), drift()?, arguments.quick),
    }
}

/// Runs a script of xtask/languages/.
fn scripts(script: &str, arguments: &Conformance, options: &[String]) -> Result<()> {
    let document = load(&root().join("spec/chatwork.yaml"))?;
    samples::run(&root(), &document, script, arguments.sandbox.as_deref(), options)
}

fn codegen(arguments: &Codegen) -> Result<()> {
    let spec = &arguments.spec.spec;
    let output =
        chatwork_codegen::generate(&load(spec)?).with_context(|| spec.display().to_string())?;
    if !arguments.check {
        let Written { written, removed } = output.write(&arguments.out)?;
        let folder = arguments.out.display();
        if !written.is_empty() {
            println!("wrote {} to {folder}", written.join(", "));
        }
        if !removed.is_empty() {
            println!("removed {} from {folder}", removed.join(", "));
        }
        if written.is_empty() && removed.is_empty() {
            println!("the generated files are up to date");
        }
        return Ok(());
    }
    let changes = output.changes(&arguments.out)?;
    for change in &changes {
        println!("{}", change.diff);
    }
    match changes.len() {
        0 => Ok(()),
        1 => bail!("1 generated file is out of date: run `cargo xtask codegen`"),
        n => {
            bail!("{n} generated files are out of date: run `cargo xtask codegen`")
        }
    }
}

/// Returns how many generated files are out of date.
fn drift() -> Result<usize> {
    let output = chatwork_codegen::generate(&load(&root().join("spec/chatwork.yaml"))?)?;
    Ok(output.changes(&root().join("chatwork-api/src/generated"))?.len())
}

fn check_spec(spec: &Path) -> Result<()> {
    let document = load(spec)?;
    let mut diagnostics = check::check(&document);
    diagnostics.extend(edition::missing(&document));
    diagnostics.extend(translations::unrecorded(spec, &document)?);
    print(&diagnostics);
    match diagnostics.len() {
        0 => {
            println!("{}: no errors", spec.display());
            Ok(())
        }
        1 => bail!("{}: 1 error", spec.display()),
        n => bail!("{}: {n} errors", spec.display()),
    }
}

/// Prints each diagnostic as a line.
fn print(diagnostics: &[Diagnostic]) {
    diagnostics.iter().for_each(|diagnostic| println!("{diagnostic}"));
}

/// Reads the document; an error names the file once.
fn load(spec: &Path) -> Result<Document> {
    Document::load(spec).map_err(|error| match error {
        chatwork_codegen::Error::File { .. } => error.into(),
        other => anyhow::Error::from(other).context(spec.display().to_string()),
    })
}
