//! Files.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{PROJECT, START, act, http, sandbox};

const PATH: &str = "/rooms/93207172/files";

/// A multipart body as it would be written by hand.
fn multipart(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (headers, content) in parts {
        body.extend_from_slice(format!("--X\r\n{headers}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--X--\r\n");
    body
}

#[tokio::test]
async fn a_file_comes_back_byte_for_byte() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let id = hanako.upload(PROJECT, "見積書.pdf", &bytes, None).await.json["file_id"].clone();
    let file = hanako.get(&format!("{PATH}/{id}?create_download_url=1")).await.json;
    assert_eq!((&file["filename"], &file["filesize"]), (&json!("見積書.pdf"), &json!(100_000)));
    assert_eq!(file["upload_time"], START);
    let url = file["download_url"].as_str().unwrap();
    let download = http().get(url).send().await.unwrap();
    let disposition = download.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(disposition.contains("filename*=UTF-8''%E8%A6%8B"), "{disposition}");
    assert_eq!(download.headers()["content-type"], "application/pdf");
    assert_eq!(download.bytes().await.unwrap(), bytes);
}

/// A page of the sandbox's own origin could call `/_sandbox`.
#[tokio::test]
async fn a_browser_runs_no_uploaded_page() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for (name, kind) in [("page.html", "text/html"), ("a.svg", "image/svg+xml"), ("no-kind", "")] {
        let bytes = b"<script>fetch('/_sandbox/reset')</script>";
        let id = hanako.upload(PROJECT, name, bytes, None).await.json["file_id"].clone();
        let file = hanako.get(&format!("{PATH}/{id}?create_download_url=1")).await.json;
        let url = file["download_url"].as_str().unwrap();
        let headers = http().get(url).send().await.unwrap().headers().clone();
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        assert!(header("content-type").starts_with(kind), "{name}");
        assert!(header("content-disposition").starts_with("attachment; "), "{name}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{name}");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("sandbox; default-src 'none'"), "{name}: {policy}");
    }
}

#[tokio::test]
async fn the_message_of_an_upload_is_the_systems() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let reply = hanako.upload(PROJECT, "a.png", &[0; 12_288], Some("どうぞ")).await;
    let id = &reply.json["file_id"];
    let newest = hanako.newest(PROJECT).await;
    assert_eq!(
        newest["body"],
        format!(
            "[info][title][dtext:file_uploaded][/title]どうぞ\n[preview id={id} ht=150]\
             [download:{id}]a.png (12 KB)[/download][/info]"
        )
    );
    let file = hanako.get(&format!("{PATH}/{id}")).await.json;
    assert_eq!(file["message_id"], newest["message_id"]);
    assert_eq!(file.get("download_url"), None);
}

#[tokio::test]
async fn a_download_address_is_valid_for_thirty_seconds_by_the_clock_of_the_sandbox() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let file = hanako.get(&format!("{PATH}/1341384457?create_download_url=1")).await.json;
    let url = file["download_url"].as_str().unwrap();
    sandbox.clock().advance(Duration::from_secs(29));
    assert_eq!(http().get(url).send().await.unwrap().status(), 200);
    sandbox.clock().advance(Duration::from_secs(1));
    assert_eq!(http().get(url).send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn a_download_address_cannot_be_made_up() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let file = hanako.get(&format!("{PATH}/1341384457?create_download_url=1")).await.json;
    let url = file["download_url"].as_str().unwrap();
    for wrong in [
        url.replace("/1341384457?", "/1341203981?"),
        url.replace("Expires=", "Expires=9"),
        url.split('?').next().unwrap().to_owned(),
        url.replace("Signature=", "Signature=A"),
        url.replace("/1341384457?", "/x?"),
    ] {
        assert_eq!(http().get(&wrong).send().await.unwrap().status(), 403, "{wrong}");
    }
}

#[tokio::test]
async fn five_megabytes_fit_and_one_byte_more_does_not() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let mut bytes = vec![b'x'; 5_242_880];
    assert_eq!(hanako.upload(PROJECT, "fits", &bytes, None).await.status, 200);
    bytes.push(b'x');
    let reply = hanako.upload(PROJECT, "too large", &bytes, None).await;
    assert_eq!(reply.status, 400);
    assert!(reply.error().contains("'file'"), "{}", reply.error());
    let huge = hanako.upload(PROJECT, "huge", &vec![0; 20_000_000], None).await;
    assert_eq!(huge.status, 400);
    assert!(huge.error().contains("5 MB"), "{}", huge.error());
}

#[tokio::test]
async fn a_name_of_255_characters_is_kept_and_one_more_is_400() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let fits = "長".repeat(255);
    assert_eq!(hanako.upload(PROJECT, &fits, b"x", None).await.status, 200);
    assert_eq!(hanako.get(PATH).await.json[0]["filename"], fits);
    let reply = hanako.upload(PROJECT, &"長".repeat(256), b"x", None).await;
    assert_eq!(reply.status, 400);
    assert!(reply.error().contains("'file'"), "{}", reply.error());
}

#[tokio::test]
async fn parts_without_a_type_and_unknown_parts_are_accepted() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let body = multipart(&[
        ("Content-Disposition: form-data; name=\"extra\"", b"ignored"),
        ("Content-Disposition: form-data; name=\"file\"; filename=\"日報.txt\"", b"plain"),
        ("Content-Disposition: form-data; name=\"message\"\r\nX-Other: 1", "見てね".as_bytes()),
    ]);
    let request = hanako.request(Method::POST, PATH).body(body);
    let request = request.header("content-type", "multipart/form-data; boundary=X");
    let id = hanako.send(request).await.json["file_id"].clone();
    assert_eq!(hanako.get(&format!("{PATH}/{id}")).await.json["filename"], "日報.txt");
    let body = hanako.newest(PROJECT).await["body"].as_str().unwrap().to_owned();
    assert!(body.contains("見てね"), "{body}");
}

#[tokio::test]
async fn bodies_may_come_in_chunks() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let body =
        multipart(&[("Content-Disposition: form-data; name=\"file\"; filename=\"c\"", b"chunks")]);
    let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
        body.chunks(7).map(|chunk| Ok(chunk.to_vec())).collect();
    let stream = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks));
    let request = hanako.request(Method::POST, PATH).body(stream);
    let request = request.header("content-type", "multipart/form-data; boundary=X");
    let id = hanako.send(request).await.json["file_id"].clone();
    assert_eq!(hanako.get(&format!("{PATH}/{id}")).await.json["filesize"], 6);
}

#[tokio::test]
async fn uploads_that_cannot_be_read_are_400() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let good =
        multipart(&[("Content-Disposition: form-data; name=\"file\"; filename=\"c\"", b"x")]);
    let longer = [good.as_slice(), b"\r\n"].concat();
    let cut = good[..good.len() / 2].to_vec();
    let no_file = multipart(&[("Content-Disposition: form-data; name=\"message\"", b"x")]);
    let twice = multipart(&[
        ("Content-Disposition: form-data; name=\"file\"; filename=\"c\"", b"x"),
        ("Content-Disposition: form-data; name=\"file\"; filename=\"d\"", b"y"),
    ]);
    for (kind, body) in [
        ("multipart/form-data", good.clone()),
        ("multipart/form-data; boundary=Y", good.clone()),
        ("multipart/form-data; boundary=X", Vec::new()),
        ("multipart/form-data; boundary=X", longer),
        ("multipart/form-data; boundary=X", cut),
        ("multipart/form-data; boundary=X", no_file),
        ("multipart/form-data; boundary=X", twice),
        ("application/x-www-form-urlencoded", b"file=x".to_vec()),
        ("application/json", b"{}".to_vec()),
    ] {
        let request = hanako.request(Method::POST, PATH).header("content-type", kind).body(body);
        let reply = hanako.send(request).await;
        assert_eq!(reply.status, 400, "{kind}");
    }
    assert_eq!(hanako.get("/rooms/93207172").await.json["file_num"], 2);
}

#[tokio::test]
async fn a_multipart_body_may_end_with_its_boundary_and_with_one_line_end() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let body =
        multipart(&[("Content-Disposition: form-data; name=\"file\"; filename=\"c\"", b"x")]);
    assert!(body.ends_with(b"--X--\r\n"));
    let bare = body[..body.len() - 2].to_vec();
    for (body, status) in [(bare, 200), (body.clone(), 200), ([&body[..], b"\r\n"].concat(), 400)] {
        let request = hanako.request(Method::POST, PATH);
        let request = request.header("content-type", "multipart/form-data; boundary=X").body(body);
        assert_eq!(hanako.send(request).await.status, status);
    }
}

#[tokio::test]
async fn an_empty_message_of_an_upload_counts_as_not_sent() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    assert_eq!(hanako.upload(93_207_172, "c", b"x", Some("")).await.status, 200);
    let request = sandbox.requests().pop().unwrap();
    assert!(request.notes[0].contains("'message' is empty: taken as not sent"), "{request:?}");
}

#[tokio::test]
async fn an_upload_of_another_type_names_the_type_that_is_due() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let request = hanako.request(Method::POST, PATH).header("content-type", "application/json");
    let reply = hanako.send(request.body("{}")).await;
    let expected = "The Content-Type of the body is application/json: expected multipart/form-data";
    assert_eq!((reply.status, reply.error()), (400, expected));
}

#[tokio::test]
async fn files_are_filtered_by_their_uploader() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let names = async |query: &str| hanako.get(&format!("{PATH}{query}")).await.each("filename");
    assert_eq!(names("").await, ["議事録_6月.txt", "logo.png"]);
    assert_eq!(names("?account_id=1484814").await, ["logo.png"]);
    assert_eq!(hanako.get(&format!("{PATH}?account_id=3318824")).await.status, 204);
    assert_eq!(hanako.get(&format!("{PATH}?account_id=x")).await.status, 400);
    let bad = hanako.get(&format!("{PATH}/1341384457?create_download_url=yes")).await;
    assert!(bad.error().contains("'create_download_url'"));
}

#[tokio::test]
async fn a_file_whose_room_is_gone_cannot_be_downloaded() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let file = hanako.get(&format!("{PATH}/1341384457?create_download_url=1")).await.json;
    hanako.part(PROJECT, "delete").await;
    let gone = http().get(file["download_url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(gone.status(), 404);
}
