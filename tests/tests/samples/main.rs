//! The samples for Rust, run against a sandbox.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod functions;
mod rewrite;

use std::collections::BTreeMap;
use std::pin::Pin;

use chatwork_api::reqwest::Url;
use chatwork_codegen::samples::{Body, Call, calls};
use chatwork_sandbox::{Clock, LoggedRequest, Message, Sandbox};
use chatwork_sdk::{AccountId, Client, Error, Pacing, RetryPolicy, RoomId};
use rewrite::{Rewriting, rewritten};
use serde_json::Value;
use tests::proxy::http;
use tests::spec;

type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

const HANAKO: AccountId = AccountId(1_484_814);
const PROJECT: RoomId = RoomId(93_207_172);

macro_rules! samples {
    ($($name:ident)+) => {
        /// The sample of an operation, by the name of its function.
        fn sample<'a>(name: &str, chatwork: &'a Client) -> Running<'a> {
            match name {
                $(stringify!($name) => Box::pin(functions::$name(chatwork)),)+
                _ => panic!("there is no sample of {name}"),
            }
        }
    };
}

samples! {
    get_me get_my_status list_my_tasks list_contacts list_incoming_requests
    accept_incoming_request decline_incoming_request list_rooms create_room get_room update_room
    delete_or_leave_room list_room_members replace_room_members list_room_messages
    create_room_message mark_room_messages_read mark_room_messages_unread get_room_message
    update_room_message delete_room_message list_room_tasks create_room_task get_room_task
    update_room_task_status list_room_files upload_room_file get_room_file get_room_link
    create_room_link replace_room_link delete_room_link
}

/// `createRoom` becomes `create_room`.
fn snake(id: &str) -> String {
    let mut name = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[tokio::test]
async fn every_sample_sends_the_example_of_its_operation_and_succeeds() {
    // The sample of an upload reads a file of the folder in which it runs.
    let folder = std::env::temp_dir().join(format!("chatwork-samples-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("議事録.txt"), "本文").unwrap();
    std::env::set_current_dir(&folder).unwrap();
    let mut failures = Vec::new();
    for call in calls(spec::document()) {
        if let Err(failure) = run(&call).await {
            failures.push(format!("{}: {failure}", call.operation.id()));
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

async fn run(call: &Call<'_>) -> Result<(), String> {
    let sandbox = Sandbox::builder().clock(Clock::manual(1_750_831_200)).start().await.unwrap();
    let direct = client(&sandbox.base_url(), &sandbox);
    // What has to happen in the room before an operation can succeed.
    match call.operation.id() {
        "createRoomLink" => drop(direct.room(PROJECT).link().delete().await.unwrap()),
        "markRoomMessagesUnread" => drop(direct.room(PROJECT).mark_read().await.unwrap()),
        _ => {}
    }
    let ids = ids(&sandbox);
    let proxy = Rewriting::start(sandbox.origin(), ids.clone()).await;
    let before = sandbox.requests().len();
    let chatwork = client(proxy.base_url(), &sandbox);
    sample(&snake(call.operation.id()), &chatwork).await.map_err(|error| error.to_string())?;

    let requests = sandbox.requests();
    let sent = requests.get(before).ok_or("no request")?;
    let (expected, found) = (expected(call, &ids), seen(sent));
    if expected == found { Ok(()) } else { Err(format!("expected {expected:?}, found {found:?}")) }
}

fn client(base_url: &str, sandbox: &Sandbox) -> Client {
    let builder = Client::builder().base_url(base_url).http_client(http());
    let builder = builder.pacing(Pacing::off()).retry(RetryPolicy::off());
    builder.token(sandbox.token("hanako")).build().unwrap()
}

/// What the examples name, and what takes its place in the sandbox: a message of Hanako, one that she
/// has not read, and a code that no room has had.
fn ids(sandbox: &Sandbox) -> Vec<(String, String)> {
    let own = message(sandbox, |message| message.account == HANAKO && !message.system);
    let unread = message(sandbox, |message| message.body.starts_with("会議室は"));
    let pairs = [
        ("1928374655918273645", own.as_str()),
        ("1928374498271305728", unread.as_str()),
        ("new-product_2025", "new-product_2026"),
    ];
    pairs.map(|(example, own)| (example.to_owned(), own.to_owned())).into()
}

/// The id of the first message of the project that is meant.
fn message(sandbox: &Sandbox, meant: impl Fn(&Message) -> bool) -> String {
    let state = sandbox.state();
    let room = state.rooms().find(|room| room.id == PROJECT).unwrap();
    room.messages.iter().find(|message| meant(message)).unwrap().id.to_string()
}

/// Method, path, query and form.
type Sent = (String, String, BTreeMap<String, String>, BTreeMap<String, String>);

fn expected(call: &Call<'_>, ids: &[(String, String)]) -> Sent {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let map = |fields: &[(&str, Value)]| -> BTreeMap<String, String> {
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), rewritten(&text(value), ids)))
            .collect()
    };
    let form = match &call.body {
        Body::Form(fields) => map(fields),
        // The sandbox does not log multipart bodies.
        Body::None | Body::File { .. } => BTreeMap::new(),
    };
    let path = rewritten(&format!("/v2{}", call.filled_path()), ids);
    (call.operation.method.to_uppercase(), path, map(&call.query), form)
}

fn seen(request: &LoggedRequest) -> Sent {
    let query = pairs(&request.query);
    let form = pairs(request.body.as_deref().unwrap_or_default());
    (request.method.clone(), request.path.clone(), query, form)
}

fn pairs(encoded: &str) -> BTreeMap<String, String> {
    let url = Url::parse(&format!("http://localhost/?{encoded}")).unwrap();
    url.query_pairs().into_owned().collect()
}
