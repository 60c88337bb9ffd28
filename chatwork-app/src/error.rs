//! The error of this crate.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::Profile;
use crate::days::InvalidDay;

/// The result of this crate's functions.
pub type Result<T, E = AppError> = std::result::Result<T, E>;

/// An error of this crate. Each has a typed reason, so that a program can say it in its own words.
///
/// Neither `Display` nor `Debug` shows a token or the text of a message.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// The user has no home folder.
    #[error("this user has no home folder: set HOME")]
    NoHome,
    /// A file cannot be read or written.
    #[error("cannot access {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A file of this crate is invalid.
    #[error("{} is invalid: {reason}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is invalid. Holds no value of the file.
        reason: String,
    },
    /// A newer version of a program wrote a file.
    #[error("{} has version {found}, and this program reads versions up to {supported}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The newest version that this crate reads.
        supported: i64,
    },
    /// There is no token for this address.
    #[error("not signed in to {base_url}")]
    NotSignedIn {
        /// The address of the API.
        base_url: String,
        /// The profile that has no token, if there is one.
        profile: Option<String>,
    },
    /// There are several profiles, and none of them is the current one.
    #[error("no profile is the current one: choose one of {}", known.join(", "))]
    NoneChosen {
        /// The profiles that can be chosen.
        known: Vec<String>,
    },
    /// There is no profile of this name.
    #[error("there is no profile `{name}`")]
    NoProfile {
        /// The name.
        name: String,
        /// The profiles that exist.
        known: Vec<String>,
    },
    /// The environment names another address than the one that the profile is bound to.
    #[error("the profile `{profile}` is bound to {bound}, and the environment names {named}")]
    OtherAddress {
        /// The profile.
        profile: String,
        /// The address of the profile.
        bound: String,
        /// The address in the environment.
        named: String,
    },
    /// To sign in would replace a profile of another address or account.
    #[error("the profile `{profile}` is of another address or account")]
    OtherProfile {
        /// The name of the profile.
        profile: String,
        /// The profile as it is.
        known: Box<Profile>,
    },
    /// An environment variable is invalid.
    #[error("invalid {name}: {expected}")]
    Variable {
        /// The variable.
        name: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// Other people of this machine can open the folder of the credentials, and its permissions
    /// cannot be changed. No secret was written.
    #[error("other users can open {}, and its permissions cannot be changed", path.display())]
    OpenFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The keyring was asked for by name, and does not work.
    #[error("the system's keyring does not work: {reason}")]
    Keyring {
        /// The reason.
        reason: String,
    },
    /// The token is empty or holds characters that no token has.
    #[error("this is not a token: expected letters, digits and signs in one line")]
    NotAToken,
    /// A name, an address or an id does not name one room, person or message.
    #[error(transparent)]
    Name(Box<NameFault>),
    /// A day cannot be understood.
    #[error(transparent)]
    Day(#[from] InvalidDay),
    /// A request failed.
    #[error(transparent)]
    Api(#[from] chatwork_sdk::Error),
    /// OAuth 2.0 failed.
    #[error(transparent)]
    OAuth(#[from] chatwork_sdk::oauth::Error),
}

impl AppError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    pub(crate) fn invalid(path: &Path, reason: impl Into<String>) -> Self {
        Self::Invalid { path: path.to_owned(), reason: reason.into() }
    }
}

impl From<NameFault> for AppError {
    fn from(fault: NameFault) -> Self {
        Self::Name(Box::new(fault))
    }
}

/// What a name should have named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameKind {
    /// A room.
    Room,
    /// A person.
    Person,
    /// A message.
    Message,
}

/// A room or person that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The id.
    pub id: i64,
    /// The name.
    pub name: String,
}

/// A name that names no room, person or message, or several. It is never guessed which was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameFault {
    /// What it should have named.
    pub kind: NameKind,
    /// What was given.
    pub given: String,
    /// Whether several have this very name. Otherwise none has.
    pub is_ambiguous: bool,
    /// Those that have the name, or whose names contain it; at most 10.
    pub candidates: Vec<Candidate>,
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            NameKind::Room => "room",
            NameKind::Person => "person",
            NameKind::Message => "message",
        };
        let given = crate::visible::one_line(&self.given);
        match self.is_ambiguous {
            true => write!(f, "several have the name `{given}`: use the id of the {kind}"),
            false => write!(f, "there is no {kind} `{given}`"),
        }
    }
}

impl std::error::Error for NameFault {}
