//! The addresses from which files are downloaded: signed, for 30 seconds, without a token.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chatwork_api::types::{FileId, RoomId};
use hmac::{Hmac, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Sha256;

use super::app::App;
use super::auth::Shown;
use super::form::Form;
use super::params::id;
use super::reply::Reply;
use crate::state::StoredFile;

/// How long an address is good for, in seconds.
const LIFE: i64 = 30;
/// What may stand in an extended header value as it is.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Signs addresses with a key of this run.
pub(crate) struct Signer([u8; 32]);

impl Default for Signer {
    fn default() -> Self {
        let mut key = [0; 32];
        for chunk in key.chunks_mut(8) {
            // The standard library's hash keys are random in every process, and differ each time.
            let random = RandomState::new().build_hasher().finish();
            chunk.copy_from_slice(&random.to_le_bytes());
        }
        Self(key)
    }
}

/// Shows no key.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    /// The address of a file.
    pub(super) fn address(&self, origin: &str, room: RoomId, file: FileId, now: i64) -> String {
        let expires = now.saturating_add(LIFE);
        let signature = self.mac(room, file, expires);
        let signature = signature.map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
        let signature = signature.unwrap_or_default();
        format!("{origin}/_sandbox/download/{room}/{file}?Expires={expires}&Signature={signature}")
    }

    fn is_good(&self, room: RoomId, file: FileId, query: &Form, now: i64) -> bool {
        let text = |name| query.text(name).ok().flatten();
        let Some(expires) = text("Expires").and_then(id).filter(|expires| now < *expires) else {
            return false;
        };
        let signature = text("Signature").and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let mac = self.mac(room, file, expires);
        mac.zip(signature).is_some_and(|(mac, given)| mac.verify_slice(&given).is_ok())
    }

    fn mac(&self, room: RoomId, file: FileId, expires: i64) -> Option<Hmac<Sha256>> {
        // HMAC takes keys of any length, so there is always one.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(format!("{room}/{file}/{expires}").as_bytes());
        Some(mac)
    }
}

/// `GET /_sandbox/download/{room_id}/{file_id}`.
pub(super) async fn serve(
    State(app): State<Arc<App>>,
    Path((room, file)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response<Body> {
    let now = app.clock.now();
    if Shown::read(&headers) != Shown::Nothing {
        tracing::warn!("a token was sent to a download address, which needs none");
    }
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    let ids = id(&room).map(RoomId).zip(id(&file).map(FileId));
    let good = ids.filter(|(room, file)| app.signer.is_good(*room, *file, &query, now));
    let Some((room, file)) = good else {
        tracing::info!("GET /_sandbox/download 403");
        let text = "The address is not signed by this sandbox, or its 30 seconds are over";
        return Reply::error(403, text).into_response(now);
    };
    let core = app.core();
    let file = core.state.room(room).and_then(|room| room.files.get(&file));
    tracing::info!("GET /_sandbox/download {}", if file.is_some() { 200 } else { 404 });
    match file {
        Some(file) => contents(file).into_response(now),
        None => Reply::error(404, "The file is gone").into_response(now),
    }
}

fn contents(file: &StoredFile) -> Reply {
    let kind = mime_guess::from_path(&file.name).first_or_octet_stream();
    let mut reply = Reply::empty(200);
    reply.body = file.bytes.clone();
    reply.with(CONTENT_TYPE, kind.essence_str()).with(CONTENT_DISPOSITION, disposition(&file.name))
}

/// The name twice: in ASCII for old programs, and as it is.
fn disposition(name: &str) -> String {
    let plain = |c: char| matches!(c, ' '..='~') && c != '"' && c != '\\';
    let ascii: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let whole = utf8_percent_encode(name, &PLAIN);
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: RoomId = RoomId(1);
    const FILE: FileId = FileId(2);

    fn query(address: &str) -> Form {
        Form::parse(address.split_once('?').unwrap().1.as_bytes())
    }

    #[test]
    fn an_address_is_good_for_thirty_seconds() {
        let signer = Signer::default();
        let query = query(&signer.address("http://x", ROOM, FILE, 100));
        assert!(signer.is_good(ROOM, FILE, &query, 129));
        assert!(!signer.is_good(ROOM, FILE, &query, 130));
    }

    #[test]
    fn an_address_is_good_for_its_file_and_time_only() {
        let signer = Signer::default();
        let address = signer.address("http://x", ROOM, FILE, 100);
        assert!(!signer.is_good(ROOM, FileId(3), &query(&address), 100));
        let later = address.replace("Expires=130", "Expires=999");
        assert!(!signer.is_good(ROOM, FILE, &query(&later), 100));
        assert!(!Signer::default().is_good(ROOM, FILE, &query(&address), 100));
    }

    #[test]
    fn a_japanese_name_is_kept() {
        assert_eq!(
            disposition("見\".txt"),
            "attachment; filename=\"__.txt\"; filename*=UTF-8''%E8%A6%8B%22.txt"
        );
    }
}
