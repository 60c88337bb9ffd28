//! A Redis server for one test.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chatwork_redis::Server;
use chatwork_sdk::RateLimitName;
use chatwork_sdk::limits::{Granted, LimitStore, Want};
use chatwork_sdk::types::RoomId;
use redis::{Cmd, FromRedisValue};
use tempfile::TempDir;

const MISSING: &str = "these tests start `redis-server` 7.0 or later, which is missing: \
    apt-get install redis-server";

/// A `redis-server` on a free port of this machine, which ends with the value.
pub(crate) struct Redis {
    port: u16,
    folder: TempDir,
    options: Vec<String>,
    process: Option<Child>,
}

impl Redis {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a server with further options.
    pub(crate) fn start_with(options: &[&str]) -> Self {
        // Another process may take a port that was free a moment ago.
        for _ in 0..5 {
            let folder = tempfile::tempdir().expect("a folder");
            let options = options.iter().map(|&it| it.to_owned()).collect();
            let mut redis = Self { port: free_port(), folder, options, process: None };
            if redis.run() {
                return redis;
            }
        }
        panic!("no redis-server starts on a free port");
    }

    pub(crate) fn url(&self) -> String {
        self.url_of("")
    }

    /// Returns the address with a user, as in `name:password@`.
    pub(crate) fn url_of(&self, user: &str) -> String {
        format!("redis://{user}127.0.0.1:{}", self.port)
    }

    pub(crate) fn server(&self) -> Server {
        Server::open(&self.url()).expect("an address")
    }

    /// Sends a command by a connection of its own.
    pub(crate) async fn send<T: FromRedisValue>(&self, command: &str) -> T {
        self.cmd(&command_of(command)).await
    }

    pub(crate) async fn cmd<T: FromRedisValue>(&self, command: &Cmd) -> T {
        let client = redis::Client::open(self.url()).expect("an address");
        let mut connection = client.get_multiplexed_async_connection().await.expect("connected");
        command.query_async(&mut connection).await.expect("an answer")
    }

    pub(crate) fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("a process of this test");
            process.wait().expect("its end");
        }
    }

    /// Starts the server again, on the same port, without what it held.
    pub(crate) fn restart(&mut self) {
        self.stop();
        assert!(self.run(), "redis-server does not start again");
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn run(&mut self) -> bool {
        let log = std::fs::File::create(self.log()).expect("a log");
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &self.port.to_string(), "--save", ""])
            .args(["--appendonly", "no", "--enable-debug-command", "yes", "--dir"])
            .arg(self.folder.path())
            .args(&self.options)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(Stdio::null())
            .spawn();
        let process = self.process.insert(child.expect(MISSING));
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            if process.try_wait().expect("a process of this test").is_some() {
                return false;
            }
            let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            if log.contains("Ready to accept connections")
                && TcpStream::connect(("127.0.0.1", self.port)).is_ok()
            {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("redis-server does not answer: {}", std::fs::read_to_string(self.log()).unwrap());
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            _ = process.kill();
            _ = process.wait();
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("bound").port()
}

/// Returns a command whose arguments hold no space.
pub(crate) fn command_of(text: &str) -> Cmd {
    let mut parts = text.split(' ');
    let mut command = redis::cmd(parts.next().expect("a name"));
    parts.for_each(|part| _ = command.arg(part));
    command
}

pub(crate) const ACCOUNT: &str = "1 https://api.chatwork.com/v2";

pub(crate) fn want(room: i64) -> Want {
    Want { room: Some(RoomId(room)), hold: Duration::from_secs(75) }
}

/// Takes as many leases of a room as the store gives.
pub(crate) async fn take(store: &dyn LimitStore, room: i64) -> usize {
    let granted = store.acquire(ACCOUNT, &[want(room); 12]).await.expect("an answer");
    for answer in &granted {
        if let Granted::Wait(delay) = answer {
            assert_eq!(delay.limit, RateLimitName::RoomPosting);
        }
    }
    granted.iter().filter(|it| matches!(it, Granted::Go(_))).count()
}
