//! Shared by all tests.

mod api;
pub(crate) mod contract;
mod raw;
mod receiver;

pub(crate) use api::{Api, Reply, http};
pub(crate) use contract::document;
pub(crate) use raw::exchange;
pub(crate) use receiver::{Got, Receiver, answer};

use chatwork_sandbox::{Clock, Sandbox, World};
use reqwest::Method;
use serde_json::Value;

/// When the manual clock of the tests starts.
pub(crate) const START: i64 = 1_750_831_200;

pub(crate) const HANAKO: i64 = 1_484_814;
pub(crate) const KEN: i64 = 2_739_132;
pub(crate) const MISAKI: i64 = 3_318_824;
pub(crate) const BOT: i64 = 4_520_017;
pub(crate) const ALEX: i64 = 2_861_671;
pub(crate) const DAICHI: i64 = 5_105_230;

/// Hanako's own chat.
pub(crate) const OWN: i64 = 30_872_716;
/// Hanako's direct chat with Ken.
pub(crate) const DIRECT: i64 = 30_905_771;
/// A group: Hanako and Ken are admins, Misaki and the bot members, Alex may read.
pub(crate) const PROJECT: i64 = 93_207_172;
/// A group: Ken is admin, Hanako a member, Misaki may read. Its link is closed.
pub(crate) const SALES: i64 = 93_310_055;
/// A group: Misaki is admin, Ken a member, Hanako and Alex may read.
pub(crate) const NOTES: i64 = 93_455_120;
/// A room that does not exist.
pub(crate) const NOWHERE: i64 = 404_404;

/// The standard world with a stopped clock.
pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::builder().clock(Clock::manual(START)).start().await.unwrap()
}

/// Another world.
pub(crate) async fn sandbox_of(world: &str) -> Sandbox {
    let world = World::parse(world).unwrap();
    Sandbox::builder().clock(Clock::manual(START)).world(world).start().await.unwrap()
}

/// Calls a path of the control API; with null, without a body.
pub(crate) async fn call(
    sandbox: &Sandbox,
    method: Method,
    path: &str,
    body: Value,
) -> (u16, Value) {
    let request = http().request(method, format!("{}/_sandbox/{path}", sandbox.origin()));
    let request = if body.is_null() { request } else { request.json(&body) };
    let reply = request.send().await.unwrap();
    (reply.status().as_u16(), reply.json().await.unwrap_or(Value::Null))
}

/// A consent of `hanako` to the confidential app.
pub(crate) async fn consented(sandbox: &Sandbox) -> Value {
    let query = "response_type=code&client_id=sandbox-confidential-app&auto=allow&account_id=1484814\
                 &redirect_uri=http://127.0.0.1/callback&scope=rooms.all:read";
    let client = reqwest::Client::builder().no_proxy();
    let client = client.redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let url = format!("{}?{query}", sandbox.authorization_url());
    let reply = client.get(url).send().await.unwrap();
    let back = reply.headers()["location"].to_str().unwrap().to_owned();
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "http://127.0.0.1/callback"),
    ];
    token(sandbox, &form).await.1
}

/// Calls the token endpoint as the confidential app.
pub(crate) async fn token(sandbox: &Sandbox, form: &[(&str, &str)]) -> (u16, Value) {
    let request = http().post(sandbox.token_url()).form(form);
    let basic = request.basic_auth("sandbox-confidential-app", Some("sandbox-confidential-secret"));
    let reply = basic.send().await.unwrap();
    (reply.status().as_u16(), reply.json().await.unwrap())
}

/// Acts as an account.
pub(crate) fn act(sandbox: &Sandbox, key: &str) -> Api {
    Api::new(sandbox, "X-ChatWorkToken", sandbox.token(key))
}

/// Acts with an access token.
pub(crate) fn act_with_bearer(sandbox: &Sandbox, token: &str) -> Api {
    Api::new(sandbox, "Authorization", &format!("Bearer {token}"))
}
