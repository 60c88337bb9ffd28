//! What a person types for a room, a person or a message, before anything is looked up.

use std::collections::BTreeMap;

use chatwork_sdk::notation::Address;
use chatwork_sdk::{AccountId, MessageId, RoomId};

use crate::error::{NameFault, NameKind, Result};

/// Names of a person's own, and the ids that they stand for.
pub type Aliases = BTreeMap<String, i64>;

/// A room as a person types it.
///
/// | text | room |
/// |---|---|
/// | `93207172` | by its id |
/// | `https://www.chatwork.com/#!rid93207172`, `#!rid93207172` | by the address that the browser shows, also at `kcw.kddi.ne.jp`, also that of a message |
/// | `my` | the person's own chat |
/// | `sales` | by an alias of the configuration |
/// | `新製品プロジェクト` | by its exact name, if one room alone has it |
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoomRef {
    /// A known id.
    Id(RoomId),
    /// The person's own chat.
    MyChat,
    /// A name that has to be looked up.
    Name(String),
}

impl RoomRef {
    /// Reads a room. Looks up aliases, and sends no request.
    ///
    /// # Errors
    ///
    /// [`AppError::Name`](crate::AppError::Name) if it is an address of something else.
    pub fn parse(text: &str, aliases: &Aliases) -> Result<Self> {
        let text = text.trim();
        if let Some(id) = number(text) {
            return Ok(Self::Id(RoomId(id)));
        }
        if text == "my" {
            return Ok(Self::MyChat);
        }
        if let Some(id) = aliases.get(text) {
            return Ok(Self::Id(RoomId(*id)));
        }
        match address(text) {
            Some(Ok(address)) => Ok(Self::Id(address.room())),
            Some(Err(())) => Err(unknown(NameKind::Room, text).into()),
            None if text.is_empty() => Err(unknown(NameKind::Room, text).into()),
            None => Ok(Self::Name(text.to_owned())),
        }
    }
}

/// A person as a person types it.
///
/// | text | person |
/// |---|---|
/// | `2739132` | by the account id |
/// | `me` | the person who types |
/// | `ken` | by an alias of the configuration |
/// | `佐藤 健`, `@佐藤 健`, `sato-ken` | by the exact name or Chatwork ID, if one person alone has it |
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PersonRef {
    /// A known id.
    Id(AccountId),
    /// The person who types.
    Me,
    /// A name that has to be looked up.
    Name(String),
}

impl PersonRef {
    /// Reads a person. Looks up aliases, and sends no request.
    ///
    /// # Errors
    ///
    /// [`AppError::Name`](crate::AppError::Name) if the text is empty.
    pub fn parse(text: &str, aliases: &Aliases) -> Result<Self> {
        let text = text.trim();
        if let Some(id) = number(text) {
            return Ok(Self::Id(AccountId(id)));
        }
        if text == "me" {
            return Ok(Self::Me);
        }
        if let Some(id) = aliases.get(text) {
            return Ok(Self::Id(AccountId(*id)));
        }
        match text.strip_prefix('@').unwrap_or(text) {
            "" => Err(unknown(NameKind::Person, text).into()),
            name => Ok(Self::Name(name.to_owned())),
        }
    }
}

/// A message as a person types it: the address that the browser shows
/// (`https://www.chatwork.com/#!rid1-2`, `#!rid1-2`), or the id of the room, a hyphen and the id of
/// the message (`1-2`). In place of the id of the room an alias may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageRef {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub message: MessageId,
}

impl MessageRef {
    /// Reads a message. Looks up aliases, and sends no request.
    ///
    /// # Errors
    ///
    /// [`AppError::Name`](crate::AppError::Name) if it has neither form.
    pub fn parse(text: &str, aliases: &Aliases) -> Result<Self> {
        let text = text.trim();
        let fault = || unknown(NameKind::Message, text);
        if let Some(found) = address(text) {
            let address = found.map_err(|()| fault())?;
            let message = address.message().cloned().ok_or_else(fault)?;
            return Ok(Self { room: address.room(), message });
        }
        let (room, message) = text.rsplit_once('-').ok_or_else(fault)?;
        let room = number(room).or_else(|| aliases.get(room).copied()).ok_or_else(fault)?;
        let is_id = !message.is_empty() && message.bytes().all(|byte| byte.is_ascii_digit());
        match is_id {
            true => Ok(Self { room: RoomId(room), message: MessageId::from(message) }),
            false => Err(fault().into()),
        }
    }
}

fn unknown(kind: NameKind, given: &str) -> NameFault {
    NameFault { kind, given: given.to_owned(), is_ambiguous: false, candidates: Vec::new() }
}

/// Reads an address, with or without the host. `None` if the text is no address at all.
fn address(text: &str) -> Option<Result<Address, ()>> {
    if text.starts_with("#!rid") {
        return Some(format!("https://www.chatwork.com/{text}").parse().map_err(|_| ()));
    }
    text.contains("://").then(|| text.parse().map_err(|_| ()))
}

fn number(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aliases() -> Aliases {
        Aliases::from([("sales".to_owned(), 7), ("a-b".to_owned(), 8)])
    }

    fn room(text: &str) -> Option<RoomRef> {
        RoomRef::parse(text, &aliases()).ok()
    }

    #[test]
    fn a_room_is_an_id_an_address_an_alias_or_a_name() {
        let id = |id| Some(RoomRef::Id(RoomId(id)));
        assert_eq!(room("42"), id(42));
        assert_eq!(room(" https://www.chatwork.com/#!rid42 "), id(42));
        assert_eq!(room("https://kcw.kddi.ne.jp/#!rid42-777"), id(42));
        assert_eq!(room("#!rid42"), id(42));
        assert_eq!(room("sales"), id(7));
        assert_eq!(room("my"), Some(RoomRef::MyChat));
        assert_eq!(room("Sales"), Some(RoomRef::Name("Sales".to_owned())));
        for text in ["", "https://evil.example/#!rid42", "#!ridx"] {
            assert_eq!(room(text), None, "{text}");
        }
    }

    #[test]
    fn a_person_is_an_id_me_an_alias_or_a_name() {
        let person = |text: &str| PersonRef::parse(text, &aliases()).ok();
        assert_eq!(person("12"), Some(PersonRef::Id(AccountId(12))));
        assert_eq!(person("me"), Some(PersonRef::Me));
        assert_eq!(person("sales"), Some(PersonRef::Id(AccountId(7))));
        assert_eq!(person("@佐藤 健"), Some(PersonRef::Name("佐藤 健".to_owned())));
        assert_eq!(person("@"), None);
    }

    #[test]
    fn a_message_needs_its_room() {
        let message = |text: &str| {
            let found = MessageRef::parse(text, &aliases()).ok();
            found.map(|found| (found.room.0, found.message.to_string()))
        };
        let is = |room, id: &str| Some((room, id.to_owned()));
        assert_eq!(message("https://www.chatwork.com/#!rid42-777"), is(42, "777"));
        assert_eq!(message("#!rid42-777"), is(42, "777"));
        assert_eq!(message("42-777"), is(42, "777"));
        assert_eq!(message("a-b-777"), is(8, "777"));
        for text in ["777", "#!rid42", "42-", "42-x", "x-777"] {
            assert_eq!(message(text), None, "{text}");
        }
    }
}
