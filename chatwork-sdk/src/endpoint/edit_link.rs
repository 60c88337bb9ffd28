//! Changing a room's invitation link: what is not set stays as it is.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use super::link::{GetRoomLink, ReplaceRoomLink, check_code};
use super::prelude::*;
use super::rooms::RoomHandle;
use crate::error::InputError;
use crate::meta::Meta;
use crate::request::BoxFuture;

/// The calls of [`LinkHandle::edit`].
#[must_use = "a request does nothing until it is awaited"]
pub struct EditLink {
    room: RoomHandle,
    body: ReplaceRoomLinkBody,
    timeout: Option<Duration>,
}

impl EditLink {
    pub(super) fn new(room: RoomHandle) -> Self {
        Self { room, body: ReplaceRoomLinkBody::default(), timeout: None }
    }

    /// The last part of the address.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.body.code = Some(code.into());
        self
    }

    /// Whether an administrator has to approve whoever comes.
    pub fn needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.body.need_acceptance = Some(needs_acceptance.into());
        self
    }

    /// The text shown with the link.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.body.description = Some(description.into());
        self
    }

    /// The most time that one try of each of its calls may take.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Makes the change, and gives what the last reply says besides its body, too.
    ///
    /// # Errors
    ///
    /// As [`LinkHandle::edit`].
    pub async fn with_meta(self) -> Result<(RoomLink, Meta)> {
        let RoomHandle { id: room, client } = self.room;
        check_code(self.body.code.as_deref())?;
        let _turn = client.shared().edits.turn(room).await;
        let link = Request::new(&client, GetRoomLink(room)).within(self.timeout).await?;
        let body = merge(self.body, link)?;
        let replace = Request::new(&client, ReplaceRoomLink { room, body, in_turn: true });
        replace.within(self.timeout).with_meta().await
    }
}

impl IntoFuture for EditLink {
    type Output = Result<RoomLink>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }
}

impl fmt::Debug for EditLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EditLink").field("room", &self.room).finish_non_exhaustive()
    }
}

/// What is set, and what is there for the rest.
fn merge(set: ReplaceRoomLinkBody, there: RoomLink) -> Result<ReplaceRoomLinkBody> {
    if !there.public {
        let what = "is not open: expected a link that was created before";
        return Err(InputError::other("link", what).into());
    }
    let code = set.code.or_else(|| there.url.as_deref().and_then(code_of).map(str::to_owned));
    if code.is_none() {
        let what = "cannot be told from the link's address: expected it to be set";
        return Err(InputError::other("code", what).into());
    }
    let need_acceptance = set.need_acceptance.or(there.need_acceptance.map(Into::into));
    if need_acceptance.is_none() {
        let what = "is not in the reply: expected it to be set, since it would be reset";
        return Err(InputError::other("need_acceptance", what).into());
    }
    Ok(ReplaceRoomLinkBody {
        code,
        need_acceptance,
        description: set.description.or(there.description),
    })
}

/// The code in the address of a link: its last part.
fn code_of(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    let code = path.trim_end_matches('/').rsplit('/').next()?;
    check_code(Some(code)).is_ok().then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(url: &str) -> RoomLink {
        RoomLink {
            public: true,
            url: Some(url.to_owned()),
            need_acceptance: Some(false),
            description: Some("old".to_owned()),
        }
    }

    #[test]
    fn what_is_not_set_stays_as_it_is() {
        let there = open("https://www.chatwork.com/g/launch");
        let merged = merge(ReplaceRoomLinkBody::default(), there).unwrap();
        assert_eq!(merged.code.as_deref(), Some("launch"));
        assert_eq!(merged.need_acceptance, Some(false.into()));
        assert_eq!(merged.description.as_deref(), Some("old"));
    }

    #[test]
    fn what_is_set_wins() {
        let set = ReplaceRoomLinkBody { description: Some("new".into()), ..Default::default() };
        let merged = merge(set, open("https://www.chatwork.com/g/launch")).unwrap();
        assert_eq!(merged.description.as_deref(), Some("new"));
    }

    #[test]
    fn a_link_that_is_not_open_cannot_be_edited() {
        let closed =
            RoomLink { public: false, url: None, need_acceptance: None, description: None };
        assert!(merge(ReplaceRoomLinkBody::default(), closed).is_err());
    }

    #[test]
    fn an_address_without_a_code_is_no_guess() {
        assert!(merge(ReplaceRoomLinkBody::default(), open("https://host/%20")).is_err());
    }
}
