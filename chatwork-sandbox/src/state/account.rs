//! An account.

use chatwork_api::types::{AccountId, OrganizationId, RoomId};

use crate::world::{AccountSeed, Organization, Plan};

/// How many days of messages the free plan shows.
const FREE_DAYS: i64 = 40;
/// The colours of the default pictures.
const COLORS: [&str; 5] = ["red", "blue", "green", "violet", "orange"];

/// An account.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Account {
    /// The account id.
    pub id: AccountId,
    /// The room of the account's My Chat.
    pub own_room: RoomId,
    /// The id of the organization; 0 without an organization.
    pub organization_id: OrganizationId,
    /// The name of the organization; empty without one.
    pub organization_name: String,
    /// The address of the picture.
    pub avatar: String,
    /// The profile, as the world has it.
    pub profile: AccountSeed,
}

impl Account {
    pub(super) fn new(seed: &AccountSeed, own_room: RoomId, known: &[Organization]) -> Self {
        let organization = known.iter().find(|known| Some(known.id) == seed.organization);
        let avatar = seed.avatar.clone().unwrap_or_else(|| default_avatar(seed.id));
        Self {
            id: AccountId(seed.id),
            own_room,
            organization_id: OrganizationId(organization.map_or(0, |known| known.id)),
            organization_name: organization.map_or_else(String::new, |known| known.name.clone()),
            avatar,
            // Only the credentials keep the token.
            profile: AccountSeed { token: None, ..seed.clone() },
        }
    }

    /// The name shown to others.
    pub fn name(&self) -> &str {
        &self.profile.name
    }

    /// Whether both accounts are in one organization. Two accounts without an organization are not
    /// colleagues.
    pub(super) fn is_colleague(&self, other: &Self) -> bool {
        self.organization_id.0 != 0 && self.organization_id == other.organization_id
    }

    /// Messages sent before this moment are hidden from the account by its plan.
    pub(super) fn horizon(&self, now: i64) -> Option<i64> {
        (self.profile.plan == Plan::Free).then(|| now.saturating_sub(FREE_DAYS * 86_400))
    }
}

fn default_avatar(id: i64) -> String {
    let index = usize::try_from(id).unwrap_or_default() % COLORS.len();
    let color = COLORS.get(index).unwrap_or(&"red");
    format!("https://appdata.chatwork.com/avatar/ico_default_{color}.png")
}
