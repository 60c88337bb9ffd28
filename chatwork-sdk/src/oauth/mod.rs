//! OAuth 2.0: acting for people with their consent.
//!
//! An API token acts for the one person whose it is. An app that is to act for others asks each of
//! them on a page of Chatwork's, and gets tokens that do what was allowed, until it is taken back.
//! This module makes the request, checks the answer, gets the tokens, keeps them, and refreshes
//! them. It needs the feature `oauth`.
//!
//! ```no_run
//! use chatwork_sdk::{Client, Scope};
//! use chatwork_sdk::oauth::{App, FileStore};
//!
//! # async fn example(callback: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let app = App::builder("the client id")
//!     .secret("the client secret")
//!     .redirect_uri("https://report.example/callback")
//!     .build()?;
//!
//! let request = app.authorize([Scope::RoomsAllRead, Scope::OfflineAccess])?;
//! println!("send the person's browser to {}", request.url); // and keep `request.pending`
//!
//! // It comes back to https://report.example/callback?code=…&state=…
//! let code = request.pending.check(callback)?;
//! let grant = app.exchange(code).await?;
//!
//! let source = app.source(FileStore::new("tokens.json"));
//! source.replace(grant).await?; // stored: from now on this line is all that is needed
//! let chatwork = Client::builder().token_source(source).build()?;
//! println!("{} rooms", chatwork.rooms().await?.len());
//! # Ok(())
//! # }
//! ```
//!
//! # From nothing to working
//!
//! 1. **Try it here first.** `cargo run --example oauth_login` starts a sandbox
//!    and goes from the consent page to the first call, on this machine and without an account.
//!    `oauth_web` does the same for a web service with many users.
//! 2. **Register the app** in Chatwork's own pages, under サービス連携 > OAuth: a name, which
//!    people will see; the redirect URIs; the client type. You get a client id and, for a
//!    confidential client, a client secret.
//!
//!    | client type | for | secret | [`offline_access`](crate::Scope::OfflineAccess) |
//!    |---|---|---|---|
//!    | confidential | a service on a server of yours | yes, by HTTP Basic | yes |
//!    | public | a program that others run | none | no: consent again after 14 days |
//!
//! 3. **Choose the scopes.** An operation needs one of several; [`scopes_for`] answers with the
//!    narrowest for those that you want to call.
//! 4. **Ask**: [`App::authorize`] makes the address of the consent page, with a random state and
//!    PKCE (S256), always. Keep the [`PendingAuthorization`] in the person's session; it is serde.
//! 5. **Check** what the browser brings to your redirect URI: [`PendingAuthorization::check`].
//! 6. **Exchange** the code for a [`Grant`], within a minute: [`App::exchange`].
//! 7. **Store** it: [`GrantSource::replace`] with a [`FileStore`], a [`MemoryStore`], or your own
//!    [`TokenStore`] over a database. For many people, [`Users`] has a client for each.
//! 8. **Call**: a [`Client`](crate::Client) with the source refreshes by itself.
//!
//! # How long things live
//!
//! | what | how long | what then |
//! |---|---|---|
//! | code | 1 minute, one use | ask the person again |
//! | access token | about 30 minutes | it is refreshed a minute before |
//! | refresh token | 14 days, one use: each refresh brings the next | ask the person again |
//! | refresh token with `offline_access` | until the person takes the consent back | ask again |
//!
//! A client that makes one call a week keeps its consent for ever; one that sleeps for 15 days does
//! not, without `offline_access`.
//!
//! # What a source promises
//!
//! - It refreshes shortly before the access token ends, and once for a call that the API answers
//!   with 401.
//! - However many calls, clones and clients want a new token at once, **one refresh goes out**, and
//!   all get what it gave. With a store that locks, so it is for all processes: the second finds
//!   what the first has stored, and sends nothing.
//! - What a refresh gives is **stored before anybody uses it**. If it cannot be stored, nobody gets
//!   it; it is kept, and stored before anything else is tried.
//! - A refresh is a task of its own: a call that is dropped, by a timeout for example, does not
//!   stop it.
//! - It is **never repeated when it may have reached the server**. The calls that waited get the
//!   error ([`Error::is_uncertain`]), or the old access token if that has not ended. After a rest
//!   of 5 seconds, which doubles up to 5 minutes, the next call that needs a token looks into the
//!   store and makes one more attempt: if the server did refresh, it says so (`invalid_grant`), and
//!   nothing is lost that was not lost before. A connection that was not made is tried three times
//!   at once.
//! - A refresh token that was refused is not sent again.
//!
//! What cannot be had: when the process dies, or the connection, after the server has refreshed and
//! before its answer is on the disk, the new refresh token is gone, and the old one may be used up.
//! The file is whole all the same, with the old tokens in it, and the old access token is good to
//! its end. A person has to consent again only if the server refuses the old refresh token.
//!
//! # What goes wrong in practice
//!
//! **`invalid_client`, 401.** The client id or the secret is wrong, or the app is registered as the
//! other client type: a confidential one that is built without [`AppBuilder::secret`], or the other
//! way round. Secrets go into `Authorization: Basic`; in the body Chatwork answers 401.
//!
//! **`invalid_grant` for a code.** It is older than a minute; or it was used: the person reloaded
//! the page of the redirect URI, which sends the same code again, so answer the callback with a
//! redirect to another page. Or the redirect URI is not the one of the request, to the last slash.
//!
//! **[`Error::State`].** The session is another one: the cookie did not come along. It has to be
//! `SameSite=Lax`, not `Strict`, for the browser comes from another site, and the login has to
//! begin on the same host name as the redirect URI. Or two tabs asked at once, and one session
//! holds one request. Or it is an attack: send people back to the beginning, and never accept the
//! code.
//!
//! **A consent is needed after every start.** The tokens are in memory, or in a container's file
//! system; or an old copy of the file was restored, whose refresh token is used up. Keep them where
//! they last, and only there: one refresh token in two stores is good for one of them.
//!
//! **A consent is needed now and then.** Two programs refresh the same grant without a common lock:
//! two servers with a file each, a database whose [`TokenStore::lock`] does nothing. Or the person
//! took the consent back: [`Error::is_consent_needed`] tells both, by way of
//! [`Error::oauth`](crate::Error::oauth) of a call; offer the consent page again.
//!
//! **403.** The access token has none of the scopes that the operation needs, which the error
//! names; or the person is not in that room. [`Grant::missing`] says before any call what a grant
//! does not allow. A wider scope needs a new consent.
//!
//! **The consent page shows an error.** The redirect URI is not registered, or several are and none
//! was given.
//!
//! **Clocks.** Ends are kept as Unix times by this machine's clock, and followed by one that does
//! not jump. A clock that is wrong costs a refresh or a 401 more, nothing else.
//!
//! # Tests
//!
//! `chatwork-sandbox` has the consent page, which says yes by itself when it is told to, and the
//! token endpoint, with faults on demand and a clock that tests move:
//!
//! ```
//! # use std::error::Error;
//! use chatwork_sdk::Scope;
//! use chatwork_sdk::oauth::App;
//! use chatwork_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn Error>> {
//! let sandbox = Sandbox::start().await?;
//! let app = App::builder("sandbox-public-app")
//!     .endpoints(sandbox.authorization_url(), sandbox.token_url())
//!     .build()?;
//! let mut request = app.authorize([Scope::UsersProfileMeRead])?;
//! request.url.query_pairs_mut().append_pair("auto", "deny");
//! # Ok(())
//! # }
//! ```

mod app;
mod authorization;
mod backoff;
mod cached_grant;
mod endpoint;
mod error;
mod grant;
mod random;
mod redirect;
mod refresh;
mod refresh_task;
mod refusal;
mod scopes;
mod source;
mod state;
mod store;
mod users;

pub use app::{App, AppBuilder};
pub use authorization::{Authorization, AuthorizationCode, PendingAuthorization};
pub use chatwork_api::operations;
pub use error::Error;
pub use grant::Grant;
pub use refusal::{ErrorCode, Refusal};
pub use scopes::scopes_for;
pub use source::GrantSource;
pub use store::{FileStore, MemoryStore, StoreLock, TokenStore};
pub use users::Users;
