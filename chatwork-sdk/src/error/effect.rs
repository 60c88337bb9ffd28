//! What a failed write did on the server.

use chatwork_api::{Method, Operation};

use super::Error;

/// What a write did on the server, although the call returned an error.
///
/// | error | effect |
/// |---|---|
/// | any error of a `GET` that changes nothing, which is every `GET` but [`new_messages`](crate::RoomHandle::new_messages) and [`latest_messages`](crate::RoomHandle::latest_messages) | `None`: the call failed at reading, before it wrote |
/// | [`Input`](Error::Input), [`Config`](Error::Config), [`Token`](Error::Token), [`Wait`](Error::Wait), `LimitStore` | `None`: no request was sent, or the API answered 401 |
/// | [`File`](Error::File) that could not be opened | `None` |
/// | [`File`](Error::File) that failed while it was sent | `Unknown` |
/// | [`RateLimited`](Error::RateLimited) | `None`: after a 429 the server did not process the call (assumed) |
/// | [`Api`](Error::Api) with a status from 400 to 499, but not 408 | `None` |
/// | [`Api`](Error::Api) with any other status | `Unknown` |
/// | [`Network`](Error::Network): no connection | `None`; `Unknown` with an HTTP client that may follow redirects |
/// | [`Network`](Error::Network): no reply, or a time limit before the reply | `Unknown` |
/// | [`Network`](Error::Network): a success whose body ended too early | `Done` |
/// | [`Decode`](Error::Decode): a success that cannot be read | `Done` |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The server did not process the call. It can be sent again.
    None,
    /// The server processed the call. Sending it again would do the write twice.
    Done,
    /// The server may have processed the call. Read first, then decide.
    Unknown,
}

impl Error {
    /// Returns what a write that failed with this error did on the server.
    ///
    /// An outbox sends a call again if the effect is [`Effect::None`], drops it if the effect is
    /// [`Effect::Done`], and asks the API or a person if it is [`Effect::Unknown`]. Use it for writes
    /// only: a read can always be sent again. [`new_messages`](crate::RoomHandle::new_messages) is a
    /// write here, since it moves a mark on the server.
    ///
    /// Some calls send several requests: [`add_members`](crate::RoomHandle::add_members),
    /// [`remove_members`](crate::RoomHandle::remove_members),
    /// [`LinkHandle::edit`](crate::LinkHandle::edit) and
    /// [`mark_all_read`](crate::Client::mark_all_read) read before they write. The effect is that of
    /// the request that failed: if it is the read, the effect is [`Effect::None`].
    ///
    /// ```no_run
    /// use chatwork_sdk::error::Effect;
    ///
    /// # async fn example(room: chatwork_sdk::RoomHandle) {
    /// if let Err(error) = room.post("Build is green").await {
    ///     match error.effect() {
    ///         Effect::None => println!("not posted: {error}"),
    ///         Effect::Done => println!("posted, but the reply is lost: {error}"),
    ///         Effect::Unknown => println!("perhaps posted: {error}"),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn effect(&self) -> Effect {
        if self.operation().is_some_and(changes_nothing) {
            return Effect::None;
        }
        match self {
            Self::Input(_) | Self::Config(_) => Effect::None,
            Self::Token(_) | Self::Wait(_) | Self::RateLimited(_) => Effect::None,
            #[cfg(feature = "limits")]
            Self::LimitStore(_) => Effect::None,
            Self::File(error) => error.effect(),
            Self::Api(error) if error.status().as_u16() == 408 => Effect::Unknown,
            Self::Api(error) if error.status().is_client_error() => Effect::None,
            Self::Api(_) => Effect::Unknown,
            Self::Network(error) => error.effect(),
            Self::Decode(_) => Effect::Done,
        }
    }
    /// The operation of the request that failed, if one was sent.
    fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::Api(error) => Some(error.operation()),
            Self::RateLimited(error) => Some(error.operation()),
            Self::Network(error) => Some(error.operation()),
            Self::Decode(error) => Some(error.operation()),
            Self::Input(_) | Self::Config(_) | Self::File(_) | Self::Token(_) | Self::Wait(_) => {
                None
            }
            #[cfg(feature = "limits")]
            Self::LimitStore(_) => None,
        }
    }
}

/// Whether an operation only reads. Listing messages moves a mark, unless a parameter prevents it.
fn changes_nothing(operation: &Operation) -> bool {
    operation.method == Method::Get && operation.retry.is_safe(|_| None)
}
