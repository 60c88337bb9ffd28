//! A load test: 200 connections send 20,000 mixed requests without limits. No message may be lost.
//!
//! ```sh
//! cargo run --release -p chatwork-sandbox --example load
//! ```

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use chatwork_api::types::RoomId;
use chatwork_sandbox::Sandbox;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};

const CONNECTIONS: usize = 200;
const REQUESTS_EACH: usize = 100;
const ROOM: i64 = 93_207_172;
const TOKENS: [&str; 4] = ["hanako", "ken", "misaki", "bot"];

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let sandbox = Arc::new(Sandbox::builder().limits(false).start().await?);
    let start = Instant::now();
    let workers: Vec<_> =
        (0..CONNECTIONS).map(|number| tokio::spawn(work(Arc::clone(&sandbox), number))).collect();
    let mut posted = 0;
    for worker in workers {
        posted += worker.await??;
    }
    let seconds = start.elapsed().as_secs_f64();
    let count = CONNECTIONS * REQUESTS_EACH;
    println!("{count} requests in {seconds:.2} s: {:.0} a second", count as f64 / seconds);
    let after = posts(&sandbox);
    let distinct = after.iter().collect::<HashSet<_>>().len();
    println!("{posted} messages posted, {} there, {distinct} of them different", after.len());
    println!("{}", peak_memory());
    match (after.len(), distinct) == (posted, posted) {
        true => Ok(()),
        false => Err("messages are lost, or there twice".into()),
    }
}

/// One client with one connection; every fifth request posts. Returns how many it has posted.
async fn work(sandbox: Arc<Sandbox>, number: usize) -> Result<usize, Failure> {
    let http = Client::builder().no_proxy().pool_max_idle_per_host(1).build()?;
    let token = sandbox.token(TOKENS.get(number % TOKENS.len()).copied().unwrap_or_default());
    let base = sandbox.base_url();
    let mut posted = 0;
    for index in 0..REQUESTS_EACH {
        let request = |method, path: &str| {
            http.request(method, format!("{base}{path}")).header("X-ChatWorkToken", token)
        };
        let room = format!("/rooms/{ROOM}");
        let request: RequestBuilder = match index % 10 {
            0 | 5 => {
                posted += 1;
                let body = format!("load {number}/{index}");
                request(Method::POST, &format!("{room}/messages")).form(&[("body", body)])
            }
            1 => request(Method::GET, &format!("{room}/messages?force=1")),
            2 => request(Method::GET, &format!("{room}/messages")),
            3 => request(Method::GET, "/my/status"),
            4 => request(Method::GET, "/my/tasks"),
            6 if index % 50 == 6 => {
                let part = Part::bytes(vec![b'x'; 10_000]).file_name("負荷.txt");
                let form = Form::new().part("file", part);
                request(Method::POST, &format!("{room}/files")).multipart(form)
            }
            7 => request(Method::GET, &format!("{room}/members")),
            8 => request(Method::GET, &format!("{room}/tasks?status=open")),
            _ => request(Method::GET, "/rooms"),
        };
        let reply = request.send().await?.error_for_status()?;
        reply.bytes().await?;
    }
    Ok(posted)
}

/// The bodies of all messages that this program posted.
fn posts(sandbox: &Sandbox) -> Vec<String> {
    let state = sandbox.state();
    let messages = state.room(RoomId(ROOM)).map(|room| room.messages.clone()).unwrap_or_default();
    let bodies = messages.into_iter().map(|message| message.body);
    bodies.filter(|body| body.starts_with("load ")).collect()
}

/// The peak memory of this process, clients included.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.map_or_else(String::new, |line| line.replace("VmHWM:", "peak memory, clients too:"))
}
