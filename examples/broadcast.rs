//! Posts one message to many rooms at once: to those named, or to every group chat that one may
//! post to.
//!
//! All posts are made at the same time. The client lets them go as fast as the rate limits allow:
//! at once what is left of the account's 300, the rest in the windows after that. What failed is
//! listed at the end.
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example broadcast -- <text> <room id>…
//! CHATWORK_API_TOKEN=… cargo run --example broadcast -- <text> all
//! ```
//!
//! `CHATWORK_API_BASE_URL` sends it to another server, for example one on this machine.

use std::error::Error as StdError;
use std::process::ExitCode;

use chatwork_sdk::{Client, Error, RoomId};
use tokio::task::JoinSet;

const USAGE: &str = "expected a text, and then ids of rooms or `all`";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(failed) if failed.is_empty() => ExitCode::SUCCESS,
        Ok(failed) => {
            eprintln!("broadcast: {} rooms were not reached", failed.len());
            for (room, error) in failed {
                eprintln!("  {room}: {}", explain(&error));
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("broadcast: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns what failed.
async fn run() -> Result<Vec<(RoomId, Error)>, Box<dyn StdError>> {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().ok_or(USAGE)?;
    let named: Vec<String> = arguments.collect();
    let chatwork = Client::from_env()?;
    let rooms = rooms(&chatwork, &named).await?;

    let mut posts = JoinSet::new();
    for id in rooms {
        let (room, text) = (chatwork.room(id), text.clone());
        posts.spawn(async move { (id, room.post(text).await) });
    }
    let mut failed = Vec::new();
    while let Some(post) = posts.join_next().await {
        match post? {
            (room, Ok(message)) => println!("{room}: {message}"),
            (room, Err(error)) => failed.push((room, error)),
        }
    }
    if let Some(limit) = chatwork.rate_limit() {
        println!("{} of {} requests are left", limit.remaining, limit.limit);
    }
    failed.sort_by_key(|(room, _)| *room);
    Ok(failed)
}

async fn rooms(chatwork: &Client, named: &[String]) -> Result<Vec<RoomId>, Box<dyn StdError>> {
    match named {
        [] => Err(USAGE.into()),
        [all] if all == "all" => {
            let rooms = chatwork.rooms().await?;
            let open = rooms.iter().filter(|room| room.is_group() && room.can_post());
            Ok(open.map(|room| room.room_id).collect())
        }
        ids => {
            let ids: Result<Vec<RoomId>, _> = ids.iter().map(|id| id.parse()).collect();
            Ok(ids.map_err(|_| USAGE)?)
        }
    }
}

/// What a person can do about it.
fn explain(error: &Error) -> String {
    match error {
        error if error.is_forbidden() => format!("not in the room, or only a reader ({error})"),
        error if error.is_timeout() => format!("it may have arrived or not ({error})"),
        Error::RateLimited(limited) => {
            format!("it could go in {} s ({error})", limited.retry_after().as_secs())
        }
        error => error.to_string(),
    }
}
