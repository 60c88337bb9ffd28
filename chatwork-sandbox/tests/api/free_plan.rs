//! What the free plan hides.

use std::time::Duration;

use crate::support::{PROJECT, SALES, act, sandbox};

const HEADER: &str = "chatwork-message-limitation";

#[tokio::test]
async fn messages_older_than_forty_days_are_hidden_and_the_headers_say_so() {
    let sandbox = sandbox().await;
    let path = format!("/rooms/{PROJECT}/messages?force=1");
    let paid = act(&sandbox, "hanako").get(&path).await;
    let free = act(&sandbox, "alex").get(&path).await;
    assert_eq!(paid.each("message_id")[1..], free.each("message_id")[..]);
    assert_eq!((paid.header(HEADER), free.header(HEADER)), ("", "true"));
    assert!(free.header("chatwork-message-limitation-summary").contains("40 days"));
}

#[tokio::test]
async fn a_hidden_message_is_404_with_the_header_of_the_plan() {
    let sandbox = sandbox().await;
    let path = format!("/rooms/{PROJECT}/messages");
    let first = act(&sandbox, "hanako").get(&path).await.each("message_id")[0].clone();
    let hidden = format!("{path}/{}", first.as_str().unwrap());
    assert_eq!(act(&sandbox, "hanako").get(&hidden).await.status, 200);
    let reply = act(&sandbox, "alex").get(&hidden).await;
    assert_eq!((reply.status, reply.header(HEADER)), (404, "true"));
    let missing = act(&sandbox, "alex").get(&format!("{path}/1")).await;
    assert_eq!((missing.status, missing.header(HEADER)), (404, ""));
}

#[tokio::test]
async fn no_content_has_the_header_of_the_plan() {
    let sandbox = sandbox().await;
    let alex = act(&sandbox, "alex");
    alex.get(&format!("/rooms/{PROJECT}/messages")).await;
    let nothing = alex.get(&format!("/rooms/{PROJECT}/messages")).await;
    assert_eq!((nothing.status, nothing.header(HEADER)), (204, "true"));
}

#[tokio::test]
async fn a_message_of_exactly_forty_days_is_shown_and_an_older_one_is_not() {
    let sandbox = sandbox().await;
    let id = act(&sandbox, "hanako").say(PROJECT, "hi").await;
    let alex = act(&sandbox, "alex");
    sandbox.clock().advance(Duration::from_secs(40 * 86_400));
    for status in [200, 404] {
        let one = alex.get(&format!("/rooms/{PROJECT}/messages/{id}")).await;
        let list = alex.get(&format!("/rooms/{PROJECT}/messages?force=1")).await;
        let is_listed = list.status == 200 && list.each("message_id").contains(&id.as_str().into());
        assert_eq!((one.status, is_listed), (status, status == 200));
        sandbox.clock().advance(Duration::from_secs(1));
    }
}

#[tokio::test]
async fn messages_grow_old_by_the_clock() {
    let sandbox = sandbox().await;
    let alex = act(&sandbox, "alex");
    sandbox.clock().advance(Duration::from_secs(41 * 86_400));
    let all_old = alex.get(&format!("/rooms/{PROJECT}/messages?force=1")).await;
    assert_eq!((all_old.status, all_old.header(HEADER)), (204, "true"));
    let paid = act(&sandbox, "hanako").get(&format!("/rooms/{SALES}/messages")).await;
    assert_eq!(paid.status, 200);
}
