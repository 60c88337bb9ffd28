//! `archive`.

mod care;
mod export;
mod new_file;
mod read;
mod sync;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chatwork_app::{NameKind, Named, Nearest, PersonRef, RoomRef, When, find_named};
use chatwork_archive::{Archive, Placement, Reader};
use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};

use crate::args;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::out::note;
use crate::signals::Signals;
use crate::words;

/// What the file of an archive is called after its account.
const EXTENSION: &str = "chatwork";

pub(super) async fn run(context: &Context, archive: args::Archive) -> Done {
    use args::Archive as A;
    match archive {
        A::Sync { place, scope } => sync::sync(context, &place, &scope).await,
        A::Follow { place, scope } => sync::follow(context, &place, &scope).await,
        A::Status { place } => read::status(context, &place).await,
        search @ A::Search { .. } => read::search(context, search).await,
        A::Show { place, message, context: around, replies } => {
            read::show(context, &place, &message, around.unwrap_or(0), replies).await
        }
        export @ A::Export { .. } => export::export(context, export).await,
        A::Import { place, from, files } => {
            export::import(context, &place, &from, files.as_deref()).await
        }
        A::Verify { place, repair } => care::verify(context, &place, repair).await,
        A::Backup { place, to } => care::backup(context, &place, &to).await,
        forget @ A::Forget { .. } => care::forget(context, forget).await,
    }
}

/// Opens the archive of the account for writing, and makes it if there is none.
async fn open_or_create(context: &Context, place: &args::Place) -> Done<Archive> {
    let session = context.session().await?;
    let account = match session.account() {
        Some(account) => account,
        None => session.client().me().await?.account_id,
    };
    let path = match &place.archive {
        Some(path) => path.clone(),
        None => context.paths.make_data()?.join(name(account)),
    };
    let archive = Archive::open_or_create(path, account)?;
    warn(archive.placement());
    Ok(archive)
}

/// Opens an archive that exists for writing.
async fn open(context: &Context, place: &args::Place) -> Done<Archive> {
    // Of a token of the environment only Chatwork knows whose it is. The only archive in the folder
    // may be another account's, and is not changed by chance.
    let account = match (&place.archive, context.session().await) {
        (None, Ok(session)) if session.account().is_none() => {
            Some(session.client().me().await?.account_id)
        }
        _ => None,
    };
    let path = match account {
        Some(account) => context.paths.data().join(name(account)),
        None => path(context, place).await?,
    };
    Ok(Archive::open(path)?)
}

/// Opens an archive for reading. Sends no request.
async fn reader(context: &Context, place: &args::Place) -> Done<Reader> {
    Ok(Reader::open(path(context, place).await?)?)
}

/// How long work that is to stop may take to remove what it has written so far.
const TIDYING: Duration = Duration::from_secs(2);

/// Does what takes long with an archive. Ctrl-C and SIGTERM stop it, so that it removes what it has
/// written so far.
async fn stoppable<T: Send + 'static>(
    reader: Reader,
    work: impl FnOnce(&Reader) -> Done<T> + Send + 'static,
) -> Done<T> {
    let is_over = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&is_over);
    let reader = reader.stopping(move || asked.load(Ordering::Relaxed))?;
    // Before anything is written.
    let mut signals = Signals::listen()?;
    let mut work = tokio::task::spawn_blocking(move || work(&reader));
    tokio::select! {
        biased;
        () = signals.ended() => {}
        done = &mut work => return done.map_err(|_| stopped())?,
    }
    is_over.store(true, Ordering::Relaxed);
    // It may wait for the reader of its output, without an end.
    let _ = tokio::time::timeout(TIDYING, &mut work).await;
    Err(Failure::interrupted())
}

fn stopped() -> Failure {
    Failure::new("archive", words::ARCHIVE_STOPPED.text())
}

fn warn(placement: Option<&Placement>) {
    if placement.is_some() {
        note(words::ARCHIVE_CLOUD.text());
    }
}

fn name(account: AccountId) -> String {
    format!("{account}.{EXTENSION}")
}

/// Returns the path of the archive of an account, whether it exists or not.
#[cfg(feature = "mcp")]
pub(super) fn path_of(context: &Context, account: AccountId) -> PathBuf {
    context.paths.data().join(name(account))
}

/// Returns the archives in the folder of data.
pub(super) fn known(context: &Context) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(context.paths.data()).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_archive = |path: &PathBuf| path.extension().is_some_and(|it| it == EXTENSION);
    let mut known: Vec<_> = paths.filter(is_archive).collect();
    known.sort();
    known
}

/// Returns the path of an archive that exists: the named one, that of the profile's account, or the
/// only one there is. A person who is not signed in can read their archive, too.
async fn path(context: &Context, place: &args::Place) -> Done<PathBuf> {
    if let Some(path) = &place.archive {
        return Ok(path.clone());
    }
    let folder = context.paths.data();
    let account = context.session().await.ok().and_then(chatwork_app::Session::account);
    if let Some(account) = account {
        return Ok(folder.join(name(account)));
    }
    let known = known(context);
    match known.as_slice() {
        [one] => Ok(one.clone()),
        [] => {
            let message = words::ARCHIVE_NONE.fill(&[("path", &folder.display())]);
            Err(Failure::new("no_archive", message).hinted(words::ARCHIVE_NONE_HINT))
        }
        _ => {
            let paths: Vec<_> = known.iter().map(|path| path.display().to_string()).collect();
            let hint = words::ARCHIVE_SEVERAL_HINT.fill(&[("paths", &paths.join(", "))]);
            Err(Failure::usage(words::ARCHIVE_SEVERAL.text()).hint(hint))
        }
    }
}

/// Reads a room, and looks up a name among the rooms of the archive. Sends no request.
fn known_room(context: &Context, reader: &Reader, text: &str) -> Done<RoomId> {
    match RoomRef::parse(text, &context.config.rooms)? {
        RoomRef::Id(id) => Ok(id),
        RoomRef::MyChat => {
            let mut rooms = reader.rooms()?.into_iter();
            let own = rooms.find(|room| room.is_my_chat);
            own.map(|room| room.room_id).ok_or_else(|| unknown_room(text))
        }
        RoomRef::Name(name) => {
            let rooms = reader.rooms()?.into_iter();
            let rooms: Vec<Named> =
                rooms.map(|room| Named::new(room.room_id.0, room.name)).collect();
            Ok(RoomId(find_named(NameKind::Room, &name, &rooms)?))
        }
        _ => Err(unknown_room(text)),
    }
}

fn unknown_room(text: &str) -> Failure {
    let given = chatwork_app::one_line(text).into_owned();
    Failure::new("unknown_name", words::ROOM_UNKNOWN.fill(&[("name", &given)]))
        .hinted(words::ROOM_HINT)
}

/// Reads a message: its address, or its id behind that of its room or the name of its room, with a
/// hyphen between them.
fn known_message(context: &Context, reader: &Reader, text: &str) -> Done<(RoomId, MessageId)> {
    let failure = match context.message(text) {
        Ok(found) => return Ok((found.room, found.message)),
        Err(failure) => failure,
    };
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|it| it.is_ascii_digit());
    match text.trim().rsplit_once('-') {
        Some((room, id)) if is_id(id) && !room.contains("://") => {
            Ok((known_room(context, reader, room)?, MessageId::from(id)))
        }
        _ => Err(failure),
    }
}

fn known_person(context: &Context, reader: AccountId, text: &str) -> Done<AccountId> {
    match PersonRef::parse(text, &context.config.people)? {
        PersonRef::Id(id) => Ok(id),
        PersonRef::Me => Ok(reader),
        _ => {
            let given = chatwork_app::one_line(text).into_owned();
            Err(Failure::usage(words::PERSON_UNKNOWN.fill(&[("name", &given)]))
                .hinted(words::PERSON_HINT))
        }
    }
}

/// Reads a day of the past.
fn day(text: &str) -> Done<When> {
    Ok(When::parse(text, UnixTime::now(), Nearest::Past)?)
}
