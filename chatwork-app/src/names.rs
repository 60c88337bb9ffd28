//! Looks up rooms and people by their names. Never guesses.

use chatwork_sdk::{AccountId, Client, RoomId};

use crate::cache::Named;
use crate::error::{Candidate, NameFault, NameKind, Result};
use crate::refs::{PersonRef, RoomRef};
use crate::text::Mention;

/// How many candidates an error has at most.
const MOST: usize = 10;

/// Returns the id of a room. An id costs no request, `my` one `GET /me`, a name one `GET /rooms`.
///
/// # Errors
///
/// [`AppError::Name`](crate::AppError::Name) with the candidates if no room or several rooms have
/// this very name; [`AppError::Api`](crate::AppError::Api) if a request fails.
pub async fn find_room(client: &Client, room: &RoomRef) -> Result<RoomId> {
    match room {
        RoomRef::Id(id) => Ok(*id),
        RoomRef::MyChat => find_my_chat(client).await,
        RoomRef::Name(name) => {
            let rooms = client.rooms().await?;
            let known =
                rooms.iter().map(|room| Known { id: room.room_id.0, name: &room.name, other: "" });
            Ok(RoomId(find(NameKind::Room, name, known)?))
        }
    }
}

/// Returns the id of the person's own chat. Costs one `GET /me`.
///
/// # Errors
///
/// [`AppError::Api`](crate::AppError::Api) if the request fails.
pub async fn find_my_chat(client: &Client) -> Result<RoomId> {
    Ok(client.me().await?.room_id)
}

/// Returns the id of a person. A name is looked up among the members of the room, or among the
/// contacts if there is no room.
///
/// # Errors
///
/// As [`find_room`].
pub async fn find_person(
    client: &Client,
    room: Option<RoomId>,
    person: &PersonRef,
) -> Result<AccountId> {
    let found = find_people(client, room, std::slice::from_ref(person)).await?;
    // One was asked for, and one is returned.
    found.first().copied().ok_or_else(|| fault(NameKind::Person, "", false, Vec::new()).into())
}

/// Returns the ids of several people, in their order. All names together cost one request.
///
/// # Errors
///
/// As [`find_room`].
pub async fn find_people(
    client: &Client,
    room: Option<RoomId>,
    people: &[PersonRef],
) -> Result<Vec<AccountId>> {
    let mentions = find_mentions(client, room, people).await?;
    Ok(mentions.into_iter().map(|mention| mention.account).collect())
}

/// Returns people to mention, in their order. The name of a person is known if any was looked up by
/// the name: an id alone costs no request.
///
/// # Errors
///
/// As [`find_room`].
pub async fn find_mentions(
    client: &Client,
    room: Option<RoomId>,
    people: &[PersonRef],
) -> Result<Vec<Mention>> {
    let needs_names = people.iter().any(|it| matches!(it, PersonRef::Name(_)));
    let known = if needs_names { people_of(client, room).await? } else { Vec::new() };
    let mut me = None;
    let mut found = Vec::with_capacity(people.len());
    for person in people {
        let account = match person {
            PersonRef::Id(id) => *id,
            PersonRef::Me => match me {
                Some(id) => id,
                None => *me.insert(client.me().await?.account_id),
            },
            PersonRef::Name(name) => {
                let known = known.iter().map(|(id, name, chatwork_id)| Known {
                    id: id.0,
                    name,
                    other: chatwork_id,
                });
                AccountId(find(NameKind::Person, name, known)?)
            }
        };
        let name = known.iter().find(|(id, ..)| *id == account).map(|(_, name, _)| name.clone());
        found.push(Mention::new(account, name));
    }
    Ok(found)
}

/// Returns the id, name and Chatwork ID of the members of a room, or of the contacts and the person
/// if there is no room.
///
/// # Errors
///
/// [`AppError::Api`](crate::AppError::Api) if a request fails.
pub async fn people_of(
    client: &Client,
    room: Option<RoomId>,
) -> Result<Vec<(AccountId, String, String)>> {
    Ok(match room {
        Some(room) => {
            let members = client.room(room).members().await?;
            members.into_iter().map(|it| (it.account_id, it.name, it.chatwork_id)).collect()
        }
        None => {
            let contacts = client.contacts().await?;
            let mut people: Vec<_> =
                contacts.into_iter().map(|it| (it.account_id, it.name, it.chatwork_id)).collect();
            let me = client.me().await?;
            people.push((me.account_id, me.name, me.chatwork_id));
            people
        }
    })
}

/// Returns the id of the entry that has this very name: for names that are known without a request,
/// such as those of an archive.
///
/// # Errors
///
/// [`AppError::Name`](crate::AppError::Name) with the candidates if no entry or several entries
/// have the name.
pub fn find_named(kind: NameKind, given: &str, known: &[Named]) -> Result<i64> {
    find(kind, given, known.iter().map(|it| Known { id: it.id, name: &it.name, other: "" }))
}

/// Something with a name, and perhaps another one.
struct Known<'a> {
    id: i64,
    name: &'a str,
    other: &'a str,
}

fn find<'a>(
    kind: NameKind,
    given: &str,
    known: impl Iterator<Item = Known<'a>> + Clone,
) -> Result<i64> {
    let has = |it: &Known<'_>| it.name == given || (!it.other.is_empty() && it.other == given);
    let candidate = |it: Known<'_>| Candidate { id: it.id, name: it.name.to_owned() };
    let exact: Vec<_> = known.clone().filter(has).map(candidate).collect();
    match exact.as_slice() {
        [one] => Ok(one.id),
        [] => {
            let part = given.to_lowercase();
            let similar = known.filter(|it| it.name.to_lowercase().contains(&part));
            let similar = similar.take(MOST).map(candidate).collect();
            Err(fault(kind, given, false, similar).into())
        }
        _ => Err(fault(kind, given, true, exact.into_iter().take(MOST).collect()).into()),
    }
}

fn fault(kind: NameKind, given: &str, is_ambiguous: bool, candidates: Vec<Candidate>) -> NameFault {
    NameFault { kind, given: given.to_owned(), is_ambiguous, candidates }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::AppError;

    const ROOMS: [(i64, &str); 4] = [(1, "営業部"), (2, "営業"), (3, "Dup"), (4, "Dup")];

    fn found(name: &str) -> Result<i64> {
        let known = ROOMS.iter().map(|(id, name)| Known { id: *id, name, other: "" });
        find(NameKind::Room, name, known)
    }

    fn candidates(name: &str) -> Vec<i64> {
        match found(name) {
            Err(AppError::Name(fault)) => fault.candidates.iter().map(|it| it.id).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_is_the_whole_name_of_one_room() {
        assert_eq!(found("営業").unwrap(), 2);
        assert_eq!(candidates("営"), [1, 2]);
        assert_eq!(candidates("dup"), [3, 4]);
        assert_eq!(candidates("Dup"), [3, 4]);
        assert!(candidates("x").is_empty());
    }
}
