//! Accounts, tokens, grants and contact requests in a saved state.

use chatwork_api::types::{AccountId, OrganizationId, RequestId, RoomId};
#[cfg(feature = "workbench")]
use serde::Deserialize;
use serde::Serialize;

use crate::state::{self, MessageNumber};
use crate::world::{AccountSeed, Plan};

/// The ids that the sandbox gives next.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct NextIds {
    pub(crate) message: MessageNumber,
    pub(crate) room: i64,
    pub(crate) task: i64,
    pub(crate) file: i64,
    pub(crate) link_code: u64,
}

/// An account. A text that is empty is left out.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct Account {
    pub(super) key: String,
    pub(super) account_id: AccountId,
    pub(super) name: String,
    pub(super) room_id: RoomId,
    #[cfg_attr(feature = "workbench", serde(default = "no_organization"))]
    pub(super) organization_id: OrganizationId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) organization_name: String,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) plan: Plan,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) outside_contact_limit: Option<usize>,
    /// Left out in a file that was written by hand: one of the service's default pictures.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) avatar: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) chatwork_id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) department: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) url: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) introduction: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) mail: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) tel_organization: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) tel_extension: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) tel_mobile: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) skype: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) facebook: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) twitter: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) login_mail: String,
}

#[cfg(feature = "workbench")]
fn no_organization() -> OrganizationId {
    OrganizationId(0)
}

impl Account {
    pub(crate) fn new(account: &state::Account) -> Self {
        let AccountSeed {
            key,
            id: _,
            name,
            token: _,
            plan,
            outside_contact_limit,
            organization: _,
            chatwork_id,
            department,
            title,
            url,
            introduction,
            mail,
            tel_organization,
            tel_extension,
            tel_mobile,
            skype,
            facebook,
            twitter,
            avatar: _,
            login_mail,
        } = account.profile.clone();
        Self {
            key,
            account_id: account.id,
            name,
            room_id: account.own_room,
            organization_id: account.organization_id,
            organization_name: account.organization_name.clone(),
            plan,
            outside_contact_limit,
            avatar: account.avatar.clone(),
            chatwork_id,
            department,
            title,
            url,
            introduction,
            mail,
            tel_organization,
            tel_extension,
            tel_mobile,
            skype,
            facebook,
            twitter,
            login_mail,
        }
    }

    /// The account as a world describes it, without its token.
    #[cfg(feature = "workbench")]
    pub(super) fn seed(&self) -> AccountSeed {
        AccountSeed {
            key: self.key.clone(),
            id: self.account_id.0,
            name: self.name.clone(),
            token: None,
            plan: self.plan,
            outside_contact_limit: self.outside_contact_limit,
            organization: Some(self.organization_id.0).filter(|id| *id != 0),
            chatwork_id: self.chatwork_id.clone(),
            department: self.department.clone(),
            title: self.title.clone(),
            url: self.url.clone(),
            introduction: self.introduction.clone(),
            mail: self.mail.clone(),
            tel_organization: self.tel_organization.clone(),
            tel_extension: self.tel_extension.clone(),
            tel_mobile: self.tel_mobile.clone(),
            skype: self.skype.clone(),
            facebook: self.facebook.clone(),
            twitter: self.twitter.clone(),
            avatar: Some(self.avatar.clone()).filter(|avatar| !avatar.is_empty()),
            login_mail: self.login_mail.clone(),
        }
    }
}

/// A token of the API, or an access token (OAuth 2.0).
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct Token {
    pub(crate) token: String,
    /// What the cursors of rooms refer to. All access tokens of a grant share the id of the grant.
    pub(crate) id: usize,
    pub(crate) account_id: AccountId,
    /// `None` for a token of the API, which may do everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scopes: Option<Vec<String>>,
    /// When an access token expires, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expires: Option<i64>,
}

/// A consent (OAuth 2.0). Its access tokens are among the tokens.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct Grant {
    pub(crate) id: usize,
    pub(crate) client_id: String,
    pub(crate) account_id: AccountId,
    pub(crate) scopes: Vec<String>,
    /// The used ones first, in the order of their use.
    pub(crate) refresh_tokens: Vec<RefreshToken>,
}

/// A refresh token.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct RefreshToken {
    pub(crate) token: String,
    /// `None`: it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expires: Option<i64>,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(crate) used: bool,
}

/// A contact request.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(super) struct ContactRequest {
    pub(super) request_id: RequestId,
    pub(super) from: AccountId,
    pub(super) to: AccountId,
    pub(super) message: String,
}

impl ContactRequest {
    pub(super) fn new(request: &state::ContactRequest) -> Self {
        Self {
            request_id: request.id,
            from: request.from,
            to: request.to,
            message: request.message.clone(),
        }
    }
}
