//! OAuth 2.0: acting for people with their consent.
//!
//! An API token acts for its owner. An app asks each user for consent and gets tokens limited to
//! the granted scopes. This module makes the request, checks the callback, exchanges the code, and
//! stores and refreshes the tokens. It needs the feature `oauth`.
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
//!
//! let source = app.source(FileStore::new("tokens.json"));
//! source.exchange(code).await?; // stored: the next start needs no consent
//! let chatwork = Client::builder().token_source(source).build()?;
//! println!("{} rooms", chatwork.rooms().await?.len());
//! # Ok(())
//! # }
//! ```
//!
//! # From nothing to working
//!
//! 1. **Try it here first.** `cargo run --example oauth_login` starts a sandbox and goes from the
//!    consent page to the first call, on this machine and without an account. `oauth_web` does the
//!    same for a web service with many users.
//! 2. **Register the app** in Chatwork's own pages, under サービス連携 > OAuth: a name, which people
//!    will see; one to five redirect addresses; the client type. You get a client id and, for a
//!    confidential client, a client secret.
//!
//!    | client type | for | secret | redirect addresses | `offline_access` |
//!    |---|---|---|---|---|
//!    | confidential | a service on your server | yes, by HTTP Basic | `https://` only | yes |
//!    | public | a program that others run | none | anything but `http://` | no |
//!
//!    So a program cannot listen on `http://127.0.0.1` for the browser. Let the person paste the
//!    address that the browser came back to, as `oauth_login` does.
//! 3. **Choose the scopes.** An operation needs one of several. [`scopes_for`] returns the
//!    narrowest scopes for the operations that you want to call.
//! 4. **Ask**: [`App::authorize`] makes the address of the consent page, always with a random state
//!    and PKCE (S256). Keep the [`PendingAuthorization`] in the person's session. It implements the
//!    traits of serde.
//! 5. **Check** what the browser brings to your redirect address: [`PendingAuthorization::check`].
//! 6. **Exchange** the code for a [`Grant`], within a minute, and store it:
//!    [`GrantSource::exchange`] with a [`FileStore`], a [`MemoryStore`], or your own [`TokenStore`]
//!    over a database. It finds out first whether the store can save.
//! 7. For many people, [`Users`] has a client for each. Who consented is known after the first call,
//!    so exchange by [`App::exchange`], call, and sign in.
//! 8. **Call**: a [`Client`](crate::Client) with the source refreshes by itself.
//!
//! # How long things live
//!
//! | what | how long | what then |
//! |---|---|---|
//! | code | 1 minute, one use | ask the person again |
//! | access token | about 30 minutes (`expires_in`) | refreshed a minute before |
//! | refresh token | 14 days | ask the person again |
//! | refresh token with `offline_access` | until the person revokes it | ask the person again |
//!
//! Chatwork does not document whether a refresh returns a new refresh token, or whether regular use
//! prolongs the 14 days. A note by Chatwork of 2018 says that without `offline_access` an
//! integration ends after 14 days and needs consent again. So ask for `offline_access` if no person
//! is there to consent again.
//!
//! The SDK assumes neither: it stores a new refresh token if the reply holds one, and keeps the old
//! one if not.
//!
//! # What a source promises
//!
//! - It refreshes shortly before the access token expires, and once for a call that the API answers
//!   with 401.
//! - Refreshes are **single-flight**: if several calls, clones or clients need a new token, one
//!   request is sent, and every call gets its result. With a store that locks, this holds across
//!   processes: the second process finds the stored grant and sends nothing.
//! - A new grant is **stored before any call uses it**. If it cannot be stored, no call gets it: a
//!   program that went on would not notice that its end costs the consent. It is kept in memory,
//!   and stored before the next refresh. Meanwhile calls get the old access token while it is
//!   valid. After that they get the error of the store.
//! - A store that can check beforehand whether it can save, such as [`FileStore`], refuses before
//!   the refresh is sent.
//! - A refresh runs in a task of its own. If a call is dropped, for example by a timeout, the
//!   refresh continues. **Before the program or the runtime ends, await [`GrantSource::settle`]**
//!   or [`Users::settle`]: a refresh that is cut off can cost the consent.
//! - A new consent ([`GrantSource::replace`]) and a sign-out ([`GrantSource::clear`]) win against a
//!   refresh that is running, also in another process: the store refuses the save of the refresh.
//! - A refresh is **never repeated if it may have reached the server**. The calls that waited get
//!   the error ([`Error::is_uncertain`]), or the old access token if that is still valid. Then a
//!   backoff starts: 5 seconds, doubled up to 5 minutes. After it, the next call that needs a token
//!   reads the store and makes one more attempt. If the server did refresh and accepts the old
//!   refresh token no longer, it answers `invalid_grant`. If no connection was made, three attempts
//!   are made at once.
//! - A refresh token that the server rejected is not sent again. An empty 400 or 401 is a
//!   rejection only the second time.
//! - If the API also rejects the token that replaced a rejected one, a refresh does not help. Then
//!   no rejection causes a refresh for a minute, and calls return the 401. That time is doubled up
//!   to 30 minutes while the rejections go on.
//!
//! One case cannot be prevented. If the process is killed or the connection ends after the server has
//! refreshed and before the reply is on the disk, a new refresh token in that reply is lost. The
//! file is still complete, with the old tokens in it. The old access token is valid until it
//! expires. A person has to consent again only if the server rejects the old refresh token.
//!
//! # What goes wrong in practice
//!
//! **`invalid_client`, 401.** The client id or the secret is wrong, or the app is registered as the
//! other client type: a confidential one that is built without [`AppBuilder::secret`], or the other
//! way round. Secrets go into `Authorization: Basic`; in the body Chatwork answers 401.
//!
//! **`invalid_grant` for a code.** The code is older than a minute. Or it was used: the person
//! reloaded the page of the redirect address, which sends the same code again. So answer the
//! callback with a redirect to another page. Or the redirect address is not the one of the request,
//! to the last slash.
//!
//! **[`Error::State`].** The callback belongs to another session: the cookie was not sent. It has
//! to be `SameSite=Lax`, not `Strict`, because the browser comes from another site, and the login
//! has to begin on the same host name as the redirect address. Or two tabs asked at once, and one
//! session holds one request: hold several, by [`PendingAuthorization::state`]. Or it is an attack:
//! send people back to the beginning, and never accept the code.
//!
//! **A consent is needed after every start.** The tokens are in memory, or in a container's file
//! system. Or an old copy of the file was restored, whose refresh token the server accepts no
//! longer. Keep the tokens on a disk that lasts, and in one place: if a refresh token is in two
//! stores, each refresh of one may end the other.
//!
//! **A consent is needed now and then.** Two programs refresh the same grant without a common lock:
//! two servers with a file each, two containers that each mount the single file and not its folder,
//! or a database whose [`TokenStore::lock`] does nothing. Or the 14
//! days are over. Or the person revoked the consent. If
//! [`Error::is_consent_needed`](crate::Error::is_consent_needed) of a call's error is `true`, offer
//! the consent page again.
//!
//! **403.** The access token has none of the scopes that the operation needs; the error names them.
//! Or the person is not in that room. [`Grant::missing`] returns what a grant does not allow,
//! before any call. A wider scope needs a new consent.
//!
//! **The consent page shows an error.** The redirect address is not registered, or several are and
//! the request holds none.
//!
//! **Clocks.** Expiry times are kept as Unix times by this machine's clock, and measured by the
//! monotonic clock. A wrong clock costs one more refresh or 401, nothing else.
//!
//! # Tests
//!
//! `chatwork-sandbox` has the consent page and the token endpoint, with faults on demand and a
//! clock that tests move. Move the clock of tokio with it: two rejections within a minute count as
//! an API that rejects each token. With `auto=allow` or `auto=deny` the page answers by itself. Its
//! apps accept the `http://` addresses of `test_redirect_uris`: see
//! [`AppBuilder::allow_http_redirect_uri`].
//!
//! This test runs in the repository of this crate:
//!
#![doc = "```ignore"]
#![doc = include_str!("example_test.rs")]
#![doc = "```"]

// | file | holds |
// |---|---|
// | `app` | a registered app and its builder |
// | `authorization` | the request for consent, and the check of its callback |
// | `redirect` | the rule for redirect addresses |
// | `random` | random texts, the PKCE challenge, a comparison in constant time |
// | `scopes` | the scopes that operations need |
// | `endpoint` | the token endpoint: one request, never repeated |
// | `refusal`, `error` | a refusal by the service; the error of the module |
// | `grant`, `store` | the tokens of one consent, and where they are stored |
// | `source`, `users` | a token source over one stored grant; one app with many users |
// | `state`, `cached_grant` | the state of a source; a grant in memory with its deadlines |
// | `refresh`, `refresh_task` | the steps of one refresh, and the task that runs them |
// | `running` | the tasks that work on a grant, counted |
// | `backoff`, `rejection` | the delays after a failed refresh and after a rejected new token |

mod app;
mod authorization;
mod backoff;
mod cached_grant;
mod endpoint;
mod error;
mod grant;
mod limited_store;
mod random;
mod redirect;
mod refresh;
mod refresh_task;
mod refusal;
mod rejection;
mod running;
mod scopes;
mod source;
mod state;
mod store;
mod users;

pub use app::{App, AppBuilder};
pub use authorization::{Authorization, AuthorizationCode, PendingAuthorization};
pub use chatwork_api::operations;
pub use error::{Error, TokenEndpointError};
pub use grant::Grant;
pub use refusal::{ErrorCode, Refusal};
pub use scopes::scopes_for;
pub use source::GrantSource;
pub use store::{FileStore, MemoryStore, StoreFault, check_store};
pub use store::{Generation, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore};
pub use users::Users;
