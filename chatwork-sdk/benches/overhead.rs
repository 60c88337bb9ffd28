//! What `chatwork-sdk` adds, measured so that noise does not hide it.
//!
//! By time: the three ways take turns, a few hundred calls each, and the quickest turn of each
//! counts. What else the machine does disturbs all three alike.
//!
//! ```sh
//! cargo bench -p chatwork-sdk --bench overhead -- time 200
//! ```
//!
//! By instructions, which are the same in every run. Only those of the calling thread, and none of
//! the server's, are counted, between `measured` and its end:
//!
//! ```sh
//! cargo bench -p chatwork-sdk --bench overhead --no-run
//! valgrind --tool=callgrind --toggle-collect='*measured*' --callgrind-out-file=/dev/null \
//!     target/release/deps/overhead-* count client get 500
//! ```
//!
//! The ways are `client`, `source` (the client with a token source), `api` and `hand`, and what they
//! do is `get`, `post`, `messages` or
//! `rooms`.
//!
//! With the feature `limits` there is the way `file`, which takes a `lease` from the file store and
//! settles it, with a hundred other leases of thirty rooms in the file. It works on several threads,
//! so compare the totals of two runs without `--toggle-collect`, such as 100 and 1,100 times.

#[path = "support/bodies.rs"]
mod bodies;
#[path = "support/server.rs"]
mod server;
#[path = "support/ways.rs"]
mod ways;

use std::hint::black_box;
use std::time::{Duration, Instant};

use bodies::{PlainMessage, PlainRoom};
use chatwork_sdk::types::{Message, Room};
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};
use ways::{Result, Twin};

/// The calls of one turn.
const TURN: u32 = 200;
const WAYS: [&str; 3] = ["client", "api", "hand"];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["time", rounds] => time(&Bench::new()?, rounds.parse()?),
        ["count", way, what, times] => {
            let bench = Bench::new()?;
            // Connects, and fills what is filled once.
            bench.run(way, what, 20)?;
            measured(&bench, way, what, times.parse()?)
        }
        _ => {
            println!("expected `time <rounds>` or `count <way> <what> <times>`");
            Ok(())
        }
    }
}

/// What callgrind counts.
#[inline(never)]
fn measured(bench: &Bench, way: &str, what: &str, times: u32) -> Result<()> {
    black_box(bench).run(way, what, times)
}

fn time(bench: &Bench, rounds: u32) -> Result<()> {
    for what in ["get", "post", "messages", "rooms"] {
        let times = if what == "rooms" { 4 } else { TURN };
        let mut best = WAYS.map(|_| Duration::MAX);
        for _ in 0..rounds {
            for (way, best) in WAYS.iter().zip(&mut best) {
                let start = Instant::now();
                bench.run(way, what, times)?;
                *best = start.elapsed().min(*best);
            }
        }
        let [client, api, hand] = best.map(|best| best.as_secs_f64() * 1e6 / f64::from(times));
        let over = |way: f64| (way / hand - 1.0) * 100.0;
        println!(
            "{what:9} client {client:8.2} µs ({:+.1} %), api {api:8.2} µs ({:+.1} %), \
             by hand {hand:8.2} µs",
            over(client),
            over(api),
        );
    }
    Ok(())
}

struct Bench {
    runtime: Runtime,
    client: chatwork_sdk::Client,
    source: chatwork_sdk::Client,
    api: chatwork_api::Client,
    twin: Twin,
    messages: String,
    rooms: String,
    #[cfg(feature = "limits")]
    shared: shared::Shared,
}

impl Bench {
    fn new() -> Result<Self> {
        let server = server::start()?;
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            client: ways::client(server)?,
            source: ways::client_with_source(server)?,
            api: ways::api(server)?,
            twin: Twin::new(server)?,
            messages: bodies::messages(100),
            rooms: bodies::rooms(5_000),
            #[cfg(feature = "limits")]
            shared: shared::Shared::new()?,
        })
    }

    fn run(&self, way: &str, what: &str, times: u32) -> Result<()> {
        self.runtime.block_on(async {
            for _ in 0..times {
                self.once(way, what).await?;
            }
            Ok(())
        })
    }

    async fn once(&self, way: &str, what: &str) -> Result<()> {
        match (way, what) {
            ("client", "get") => drop(ways::client_get(&self.client).await?),
            ("client", "post") => drop(ways::client_post(&self.client).await?),
            ("source", "get") => drop(ways::client_get(&self.source).await?),
            ("source", "post") => drop(ways::client_post(&self.source).await?),
            ("api", "get") => drop(ways::api_get(&self.api).await?),
            ("api", "post") => drop(ways::api_post(&self.api).await?),
            ("hand", "get") => drop(self.twin.get().await?),
            ("hand", "post") => drop(self.twin.post().await?),
            ("hand", "messages") => read::<Vec<PlainMessage>>(&self.messages)?,
            ("hand", "rooms") => read::<Vec<PlainRoom>>(&self.rooms)?,
            #[cfg(feature = "limits")]
            ("file", "lease") => self.shared.lease().await?,
            // The client reads with the types of the API.
            (_, "messages") => read::<Vec<Message>>(&self.messages)?,
            (_, "rooms") => read::<Vec<Room>>(&self.rooms)?,
            _ => return Err(format!("no such thing: {way} {what}").into()),
        }
        Ok(())
    }
}

fn read<T: DeserializeOwned>(body: &str) -> Result<()> {
    black_box(serde_json::from_slice::<T>(black_box(body.as_bytes()))?);
    Ok(())
}

/// A lease of the file store.
#[cfg(feature = "limits")]
mod shared {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use chatwork_sdk::RoomId;
    use chatwork_sdk::limits::policy::{Outcome, RateLimitHeaders};
    use chatwork_sdk::limits::{FileLimits, Granted, LimitStore, Settled, Want};
    use tempfile::TempDir;

    use crate::ways::Result;

    const ACCOUNT: &str = "account";
    const HOUR: Duration = Duration::from_secs(3600);

    pub(super) struct Shared {
        store: FileLimits,
        filled: AtomicBool,
        _folder: TempDir,
    }

    impl Shared {
        pub(super) fn new() -> Result<Self> {
            let folder = tempfile::tempdir()?;
            let store = FileLimits::in_folder(folder.path());
            Ok(Self { store, filled: AtomicBool::new(false), _folder: folder })
        }

        pub(super) async fn lease(&self) -> Result<()> {
            if !self.filled.swap(true, Ordering::Relaxed) {
                let want = |post: i64| Want { room: Some(RoomId(post % 30)), hold: HOUR };
                let wants: Vec<Want> = (0..100).map(want).collect();
                self.store.acquire(ACCOUNT, &wants).await?;
            }
            let want = Want { room: None, hold: HOUR };
            let granted = self.store.acquire(ACCOUNT, &[want]).await?;
            let [Granted::Go(lease)] = *granted else { return Err("no lease".into()) };
            let reset_in = Duration::from_secs(200);
            let account =
                RateLimitHeaders { limit: 300, remaining: 250, reset: 2_000_000_000, reset_in };
            let outcome = Outcome { account: Some(account), answered: true, ..Outcome::default() };
            self.store.settle(ACCOUNT, &[Settled { lease, outcome }]).await
        }
    }
}
