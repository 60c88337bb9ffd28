//! `/rooms/{room_id}/files`.

use chatwork_api::reqwest::Body;
use chatwork_api::types::{
    AccountId, FileId, GetRoomFileOptions, ListRoomFilesOptions, RoomId, UploadRoomFileBody,
};
use chatwork_api::{Error, FilePart};
use tests::calls;
use tests::sent::Sent;
use tests::server::{Reply, Server};
use tokio_util::io::ReaderStream;

const ROOM: RoomId = RoomId(93207172);

calls! {
    files_are_filtered_by_the_uploader: LIST_ROOM_FILES,
        |client| client.list_room_files_with(
            ROOM,
            &ListRoomFilesOptions::new().account_id(AccountId(2739132)),
        ),
        Sent::get("/rooms/93207172/files?account_id=2739132");

    files_without_a_filter_have_no_query: LIST_ROOM_FILES,
        |client| client.list_room_files(ROOM),
        Sent::get("/rooms/93207172/files");

    a_download_address_is_asked_for_with_1: GET_ROOM_FILE,
        |client| client.get_room_file_with(
            ROOM,
            FileId(1341384457),
            &GetRoomFileOptions::new().create_download_url(true),
        ),
        Sent::get("/rooms/93207172/files/1341384457?create_download_url=1");

    no_download_address_is_asked_for_with_0: GET_ROOM_FILE,
        |client| client.get_room_file_with(
            ROOM,
            FileId(1341384457),
            &GetRoomFileOptions::new().create_download_url(false),
        ),
        Sent::get("/rooms/93207172/files/1341384457?create_download_url=0");

    a_file_is_requested_by_both_ids: GET_ROOM_FILE,
        |client| client.get_room_file(ROOM, FileId(1341384457)),
        Sent::get("/rooms/93207172/files/1341384457");

    an_upload_has_the_file_first_and_then_its_message: UPLOAD_ROOM_FILE,
        |client| client.upload_room_file(ROOM, UploadRoomFileBody::new(FilePart::bytes("議事録.txt", "今日の議題\r\n").with_media_type("text/plain"))
                .message("添付 + & = %\n二行目")),
        upload().multipart(concat!(
            "--BOUNDARY\r\n",
            "Content-Disposition: form-data; name=\"file\"; filename=\"議事録.txt\"\r\n",
            "Content-Type: text/plain\r\n",
            "\r\n",
            "今日の議題\r\n\r\n",
            "--BOUNDARY\r\n",
            "Content-Disposition: form-data; name=\"message\"\r\n",
            "\r\n",
            "添付 + & = %\n二行目\r\n",
            "--BOUNDARY--\r\n",
        ));

    an_upload_without_a_message_has_one_part: UPLOAD_ROOM_FILE,
        |client| client.upload_room_file(ROOM, file(FilePart::bytes("a.bin", "abc"))),
        upload().multipart(one_part("a.bin", b"abc"));

    every_byte_of_a_file_arrives: UPLOAD_ROOM_FILE,
        |client| client.upload_room_file(ROOM, file(FilePart::bytes("a.bin", every_byte()))),
        upload().multipart(one_part("a.bin", &every_byte()));

    an_empty_file_is_an_empty_part: UPLOAD_ROOM_FILE,
        |client| client.upload_room_file(ROOM, file(FilePart::bytes("empty", ""))),
        upload().multipart(one_part("empty", b""));

    quotes_and_backslashes_in_a_file_name_are_escaped: UPLOAD_ROOM_FILE,
        |client| client.upload_room_file(ROOM, file(FilePart::bytes(r#"a "b" \c;d.txt"#, "abc"))),
        upload().multipart(one_part(r#"a \"b\" \\c;d.txt"#, b"abc"));

    the_length_of_a_stream_is_sent_if_known: UPLOAD_ROOM_FILE,
        |client| client.upload_room_file(ROOM, file(stream("ストリーム.txt").with_length(15))),
        upload().multipart(one_part("ストリーム.txt", b"some streamed x"));

    a_stream_of_unknown_length_is_sent_in_chunks: UPLOAD_ROOM_FILE,
        |client| client.upload_room_file(ROOM, file(stream("ストリーム.txt"))),
        upload().multipart(one_part("ストリーム.txt", b"some streamed x")).chunked();
}

#[tokio::test]
async fn an_invalid_media_type_is_refused_before_a_request_is_sent() {
    let part = FilePart::bytes("a.bin", "abc").with_media_type("no media type");
    assert_eq!(
        refusal(part).await,
        "invalid request: `no media type` is not a valid media type: expected type/subtype"
    );
}

#[tokio::test]
async fn a_file_without_a_name_is_refused_before_a_request_is_sent() {
    let part = FilePart::bytes("", "abc");
    assert_eq!(
        refusal(part).await,
        "invalid request: the file has no name: expected at least 1 character"
    );
}

#[tokio::test]
async fn a_line_break_in_a_file_name_is_refused_because_it_would_start_a_header() {
    for name in ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b"] {
        assert_eq!(
            refusal(FilePart::bytes(name, "abc")).await,
            "invalid request: the file name has a control character: expected a name without one"
        );
    }
}

#[tokio::test]
async fn a_line_break_in_a_media_type_is_refused_because_it_would_start_a_header() {
    for media in
        ["text/plain\r\nX-Evil: 1", "text/plain; a=\"\r\nX-Evil: 1\"", "text/plain; a=\"\n\""]
    {
        let part = FilePart::bytes("a.txt", "abc").with_media_type(media);
        assert!(refusal(part).await.contains("is not a valid media type"), "{media:?}");
    }
}

#[tokio::test]
async fn a_stream_shorter_than_its_length_aborts_the_request() {
    let server = Server::start(Reply::new(500, "")).await;
    let body = file(stream("short").with_length(16));
    let error = server.client().upload_room_file(ROOM, body).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

/// Uploads what should never go out, and gives the message of the error.
async fn refusal(part: FilePart) -> String {
    let server = Server::start(Reply::new(500, "")).await;
    let error = server.client().upload_room_file(ROOM, file(part)).await.unwrap_err();
    assert_eq!(server.take(), []);
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    error.to_string()
}

fn upload() -> Sent {
    Sent::post("/rooms/93207172/files")
}

fn file(file: FilePart) -> UploadRoomFileBody {
    UploadRoomFileBody::new(file)
}

/// 15 bytes in pieces of 4.
fn stream(name: &str) -> FilePart {
    let chunks = ReaderStream::with_capacity(&b"some streamed x"[..], 4);
    FilePart::stream(name, Body::wrap_stream(chunks))
}

fn every_byte() -> Vec<u8> {
    (0..=255).collect()
}

fn one_part(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\
         \r\n"
    );
    [head.as_bytes(), content, b"\r\n--BOUNDARY--\r\n"].concat()
}
