//! The invitation link of a room.

use super::room::Room;

/// An invitation link.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// The last part of its address.
    pub code: String,
    /// Whether it is open. A closed link does not exist for the API, but its code stays taken.
    pub public: bool,
    /// Whether an administrator has to approve.
    pub need_acceptance: bool,
    /// The text shown with it.
    pub description: String,
}

impl Room {
    /// The link, if it is open.
    pub fn open_link(&self) -> Option<&Link> {
        self.link.as_ref().filter(|link| link.public)
    }
}
