//! What the Chatwork programs of one person share.
//!
//! A command line, a server for agents and a bot of one person need the same things around the
//! client of `chatwork-sdk`: which account and which token, what "the sales room" means, which day
//! "tomorrow" is, and how a text becomes a message. This crate has them once. It neither prints nor
//! asks: it returns values and typed errors.
//!
//! ```no_run
//! use chatwork_app::{Paths, RoomRef, Session, Settings};
//!
//! # async fn example() -> Result<(), chatwork_app::AppError> {
//! let paths = Paths::of_user()?;
//! let settings = Settings::from_env()?;
//! let session = Session::open(&paths, &settings, "report/1.0").await?;
//!
//! let config = chatwork_app::ConfigFile::new(&paths).load()?;
//! let room = RoomRef::parse("新製品プロジェクト", &config.rooms)?;
//! let room = chatwork_app::find_room(session.client(), &room).await?;
//! session.client().room(room).post("Build is green").await?;
//! session.settle().await;
//! # Ok(())
//! # }
//! ```
//!
//! | module | what it has |
//! |---|---|
//! | [`Paths`] | the folders of the system |
//! | [`ConfigFile`], [`Config`] | the configuration, which several programs may change at once |
//! | [`Credentials`], [`Storage`] | tokens, in a file for the owner alone or in the system's keyring |
//! | [`Session`], [`Settings`] | the client of a profile or of the environment |
//! | [`RoomRef`], [`PersonRef`], [`MessageRef`] | names, addresses and aliases as ids, never guessed |
//! | [`When`] | days and times as people write them |
//! | [`Compose`] | a text as a message: plain, Markdown or notation; mentions, quotes, boxes |
//! | [`visible`], [`one_line`] | makes control and direction characters visible |
//!
//! # Where a token goes
//!
//! A profile is bound to a base URL. A stored token is sent to that address and to no other: not to
//! one that the environment names, and not to one from a file in the current folder, which this
//! crate never reads.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod cache;
mod config;
mod credentials;
mod days;
mod error;
mod files;
mod login;
mod markdown;
mod names;
mod paths;
mod refs;
mod session;
mod text;
mod visible;

pub use cache::{NameCache, Named};
pub use config::{AliasFault, Config, ConfigFile, OAuthApp, Profile, check_alias};
pub use credentials::{Credentials, Storage, StorageChoice};
pub use days::{DayFault, InvalidDay, Nearest, When};
pub use error::{AppError, Candidate, NameFault, NameKind, Result};
pub use login::{OAuthLogin, SignIn, SignedIn, sign_out};
pub use markdown::Lost;
pub use names::{
    find_mentions, find_my_chat, find_named, find_people, find_person, find_room, people_of,
};
pub use paths::Paths;
pub use refs::{Aliases, MessageRef, PersonRef, RoomRef};
pub use session::{Origin, PROFILE_VARIABLE, Session, Settings};
pub use text::{Compose, Composed, Format, Mention};
pub use visible::{one_line, visible};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
