//! What an error says and carries.

use std::error::Error as _;
use std::time::Duration;

use chatwork_sdk::error::Limit;
use chatwork_sdk::{Client, Error, RetryPolicy, Scope};
use serde_json::json;

use crate::support::{Answer, Reply, Server, builder, message_id, refused, room};

async fn told(answer: impl Into<Answer>) -> Error {
    let server = Server::always(answer).await;
    refused(room(&once(&server)).message(message_id()).get().await)
}

fn once(server: &Server) -> Client {
    builder(&server.base_url()).retry(RetryPolicy::off()).build().unwrap()
}

/// The predicates that hold.
fn predicates(error: &Error) -> Vec<&'static str> {
    let all = [
        ("not found", error.is_not_found()),
        ("hidden", error.is_hidden()),
        ("unauthorized", error.is_unauthorized()),
        ("forbidden", error.is_forbidden()),
        ("rate limited", error.is_rate_limited()),
        ("input", error.is_input()),
        ("timeout", error.is_timeout()),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
}

#[tokio::test]
async fn a_missing_message_is_not_found() {
    let error = told(Reply::refusal(404, "There is no such message.")).await;
    assert_eq!(predicates(&error), ["not found"]);
}

#[tokio::test]
async fn a_message_that_the_plan_hides_is_hidden() {
    let reply = Reply::refusal(404, "There is no such message.");
    let error = told(reply.header("chatwork-message-limitation", "true")).await;
    assert_eq!(predicates(&error), ["hidden"]);
}

#[tokio::test]
async fn a_bad_token_is_unauthorized() {
    assert_eq!(predicates(&told(Reply::refusal(401, "Bad")).await), ["unauthorized"]);
}

#[tokio::test]
async fn a_room_of_others_is_forbidden() {
    assert_eq!(predicates(&told(Reply::refusal(403, "No")).await), ["forbidden"]);
}

#[tokio::test]
async fn a_429_is_rate_limited() {
    assert_eq!(predicates(&told(Reply::html(429)).await), ["rate limited"]);
}

#[tokio::test]
async fn an_argument_out_of_its_limits_is_input() {
    let client = Client::new("token").unwrap();
    assert_eq!(predicates(&refused(room(&client).post("").await)), ["input"]);
}

#[tokio::test]
async fn an_argument_out_of_its_limits_has_a_field_and_a_limit() {
    let client = Client::new("token").unwrap();
    let Error::Input(error) = refused(room(&client).post("").await) else { panic!() };
    assert_eq!(error.field(), "body");
    assert_eq!(error.limit(), &Limit::Length { min: 1, max: 65_535, given: 0 });
}

#[tokio::test]
async fn a_429_carries_the_rate_limit() {
    let reply = Reply::refusal(429, "Rate limit exceeded.").limits(0, 60);
    let Error::RateLimited(error) = told(reply).await else { panic!() };
    assert_eq!(error.rate_limit().map(|limit| limit.remaining), Some(0));
}

#[tokio::test]
async fn a_call_without_an_answer_is_a_timeout() {
    let server = Server::always(Answer::Silence).await;
    let call = once(&server).me().timeout(Duration::from_millis(20));
    assert_eq!(predicates(&refused(call.await)), ["timeout"]);
}

#[tokio::test]
async fn a_body_without_an_end_is_a_timeout() {
    let server = Server::always(Answer::Stall(Reply::of("getMe"))).await;
    let call = once(&server).me().timeout(Duration::from_millis(20));
    assert_eq!(predicates(&refused(call.await)), ["timeout"]);
}

#[tokio::test]
async fn an_error_of_the_server_fits_no_predicate() {
    assert_eq!(predicates(&told(Reply::html(500)).await), [""; 0]);
}

#[tokio::test]
async fn a_refusal_has_the_error_texts_of_the_api() {
    let reply = Reply::json(400, &json!({ "errors": ["No.", "Never."] }));
    assert_eq!(told(reply).await.api_errors(), ["No.", "Never."]);
}

#[tokio::test]
async fn a_refusal_names_the_operation_the_status_and_the_error_text() {
    let error = told(Reply::refusal(404, "There is no such message.")).await;
    let text = "getRoomMessage: refused with status 404: There is no such message.";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_page_of_a_gateway_is_not_quoted() {
    let error = told(Reply::html(502)).await;
    assert_eq!(error.to_string(), "getRoomMessage: refused with status 502");
}

#[tokio::test]
async fn the_headers_of_a_page_of_a_gateway_are_kept() {
    let Error::Api(error) = told(Reply::html(502).header("via", "gateway")).await else { panic!() };
    assert_eq!(error.headers().get("via").unwrap(), "gateway");
}

#[tokio::test]
async fn a_refusal_with_an_incomplete_body_keeps_its_status() {
    let error = told(Answer::Cut(Reply::refusal(403, "You may not."))).await;
    assert!(error.is_forbidden(), "{error}");
}

#[tokio::test]
async fn a_refusal_carries_the_rate_limit() {
    let Error::Api(error) = told(Reply::refusal(403, "No").limits(12, 60)).await else { panic!() };
    assert_eq!(error.rate_limit().map(|limit| limit.remaining), Some(12));
}

#[tokio::test]
async fn a_refusal_names_the_scopes_that_allow_the_operation() {
    let Error::Api(error) = told(Reply::refusal(403, "No")).await else { panic!() };
    assert!(error.scopes().contains(&Scope::RoomsMessagesRead));
}

#[tokio::test]
async fn a_refusal_says_whether_the_call_sent_an_access_token() {
    for is_bearer in [true, false] {
        let server = Server::always(Reply::refusal(403, "No")).await;
        let client = builder(&server.base_url());
        let client = match is_bearer {
            true => client.bearer("a-token"),
            false => client.token("a-token"),
        };
        let refused = client.build().unwrap().me().await;
        let Err(Error::Api(error)) = refused else { panic!() };
        assert_eq!(error.is_bearer(), is_bearer);
    }
}

/// A reply to the call in which a number stands where a text belongs.
async fn misshapen() -> Error {
    let mut body = tests::spec::success("getRoomMessage").body.unwrap().clone();
    body["account"]["name"] = json!(987_654_321);
    told(Reply::json(200, &body)).await
}

#[tokio::test]
async fn a_reply_that_cannot_be_read_has_a_path() {
    let Error::Decode(error) = misshapen().await else { panic!() };
    assert_eq!(error.path(), "account.name");
}

#[tokio::test]
async fn a_reply_that_cannot_be_read_is_not_quoted() {
    let text = misshapen().await.to_string();
    assert!(text.contains("account.name") && !text.contains("987654321"), "{text}");
}

#[tokio::test]
async fn a_reply_of_invalid_json_has_no_path() {
    let Error::Decode(error) = told(Reply::new(200, "{\"a key\": nonsense}")).await else {
        panic!()
    };
    assert_eq!(error.path(), "");
}

#[tokio::test]
async fn an_unknown_value_or_field_is_accepted() {
    let mut body = tests::spec::success("listRooms").body.unwrap().clone();
    body[0]["type"] = json!("hologram");
    body[0]["colour"] = json!("blue");
    let server = Server::always(Reply::json(200, &body)).await;
    assert!(once(&server).rooms().await.is_ok());
}

#[tokio::test]
async fn the_error_of_a_closed_connection_has_a_source() {
    let error = told(Answer::Close).await;
    assert!(error.source().is_some(), "{error}");
}

#[tokio::test]
async fn the_error_of_an_incomplete_body_has_a_source() {
    let error = told(Answer::Cut(Reply::of("getRoomMessage"))).await;
    assert!(error.source().is_some(), "{error}");
}

#[tokio::test]
async fn the_error_of_an_incomplete_body_names_the_operation() {
    let error = told(Answer::Cut(Reply::of("getRoomMessage"))).await;
    assert_eq!(error.to_string(), "getRoomMessage: the reply is incomplete");
}

#[test]
fn an_error_is_small_and_goes_anywhere() {
    fn goes_anywhere<T: std::error::Error + Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    assert!(goes_anywhere::<Error>() <= 4 * size_of::<usize>());
}
