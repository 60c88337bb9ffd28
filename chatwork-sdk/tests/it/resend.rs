//! Uploads that are retried, and uploads that never are.

use std::io;
use std::time::Duration;

use chatwork_sdk::{RetryPolicy, Upload};

use crate::support::files::{Pieces, Told, bytes, file, folder};
use crate::support::{Answer, Got, Reply, Server, builder, hurried, refused, room};

/// Sends a file to a server that says 429 first, and gives the files that came.
async fn sent_again(upload: Upload) -> (Vec<Vec<u8>>, bool) {
    let busy = Reply::refusal(429, "Rate limit exceeded.").limits(0, 1);
    let server = Server::script([busy.into(), Reply::of("uploadRoomFile").into()]).await;
    let client = server.client();
    let result = hurried(async { room(&client).upload(upload).await }).await;
    (server.got().iter().map(Got::file).collect(), result.is_ok())
}

#[tokio::test]
async fn bytes_are_sent_again_from_their_start() {
    let content = bytes(100_000);
    let sent = sent_again(Upload::bytes("a", content.clone())).await;
    assert_eq!(sent, (vec![content.to_vec(), content.to_vec()], true));
}

#[tokio::test]
async fn a_path_is_sent_again_from_its_start() {
    let (folder, content) = (folder(), bytes(100_000));
    let sent = sent_again(Upload::path(file(&folder, "a", &content))).await;
    assert_eq!(sent, (vec![content.to_vec(), content.to_vec()], true));
}

#[tokio::test]
async fn a_stream_is_never_sent_again() {
    let content = bytes(1000);
    let sent = sent_again(Upload::stream("a", Pieces::of(&content))).await;
    assert_eq!(sent, (vec![content.to_vec()], false));
}

#[tokio::test]
async fn a_reader_is_never_sent_again() {
    let content = bytes(1000);
    let sent = sent_again(Upload::reader("a", io::Cursor::new(content.clone()))).await;
    assert_eq!(sent, (vec![content.to_vec()], false));
}

#[tokio::test]
async fn progress_begins_at_0_when_a_file_is_sent_again() {
    let told = Told::default();
    sent_again(Upload::bytes("a", bytes(10)).on_progress(told.callback())).await;
    assert_eq!(told.all(), [(10, Some(10)), (10, Some(10))]);
}

#[tokio::test]
async fn a_file_is_not_sent_again_if_the_server_may_have_received_it() {
    let server = Server::always(Answer::Silence).await;
    let client = builder(&server.base_url()).timeout(Duration::from_secs(5));
    let client = client.retry(RetryPolicy::default()).build().unwrap();
    refused(hurried(async { room(&client).upload(Upload::bytes("a", "b")).await }).await);
    assert_eq!(server.got().len(), 1);
}
