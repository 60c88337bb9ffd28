//! `/_sandbox/state`: everything that the sandbox holds, without tokens and file contents.
//!
//! The reply is streamed in pieces of at most 500 messages, and the state is locked for one piece
//! at a time. So a large state needs little memory and does not delay other requests. A request that
//! changes the state between two pieces may be in the reply or not.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::Response;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use chatwork_api::types::RoomId;
use futures_util::stream;
use serde::Serialize;

use super::{Shared, refuse, shown};
use crate::http::{App, Reply, query_value};
use crate::state::{MessageNumber, Room, State};

/// The most messages of one piece.
const PIECE: usize = 500;

/// `GET /_sandbox/state`, or with `?room=ID` one room alone.
pub(super) async fn get(
    axum::extract::State(app): Shared,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    let room = match query_value(query.as_deref().unwrap_or_default(), "room") {
        Ok(room) => room,
        Err(text) => return refuse(&app, &text),
    };
    let walk = match room {
        None => Walk { app, only: None, next: Next::Head },
        Some(text) => match text.parse().map(RoomId) {
            Ok(id) if app.core().state.room(id).is_some() => {
                Walk { app, only: Some(id), next: Next::Room(id, true) }
            }
            _ => return refuse(&app, "Invalid `room`: expected the id of a room that exists"),
        },
    };
    let now = walk.app.clock.now();
    let reply = Reply::empty(200).with(CONTENT_TYPE, "application/json; charset=utf-8");
    let mut response = reply.into_response(now);
    *response.body_mut() = walk.body();
    response
}

/// A position in the state.
struct Walk {
    app: Arc<App>,
    /// The one room of `?room=ID`.
    only: Option<RoomId>,
    next: Next,
}

/// The next piece.
#[derive(Clone, Copy)]
enum Next {
    /// The accounts and contact requests.
    Head,
    /// A room, and whether it is the first.
    Room(RoomId, bool),
    /// The messages of a room after this one.
    Messages(RoomId, MessageNumber),
    /// The end of the list of rooms.
    End,
    /// All pieces were returned.
    Finished,
}

impl Walk {
    /// The pieces as the body of a reply.
    fn body(self) -> Body {
        Body::from_stream(stream::unfold(self, |mut walk| async move {
            let piece = walk.piece()?;
            // Other requests run between two pieces.
            tokio::task::yield_now().await;
            Some((Ok::<_, Infallible>(piece), walk))
        }))
    }

    /// Returns the next piece of JSON, or `None` at the end.
    fn piece(&mut self) -> Option<Bytes> {
        let app = Arc::clone(&self.app);
        let core = app.core();
        let text = match self.next {
            Next::Finished => return None,
            Next::Head => {
                self.next = after(&core.state, None);
                head(&core.state)
            }
            Next::End => {
                self.next = Next::Finished;
                "]}".to_owned()
            }
            Next::Room(id, first) => {
                self.next = Next::Messages(id, MessageNumber(0));
                // A room that was deleted in the meantime is empty.
                let start = core.state.room(id).map_or_else(|| "{\"messages\":[".into(), start);
                format!("{}{start}", if first { "" } else { "," })
            }
            Next::Messages(id, last) => self.messages(&core.state, id, last),
        };
        Some(Bytes::from(text))
    }

    fn messages(&mut self, state: &State, id: RoomId, last: MessageNumber) -> String {
        let messages = state.room(id).map_or(&[][..], |room| &room.messages);
        let begin = messages.partition_point(|message| message.id <= last);
        let piece = messages.get(begin..).unwrap_or_default();
        let piece = piece.get(..PIECE.min(piece.len())).unwrap_or_default();
        let first = last == MessageNumber(0);
        let mut text = String::new();
        for (index, message) in piece.iter().enumerate() {
            text.push_str(if first && index == 0 { "" } else { "," });
            text.push_str(&write(&shown::Message::new(message)));
        }
        match piece.last() {
            Some(message) => self.next = Next::Messages(id, message.id),
            None => {
                text.push_str("]}");
                self.next = match self.only {
                    Some(_) => Next::Finished,
                    None => after(state, Some(id)),
                };
            }
        }
        text
    }
}

/// Returns the room with the next higher id, or the first room.
fn after(state: &State, last: Option<RoomId>) -> Next {
    state.room_after(last).map_or(Next::End, |room| Next::Room(room.id, last.is_none()))
}

fn write(value: &impl Serialize) -> String {
    // Strings and numbers can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// The start of the JSON object, up to the list of rooms.
fn head(state: &State) -> String {
    let accounts: Vec<_> = state.accounts().map(shown::Account::new).collect();
    let requests: Vec<_> = state.requests().map(shown::ContactRequest::new).collect();
    let (accounts, requests) = (write(&accounts), write(&requests));
    format!("{{\"accounts\":{accounts},\"contact_requests\":{requests},\"rooms\":[")
}

/// A room up to the list of its messages.
fn start(room: &Room) -> String {
    let mut text = write(&shown::Room::new(room));
    text.truncate(text.len() - 1);
    text + ",\"messages\":["
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use serde_json::Value;

    use super::*;
    use crate::Clock;
    use crate::http::Settings;
    use crate::state::Actor;
    use crate::world::World;

    /// Two rooms, the first with this many messages.
    fn app(messages: usize) -> Arc<App> {
        let message = "{ from: anna, body: Hello, at: 1 }\n      - ";
        let world = format!(
            "accounts: [{{ key: anna, id: 11, name: Anna, token: anna-token }}]\n\
             rooms:\n  - id: 21\n    name: One\n    members: {{ admin: [anna] }}\n    messages:\n      - {}\n  \
             - {{ id: 22, name: Two, members: {{ admin: [anna] }} }}\n",
            message.repeat(messages).trim_end_matches("\n      - "),
        );
        Arc::new(App::new(Settings {
            origin: "http://127.0.0.1:1".to_owned(),
            clock: Clock::manual(100),
            world: World::parse(&world).unwrap(),
            limited: true,
            hosts: Vec::new(),
        }))
    }

    fn post(app: &App, room: i64, body: &str) {
        let mut core = app.core();
        let credential = core.state.credentials().api_token("anna-token").unwrap().clone();
        let actor = Actor { account: credential.account, credential: credential.id, at: 200 };
        core.state.post_message(actor, RoomId(room), body.to_owned(), false).unwrap();
    }

    fn walk(app: &Arc<App>) -> Walk {
        Walk { app: Arc::clone(app), only: None, next: Next::Head }
    }

    async fn piece(body: &mut Body) -> String {
        let bytes = body.frame().await.unwrap().unwrap().into_data().unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// A reply that was written as a whole could not have a message that was posted after its first
    /// piece, and a lock that was held between the pieces would block the post.
    #[tokio::test]
    async fn other_calls_run_between_the_pieces() {
        let app = app(3);
        let mut body = walk(&app).body();
        let mut text = piece(&mut body).await;
        post(&app, 22, "posted between two pieces");
        text += std::str::from_utf8(&body.collect().await.unwrap().to_bytes()).unwrap();
        let state: Value = serde_json::from_str(&text).unwrap();
        let rooms = state["rooms"].as_array().unwrap();
        let two = rooms.iter().find(|room| room["room_id"] == 22).unwrap();
        assert_eq!(two["messages"][0]["body"], "posted between two pieces");
    }

    #[test]
    fn a_piece_has_at_most_500_messages() {
        let mut walk = walk(&app(1_200));
        let mut counts = Vec::new();
        while let Some(piece) = walk.piece() {
            let text = String::from_utf8(piece.to_vec()).unwrap();
            counts.push(text.matches("\"message_id\"").count());
        }
        assert_eq!(
            counts.iter().filter(|count| **count > 0).collect::<Vec<_>>(),
            [&500, &500, &200]
        );
    }

    #[test]
    fn a_room_that_is_deleted_between_two_pieces_leaves_valid_json() {
        let app = app(600);
        let mut walk = walk(&app);
        let mut text = String::new();
        for _ in 0..3 {
            text += std::str::from_utf8(&walk.piece().unwrap()).unwrap();
        }
        let credential = app.core().state.credentials().api_token("anna-token").unwrap().clone();
        let actor = Actor { account: credential.account, credential: credential.id, at: 200 };
        app.core().state.delete_room(actor, RoomId(21)).unwrap();
        while let Some(piece) = walk.piece() {
            text += std::str::from_utf8(&piece).unwrap();
        }
        let state: Value = serde_json::from_str(&text).unwrap();
        let ids: Vec<_> =
            state["rooms"].as_array().unwrap().iter().map(|r| &r["room_id"]).collect();
        assert!(ids.contains(&&21.into()) && ids.contains(&&22.into()), "{ids:?}");
    }

    /// The tests of this crate build serde_json with `preserve_order`, the program without it.
    #[test]
    fn the_keys_come_in_their_declared_order() {
        let mut walk = walk(&app(1));
        let head = walk.piece().unwrap();
        let start = "{\"accounts\":[{\"key\":\"anna\",\"account_id\":11,\"name\":\"Anna\",";
        assert!(head.starts_with(start.as_bytes()), "{head:?}");
    }
}
