//! Downloads.

use std::time::Duration;

use chatwork_sdk::error::NetworkFault;
use chatwork_sdk::{Client, Error, RetryPolicy};
use tokio::time::sleep;

use crate::support::clock::timed;
use crate::support::files::{Told, bytes};
use crate::support::{Answer, FILE, Hosted, Reply, Server, builder, hurried, refused, room};

const NAME: &str = "議事録.txt";

#[tokio::test]
async fn an_address_is_asked_for() {
    let file = Hosted::whole(NAME, &bytes(10)).await;
    file.download().await.unwrap();
    assert_eq!(file.api.lines(), ["GET /rooms/42/files/9?create_download_url=1"]);
}

#[tokio::test]
async fn an_address_is_not_asked_for_when_only_the_details_are_wanted() {
    let file = Hosted::whole(NAME, &bytes(10)).await;
    room(&file.api.client()).file(FILE).get().await.unwrap();
    assert_eq!(file.api.lines(), ["GET /rooms/42/files/9"]);
}

#[tokio::test]
async fn a_download_also_returns_the_headers_of_the_reply_that_held_the_address() {
    let mut body = tests::spec::success("getRoomFile").body.cloned().unwrap();
    let host = Server::always(Reply::new(200, "content").header("x-from", "host")).await;
    body["filesize"] = serde_json::json!(7);
    body["download_url"] = serde_json::json!(host.url("127.0.0.1", "/file"));
    let api = Server::always(Reply::json(200, &body).header("x-from", "api")).await;
    let (download, meta) = room(&api.client()).file(FILE).download().with_meta().await.unwrap();
    assert_eq!((download.size(), &meta.headers()["x-from"]), (7, &"api".parse().unwrap()));
}

#[tokio::test]
async fn the_file_is_read_from_its_address() {
    let file = Hosted::whole(NAME, &bytes(10)).await;
    file.download().await.unwrap();
    assert_eq!(file.host.lines(), ["GET /file?signature=abc"]);
}

#[tokio::test]
async fn the_bytes_of_the_file_are_those_of_its_host() {
    let content = bytes(300_000);
    let file = Hosted::whole(NAME, &content).await;
    assert_eq!(file.download().await.unwrap().bytes().await.unwrap(), content);
}

#[tokio::test]
async fn the_file_can_be_read_chunk_by_chunk() {
    let content = bytes(300_000);
    let mut download = Hosted::whole(NAME, &content).await.download().await.unwrap();
    let mut whole = Vec::new();
    while let Some(chunk) = download.chunk().await.unwrap() {
        whole.extend_from_slice(&chunk);
    }
    assert_eq!(whole, content);
}

#[tokio::test]
async fn a_download_has_the_name_and_the_size_of_the_file() {
    let download = Hosted::whole(NAME, &bytes(10)).await.download().await.unwrap();
    assert_eq!((download.file_name(), download.size()), (NAME, 10));
}

#[tokio::test]
async fn a_safe_name_has_a_number_from_the_second_on() {
    let download = Hosted::whole("a/議事録.txt", &bytes(10)).await.download().await.unwrap();
    let names: Vec<String> = (0..4).map(|number| download.safe_file_name(number)).collect();
    let safe = |number: &str| format!("a_議事録{number}.txt");
    assert_eq!(names, [safe(""), safe(""), safe(" (2)"), safe(" (3)")]);
}

#[tokio::test]
async fn no_token_is_sent_to_the_host_of_the_file() {
    let file = Hosted::whole(NAME, &bytes(10)).await;
    file.download().await.unwrap();
    let whole = file.host.only().whole();
    let free = !whole.contains(crate::support::TOKEN) && !whole.contains("x-chatworktoken");
    assert!(free, "{whole}");
}

#[tokio::test]
async fn no_access_token_is_sent_to_the_host_of_the_file() {
    let file = Hosted::whole(NAME, &bytes(10)).await;
    let client = builder(&file.api.base_url()).bearer("secret").build().unwrap();
    room(&client).file(FILE).download().await.unwrap();
    assert_eq!(file.host.only().header("authorization"), None);
}

#[tokio::test]
async fn the_host_of_the_file_may_redirect_to_another_host() {
    let there = Server::always(Reply::new(200, "content")).await;
    let on = Reply::new(302, "").header("location", &there.url("127.0.0.1", "/there"));
    let file = Hosted::new(NAME, 7, [on.into()]).await;
    assert_eq!(file.download().await.unwrap().bytes().await.unwrap(), "content");
}

#[tokio::test]
async fn progress_is_reported_up_to_the_last_byte() {
    let (told, file) = (Told::default(), Hosted::whole(NAME, &bytes(300_000)).await);
    let client = file.api.client();
    let download = room(&client).file(FILE).download().on_progress(told.callback());
    download.await.unwrap().bytes().await.unwrap();
    assert_eq!(told.all().last(), Some(&(300_000, Some(300_000))));
}

/// A file whose address has expired this often.
async fn expired(times: usize) -> Hosted {
    let mut answers = vec![Answer::from(Reply::html(403)); times];
    answers.push(Reply::new(200, "content").into());
    Hosted::new(NAME, 7, answers).await
}

#[tokio::test]
async fn an_address_that_has_expired_is_asked_for_once_more() {
    let file = expired(1).await;
    let content = file.download().await.unwrap().bytes().await.unwrap();
    assert_eq!((content.as_ref(), file.api.got().len()), (&b"content"[..], 2));
}

#[tokio::test]
async fn an_address_that_expires_twice_is_an_error() {
    let file = expired(2).await;
    refused(file.download().await);
    assert_eq!((file.api.got().len(), file.host.got().len()), (2, 2));
}

#[tokio::test]
async fn a_refusal_of_the_host_is_not_an_input_error() {
    let error = refused(expired(2).await.download().await);
    assert_eq!(
        (error.is_input(), error.to_string().as_str()),
        (false, "getRoomFile: the file's host did not send the file, but status 403")
    );
}

#[tokio::test]
async fn a_host_that_fails_is_asked_again() {
    let content = || Reply::new(200, "content").into();
    for fault in [Reply::html(500).into(), Answer::Close] {
        let file = Hosted::new(NAME, 7, [fault, content()]).await;
        let whole = hurried(async { file.download().await?.bytes().await }).await;
        assert_eq!(whole.unwrap().as_ref(), b"content");
    }
}

#[tokio::test]
async fn a_host_that_keeps_failing_is_an_error_after_all_retries() {
    let file = Hosted::new(NAME, 7, [Reply::html(500).into()]).await;
    let error = refused(hurried(file.download()).await);
    assert_eq!((error.status().unwrap().as_u16(), file.host.got().len()), (500, 5));
}

#[tokio::test]
async fn a_host_that_fails_is_not_asked_again_without_retries() {
    let file = Hosted::new(NAME, 7, [Reply::html(500).into()]).await;
    let client = builder(&file.api.base_url()).retry(RetryPolicy::off()).build().unwrap();
    refused(room(&client).file(FILE).download().await);
    assert_eq!(file.host.got().len(), 1);
}

#[tokio::test]
async fn a_file_without_an_address_is_an_error_that_says_so() {
    let mut body = tests::spec::success("getRoomFile").body.cloned().unwrap();
    body.as_object_mut().unwrap().remove("download_url");
    let server = Server::always(Reply::json(200, &body)).await;
    let error = refused(room(&server.client()).file(FILE).download().await);
    assert_eq!(fault(&error), NetworkFault::NoAddress);
}

#[tokio::test]
async fn a_file_without_an_address_is_not_asked_for_again() {
    let mut body = tests::spec::success("getRoomFile").body.cloned().unwrap();
    body.as_object_mut().unwrap().remove("download_url");
    let server = Server::always(Reply::json(200, &body)).await;
    let client = server.client();
    refused(hurried(async { room(&client).file(FILE).download().await }).await);
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn a_download_can_have_a_time_limit_of_its_own() {
    let file = Hosted::new(NAME, 7, [Answer::Silence]).await;
    let client = builder(&file.api.base_url()).retry(RetryPolicy::off()).build().unwrap();
    let limit = Duration::from_secs(5);
    let call = async { room(&client).file(FILE).download().timeout(limit).await };
    let (result, time) = timed(call).await;
    assert!(refused(result).is_timeout() && time < 2 * limit, "{time:?}");
}

#[tokio::test]
async fn a_missing_file_is_not_found() {
    let server = Server::always(Reply::refusal(404, "There is no such file.")).await;
    assert!(refused(room(&server.client()).file(FILE).download().await).is_not_found());
}

fn fault(error: &Error) -> NetworkFault {
    let Error::Network(error) = error else { panic!("{error}") };
    error.fault()
}

#[tokio::test]
async fn an_incomplete_file_is_an_error() {
    let file = Hosted::half(NAME, &bytes(300_000)).await;
    let error = refused(file.download().await.unwrap().bytes().await);
    assert_eq!(fault(&error), NetworkFault::Body);
}

#[tokio::test]
async fn an_incomplete_file_is_an_error_without_a_length_from_its_host() {
    let reply = Reply::new(200, bytes(300_000)).unsized_();
    let file = Hosted::new(NAME, 300_000, [Answer::Cut(reply)]).await;
    let error = refused(file.download().await.unwrap().bytes().await);
    assert_eq!(fault(&error), NetworkFault::Body);
}

/// A client that waits 5 seconds at most.
fn impatient(file: &Hosted) -> Client {
    let client = builder(&file.api.base_url()).timeout(Duration::from_secs(5));
    client.retry(RetryPolicy::off()).build().unwrap()
}

#[tokio::test]
async fn a_host_that_never_answers_is_a_timeout() {
    let file = Hosted::new(NAME, 7, [Answer::Silence]).await;
    let client = impatient(&file);
    let result = hurried(async { room(&client).file(FILE).download().await }).await;
    assert!(refused(result).is_timeout());
}

#[tokio::test]
async fn a_file_that_stops_halfway_is_a_timeout() {
    let reply = Reply::new(200, bytes(300_000));
    let file = Hosted::new(NAME, 300_000, [Answer::Stall(reply)]).await;
    let client = impatient(&file);
    let whole = async { room(&client).file(FILE).download().await?.bytes().await };
    assert!(refused(hurried(whole).await).is_timeout());
}

#[tokio::test]
async fn a_download_ends_after_its_first_error() {
    let stalls = Answer::Stall(Reply::new(200, bytes(300_000)));
    let breaks = Answer::Cut(Reply::new(200, bytes(300_000)).unsized_());
    for answer in [stalls, breaks] {
        let file = Hosted::new(NAME, 300_000, [answer]).await;
        let client = impatient(&file);
        let mut download = room(&client).file(FILE).download().await.unwrap();
        hurried(async { while let Ok(Some(_)) = download.chunk().await {} }).await;
        assert!(matches!(hurried(download.chunk()).await, Ok(None)));
    }
}

#[tokio::test]
async fn the_time_between_two_reads_is_not_limited() {
    let content = bytes(3_000_000);
    let file = Hosted::whole(NAME, &content).await;
    let client = impatient(&file);
    let mut whole = Vec::new();
    hurried(async {
        let mut download = room(&client).file(FILE).download().await.unwrap();
        while let Some(chunk) = download.chunk().await.unwrap() {
            whole.extend_from_slice(&chunk);
            sleep(Duration::from_secs(10)).await;
        }
    })
    .await;
    assert_eq!(whole.len(), content.len());
}

#[tokio::test]
async fn a_file_of_another_size_than_the_api_says_is_an_error() {
    for size in [8, 29_000, 1, 0] {
        let folder = crate::support::files::folder();
        let file = Hosted::new(NAME, size, [Reply::new(200, "content").into()]).await;
        let error = refused(file.download().await.unwrap().bytes().await);
        let Error::Network(network) = &error else { panic!("{error:?}") };
        assert_eq!(network.fault(), NetworkFault::Body, "{size}");
        refused(file.download().await.unwrap().save_into(folder.path()).await);
        assert_eq!(crate::support::files::names(folder.path()), [""; 0], "{size}");
    }
}

#[tokio::test]
async fn the_error_of_a_wrong_size_names_both_sizes() {
    for (size, expected) in [
        (29_000, "getRoomFile: the file has 7 bytes: expected the 29000 that the API reports"),
        (3, "getRoomFile: the file has more than the 3 bytes that the API reports"),
    ] {
        let file = Hosted::new(NAME, size, [Reply::new(200, "content").into()]).await;
        let error = refused(file.download().await.unwrap().bytes().await);
        assert_eq!(error.to_string(), expected);
    }
}
