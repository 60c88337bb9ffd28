//! The paths that the page calls, as other programs can call them.

use chatwork_api::types::RoomId;
use chatwork_sandbox::{Fault, Sandbox, WebhookSeed};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{
    ALEX, HANAKO, KEN, MISAKI, PROJECT, Receiver, act, answer, call, http, sandbox,
};

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let (status, json) = call(sandbox, Method::GET, path, Value::Null).await;
    assert_eq!(status, 200, "{path}: {json}");
    json
}

/// Acts by the control API.
async fn perform(sandbox: &Sandbox, call_of: Value) -> (u16, Value) {
    call(sandbox, Method::POST, "act", call_of).await
}

fn posting(account: &str, body: &str) -> Value {
    let path = format!("/rooms/{PROJECT}/messages");
    json!({ "account": account, "method": "POST", "path": path, "form": { "body": body } })
}

#[tokio::test]
async fn an_account_acts_without_its_token() {
    let sandbox = sandbox().await;
    let (status, posted) = perform(&sandbox, posting("ken", "acted")).await;
    assert_eq!(status, 200);
    let newest = act(&sandbox, "hanako").newest(PROJECT).await;
    assert_eq!((&newest["message_id"], &newest["body"]), (&posted["message_id"], &json!("acted")));
    assert_eq!(newest["account"]["account_id"], KEN);
}

#[tokio::test]
async fn what_an_account_may_not_do_is_refused_as_by_the_api() {
    let sandbox = sandbox().await;
    let (status, json) = perform(&sandbox, posting("alex", "may only read")).await;
    assert_eq!(status, 403);
    assert_eq!(json["errors"][0], "You don't have permission to post messages in this room");
    assert_eq!(perform(&sandbox, posting("ken", "")).await.0, 400);
}

#[tokio::test]
async fn acting_is_not_logged_counts_against_no_limit_and_meets_no_fault() {
    let sandbox = sandbox().await;
    sandbox.faults().add(Fault::close()).unwrap();
    for turn in 0..12 {
        assert_eq!(perform(&sandbox, posting("ken", "more than ten posts")).await.0, 200, "{turn}");
    }
    assert_eq!((sandbox.requests().len(), sandbox.faults().pending().len()), (0, 1));
    sandbox.faults().clear();
    let me = act(&sandbox, "ken").get("/me").await;
    assert_eq!(me.number("x-ratelimit-remaining"), 299);
}

#[tokio::test]
async fn a_file_is_uploaded_as_an_account() {
    let sandbox = sandbox().await;
    let path = format!("/rooms/{PROJECT}/files");
    let file = json!({ "name": "日報.txt", "base64": "44GT44KT44Gr44Gh44Gv" });
    let upload = json!({ "account": "ken", "method": "POST", "path": path, "file": file });
    let (status, uploaded) = perform(&sandbox, upload).await;
    assert_eq!(status, 200);
    let path = format!("/rooms/{PROJECT}/files/{}", uploaded["file_id"]);
    let file = act(&sandbox, "hanako").get(&path).await.json;
    assert_eq!((&file["filename"], &file["filesize"]), (&json!("日報.txt"), &json!(15)));
}

#[tokio::test]
async fn a_call_that_is_wrong_itself_is_400_and_says_what_is_wrong() {
    let sandbox = sandbox().await;
    let mut unknown_path = posting("ken", "x");
    unknown_path["path"] = json!("/rooms");
    unknown_path["method"] = json!("PATCH");
    let mut no_base64 = posting("ken", "x");
    no_base64["file"] = json!({ "name": "a", "base64": "?" });
    for (wrong, word) in [
        (posting("nobody", "x"), "account"),
        (unknown_path, "path"),
        (no_base64, "base64"),
        (json!({ "account": "ken" }), "method"),
    ] {
        let (status, json) = perform(&sandbox, wrong).await;
        let text = json["errors"][0].as_str().unwrap().to_owned();
        assert!(status == 400 && text.contains(word), "{status} {text}");
    }
}

/// A form on a page of another site can send texts and forms, not JSON.
#[tokio::test]
async fn acting_takes_json_alone() {
    let sandbox = sandbox().await;
    let url = format!("{}/_sandbox/act", sandbox.origin());
    let body = posting("ken", "from a form").to_string();
    let request = http().post(url).header("content-type", "text/plain").body(body);
    assert_eq!(request.send().await.unwrap().status(), 415);
    assert_ne!(act(&sandbox, "ken").newest(PROJECT).await["body"], "from a form");
}

#[tokio::test]
async fn rooms_come_as_an_account_sees_them_its_own_first() {
    let sandbox = sandbox().await;
    let rooms = get(&sandbox, "rooms?account=hanako").await;
    let rooms = rooms.as_array().unwrap();
    assert_eq!(rooms.len(), sandbox.rooms().len());
    let pinned = &rooms[0];
    assert_eq!((&pinned["room_id"], &pinned["unread_num"]), (&json!(PROJECT), &json!(3)));
    let members: Vec<_> = rooms.iter().map(|room| room["member"] == true).collect();
    assert!(members.is_sorted_by(|one, next| one >= next), "{members:?}");
    let direct = |room: &&Value| room["type"] == "direct" && room["member"] == true;
    let names: Vec<_> = rooms.iter().filter(direct).map(|room| &room["name"]).collect();
    assert!(names.contains(&&json!("佐藤 健")), "{names:?}");
    assert_eq!(call(&sandbox, Method::GET, "rooms?account=nobody", Value::Null).await.0, 400);
}

#[tokio::test]
async fn a_room_is_shown_without_its_messages() {
    let sandbox = sandbox().await;
    let room = get(&sandbox, &format!("rooms/{PROJECT}")).await;
    assert_eq!(room["members"].as_array().unwrap().len(), 5);
    assert!(room.get("messages").is_none());
    for path in ["rooms/404404", "rooms/x", "rooms/404404/messages"] {
        assert_eq!(call(&sandbox, Method::GET, path, Value::Null).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn messages_come_a_page_at_a_time_in_both_directions() {
    let sandbox = sandbox().await;
    let path = format!("rooms/{PROJECT}/messages");
    let all = get(&sandbox, &path).await;
    let ids: Vec<_> = all.as_array().unwrap().iter().map(|one| one["message_id"].clone()).collect();
    let end = ids.len();
    let page = async |query: String| {
        let page = get(&sandbox, &format!("{path}?limit=2&{query}")).await;
        page.as_array().unwrap().iter().map(|one| one["message_id"].clone()).collect::<Vec<_>>()
    };
    let id = |index: usize| ids[index].as_str().unwrap();
    assert_eq!(page(String::new()).await, ids[end - 2..]);
    assert_eq!(page(format!("before={}", id(5))).await, ids[3..5]);
    assert_eq!(page(format!("after={}", id(5))).await, ids[6..8]);
    assert_eq!(page(format!("from={}", id(5))).await, ids[5..7]);
    assert_eq!(page(format!("before={}", id(0))).await, [] as [Value; 0]);
    assert_eq!(page(format!("after={}", id(end - 1))).await, [] as [Value; 0]);
    for query in ["limit=0", "limit=501", "limit=x", "before=x"] {
        let path = format!("{path}?{query}");
        assert_eq!(call(&sandbox, Method::GET, &path, Value::Null).await.0, 400, "{query}");
    }
}

#[tokio::test]
async fn a_message_names_the_accounts_that_have_not_read_it() {
    let sandbox = sandbox().await;
    perform(&sandbox, posting("ken", "new")).await;
    let path = format!("rooms/{PROJECT}/messages?limit=1");
    let unread = get(&sandbox, &path).await[0]["unread_by"].clone();
    let unread = unread.as_array().unwrap().clone();
    assert!([HANAKO, MISAKI, ALEX].iter().all(|id| unread.contains(&json!(id))), "{unread:?}");
    assert!(!unread.contains(&json!(KEN)), "{unread:?}");
}

#[tokio::test]
async fn a_delivery_is_shown_with_its_body_and_sent_again() {
    let sandbox = sandbox().await;
    let receiver = Receiver::answering(answer(200, 0)).await;
    let seed = WebhookSeed::room("hanako", RoomId(PROJECT), &receiver.url);
    let id = sandbox.webhooks().add(&seed).unwrap().id;
    perform(&sandbox, posting("ken", "delivered")).await;
    sandbox.webhooks().idle().await;
    let sent = get(&sandbox, "webhooks/deliveries/1").await;
    assert_eq!(sent["body"], receiver.got()[0].body);
    let path = "webhooks/deliveries/1/resend";
    assert_eq!(call(&sandbox, Method::POST, path, Value::Null).await.0, 200);
    sandbox.webhooks().idle().await;
    let got = receiver.got();
    assert_eq!((got.len(), &got[0].body), (2, &got[1].body));
    sandbox.webhooks().remove(id);
    assert_eq!(call(&sandbox, Method::POST, path, Value::Null).await.0, 404);
}

/// Reads an event stream up to the end of the event that has a text.
async fn until(stream: &mut Response, wanted: &str) -> String {
    let mut bytes = Vec::new();
    loop {
        bytes.extend(stream.chunk().await.unwrap().expect("the stream does not end"));
        let text = String::from_utf8_lossy(&bytes);
        if text.contains(wanted) && text.ends_with("\n\n") {
            return text.into_owned();
        }
    }
}

async fn listen(sandbox: &Sandbox) -> Response {
    let url = format!("{}/_sandbox/events", sandbox.origin());
    let mut stream = http().get(url).send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    until(&mut stream, "connected").await;
    stream
}

#[tokio::test]
async fn a_request_and_the_room_that_it_changed_are_told() {
    let sandbox = sandbox().await;
    let mut stream = listen(&sandbox).await;
    act(&sandbox, "ken").say(PROJECT, "told").await;
    let told = until(&mut stream, "event: request").await;
    assert!(told.contains(&format!("event: room\ndata: {{\"room_id\":{PROJECT}}}\n\n")), "{told}");
    assert!(told.contains("createRoomMessage"), "{told}");
    assert!(!told.contains(sandbox.token("ken")), "{told}");
}

#[tokio::test]
async fn what_is_done_by_the_page_is_told_to_other_pages() {
    let sandbox = sandbox().await;
    let mut stream = listen(&sandbox).await;
    perform(&sandbox, posting("ken", "acted")).await;
    until(&mut stream, &format!("event: room\ndata: {{\"room_id\":{PROJECT}}}\n\n")).await;
    call(&sandbox, Method::POST, "clock", json!({ "advance": 1 })).await;
    until(&mut stream, "event: clock\ndata: {}\n\n").await;
    call(&sandbox, Method::POST, "faults", json!({ "close": true })).await;
    until(&mut stream, "event: faults").await;
    call(&sandbox, Method::POST, "reset", Value::Null).await;
    until(&mut stream, "event: reset").await;
}

#[tokio::test]
async fn the_end_of_a_delivery_is_told() {
    let sandbox = sandbox().await;
    let receiver = Receiver::answering(answer(200, 0)).await;
    let seed = WebhookSeed::room("hanako", RoomId(PROJECT), &receiver.url);
    sandbox.webhooks().add(&seed).unwrap();
    let mut stream = listen(&sandbox).await;
    perform(&sandbox, posting("ken", "delivered")).await;
    let told = until(&mut stream, "event: delivery").await;
    assert!(told.contains("\"outcome\":\"delivered\""), "{told}");
}
