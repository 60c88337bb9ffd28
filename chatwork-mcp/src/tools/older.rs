//! Messages that only the archive has.

#[cfg(feature = "archive")]
pub(super) use archive::{open, read};

#[cfg(not(feature = "archive"))]
pub(super) use none::read;

#[cfg(feature = "archive")]
mod archive {
    use chatwork_archive::{Reader, Search};
    use chatwork_sdk::{RoomId, UnixTime};

    use crate::call::Call;
    use crate::fault::Fault;
    use crate::tools::message_row::{MessageRow, Place};
    use crate::tools::messages::Filter;

    /// How many messages of one second are looked through for the place.
    const SECOND: usize = 100;

    /// Runs a query on the account's own archive.
    pub(in crate::tools) async fn open<T: Send + 'static>(
        call: &Call,
        query: impl FnOnce(&Reader) -> Result<T, chatwork_archive::ArchiveError> + Send + 'static,
    ) -> Result<T, Fault> {
        let me = call.me().await?.account_id;
        let path = call.account.archive.clone().ok_or_else(|| {
            Fault::new("This account has no archive", "Use list_room_messages instead.")
        })?;
        let work = move || {
            let reader = Reader::open(path)?;
            if reader.account() != me {
                let what = "The archive belongs to another account than the token";
                return Err(Fault::new(what, "Tell the person."));
            }
            Ok(query(&reader)?)
        };
        let lost = |_| Fault::new("The archive could not be read", "Call again.");
        tokio::task::spawn_blocking(work).await.map_err(lost)?
    }

    /// Returns messages of the archive that are older than the place, newest first.
    pub(in crate::tools) async fn read(
        call: &Call,
        room: RoomId,
        filter: &Filter,
        place: Option<&Place>,
        most: usize,
    ) -> Result<Vec<MessageRow>, Fault> {
        let mut search = Search::new("").room(room).limit(most + SECOND);
        if let Some(since) = filter.since {
            search = search.from(since);
        }
        // Of the same second, older messages may follow.
        let behind = place.map(|place| UnixTime(place.time.0.saturating_add(1)));
        if let Some(until) = filter.until.into_iter().chain(behind).min() {
            search = search.until(until);
        }
        if let Some(sender) = filter.sender {
            search = search.sender(sender);
        }
        search = search.mentions_me(filter.mentions.is_some());
        let place = place.cloned();
        open(call, move |reader| {
            let mut rows = Vec::new();
            for hit in reader.search(&search)?.hits {
                if let Some(message) = reader.message(hit.room_id, &hit.message_id)? {
                    rows.push(MessageRow::archived(message));
                }
            }
            let mut rows = behind_place(rows, place.as_ref());
            rows.truncate(most);
            Ok(rows)
        })
        .await
    }

    /// Drops the messages up to the place. If its message is not among them, those of its second.
    fn behind_place(rows: Vec<MessageRow>, place: Option<&Place>) -> Vec<MessageRow> {
        let Some(place) = place else { return rows };
        match rows.iter().position(|row| row.id == place.message) {
            Some(at) => rows.into_iter().skip(at + 1).collect(),
            None => rows.into_iter().filter(|row| row.time < place.time).collect(),
        }
    }
}

#[cfg(not(feature = "archive"))]
mod none {
    use chatwork_sdk::RoomId;

    use crate::call::Call;
    use crate::fault::Fault;
    use crate::tools::message_row::{MessageRow, Place};
    use crate::tools::messages::Filter;

    /// Returns no message: there is no archive.
    pub(in crate::tools) async fn read(
        _: &Call,
        _: RoomId,
        _: &Filter,
        _: Option<&Place>,
        _: usize,
    ) -> Result<Vec<MessageRow>, Fault> {
        Ok(Vec::new())
    }
}
