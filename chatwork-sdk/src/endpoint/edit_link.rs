//! Changing a room's invitation link: what is not set stays as it is.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use chatwork_api::reqwest::Url;

use super::link::{GetRoomLink, ReplaceRoomLink, validate_code};
use super::prelude::*;
use super::rooms::RoomHandle;
use crate::call::lock_room;
use crate::error::InputError;
use crate::meta::Meta;
use crate::request::BoxFuture;
use crate::room_locks::RoomLock;

/// The requests of [`LinkHandle::edit`](crate::LinkHandle::edit).
///
/// Returns the changed [`RoomLink`](crate::types::RoomLink).
#[must_use = "a request does nothing until it is awaited"]
pub struct EditLink {
    room: RoomHandle,
    body: ReplaceRoomLinkOptions,
    timeout: Option<Duration>,
}

impl EditLink {
    pub(super) fn new(room: RoomHandle) -> Self {
        Self { room, body: ReplaceRoomLinkOptions::default(), timeout: None }
    }

    /// Sets the last part of the address.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.body.code = Some(code.into());
        self
    }

    /// Sets whether an administrator has to approve new members.
    #[doc(alias = "need_acceptance")]
    pub fn needs_acceptance(mut self, needs_acceptance: bool) -> Self {
        self.body.need_acceptance = Some(needs_acceptance.into());
        self
    }

    /// Sets the text that is shown with the link.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.body.description = Some(description.into());
        self
    }

    /// Sets the time limit of each attempt of each request.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Sends the requests, as `.await` does. The future can be spawned and joined.
    pub fn send(self) -> BoxFuture<Result<RoomLink>> {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }

    /// Sends the requests. Returns the [`Meta`] of the last reply, too.
    ///
    /// # Errors
    ///
    /// As [`LinkHandle::edit`](crate::LinkHandle::edit).
    pub async fn with_meta(self) -> Result<(RoomLink, Meta)> {
        let RoomHandle { id: room, client } = self.room;
        validate_code(self.body.code.as_deref())?;
        let lock = RoomLock::Link(room);
        let _lock = lock_room(&client, lock, ReplaceRoomLink::OPERATION, self.timeout).await?;
        let link = Request::new(&client, GetRoomLink(room)).within(self.timeout).await?;
        let body = merge(self.body, link)?;
        let replace = Request::new(&client, ReplaceRoomLink { room, body, holds_lock: true });
        replace.within(self.timeout).with_meta().await
    }
}

impl IntoFuture for EditLink {
    type Output = Result<RoomLink>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl fmt::Debug for EditLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EditLink").field("room", &self.room).finish_non_exhaustive()
    }
}

/// Adds what the link has now to what is set.
fn merge(mut set: ReplaceRoomLinkOptions, there: RoomLink) -> Result<ReplaceRoomLinkOptions> {
    if !there.public {
        let what = "is not open: expected a link that was created before";
        return Err(InputError::other("link", what).into());
    }
    set.code = set.code.or_else(|| there.url.as_deref().and_then(code_of));
    if set.code.is_none() {
        let what = "is unknown, since the link's address is not of the form https://…/g/<code>: \
                    expected it to be set, since it would be reset";
        return Err(InputError::other("code", what).into());
    }
    set.need_acceptance = set.need_acceptance.or(there.need_acceptance.map(Into::into));
    if set.need_acceptance.is_none() {
        let what = "is not in the reply: expected it to be set, since it would be reset";
        return Err(InputError::other("need_acceptance", what).into());
    }
    set.description = set.description.or(there.description);
    Ok(set)
}

/// The code of an address whose path is exactly `/g/<code>`.
fn code_of(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let code = url.path().strip_prefix("/g/")?;
    let plain = url.query().is_none() && url.fragment().is_none();
    (plain && validate_code(Some(code)).is_ok()).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(url: &str) -> RoomLink {
        let mut link = RoomLink::default();
        link.public = true;
        link.url = Some(url.to_owned());
        link.need_acceptance = Some(false);
        link.description = Some("old".to_owned());
        link
    }

    #[test]
    fn what_is_not_set_stays_as_it_is() {
        let there = open("https://www.chatwork.com/g/launch");
        let merged = merge(ReplaceRoomLinkOptions::default(), there).unwrap();
        assert_eq!(merged.code.as_deref(), Some("launch"));
        assert_eq!(merged.need_acceptance, Some(false.into()));
        assert_eq!(merged.description.as_deref(), Some("old"));
    }

    #[test]
    fn what_is_set_wins() {
        let set = ReplaceRoomLinkOptions::new().description("new");
        let merged = merge(set, open("https://www.chatwork.com/g/launch")).unwrap();
        assert_eq!(merged.description.as_deref(), Some("new"));
    }

    #[test]
    fn a_link_that_is_not_open_cannot_be_edited() {
        let closed = RoomLink::default();
        assert!(merge(ReplaceRoomLinkOptions::default(), closed).is_err());
    }

    #[test]
    fn a_code_is_taken_from_no_other_address_than_g_code() {
        let others = [
            "https://www.chatwork.com/g/",
            "https://www.chatwork.com/g",
            "https://www.chatwork.com/g/launch/",
            "https://www.chatwork.com/g/launch/more",
            "https://www.chatwork.com/x/g/launch",
            "https://www.chatwork.com/g/%20",
            "https://www.chatwork.com/g/launch?code=abc",
            "https://www.chatwork.com/g/launch#abc",
            "https://www.chatwork.com/invite?code=abc",
            "https://localhost",
            "launch",
            "/g/launch",
        ];
        for url in others {
            let error = merge(ReplaceRoomLinkOptions::default(), open(url)).unwrap_err();
            assert!(error.to_string().contains("/g/<code>"), "{url}: {error}");
        }
        assert_eq!(code_of("http://127.0.0.1:8080/g/a_B-9").as_deref(), Some("a_B-9"));
    }
}
