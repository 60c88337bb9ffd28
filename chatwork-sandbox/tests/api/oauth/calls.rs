//! What granted tokens are good for, what the log says, and what can go wrong.

use chatwork_api::operations;
use chatwork_sandbox::{Fault, World};

use super::flow::{App, SECRET, SECRETIVE, VERIFIER, but};
use crate::support::{PROJECT, act_with_bearer, http};

#[tokio::test]
async fn each_scope_opens_its_operations_and_no_other() {
    let app = App::confidential().await;
    for scope in operations::Scope::ALL {
        let tokens = app.tokens(&but(app.request(), "scope", scope.as_str())).await;
        let bearer = act_with_bearer(&app.sandbox, tokens.text("access_token"));
        for operation in &operations::ALL {
            let path = path_of(operation.path);
            let reply = bearer
                .send(bearer.request(operation.method.as_str().parse().unwrap(), &path))
                .await;
            let refused = reply.error() == "The access token does not have the required scope";
            assert_eq!(operation.scopes.contains(&scope), !refused, "{scope} {}", operation.id);
            assert!(!refused || reply.status == 403, "{scope} {}", operation.id);
        }
        app.sandbox.clock().advance(std::time::Duration::from_secs(300));
    }
}

/// A path to a room that no test changes by accident: without parameters every write
/// is refused.
fn path_of(template: &str) -> String {
    let path = template.replace("{room_id}", &PROJECT.to_string());
    ["{message_id}", "{task_id}", "{file_id}", "{request_id}"]
        .iter()
        .fold(path, |path, name| path.replace(name, "1"))
}

#[tokio::test]
async fn all_tokens_of_a_grant_share_its_cursor() {
    let app = App::confidential().await;
    let first = app.tokens(&app.request()).await;
    let path = format!("/rooms/{PROJECT}/messages");
    let bearer = act_with_bearer(&app.sandbox, first.text("access_token"));
    assert_eq!(bearer.get(&path).await.status, 200);
    let second = app.token(&app.refreshing(first.text("refresh_token"))).await;
    let bearer = act_with_bearer(&app.sandbox, second.text("access_token"));
    assert_eq!(bearer.get(&path).await.status, 204);
}

#[tokio::test]
async fn consents_are_listed_without_tokens_until_they_are_revoked() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    let url = format!("{}/_sandbox/grants", app.sandbox.origin());
    let list = async || http().get(&url).send().await.unwrap().text().await.unwrap();
    let text = list().await;
    let grants: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!((grants.len(), &grants[0]["client_id"]), (1, &SECRETIVE.into()));
    assert!(!text.contains(tokens.text("access_token")), "{text}");
    assert!(!text.contains(tokens.text("refresh_token")), "{text}");
    let account = serde_json::from_value(grants[0]["account_id"].clone()).unwrap();
    assert!(app.sandbox.revoke(SECRETIVE, account));
    assert_eq!(list().await, "[]");
}

#[tokio::test]
async fn the_log_shows_the_parameters_without_secrets() {
    let app = App::confidential().await;
    let code = app.code(&app.request()).await;
    let tokens = app.token(&app.form(&code)).await;
    app.token(&app.refreshing("unknown-token")).await;
    let requests = app.sandbox.requests();
    let [authorize, exchange, refresh] = requests.as_slice() else { panic!("{requests:?}") };
    assert!(authorize.query.contains(&format!("client_id={SECRETIVE}")), "{authorize:?}");
    assert_eq!((exchange.path.as_str(), exchange.status), ("/token", Some(200)));
    let reason = refresh.reason.as_deref().unwrap_or_default();
    assert!(reason.starts_with("invalid_grant: "), "{refresh:?}");
    let shown = format!("{requests:?}");
    let secrets = [&*code, tokens.text("access_token"), tokens.text("refresh_token")];
    for secret in secrets.into_iter().chain(["unknown-token", VERIFIER]) {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_state_shows_no_secret() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    let shown = format!("{:?}", app.sandbox.state());
    for secret in [SECRET, tokens.text("access_token"), tokens.text("refresh_token")] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn no_debug_shows_a_token_or_a_secret() {
    let app = App::confidential().await;
    let world = World::standard().unwrap();
    let shown = format!("{world:?} {:?}", app.sandbox);
    let lists = format!("{:?} {:?}", app.sandbox.apps(), app.sandbox.accounts());
    for secret in [SECRET, app.sandbox.token("hanako"), &world.bearer_tokens[0].token] {
        assert!(!shown.contains(secret) && !lists.contains(secret), "{shown} {lists}");
    }
}

#[tokio::test]
async fn a_reset_forgets_every_grant() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    app.sandbox.reset();
    assert_eq!(app.me(tokens.text("access_token")).await, 401);
    let refresh = app.token(&app.refreshing(tokens.text("refresh_token"))).await;
    assert_eq!(refresh.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn the_reply_of_a_refresh_can_be_lost() {
    let app = App::confidential().await;
    let tokens = app.tokens(&app.request()).await;
    let fault = Fault::close().after_processing().operation("oauthToken");
    app.sandbox.faults().add(fault).unwrap();
    let form = app.refreshing(tokens.text("refresh_token"));
    let request = app.http.post(app.sandbox.token_url()).basic_auth(SECRETIVE, Some(SECRET));
    assert!(request.form(&form).send().await.is_err());
    assert_eq!(app.token(&form).await.refusal(), (400, "invalid_grant"));
}

#[tokio::test]
async fn the_token_endpoint_can_answer_with_anything() {
    let app = App::confidential().await;
    let fault = Fault::status(400).operation("oauthToken");
    app.sandbox.faults().add(fault).unwrap();
    let reply = app.http.post(app.sandbox.token_url()).send().await.unwrap();
    assert_eq!((reply.status().as_u16(), reply.text().await.unwrap().as_str()), (400, ""));
}

#[tokio::test]
async fn a_fault_of_every_operation_leaves_the_token_endpoint_alone() {
    let app = App::confidential().await;
    app.sandbox.faults().add(Fault::status(503)).unwrap();
    app.tokens(&app.request()).await;
    assert_eq!(app.sandbox.faults().pending().len(), 1);
}
