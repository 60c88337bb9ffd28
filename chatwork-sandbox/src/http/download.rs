//! Serves files at signed addresses. An address is valid for 30 seconds and needs no token.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Request, Response};
use chatwork_api::types::{FileId, RoomId};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::app::App;
use super::auth::PresentedToken;
use super::form::Form;
use super::log::LoggedRequest;
use super::params::id;
use super::reply::Reply;
use crate::state::StoredFile;

/// The folder of the download addresses.
pub(super) const FOLDER: &str = "/_sandbox/download";
/// An uploaded HTML or SVG file that a browser shows nevertheless runs no script, and has an origin
/// of its own, from which it cannot call the controls of the sandbox.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// The characters that an extended header value holds unescaped.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `GET /_sandbox/download/{room_id}/{file_id}`.
pub(super) async fn serve(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let now = app.clock.now();
    let reply = answer(&app, parts.uri.path(), parts.uri.query().unwrap_or_default(), now);
    let token = PresentedToken::read(&parts.headers);
    let mut logged = LoggedRequest::new(&parts, now);
    logged.query =
        Form::parse(parts.uri.query().unwrap_or_default().as_bytes()).shown(&["Expires"]);
    logged.token = token.masked();
    if token != PresentedToken::None {
        let note = "the token is ignored: a download address needs no token, and a program must \
                    not send its token there";
        logged.notes.push(note.to_owned());
    }
    app.core().log.add(logged.answered(&reply));
    reply.into_response(now)
}

fn answer(app: &App, path: &str, query: &str, now: i64) -> Reply {
    let query = Form::parse(query.as_bytes());
    let ids = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')?.split_once('/'));
    let ids = ids.and_then(|(room, file)| id(room).map(RoomId).zip(id(file).map(FileId)));
    let valid = ids.filter(|(room, file)| app.signer.is_valid(*room, *file, &query, now));
    let Some((room, file)) = valid else {
        let text = "Invalid download address: expected one of this sandbox, at most 30 seconds old";
        return Reply::error(403, text);
    };
    let core = app.core();
    let file = core.state.room(room).and_then(|room| room.files.get(&file));
    file.map_or_else(|| Reply::error(404, "The file was deleted"), contents)
}

fn contents(file: &StoredFile) -> Reply {
    let kind = mime_guess::from_path(&file.name).first_or_octet_stream();
    let mut reply = Reply::empty(200);
    reply.body = file.bytes.clone();
    reply
        .with(CONTENT_TYPE, kind.essence_str())
        .with(CONTENT_DISPOSITION, disposition(&file.name))
        .with(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .with(CONTENT_SECURITY_POLICY, POLICY)
}

/// The name in ASCII for old programs (`filename`), and the complete name (`filename*`).
fn disposition(name: &str) -> String {
    let plain = |c: char| matches!(c, ' '..='~') && c != '"' && c != '\\';
    let ascii: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let whole = utf8_percent_encode(name, &PLAIN);
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_japanese_name_is_kept() {
        assert_eq!(
            disposition("見\".txt"),
            "attachment; filename=\"__.txt\"; filename*=UTF-8''%E8%A6%8B%22.txt"
        );
    }
}
