//! The mentions of a message.

use std::collections::HashSet;

use chatwork_api::types::AccountId;

use super::kind::Kind;

/// The mentions of a message: see [`Tree::mentions`](super::Tree::mentions).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    all: bool,
    accounts: Vec<AccountId>,
}

impl Mentions {
    /// Returns the accounts mentioned by their id, each once, in the order of the text.
    pub fn accounts(&self) -> &[AccountId] {
        &self.accounts
    }

    /// Returns true if `[toall]` mentions every member.
    pub fn all(&self) -> bool {
        self.all
    }

    /// Returns true if the account is mentioned by its id. Ignores `[toall]`: see
    /// [`Mentions::all`].
    pub fn contains(&self, account: AccountId) -> bool {
        self.accounts.contains(&account)
    }

    /// Returns true if the message mentions no account and not all.
    pub fn is_empty(&self) -> bool {
        !self.all && self.accounts.is_empty()
    }
}

impl<'a> FromIterator<Kind<'a>> for Mentions {
    fn from_iter<I: IntoIterator<Item = Kind<'a>>>(kinds: I) -> Self {
        let (mut mentions, mut seen) = (Self::default(), HashSet::new());
        for kind in kinds {
            mentions.all |= kind == Kind::ToAll;
            mentions.accounts.extend(kind.addressee().filter(|account| seen.insert(*account)));
        }
        mentions
    }
}

impl Kind<'_> {
    /// Returns the account that the tag mentions, or `None` for other tags and `[toall]`.
    pub fn addressee(&self) -> Option<AccountId> {
        match self {
            Self::To(account) => Some(*account),
            Self::Reply(reply) => Some(reply.account()),
            _ => None,
        }
    }
}
