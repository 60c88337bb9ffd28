//! The jobs, run against a sandbox.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use chatwork_archive::{Archive, SyncOptions};
use chatwork_mcp::{Account, Accounts, Options, Server, Toolset};
use chatwork_sandbox::{Clock, Sandbox};
use chatwork_sdk::{Client, Pacing};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::agent::Agent;
use crate::page::{self, Words};

/// The Unix time of the sandbox: 25 June 2025, 15:00 in Japan.
const CLOCK: i64 = 1_750_831_200;
/// The account that the server acts for.
const WHO: &str = "hanako";

/// A job: what a person wants, and the calls that do it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Job {
    pub(crate) title: Words,
    pub(crate) about: Words,
    /// The sets of tools, beside those that read.
    #[serde(default)]
    pub(crate) toolsets: Vec<String>,
    /// Whether there is an archive.
    #[serde(default)]
    pub(crate) archive: bool,
    /// Files in the folder for uploads.
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) steps: Vec<Step>,
}

/// A call of a tool.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(crate) tool: String,
    pub(crate) arguments: Map<String, Value>,
    /// What the result has.
    #[serde(default)]
    has: Vec<String>,
    /// What later calls need of the result: a name, and a pattern with `*` for it.
    #[serde(default)]
    keep: BTreeMap<String, [String; 2]>,
    /// What is in the state of the sandbox afterwards.
    #[serde(default)]
    state_has: Vec<String>,
}

/// What a job costs: its calls, and the characters that a model writes and reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) calls: usize,
    pub(crate) characters: usize,
}

pub(crate) fn jobs() -> Vec<Job> {
    serde_json::from_str(include_str!("../jobs.json")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_job_is_done_and_costs_what_the_page_says() {
    let jobs = jobs();
    assert_eq!(jobs.len(), 10);
    let mut costs = Vec::new();
    for job in &jobs {
        costs.push(run(job).await);
    }
    page::check("jobs", |lang| page::jobs(&jobs, &costs, lang));
}

/// A sandbox without limits, whose clock stands.
pub(crate) async fn sandbox() -> Sandbox {
    let builder = Sandbox::builder().limits(false).clock(Clock::manual(CLOCK));
    builder.start().await.unwrap()
}

/// A client that waits for no limit.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    let builder = Client::builder().token(sandbox.token(WHO)).pacing(Pacing::off());
    builder.base_url(sandbox.base_url()).build().unwrap()
}

async fn run(job: &Job) -> Cost {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox().await;
    let mut agent = Agent::connect(server(job, &sandbox, folder.path()).await).await;
    let mut cost = Cost { calls: 0, characters: 0 };
    let mut kept = BTreeMap::new();
    for step in &job.steps {
        let arguments = filled(&Value::Object(step.arguments.clone()), &kept);
        let text = agent.call(&step.tool, &arguments).await;
        cost.calls += 1;
        cost.characters += arguments.to_string().chars().count() + text.chars().count();
        let title = &job.title.en;
        for words in &step.has {
            assert!(text.contains(words), "{title}: no {words:?} in {}: {text}", step.tool);
        }
        for (name, [before, behind]) in &step.keep {
            kept.insert(name.clone(), between(&text, before, behind).to_owned());
        }
        let state = if step.state_has.is_empty() { String::new() } else { state(&sandbox) };
        for words in &step.state_has {
            assert!(state.contains(words), "{title}: no {words:?} after {}: {text}", step.tool);
        }
    }
    cost
}

async fn server(job: &Job, sandbox: &Sandbox, folder: &Path) -> Server {
    let client = client(sandbox);
    let mut account = Account::new(WHO, client.clone());
    if job.archive {
        let path = folder.join("archive.chatwork");
        let id = client.me().await.unwrap().account_id;
        let archive = Archive::open_or_create(&path, id).unwrap();
        archive.sync(&client, &SyncOptions::new()).await.unwrap();
        account = account.archive(path);
    }
    let sets = job.toolsets.iter().map(|set| set.parse::<Toolset>().unwrap());
    let mut options = Options::new().toolsets(sets);
    if !job.files.is_empty() {
        let upload = folder.join("upload");
        std::fs::create_dir(&upload).unwrap();
        for (name, text) in &job.files {
            std::fs::write(upload.join(name), text).unwrap();
        }
        options = options.upload_dir(upload);
    }
    Server::new(options, Accounts::one(account)).unwrap()
}

/// Puts what earlier results had in place of `{name}`.
fn filled(value: &Value, kept: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => {
            let fill = |text: String, (name, with): (&String, &String)| {
                text.replace(&format!("{{{name}}}"), with)
            };
            Value::String(kept.iter().fold(text.clone(), fill))
        }
        Value::Array(items) => items.iter().map(|item| filled(item, kept)).collect(),
        Value::Object(fields) => {
            let fill = |(name, item): (&String, &Value)| (name.clone(), filled(item, kept));
            Value::Object(fields.iter().map(fill).collect())
        }
        other => other.clone(),
    }
}

/// Returns the part of a line between the last `before` and the next `behind`. A line is the one
/// that has both; `before` may be empty for the start of the line.
fn between<'a>(text: &'a str, before: &str, behind: &str) -> &'a str {
    let part = |line: &'a str| {
        let (head, _) = line.split_once(behind)?;
        match before.is_empty() {
            true => head.split(' ').next(),
            false => head.rsplit_once(before).map(|(_, part)| part),
        }
    };
    text.lines().find_map(part).unwrap_or_else(|| panic!("no {before:?}…{behind:?} in {text}"))
}

/// Returns the state of the sandbox as JSON. HTTP/1.0 needs no library: the body ends with the
/// connection.
fn state(sandbox: &Sandbox) -> String {
    let authority = sandbox.origin().trim_start_matches("http://");
    let mut stream = TcpStream::connect(authority).unwrap();
    write!(stream, "GET /_sandbox/state HTTP/1.0\r\nHost: {authority}\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (_, body) = reply.split_once("\r\n\r\n").unwrap();
    serde_json::from_str::<Value>(body).unwrap().to_string()
}
