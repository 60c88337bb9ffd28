//! Uploads.

use std::io;

use chatwork_sdk::types::FileRef;
use chatwork_sdk::{Error, FileId, Upload};

use crate::support::files::{Pieces, Told, bytes, file, folder};
use crate::support::{Got, Server, example, refused, room};

/// The most bytes of a file.
const MAX: usize = 5 * 1024 * 1024;

/// Sends a file to a server that takes it.
async fn sent(upload: Upload) -> Got {
    let server = Server::spec().await;
    room(&server.client()).upload(upload).await.expect("the file is taken");
    server.only()
}

/// Sends a file that is refused, and counts the requests.
async fn failed(upload: Upload) -> (Error, usize) {
    let server = Server::spec().await;
    let error = refused(room(&server.client()).upload(upload).await);
    (error, server.got().len())
}

#[tokio::test]
async fn a_file_is_posted_to_its_room() {
    let got = sent(Upload::bytes("a.txt", "content")).await;
    assert_eq!(got.line(), "POST /rooms/42/files");
}

#[tokio::test]
async fn an_upload_returns_the_id_of_the_file() {
    let server = Server::spec().await;
    let id: FileId = room(&server.client()).upload(Upload::bytes("a.txt", "b")).await.unwrap();
    assert_eq!(id, example::<FileRef>("uploadRoomFile").file_id);
}

#[tokio::test]
async fn a_message_is_sent_with_the_file() {
    let server = Server::spec().await;
    let upload = room(&server.client()).upload(Upload::bytes("a.txt", "b"));
    upload.message("as promised").await.unwrap();
    let message = "Content-Disposition: form-data; name=\"message\"\r\n\r\nas promised\r\n";
    assert!(server.only().text().contains(message), "{}", server.only().text());
}

#[tokio::test]
async fn bytes_are_sent_unchanged() {
    let content = bytes(200_000);
    assert_eq!(sent(Upload::bytes("a.bin", content.clone())).await.file(), content);
}

#[tokio::test]
async fn a_path_is_sent_unchanged() {
    let (folder, content) = (folder(), bytes(200_000));
    let path = file(&folder, "a.bin", &content);
    assert_eq!(sent(Upload::path(path)).await.file(), content);
}

#[tokio::test]
async fn a_reader_is_sent_unchanged() {
    let content = bytes(200_000);
    let reader = io::Cursor::new(content.clone());
    assert_eq!(sent(Upload::reader("a.bin", reader)).await.file(), content);
}

#[tokio::test]
async fn a_stream_is_sent_unchanged() {
    let content = bytes(200_000);
    assert_eq!(sent(Upload::stream("a.bin", Pieces::of(&content))).await.file(), content);
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_sent_in_chunks() {
    let got = sent(Upload::stream("a.bin", Pieces::of(&bytes(100)))).await;
    let headers = (got.header("content-length"), got.header("transfer-encoding"));
    assert_eq!(headers, (None, Some("chunked")));
}

#[tokio::test]
async fn a_stream_of_known_length_has_a_content_length() {
    let got = sent(Upload::stream("a.bin", Pieces::of(&bytes(100))).length(100)).await;
    let length = got.header("content-length").map(str::to_owned);
    assert_eq!(length, Some(got.body.len().to_string()));
}

/// What a request says of its file.
fn part(got: &Got) -> String {
    let text = got.text();
    let start = text.find("Content-Disposition: form-data; name=\"file\"").expect("a file");
    text[start..].split("\r\n\r\n").next().expect("a head").to_owned()
}

#[tokio::test]
async fn a_japanese_name_is_sent_unchanged_with_the_type_of_its_extension() {
    let got = sent(Upload::bytes("日本語.txt", "こんにちは")).await;
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"日本語.txt\"\r\n\
                Content-Type: text/plain";
    assert_eq!(part(&got), head);
}

#[tokio::test]
async fn the_name_of_a_path_is_its_last_part() {
    let folder = folder();
    let got = sent(Upload::path(file(&folder, "報告書.pdf", b"%PDF"))).await;
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"報告書.pdf\"\r\n\
                Content-Type: application/pdf";
    assert_eq!(part(&got), head);
}

#[tokio::test]
async fn an_unknown_extension_is_an_octet_stream() {
    let got = sent(Upload::bytes("core", "x")).await;
    assert!(part(&got).ends_with("Content-Type: application/octet-stream"), "{}", part(&got));
}

#[tokio::test]
async fn the_name_and_the_type_can_be_set() {
    let folder = folder();
    let upload = Upload::path(file(&folder, "tmp123", b"a,b"));
    let got = sent(upload.file_name("表.csv").media_type("text/csv; charset=utf-8")).await;
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"表.csv\"\r\n\
                Content-Type: text/csv; charset=utf-8";
    assert_eq!(part(&got), head);
}

#[tokio::test]
async fn a_quote_in_a_name_does_not_end_it() {
    let got = sent(Upload::bytes("a\"; name=\"b", "x")).await;
    let head = part(&got);
    assert!(head.contains("filename=\"a\\\"; name=\\\"b\"\r\n"), "{head}");
}

#[tokio::test]
async fn a_name_with_a_line_break_is_not_sent() {
    let (error, requests) = failed(Upload::bytes("a\r\nX-Evil: 1", "x")).await;
    assert_eq!((error.is_input(), requests), (true, 0), "{error}");
}

#[tokio::test]
async fn an_empty_name_is_not_sent() {
    let (error, requests) = failed(Upload::bytes("", "x")).await;
    assert_eq!((error.is_input(), requests), (true, 0), "{error}");
}

#[tokio::test]
async fn an_invalid_media_type_is_not_sent() {
    let (error, requests) = failed(Upload::bytes("a", "x").media_type("picture")).await;
    assert_eq!((error.is_input(), requests), (true, 0), "{error}");
}

#[tokio::test]
async fn progress_is_reported_up_to_the_last_byte() {
    let told = Told::default();
    sent(Upload::bytes("a", bytes(200_000)).on_progress(told.callback())).await;
    assert_eq!(told.all().last(), Some(&(200_000, Some(200_000))));
}

#[tokio::test]
async fn progress_is_reported_for_each_chunk() {
    let told = Told::default();
    sent(Upload::bytes("a", bytes(200_000)).on_progress(told.callback())).await;
    let all = told.all();
    assert!(all.len() > 1 && all.windows(2).all(|pair| pair[0].0 < pair[1].0), "{all:?}");
}

#[tokio::test]
async fn progress_of_a_stream_has_no_total() {
    let told = Told::default();
    sent(Upload::stream("a", Pieces::of(&bytes(100))).on_progress(told.callback())).await;
    assert_eq!(told.all(), [(50, None), (100, None)]);
}

#[tokio::test]
async fn a_path_of_5_mb_is_sent() {
    let folder = folder();
    let path = file(&folder, "a.bin", &bytes(MAX));
    assert_eq!(sent(Upload::path(path)).await.file().len(), MAX);
}

#[tokio::test]
async fn a_path_of_more_than_5_mb_is_not_sent() {
    let folder = folder();
    let (error, requests) = failed(Upload::path(file(&folder, "a.bin", &bytes(MAX + 1)))).await;
    let text = "not sent: `file` has 5242881 bytes: expected at most 5242880";
    assert_eq!((error.to_string().as_str(), requests), (text, 0));
}

/// The kind of a failure to read a file.
fn kind((error, requests): (Error, usize)) -> (io::ErrorKind, usize) {
    let Error::File(error) = error else { panic!("{error}") };
    (error.kind(), requests)
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named() {
    let path = folder().path().join("nowhere.pdf");
    let (error, _) = failed(Upload::path(&path)).await;
    assert!(error.to_string().starts_with(&format!("the file {} failed: ", path.display())));
}

#[tokio::test]
async fn a_missing_file_is_not_sent() {
    let path = folder().path().join("nowhere");
    assert_eq!(kind(failed(Upload::path(path)).await), (io::ErrorKind::NotFound, 0));
}

#[tokio::test]
async fn a_folder_is_not_sent() {
    let folder = folder();
    let failed = failed(Upload::path(folder.path())).await;
    assert_eq!(kind(failed), (io::ErrorKind::IsADirectory, 0));
}

#[cfg(unix)]
#[tokio::test]
async fn a_device_is_not_sent_as_an_empty_file() {
    let failed = failed(Upload::path("/dev/null")).await;
    assert_eq!(kind(failed), (io::ErrorKind::InvalidInput, 0));
}

#[tokio::test]
async fn a_stream_that_fails_is_an_error_of_the_file() {
    let pieces = vec![Ok(bytes(10)), Err(io::Error::from(io::ErrorKind::PermissionDenied))];
    let (error, _) = failed(Upload::stream("a", Pieces(pieces))).await;
    assert!(matches!(error, Error::File(_)), "{error:?}");
}

#[tokio::test]
async fn a_stream_of_another_length_than_promised_is_an_error_of_the_file() {
    for (promised, expected) in [
        (99, io::ErrorKind::InvalidData),
        (10, io::ErrorKind::InvalidData),
        (101, io::ErrorKind::UnexpectedEof),
    ] {
        let upload = Upload::stream("a", Pieces::of(&bytes(100))).length(promised);
        let (kind, _) = kind(failed(upload).await);
        assert_eq!(kind, expected, "{promised}");
    }
}

/// An upload of a file whose length is changed as soon as its first bytes were read.
fn resized(folder: &tempfile::TempDir, content: &[u8], length: u64) -> Upload {
    let path = file(folder, "a.log", content);
    let resized = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    Upload::path(path).on_progress(move |_, _| resized.set_len(length).unwrap())
}

#[tokio::test]
async fn a_file_that_grows_during_the_upload_is_sent_with_its_length_at_the_start() {
    let (folder, content) = (folder(), bytes(200_000));
    assert_eq!(sent(resized(&folder, &content, 300_000)).await.file(), content);
}

#[tokio::test]
async fn a_file_that_shrinks_during_the_upload_is_an_error_of_the_file() {
    let folder = folder();
    let (error, _) = failed(resized(&folder, &bytes(2_000_000), 0)).await;
    let Error::File(error) = error else { panic!("{error}") };
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    assert!(error.path().is_some_and(|path| path.ends_with("a.log")), "{error}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_reports_length_0_and_holds_bytes_is_sent_whole() {
    let content = std::fs::read("/proc/version").unwrap();
    assert!(!content.is_empty());
    assert_eq!(sent(Upload::path("/proc/version")).await.file(), content);
}

#[tokio::test]
async fn an_empty_file_is_sent() {
    let folder = folder();
    assert!(sent(Upload::path(file(&folder, "a", b""))).await.file().is_empty());
}
