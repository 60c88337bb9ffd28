//! A code is turned into a grant: what goes out, what comes back, and every way to be refused.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chatwork_sdk::oauth::{App, Authorization, Error, ErrorCode, FileStore, Grant, MemoryStore};
use chatwork_sdk::reqwest::{self, StatusCode};
use chatwork_sdk::{Scope, Secret, UnixTime};
use serde_json::{Value, json};

use super::party::{self, CALLBACK, Party, given, loaded, old, tokens};
use crate::support::clock::timed;
use crate::support::{Answer, Reply, Server, hurried};

/// Status and code of the refusal.
fn refusal(result: Result<Grant, Error>) -> (u16, ErrorCode) {
    let error = result.unwrap_err();
    let status = error.status().map_or(0, |status| status.as_u16());
    (status, error.code().expect("a code").clone())
}

async fn code_of(app: &App) -> chatwork_sdk::oauth::AuthorizationCode {
    let Authorization { url, pending, .. } = app.authorize([Scope::RoomsAllRead]).unwrap();
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    pending.check(&format!("code=the-code&state={state}")).unwrap()
}

#[tokio::test]
async fn a_confidential_client_sends_basic_and_no_secret_in_the_body() {
    let server = Server::always(given(1)).await;
    let app = party::app(&server);
    app.exchange(code_of(&app).await).await.unwrap();
    let got = server.only();
    let basic = STANDARD.encode("the-client:the-client-secret");
    assert_eq!(got.header("authorization"), Some(&*format!("Basic {basic}")));
    assert!(got.line().starts_with("POST /token "), "{}", got.line());
    assert_eq!(got.header("content-type"), Some("application/x-www-form-urlencoded"));
    let body = got.text();
    assert!(body.starts_with("grant_type=authorization_code&code=the-code&code_verifier="));
    assert!(!body.contains("client"), "{body}");
}

#[tokio::test]
async fn a_source_saves_the_grant_of_a_code() {
    let server = Server::always(given(1)).await;
    let app = party::app(&server);
    let store = MemoryStore::new(old());
    let grant = app.source(store.clone()).exchange(code_of(&app).await).await.unwrap();
    assert_eq!(loaded(&store).await, Some(grant));
}

#[tokio::test]
async fn a_source_spends_no_code_if_its_store_cannot_save() {
    let server = Server::always(given(1)).await;
    let app = party::app(&server);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a-file"), "").unwrap();
    let source = app.source(FileStore::new(folder.path().join("a-file/tokens.json")));
    let refused = source.exchange(code_of(&app).await).await;
    assert!(matches!(refused, Err(Error::Store(_))), "{refused:?}");
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_public_client_sends_its_id_in_the_body() {
    let server = Server::always(given(1)).await;
    let token_url = server.url("127.0.0.1", "/token");
    let app = App::builder("the client").redirect_uri(CALLBACK).allow_http_redirect_uri(true);
    let app = app.endpoints("http://127.0.0.1:9", token_url).build().unwrap();
    app.exchange(code_of(&app).await).await.unwrap();
    let got = server.only();
    assert_eq!(got.header("authorization"), None);
    assert!(got.text().ends_with("&client_id=the+client"), "{}", got.text());
    assert!(got.text().contains("&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fcallback&"));
}

#[tokio::test]
async fn an_http_client_of_ones_own_sends_the_requests_for_tokens() {
    let server = Server::always(given(1)).await;
    let http = reqwest::Client::builder().user_agent("a-client-of-ones-own").build().unwrap();
    let app = App::builder("the client").secret("s").http_client(http);
    let app = app.endpoints("http://127.0.0.1:9", server.url("127.0.0.1", "/token"));
    app.build().unwrap().refresh(&old()).await.unwrap();
    assert_eq!(server.only().header("user-agent"), Some("a-client-of-ones-own"));
}

/// The grant that a reply becomes.
async fn granted(reply: Value) -> Result<Grant, Error> {
    let server = Server::always(Reply::json(200, &reply)).await;
    party::app(&server).refresh(&old()).await
}

#[tokio::test]
async fn a_lifetime_is_taken_as_a_number_and_as_a_string() {
    for expires_in in [json!(1800), json!("1800")] {
        let mut reply = tokens(1);
        reply["expires_in"] = expires_in;
        let grant = granted(reply).await.unwrap();
        assert_eq!(grant.expires_at.0 - grant.obtained_at.0, 1800);
    }
}

#[tokio::test]
async fn a_reply_with_an_invalid_lifetime_is_accepted() {
    for expires_in in
        [json!(null), json!("soon"), json!(""), json!(1.5), json!(u64::MAX), json!([])]
    {
        let mut reply = tokens(1);
        reply["expires_in"] = expires_in.clone();
        let grant = granted(reply).await.unwrap();
        assert_eq!(grant.refresh_token.unwrap().expose(), "refresh-1", "{expires_in}");
        assert_eq!(grant.expires_at.0 - grant.obtained_at.0, 1800, "{expires_in}");
    }
}

#[tokio::test]
async fn a_reply_without_optional_fields_is_accepted() {
    for name in ["expires_in", "scope"] {
        let mut reply = tokens(1);
        reply.as_object_mut().unwrap().remove(name);
        let grant = granted(reply).await.unwrap();
        assert_eq!(grant.refresh_token.unwrap().expose(), "refresh-1", "{name}");
    }
}

#[tokio::test]
async fn a_null_refresh_token_keeps_the_old_one() {
    for change in [json!(null), json!("")] {
        let mut reply = tokens(1);
        reply["refresh_token"] = change;
        let grant = granted(reply).await.unwrap();
        assert_eq!(grant.refresh_token, old().refresh_token);
    }
}

#[tokio::test]
async fn a_reply_to_a_code_may_hold_no_refresh_token() {
    let mut reply = tokens(1);
    reply["refresh_token"] = Value::Null;
    let server = Server::always(Reply::json(200, &reply)).await;
    let app = party::app(&server);
    let grant = app.exchange(code_of(&app).await).await.unwrap();
    assert_eq!(grant.refresh_token, None);
    assert!(matches!(app.refresh(&grant).await, Err(Error::NoRefreshToken)));
}

#[tokio::test]
async fn an_invalid_token_reply_is_an_uncertain_error() {
    let mut mac = tokens(1);
    mac["token_type"] = json!("mac");
    let mut empty = tokens(1);
    empty["access_token"] = json!("");
    for reply in [
        Reply::html(200),
        Reply::new(200, ""),
        Reply::json(200, &json!({ "access_token": "a" })),
        Reply::json(200, &mac),
        Reply::json(200, &empty),
        Reply::new(200, "x".repeat(70_000)),
    ] {
        let server = Server::always(reply.clone()).await;
        let error = party::app(&server).refresh(&old()).await.unwrap_err();
        assert!(matches!(error, Error::Reply(StatusCode::OK, _)), "{reply:?}: {error:?}");
        assert!(error.is_uncertain() && !error.is_consent_needed());
    }
}

#[tokio::test]
async fn an_error_without_a_body_or_with_html_keeps_its_status() {
    for (reply, uncertain) in [
        (Reply::new(400, ""), false),
        (Reply::new(401, ""), false),
        (Reply::html(502), true),
        (Reply::json(400, &json!({ "errors": ["no"] })), false),
    ] {
        let server = Server::always(reply.clone()).await;
        let error = party::app(&server).refresh(&old()).await.unwrap_err();
        let Error::Refused(refusal) = &error else { panic!("{reply:?}: {error:?}") };
        assert!(refusal.status().is_some() && refusal.code().is_none(), "{error:?}");
        assert_eq!(error.is_uncertain(), uncertain, "{error:?}");
        assert_eq!(server.got().len(), 1, "nothing is sent twice");
    }
}

#[tokio::test]
async fn an_empty_400_or_401_to_one_refresh_does_not_need_a_consent() {
    for reply in [Reply::new(400, ""), Reply::new(401, "\r\n")] {
        let server = Server::always(reply.clone()).await;
        let error = party::app(&server).refresh(&old()).await.unwrap_err();
        assert!(!error.is_consent_needed(), "{reply:?}: {error:?}");
        assert!(error.to_string().ends_with("and an empty body"), "{error}");
    }
}

#[tokio::test]
async fn an_empty_400_to_a_code_does_not_need_a_consent() {
    let party = Party::confidential().await;
    let server = Server::always(Reply::new(400, "")).await;
    let error = party::app(&server).exchange(party.code().await).await.unwrap_err();
    assert!(!error.is_consent_needed(), "{error:?}");
}

#[tokio::test]
async fn an_error_shows_status_code_description_and_address() {
    let reply = json!({
        "error": "slow_down",
        "error_description": "Later, refresh-0",
        "error_uri": "https://example.com/errors",
    });
    let server = Server::always(Reply::json(400, &reply)).await;
    let error = party::app(&server).refresh(&old()).await.unwrap_err();
    let text = "the token endpoint refused with status 400: slow_down (Later, …)";
    assert_eq!(error.to_string(), text);
    let Error::Refused(refusal) = error else { panic!("{error:?}") };
    assert_eq!(refusal.code(), Some(&ErrorCode::Other("slow_down".to_owned())));
    assert_eq!(refusal.uri(), Some("https://example.com/errors"));
}

#[tokio::test]
async fn a_request_that_may_have_arrived_is_not_sent_again() {
    for answer in [Answer::Close, Answer::Cut(given(1)), Answer::Silence] {
        let server = Server::always(answer.clone()).await;
        let app = party::app(&server);
        let error = hurried(async { app.refresh(&old()).await }).await.unwrap_err();
        assert!(error.is_uncertain(), "{answer:?}: {error:?}");
        assert_eq!(server.got().len(), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn a_connect_error_is_retried() {
    let (_taken, url) = tests::raw::refusing();
    let app = App::builder("a").endpoints("http://127.0.0.1:9", url).build().unwrap();
    let (result, time) = timed(async { app.refresh(&old()).await }).await;
    let error = result.unwrap_err();
    assert!(!error.is_uncertain() && !error.is_consent_needed(), "{error:?}");
    assert_eq!(error.to_string(), "the token endpoint cannot be reached");
    assert!(time >= Duration::from_millis(1500), "it was tried three times");
}

#[tokio::test]
async fn a_redirect_of_the_token_endpoint_is_not_followed() {
    let other = Server::always(given(1)).await;
    let location = other.url("127.0.0.1", "/token");
    let server = Server::always(Reply::new(307, "").header("location", &location)).await;
    let error = party::app(&server).refresh(&old()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert!(other.got().is_empty());
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_client_are_invalid_client() {
    let party = Party::of(0, |_| Some("wrong".to_owned())).await;
    let result = party.app.exchange(party.code().await).await;
    assert_eq!(refusal(result), (401, ErrorCode::InvalidClient));
    let builder = App::builder("nobody").endpoints("http://127.0.0.1:9", party.sandbox.token_url());
    let stranger = builder.build().unwrap();
    let result = stranger.exchange(party.code().await).await;
    assert_eq!(refusal(result), (401, ErrorCode::InvalidClient));
}

#[tokio::test]
async fn a_confidential_client_without_its_secret_is_invalid_client() {
    let party = Party::of(0, |_| None).await;
    let result = party.app.exchange(party.code().await).await;
    assert_eq!(refusal(result), (401, ErrorCode::InvalidClient));
}

#[tokio::test]
async fn a_code_is_valid_for_a_minute() {
    let party = Party::confidential().await;
    let code = party.code().await;
    party.sandbox.clock().advance(Duration::from_secs(60));
    assert_eq!(refusal(party.app.exchange(code).await), (400, ErrorCode::InvalidGrant));
}

#[tokio::test]
async fn a_code_is_good_once() {
    let party = Party::confidential().await;
    let Authorization { url, pending, .. } = party.ask();
    let callback = party.open(&url, "allow").await;
    party.app.exchange(pending.check(&callback).unwrap()).await.unwrap();
    let again = party.app.exchange(pending.check(&callback).unwrap()).await;
    assert_eq!(refusal(again), (400, ErrorCode::InvalidGrant));
}

#[tokio::test]
async fn a_code_is_valid_for_one_redirect_address() {
    let party = Party::confidential().await;
    let result = party.with("redirect_uri", "https://example.com/callback").await;
    assert_eq!(refusal(result), (400, ErrorCode::InvalidGrant));
}

#[tokio::test]
async fn a_refresh_token_that_is_unknown_used_or_expired_is_invalid_grant() {
    let party = Party::confidential().await;
    let unknown = Grant::from_refresh_token(Secret::from("unknown".to_owned()));
    assert_eq!(refusal(party.app.refresh(&unknown).await), (400, ErrorCode::InvalidGrant));
    let grant = party.consent().await;
    let next = party.app.refresh(&grant).await.unwrap();
    assert_eq!(refusal(party.app.refresh(&grant).await), (400, ErrorCode::InvalidGrant));
    party.sandbox.clock().advance(Duration::from_secs(14 * 24 * 60 * 60));
    assert_eq!(refusal(party.app.refresh(&next).await), (400, ErrorCode::InvalidGrant));
}

#[tokio::test]
async fn a_revoked_consent_is_needed_again() {
    let party = Party::confidential().await;
    let grant = party.consent().await;
    let account = party.sandbox.account("hanako").unwrap().account_id;
    assert!(party.sandbox.revoke("sandbox-confidential-app", account));
    let error = party.app.refresh(&grant).await.unwrap_err();
    assert!(error.is_consent_needed(), "{error:?}");
}

#[tokio::test]
async fn times_are_of_the_clock_of_this_machine() {
    let before = UnixTime::now();
    let grant = granted(tokens(1)).await.unwrap();
    assert!(before <= grant.obtained_at && grant.obtained_at <= UnixTime::now());
}

#[tokio::test]
async fn a_reply_of_more_than_64_kib_is_an_error_and_is_not_read_to_its_end() {
    for (length, is_read) in [(64 * 1024, true), (64 * 1024 + 1, false)] {
        let mut padded = tokens(1).to_string().into_bytes();
        padded.resize(length, b' ');
        let server = Server::always(Reply::new(200, padded)).await;
        match party::app(&server).refresh(&old()).await {
            Ok(grant) => assert!(is_read && grant.access_token.expose() == "access-1"),
            Err(error) => {
                let text = error.to_string();
                assert!(!is_read && text.contains("larger than 64 KiB"), "{text}");
            }
        }
    }
}
