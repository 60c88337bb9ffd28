//! Several processes on one file: this test program, run again.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use chatwork_sdk::oauth::{
    App, FileStore, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore,
};
use chatwork_sdk::{Client, TokenFuture};
use tokio::task::JoinSet;

use super::party::{CALLBACK, Party, loaded, put, unfinished};

/// What a process is told: where the sandbox and the file are, and what to do.
const VARIABLES: [&str; 4] = ["TEST_API", "TEST_TOKEN_URL", "TEST_FILE", "TEST_DIES"];

/// The test that is something else in a process of its own.
const THIS: &str = "oauth::processes::two_processes_on_one_file_make_one_refresh";

/// This program, run again.
struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Runs the first of the tests below in a process of its own, where it is [`ten_calls`] and waits
    /// for a word.
    fn begin(party: &Party, file: &Path, dies: bool) -> Self {
        let values = [
            party.sandbox.base_url(),
            party.sandbox.token_url(),
            file.display().to_string(),
            dies.to_string(),
        ];
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", THIS, "--nocapture"])
            .envs(VARIABLES.into_iter().zip(values))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut process = Self { child, lines };
        process.says("ready");
        process
    }

    /// Waits until it says something.
    fn says(&mut self, what: &str) {
        let said = self.lines.by_ref().any(|line| line.unwrap().contains(what));
        assert!(said, "the process has not said {what:?}");
    }

    /// Says the word.
    fn go(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"go\n").unwrap();
    }

    /// Waits for its end without standing in the way of the sandbox.
    async fn ends_well(self) -> bool {
        let Self { mut child, lines } = self;
        let ending = move || {
            // It may have more to say, and would wait for somebody to read it.
            lines.for_each(drop);
            child.wait().unwrap().success()
        };
        tokio::task::spawn_blocking(ending).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_on_one_file_make_one_refresh() {
    if let [Ok(api), Ok(token_url), Ok(file), Ok(dies)] = VARIABLES.map(std::env::var) {
        return ten_calls(&api, &token_url, &file, dies == "true").await;
    }
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let store = FileStore::new(folder.path().join("tokens.json"));
    let old = party.ended().await;
    put(&store, &old).await;
    let lock = store.lock().await.unwrap();
    let mut processes = [(); 2].map(|()| Process::begin(&party, store.path(), false));
    for process in &mut processes {
        process.go();
        process.says("locking");
    }
    // Both have seen the old tokens, and want to refresh them.
    drop(lock);
    for process in processes {
        assert!(process.ends_well().await);
    }
    assert_eq!(party.refreshes(), [Some(200)]);
    assert_ne!(loaded(&store).await, Some(old));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_ends_between_refresh_and_save_leaves_a_complete_file_and_no_lock() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let store = FileStore::new(folder.path().join("tokens.json"));
    let old = party.ended().await;
    put(&store, &old).await;
    let mut process = Process::begin(&party, store.path(), true);
    process.go();
    assert!(!process.ends_well().await);
    assert_eq!(party.refreshes(), [Some(200)]);
    assert_eq!(loaded(&store).await, Some(old.clone()));
    drop(store.lock().await.unwrap());

    // The new refresh token died with it, and the old one was used up: what can be kept is the old
    // access token, as long as it lives, and a clear word after that.
    let error = party.app.source(store.clone()).access_token().await.unwrap_err();
    assert!(error.is_consent_needed(), "{error:?}");
    let client = Client::builder().base_url(party.sandbox.base_url());
    let client = client.bearer(old.access_token.expose()).build().unwrap();
    assert!(client.me().await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_ends_between_writing_and_renaming_loses_nothing() {
    let (party, folder) = (Party::confidential().await, tempfile::tempdir().unwrap());
    let store = FileStore::new(folder.path().join("tokens.json"));
    let old = party.ended().await;
    let new = party.app.refresh(&old).await.unwrap();
    put(&store, &old).await;
    let unnamed = folder.path().join("tokens.json.new");
    std::fs::write(unnamed, unfinished(&store, &new).await).unwrap();
    let mut process = Process::begin(&party, store.path(), false);
    process.go();
    assert!(process.ends_well().await);
    assert_eq!(party.refreshes(), [Some(200)]);
    assert_eq!(loaded(&store).await, Some(new));
}

/// What a process of its own does: ten calls at once.
async fn ten_calls(api: &str, token_url: &str, file: &str, dies: bool) {
    println!("ready");
    std::io::stdin().read_exact(&mut [0; 3]).unwrap();
    let app = App::builder("sandbox-confidential-app").secret("sandbox-confidential-secret");
    let app = app
        .redirect_uri(CALLBACK)
        .allow_http_redirect_uri(true)
        .endpoints("http://127.0.0.1:9", token_url);
    let app = app.build().unwrap();
    let store = FileStore::new(file);
    let source = match dies {
        true => app.source(Aborting(store)),
        false => app.source(Announcing(store)),
    };
    let client = Client::builder().base_url(api).token_source(source).build().unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        let client = client.clone();
        calls.spawn(async move { client.me().await.unwrap() });
    }
    calls.join_all().await;
}

/// A store that prints when a refresh is about to begin.
struct Announcing(FileStore);

impl TokenStore for Announcing {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.0.load()
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        self.0.save(grant, condition)
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.0.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        println!("locking");
        self.0.lock()
    }
}

/// A store whose save ends the process.
struct Aborting(FileStore);

impl TokenStore for Aborting {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.0.load()
    }

    fn save<'a>(&'a self, _: &'a Grant, _: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        std::process::abort()
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.0.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        self.0.lock()
    }
}
