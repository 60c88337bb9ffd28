//! What the tests of the client share.
//!
//! | module | what it is for |
//! |---|---|
//! | [`calls`] | one call of every operation |
//! | [`clock`] | time that goes as fast as the work allows |
//! | [`files`] | bytes, and folders to keep them in |
//! | [`got`] | a request as a server got it |
//! | [`hosted`] | a file that can be downloaded |
//! | [`process`] | this program, run again with an environment of its own |
//! | [`reply`] | what a server answers, or fails to answer |
//! | [`server`] | a server on this machine that does as it is told |
//! | [`spans`] | what `tracing` is told |

pub(crate) mod calls;
pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod got;
pub(crate) mod hosted;
pub(crate) mod process;
pub(crate) mod reply;
pub(crate) mod server;
pub(crate) mod spans;

use std::time::Duration;

use chatwork_sdk::{AccountId, Client, ClientBuilder, FileId, MessageId, RequestId};
use chatwork_sdk::{Error, RoomHandle, RoomId, TaskId, reqwest};
use serde::de::DeserializeOwned;

pub(crate) use clock::hurried;
pub(crate) use got::Got;
pub(crate) use hosted::Hosted;
pub(crate) use reply::{Answer, Reply};
pub(crate) use server::Server;

/// The token that tests call with.
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";

pub(crate) const ANNA: AccountId = AccountId(11);
pub(crate) const BOB: AccountId = AccountId(22);
pub(crate) const CAROL: AccountId = AccountId(33);
pub(crate) const DAVE: AccountId = AccountId(44);
pub(crate) const ROOM: RoomId = RoomId(42);
pub(crate) const TASK: TaskId = TaskId(7);
pub(crate) const FILE: FileId = FileId(9);
pub(crate) const REQUEST: RequestId = RequestId(5);

/// The id of a message.
pub(crate) fn message_id() -> MessageId {
    MessageId("1928374655918273645".to_owned())
}

/// The room of a client that tests speak of.
pub(crate) fn room(client: &Client) -> RoomHandle {
    client.room(ROOM)
}

/// A builder for a client of a server, with a token and without time limits that matter.
pub(crate) fn builder(base_url: &str) -> ClientBuilder {
    let day = Duration::from_secs(24 * 60 * 60);
    let builder = Client::builder().token(TOKEN).base_url(base_url).timeout(day);
    builder.connect_timeout(day).configure_http(plain)
}

/// Reading the certificates of the system takes longer than a test, and none of them is needed.
pub(crate) fn plain(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    http.tls_backend_rustls().tls_certs_only([])
}

/// An HTTP client for many clients of one test: setting TLS up takes longer than a call.
pub(crate) fn http() -> reqwest::Client {
    let http = plain(reqwest::Client::builder()).no_proxy();
    http.redirect(reqwest::redirect::Policy::none()).build().expect("TLS")
}

/// The document's example of what an operation answers, as the type that the caller gets.
pub(crate) fn example<T: DeserializeOwned>(operation: &str) -> T {
    let body = tests::spec::success(operation).body.cloned().expect("a reply with a body");
    serde_json::from_value(body).expect("the example is of its type")
}

/// The error that a call must give.
pub(crate) fn refused<T>(result: Result<T, Error>) -> Error {
    result.map(drop).expect_err("the call fails")
}
