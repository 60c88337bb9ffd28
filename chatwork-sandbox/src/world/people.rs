//! Accounts, organizations, tokens and contact requests of a world.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A company that accounts belong to (組織).
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The id, above 0.
    pub id: i64,
    /// The name.
    pub name: String,
}

/// The plan that an account is on.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// Everything can be read.
    #[default]
    Paid,
    /// Messages older than 40 days are hidden (閲覧制限).
    Free,
}

/// An account. A field that is left out is empty, as in the service.
#[derive(Clone, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountSeed {
    /// The short name that the rest of the world uses as a reference to the account.
    pub key: String,
    /// The account id, above 0.
    pub id: i64,
    /// The name shown to others.
    pub name: String,
    /// The API token. Without it, only access tokens can be used for the account.
    pub token: Option<String>,
    /// The plan.
    pub plan: Plan,
    /// The most contacts outside the organization. `None` means no limit.
    pub outside_contact_limit: Option<usize>,
    /// The id of the organization.
    pub organization: Option<i64>,
    /// The name that the account has chosen for itself.
    pub chatwork_id: String,
    /// The department.
    pub department: String,
    /// The position.
    pub title: String,
    /// A web page.
    pub url: String,
    /// The introduction in the profile.
    pub introduction: String,
    /// The mail address of the profile.
    pub mail: String,
    /// The telephone number at work.
    pub tel_organization: String,
    /// The extension at work.
    pub tel_extension: String,
    /// The mobile telephone number.
    pub tel_mobile: String,
    /// The Skype name.
    pub skype: String,
    /// The Facebook name.
    pub facebook: String,
    /// The Twitter name.
    pub twitter: String,
    /// The address of the picture; left out, one of the service's default pictures.
    pub avatar: Option<String>,
    /// The mail address for logging in.
    pub login_mail: String,
}

/// An OAuth 2.0 access token.
#[derive(Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct BearerSeed {
    /// The token.
    pub token: String,
    /// The account that it acts for, by key.
    pub account: String,
    /// What it may be used for, as in `rooms.all:read`.
    pub scopes: Vec<String>,
    /// For how many seconds from the start it is valid. `None`: without end. 0 is expired.
    #[serde(default)]
    pub expires_in: Option<i64>,
}

/// A request to become a contact.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct RequestSeed {
    /// The id, above 0.
    pub id: i64,
    /// The account that sent it, by key.
    pub from: String,
    /// The account that receives it, by key.
    pub to: String,
    /// Its text, at least one character.
    pub message: String,
}

/// Shows neither the token nor personal data of the profile.
impl fmt::Debug for AccountSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountSeed")
            .field("key", &self.key)
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Shows no token.
impl fmt::Debug for BearerSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerSeed")
            .field("account", &self.account)
            .field("scopes", &self.scopes)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}
