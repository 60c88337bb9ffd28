//! `/_sandbox/state`: everything that the sandbox holds, as a new start can load it.
//!
//! The reply is that of one moment: it is written from a copy of the state, which shares its rooms
//! with the original. It is streamed in pieces of at most 500 messages, so it needs little memory, and
//! other requests are answered between the pieces.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::Response;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use chatwork_api::types::{FileId, RoomId};
use futures_util::stream;

use super::{Shared, refuse};
use crate::http::{App, Reply, Start, query_values};
use crate::state::saved::{self, AFTER_FILES, json};
use crate::state::{MessageNumber, Room, State};
use crate::world::WebhookSeed;

/// The most messages of one piece.
const PIECE: usize = 500;

/// `GET /_sandbox/state`; with `?room=ID` one room alone, with `?contents=false` without the contents
/// of files.
pub(super) async fn get(
    axum::extract::State(app): Shared,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    let query = query.as_deref().unwrap_or_default();
    let walk = match walk(&app, query) {
        Ok(walk) => walk,
        Err(text) => return refuse(&app, &text),
    };
    let reply = Reply::empty(200).with(CONTENT_TYPE, "application/json; charset=utf-8");
    let mut response = reply.into_response(app.clock.now());
    *response.body_mut() = walk.body();
    response
}

fn walk(app: &App, query: &str) -> Result<Walk, String> {
    let [room, contents] = query_values(query, ["room", "contents"])?;
    let contents = match contents.as_deref() {
        None | Some("true") => true,
        Some("false") => false,
        Some(_) => return Err("Invalid `contents`: expected true or false".to_owned()),
    };
    let mut walk = Walk { contents, ..Walk::new(app) };
    if let Some(text) = room {
        let room = text.parse().map(RoomId).ok().filter(|id| walk.state.room(*id).is_some());
        let unknown = "Invalid `room`: expected the id of a room that exists";
        let id = room.ok_or_else(|| unknown.to_owned())?;
        (walk.only, walk.next) = (Some(id), Next::Room(id, true));
    }
    Ok(walk)
}

/// A copy of the state, and a position in it.
pub(crate) struct Walk {
    state: State,
    time: i64,
    start: Arc<Start>,
    webhooks: Vec<WebhookSeed>,
    /// Whether the contents of files are written.
    contents: bool,
    /// The one room of `?room=ID`.
    only: Option<RoomId>,
    next: Next,
}

/// The next piece.
#[derive(Clone, Copy)]
enum Next {
    /// Everything but the rooms.
    Head,
    /// A room, and whether it is the first.
    Room(RoomId, bool),
    /// The file of a room after this one.
    File(RoomId, FileId),
    /// The messages of a room after this one.
    Messages(RoomId, MessageNumber),
    /// The end of the list of rooms.
    End,
    /// All pieces were returned.
    Finished,
}

impl Walk {
    /// The state of this moment.
    pub(crate) fn new(app: &App) -> Self {
        let core = app.core();
        let state = core.state.clone();
        // While the state is locked, so that both are of one moment.
        let webhooks = app.webhooks.seeds();
        drop(core);
        let (time, start) = (app.clock.now(), app.start());
        Self { state, time, start, webhooks, contents: true, only: None, next: Next::Head }
    }

    /// The pieces as the body of a reply.
    fn body(self) -> Body {
        Body::from_stream(stream::unfold(self, |mut walk| async move {
            let piece = walk.piece()?;
            // Other requests run between two pieces.
            tokio::task::yield_now().await;
            Some((Ok::<_, Infallible>(Bytes::from(piece)), walk))
        }))
    }

    /// Returns the next piece of JSON, or `None` at the end.
    pub(crate) fn piece(&mut self) -> Option<String> {
        Some(match self.next {
            Next::Finished => return None,
            Next::Head => {
                self.next = self.after(None);
                let webhooks = std::mem::take(&mut self.webhooks);
                let (limits, order) = (self.start.limits(), self.start.keys());
                saved::head(&self.state, self.time, limits, webhooks, &order)
            }
            Next::End => {
                self.next = Next::Finished;
                "]}".to_owned()
            }
            Next::Room(id, first) => {
                self.next = Next::File(id, FileId(i64::MIN));
                let start = self.state.room(id).map_or_else(String::new, saved::room);
                format!("{}{start}", if first { "" } else { "," })
            }
            Next::File(id, last) => self.file(id, last),
            Next::Messages(id, last) => self.messages(id, last),
        })
    }

    fn file(&mut self, id: RoomId, last: FileId) -> String {
        let files = self.state.room(id).map(|room| &room.files);
        let bounds = (std::ops::Bound::Excluded(last), std::ops::Bound::Unbounded);
        let Some((id_of_file, file)) = files.and_then(|files| files.range(bounds).next()) else {
            self.next = Next::Messages(id, MessageNumber(0));
            return AFTER_FILES.to_owned();
        };
        self.next = Next::File(id, *id_of_file);
        let comma = if last.0 == i64::MIN { "" } else { "," };
        format!("{comma}{}", json(&saved::File::new(file, self.contents)))
    }

    fn messages(&mut self, id: RoomId, last: MessageNumber) -> String {
        let piece = self.state.room(id).map_or(&[][..], |room| after(room, last));
        let first = last == MessageNumber(0);
        let mut text = String::new();
        for (index, message) in piece.iter().enumerate() {
            text.push_str(if first && index == 0 { "" } else { "," });
            text.push_str(&json(&saved::Message::new(message)));
        }
        self.next = match (piece.last(), self.only) {
            (Some(message), _) => Next::Messages(id, message.id),
            (None, only) => {
                text.push_str("]}");
                only.map_or_else(|| self.after(Some(id)), |_| Next::Finished)
            }
        };
        text
    }

    /// The room with the next higher id, or the first room.
    fn after(&self, last: Option<RoomId>) -> Next {
        let room = self.state.room_after(last);
        room.map_or(Next::End, |room| Next::Room(room.id, last.is_none()))
    }
}

/// The next messages of a room, at most [`PIECE`].
fn after(room: &Room, last: MessageNumber) -> &[crate::state::Message] {
    let begin = room.messages.partition_point(|message| message.id <= last);
    let rest = room.messages.get(begin..).unwrap_or_default();
    rest.get(..PIECE.min(rest.len())).unwrap_or_default()
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
            start: Start::World(Box::new(World::parse(&world).unwrap())),
            limited: true,
            hosts: Vec::new(),
            any_address: false,
            webhook_hosts: Vec::new(),
            #[cfg(feature = "workbench")]
            key: None,
            #[cfg(feature = "workbench")]
            cors: false,
        }))
    }

    fn post(app: &App, room: i64, body: &str) {
        let mut core = app.core();
        let credential = core.state.credentials().api_token("anna-token").unwrap().clone();
        let actor = Actor { account: credential.account, credential: credential.id, at: 200 };
        core.state.post_message(actor, RoomId(room), body.to_owned(), false).unwrap();
    }

    async fn piece(body: &mut Body) -> String {
        let bytes = body.frame().await.unwrap().unwrap().into_data().unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// A lock that was held between the pieces would block the post. A reply that was not of one
    /// moment would have the message.
    #[tokio::test]
    async fn other_calls_run_between_the_pieces_of_one_moment() {
        let app = app(3);
        let mut body = Walk::new(&app).body();
        let mut text = piece(&mut body).await;
        post(&app, 22, "posted between two pieces");
        text += std::str::from_utf8(&body.collect().await.unwrap().to_bytes()).unwrap();
        let state: Value = serde_json::from_str(&text).unwrap();
        let rooms = state["rooms"].as_array().unwrap();
        let two = rooms.iter().find(|room| room["room_id"] == 22).unwrap();
        assert_eq!(two["messages"], serde_json::json!([]));
        assert_eq!(app.core().state.room(RoomId(22)).unwrap().messages.len(), 1);
    }

    #[test]
    fn a_piece_has_at_most_500_messages() {
        let mut walk = Walk::new(&app(1_200));
        let mut counts = Vec::new();
        while let Some(piece) = walk.piece() {
            counts.push(piece.matches("\"message_id\"").count());
        }
        assert_eq!(
            counts.iter().filter(|count| **count > 0).collect::<Vec<_>>(),
            [&500, &500, &200]
        );
    }

    /// The tests of this crate build serde_json with `preserve_order`, the program without it.
    #[test]
    fn the_keys_come_in_their_declared_order() {
        let mut walk = Walk::new(&app(1));
        let head = walk.piece().unwrap();
        assert!(
            head.starts_with("{\"version\":1,\"time\":100,\"next_ids\":{\"message\":"),
            "{head}"
        );
        let account = "\"accounts\":[{\"key\":\"anna\",\"account_id\":11,\"name\":\"Anna\",";
        assert!(head.contains(account), "{head}");
    }
}
