//! The sandbox against the document, by schemathesis at a pinned version.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::python;

/// Everything that the document promises of a reply. Left out by intent are
///
/// - `unsupported_method`, and `allow_header_conformance` with it: they expect 405 for a method
///   that the document does not have, but the service answers 400, "Invalid Endpoint or HTTP
///   method", and so does the sandbox;
/// - `positive_data_acceptance`: it expects success for all that the schema admits, but state and
///   rules refuse some of it (an id that is not there, a link that is already open);
/// - `object_level_authorization`: it needs a second user, which the tests of the sandbox have.
///
/// `xtask/conformance/hooks.py` drops one kind of failure of `negative_data_rejection`: an optional
/// field of a body that is sent empty, which the sandbox takes as not sent.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,negative_data_rejection,\
    missing_required_header,use_after_free,ensure_resource_availability,ignored_auth";

/// The seed of the random cases. With a fixed seed, with Python's own hashes fixed
/// ([`schemathesis`]) and with a sandbox whose clock is stopped, every run makes the same
/// requests. Another Python, or other versions in `requirements.txt`, may make others.
const SEED: &str = "7";

/// Random cases for each operation, on top of the examples and the edge cases of the document.
const EXAMPLES: &str = "60";

/// The time at which the clock of the sandbox is stopped: cases are made from earlier replies.
const CLOCK: &str = "1750831200";

/// The account whose token is used: it is an admin, a member and read-only, in one room each.
const ACCOUNT: &str = "hanako";

/// Runs schemathesis against a sandbox of its own. Fails if a reply is a 5xx or does not match the
/// document. `program` is the sandbox to run; `None` builds it.
pub(crate) fn run(root: &Path, program: Option<&Path>) -> Result<()> {
    let spec = root.join("spec/chatwork.yaml");
    if !spec.is_file() {
        bail!("cannot read {}: file not found", spec.display());
    }
    let folder = root.join("target/conformance");
    let list = root.join("xtask/conformance/requirements.txt");
    let python = python::install(&list, &folder, "schemathesis")?;
    let sandbox = Sandbox::start(root, program)?;
    let work = folder.join("run");
    python::fresh(&work)?;
    let mut command = schemathesis(&python, &spec, &sandbox);
    command.env("SCHEMATHESIS_HOOKS", root.join("xtask/conformance/hooks.py"));
    let status = command.current_dir(work).status().context("cannot run schemathesis")?;
    if !status.success() {
        bail!("the replies of the sandbox do not match {}: see the failures above", spec.display());
    }
    Ok(())
}

fn schemathesis(python: &Path, spec: &Path, sandbox: &Sandbox) -> Command {
    let mut command = Command::new(python);
    command.args(["-m", "schemathesis.cli", "run"]).arg(spec).args(["--url", &sandbox.base_url]);
    command.arg("--header").arg(format!("X-ChatWorkToken: {}", sandbox.token));
    command.args(["--mode", "all", "--checks", CHECKS, "--seed", SEED, "--max-examples", EXAMPLES]);
    command.args(["--generation-database", "none", "--workers", "1"]);
    // A busy machine is slow, which is not a failure of the sandbox.
    command.args(["--suppress-health-check", "too_slow"]);
    // Cases are drawn from sets of strings, whose order depends on their hashes.
    command.env("PYTHONHASHSEED", "0");
    // The sandbox is on this machine: a proxy cannot reach it.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    command.env("PYTHONUTF8", "1");
    command
}

/// Builds the sandbox and runs it. On Unix `cargo run` becomes the program, so one kill is enough.
fn cargo_run(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "-p", "chatwork-sandbox", "--"]).current_dir(root);
    command
}

/// A sandbox in a process of its own, which ends when this is dropped.
struct Sandbox {
    child: Child,
    base_url: String,
    token: String,
    /// Kept open: the sandbox may still write to it.
    stdout: Option<BufReader<ChildStdout>>,
}

impl Sandbox {
    /// Starts it and waits for its first line.
    fn start(root: &Path, program: Option<&Path>) -> Result<Self> {
        let mut command = program.map_or_else(|| cargo_run(root), Command::new);
        command.args(["--port", "0", "--limits", "off", "--clock", CLOCK]);
        command.env("CHATWORK_SANDBOX_LOG", "error").stdin(Stdio::null()).stdout(Stdio::piped());
        let name = command.get_program().to_owned();
        let child = command.spawn().with_context(|| format!("cannot run {}", name.display()))?;
        let (base_url, token) = (String::new(), String::new());
        let mut sandbox = Self { child, base_url, token, stdout: None };
        sandbox.greet().context("the sandbox did not start")?;
        Ok(sandbox)
    }

    /// Reads the address and the token from the first line.
    fn greet(&mut self) -> Result<()> {
        let mut stdout = BufReader::new(
            self.child.stdout.take().context("its standard output is not captured")?,
        );
        let mut line = String::new();
        stdout.read_line(&mut line).context("cannot read its first line")?;
        self.stdout = Some(stdout);
        if line.is_empty() {
            bail!("it ended before it printed its first line");
        }
        let hello: Value = serde_json::from_str(&line)
            .with_context(|| format!("its first line is not valid JSON: {:?}", line.trim_end()))?;
        let url = hello.get("base_url").and_then(Value::as_str);
        self.base_url = url.context("its first line has no base_url")?.to_owned();
        let accounts = hello.get("accounts").and_then(Value::as_array).into_iter().flatten();
        let mut hers = accounts.filter(|account| account.get("key") == Some(&ACCOUNT.into()));
        let token = hers.next().and_then(|account| account.get("token")).and_then(Value::as_str);
        self.token =
            token.with_context(|| format!("its first line has no token of {ACCOUNT}"))?.to_owned();
        Ok(())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // An error means that it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
