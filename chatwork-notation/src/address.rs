//! Addresses of rooms and messages.

use std::fmt;
use std::str::FromStr;

use chatwork_api::types::{MessageId, RoomId};

/// The address of a room or of a message, as a browser shows it.
///
/// [`FromStr`] parses `https://www.chatwork.com/#!rid1` (a room) and
/// `https://www.chatwork.com/#!rid1-2` (a message), also of KDDI Chatwork
/// (`https://kcw.kddi.ne.jp/#!rid1`). [`Display`](fmt::Display) writes the same forms. In a message,
/// an address becomes a link without a tag.
///
/// No reference page documents these addresses. They are what the web client shows.
///
/// ```
/// use chatwork_notation::{Address, MessageId, RoomId};
///
/// let address: Address = "https://www.chatwork.com/#!rid42-777".parse()?;
/// assert_eq!(address.room(), RoomId(42));
/// assert_eq!(address.message().ok_or("no message")?.as_str(), "777");
///
/// let id = MessageId::from("777");
/// assert_eq!(Address::of_message(RoomId(42), &id), Some(address));
/// assert_eq!(Address::of_room(RoomId(42)).to_string(), "https://www.chatwork.com/#!rid42");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    site: Site,
    room: RoomId,
    message: Option<MessageId>,
}

/// The web site of an [`Address`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Site {
    /// `www.chatwork.com`.
    #[default]
    Chatwork,
    /// `kcw.kddi.ne.jp`, for customers of KDDI Chatwork.
    Kddi,
}

impl Site {
    const ALL: [Self; 2] = [Self::Chatwork, Self::Kddi];

    /// Returns the host: `www.chatwork.com`.
    pub fn host(self) -> &'static str {
        match self {
            Self::Chatwork => "www.chatwork.com",
            Self::Kddi => "kcw.kddi.ne.jp",
        }
    }
}

impl Address {
    /// Returns the address of a room at `www.chatwork.com`.
    pub fn of_room(room: RoomId) -> Self {
        Self { site: Site::Chatwork, room, message: None }
    }

    /// Returns the address of a message at `www.chatwork.com`, or `None` if the message id is not a
    /// number.
    pub fn of_message(room: RoomId, message: &MessageId) -> Option<Self> {
        let message = is_number(message.as_str()).then(|| message.clone())?;
        Some(Self { site: Site::Chatwork, room, message: Some(message) })
    }

    /// Returns the same address at another site.
    pub fn at(self, site: Site) -> Self {
        Self { site, ..self }
    }

    /// Returns the web site.
    pub fn site(&self) -> Site {
        self.site
    }

    /// Returns the room, also for the address of a message.
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// Returns the message, or `None` for the address of a room.
    pub fn message(&self) -> Option<&MessageId> {
        self.message.as_ref()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}/#!rid{}", self.site.host(), self.room)?;
        match &self.message {
            Some(message) => write!(f, "-{message}"),
            None => Ok(()),
        }
    }
}

/// # Errors
///
/// [`InvalidAddress`] for another scheme or host, and for an address that is not that of a room or
/// a message.
impl FromStr for Address {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let (scheme, rest) = text.split_once("://").ok_or(InvalidAddress::Scheme)?;
        if !scheme.eq_ignore_ascii_case("https") {
            return Err(InvalidAddress::Scheme);
        }
        let (host, path) = rest
            .split_at_checked(rest.find(['/', '#', '?']).unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        let site = Site::ALL.into_iter().find(|site| site.host().eq_ignore_ascii_case(host));
        let site = site.ok_or(InvalidAddress::Host)?;
        let ids = path.strip_prefix("/#!rid").ok_or(InvalidAddress::Place)?;
        let (room, message) = match ids.split_once('-') {
            Some((room, message)) if is_number(message) => (room, Some(MessageId::from(message))),
            Some(_) => return Err(InvalidAddress::Message),
            None => (ids, None),
        };
        let room = crate::attributes::number(room).map(RoomId).ok_or(InvalidAddress::Room)?;
        Ok(Self { site, room, message })
    }
}

/// Returns true if the text can be a message id. It may exceed an `i64`.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What is invalid in an [`Address`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidAddress {
    /// The address does not begin with `https://`.
    Scheme,
    /// The host is not that of Chatwork or KDDI Chatwork.
    Host,
    /// After the host comes something else than `/#!rid`.
    Place,
    /// The room's id is not a number of 1 to 19 digits.
    Room,
    /// The message's id is not a number.
    Message,
}

impl fmt::Display for InvalidAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid address of a room or message: ")?;
        f.write_str(match self {
            Self::Scheme => "expected it to begin with `https://`",
            Self::Host => "unknown host: expected `www.chatwork.com` or `kcw.kddi.ne.jp`",
            Self::Place => "expected `/#!rid` and the room's id after the host",
            Self::Room => "invalid room id: expected 1 to 19 digits after `#!rid`",
            Self::Message => "invalid message id: expected digits after the room's id and `-`",
        })
    }
}

impl std::error::Error for InvalidAddress {}
