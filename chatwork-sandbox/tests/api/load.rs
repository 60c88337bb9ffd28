//! Many requests at the same time.

use std::collections::HashSet;
use std::sync::Arc;

use chatwork_api::types::RoomId;
use chatwork_sandbox::Sandbox;
use reqwest::Method;

use crate::support::{PROJECT, act};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_clients_at_once_lose_no_message() {
    let sandbox = Arc::new(Sandbox::builder().limits(false).start().await.unwrap());
    let posts: Vec<_> = (0..200)
        .map(|worker| {
            let api = act(&sandbox, ["hanako", "ken", "misaki", "bot"][worker % 4]);
            tokio::spawn(async move {
                for index in 0..5 {
                    let body = format!("{worker}/{index}");
                    let path = format!("/rooms/{PROJECT}/messages");
                    let request = api.request(Method::POST, &path).form(&[("body", body)]);
                    assert_eq!(request.send().await.unwrap().status(), 200);
                    let read = api.request(Method::GET, "/rooms").send().await.unwrap();
                    assert_eq!(read.status(), 200);
                }
            })
        })
        .collect();
    for post in posts {
        post.await.unwrap();
    }
    let state = sandbox.state();
    let messages = &state.room(RoomId(PROJECT)).unwrap().messages;
    let bodies: Vec<_> = messages
        .iter()
        .filter(|message| message.body.contains('/'))
        .filter(|message| message.body.chars().next().is_some_and(|c| c.is_ascii_digit()))
        .map(|message| message.body.as_str())
        .collect();
    let distinct: HashSet<_> = bodies.iter().collect();
    assert_eq!((bodies.len(), distinct.len()), (1_000, 1_000));
    assert!(messages.is_sorted_by_key(|message| message.id));
}
