//! What admins, members, read-only members and strangers may do.

use reqwest::Method;

use crate::support::{Api, NOTES, NOWHERE, PROJECT, SALES, act, sandbox};

/// The fields of a form.
type Fields = Vec<(&'static str, &'static str)>;

/// Every operation on a room, with a form that is right.
fn operations(room: i64) -> Vec<(Method, String, Fields)> {
    let path = |rest: &str| format!("/rooms/{room}{rest}");
    vec![
        (Method::GET, path(""), vec![]),
        (Method::PUT, path(""), vec![("name", "x")]),
        (Method::DELETE, path(""), vec![("action_type", "leave")]),
        (Method::GET, path("/members"), vec![]),
        (Method::PUT, path("/members"), vec![("members_admin_ids", "1484814")]),
        (Method::GET, path("/messages"), vec![]),
        (Method::POST, path("/messages"), vec![("body", "x")]),
        (Method::PUT, path("/messages/read"), vec![]),
        (Method::PUT, path("/messages/unread"), vec![("message_id", "1")]),
        (Method::GET, path("/messages/1"), vec![]),
        (Method::PUT, path("/messages/1"), vec![("body", "x")]),
        (Method::DELETE, path("/messages/1"), vec![]),
        (Method::GET, path("/tasks"), vec![]),
        (Method::POST, path("/tasks"), vec![("body", "x"), ("to_ids", "1484814")]),
        (Method::GET, path("/tasks/1"), vec![]),
        (Method::PUT, path("/tasks/1/status"), vec![("body", "done")]),
        (Method::GET, path("/files"), vec![]),
        (Method::GET, path("/files/1"), vec![]),
        (Method::GET, path("/link"), vec![]),
        (Method::POST, path("/link"), vec![]),
        (Method::PUT, path("/link"), vec![]),
        (Method::DELETE, path("/link"), vec![]),
    ]
}

async fn status(api: &Api, method: &Method, path: &str, form: &[(&str, &str)]) -> u16 {
    let mut request = api.request(method.clone(), path);
    if *method != Method::GET {
        request = request.form(form);
    }
    api.send(request).await.status
}

#[tokio::test]
async fn a_room_of_others_and_an_unknown_room_are_403() {
    let sandbox = sandbox().await;
    let bot = act(&sandbox, "bot");
    for room in [SALES, NOWHERE] {
        for (method, path, form) in operations(room) {
            assert_eq!(status(&bot, &method, &path, &form).await, 403, "{method} {path}");
        }
        assert_eq!(bot.upload(room, "a.txt", b"a", None).await.status, 403);
    }
}

#[tokio::test]
async fn a_refused_change_has_the_known_text() {
    let sandbox = sandbox().await;
    let reply = act(&sandbox, "bot").get(&format!("/rooms/{SALES}/messages")).await;
    assert_eq!(reply.error(), "You don't have permission to get messages in this room");
}

#[tokio::test]
async fn a_read_only_member_reads_and_does_not_write() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for rest in ["", "/members", "/messages", "/link"] {
        let reply = hanako.get(&format!("/rooms/{NOTES}{rest}")).await;
        assert_eq!(reply.status, 200, "{rest}");
    }
    let path = |rest: &str| format!("/rooms/{NOTES}{rest}");
    assert_eq!(hanako.post(&path("/messages"), &[("body", "x")]).await.status, 403);
    let task = [("body", "x"), ("to_ids", "1484814")];
    assert_eq!(hanako.post(&path("/tasks"), &task).await.status, 403);
    assert_eq!(hanako.upload(NOTES, "a", b"a", None).await.status, 403);
    assert_eq!(hanako.put(&path(""), &[("name", "x")]).await.status, 403);
}

#[tokio::test]
async fn a_read_only_member_may_mark_and_leave() {
    let sandbox = sandbox().await;
    let alex = act(&sandbox, "alex");
    assert_eq!(alex.put(&format!("/rooms/{NOTES}/messages/read"), &[]).await.status, 200);
    assert_eq!(alex.part(NOTES, "leave").await.status, 204);
}

#[tokio::test]
async fn an_ordinary_member_writes_and_does_not_manage() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    hanako.say(SALES, "hi").await;
    let path = |rest: &str| format!("/rooms/{SALES}{rest}");
    assert_eq!(hanako.put(&path(""), &[("name", "x")]).await.status, 403);
    let members = [("members_admin_ids", "1484814")];
    assert_eq!(hanako.put(&path("/members"), &members).await.status, 403);
    assert_eq!(hanako.post(&path("/link"), &[]).await.status, 403);
    assert_eq!(hanako.part(SALES, "delete").await.status, 403);
}

#[tokio::test]
async fn an_admin_manages() {
    let sandbox = sandbox().await;
    let ken = act(&sandbox, "ken");
    let path = |rest: &str| format!("/rooms/{PROJECT}{rest}");
    assert_eq!(ken.put(&path(""), &[("name", "x")]).await.status, 200);
    assert_eq!(ken.put(&path("/link"), &[]).await.status, 200);
    assert_eq!(ken.part(PROJECT, "delete").await.status, 204);
}

#[tokio::test]
async fn a_member_that_became_readonly_may_not_edit() {
    let sandbox = sandbox().await;
    let (ken, bot) = (act(&sandbox, "ken"), act(&sandbox, "bot"));
    let id = bot.say(PROJECT, "hi").await;
    let roles = [("members_admin_ids", "2739132,1484814"), ("members_readonly_ids", "4520017")];
    assert_eq!(ken.put(&format!("/rooms/{PROJECT}/members"), &roles).await.status, 200);
    let path = format!("/rooms/{PROJECT}/messages/{id}");
    assert_eq!(bot.put(&path, &[("body", "x")]).await.status, 403);
}
