//! `/rooms/{room_id}/files…`.

use chatwork_api::limits::upload_room_file;

use super::super::call::Call;
use super::super::form::invalid;
use super::super::params::required;
use super::super::reply::Reply;
use super::super::view;
use super::Answer;
use crate::complete::complete;
use crate::state::{NAME_MAX_LENGTH, NewFile};

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let by = call.query.account("account_id")?;
    let files = call.state.list_files(call.actor, room, by)?.into_iter();
    let files: Vec<_> = files.map(|file| view::file(call.state, file)).collect();
    Ok(Reply::list(&files))
}

pub(super) fn upload(call: &mut Call<'_>) -> Answer {
    let room = call.room()?;
    let upload = call.upload()?;
    let min = upload_room_file::MESSAGE_MIN_LENGTH;
    let max = upload_room_file::MESSAGE_MAX_LENGTH;
    let message = upload.fields.limited("message", min, max)?;
    let file = required("file", upload.file.clone())?;
    let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    if size > upload_room_file::FILE_MAX_BYTES {
        return Err(
            invalid("file", "it is too large: expected at most 5 MB (5242880 bytes)").into()
        );
    }
    let length = file.name.chars().count();
    if length > NAME_MAX_LENGTH {
        return Err(invalid(
            "file",
            &format!("its name has {length} characters: expected 1 to 255"),
        )
        .into());
    }
    let new = NewFile { name: file.name, bytes: file.bytes, message };
    let file_id = call.state.upload(call.actor, room, new)?;
    Ok(Reply::ok(&complete!(FileRef { file_id })))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let (room, id) = (call.room()?, call.file()?);
    let wants_url = call.query.flag("create_download_url")?.unwrap_or(false);
    let file = call.state.get_file(call.actor, room, id)?;
    let app = call.app;
    let url = wants_url.then(|| app.signer.address(&app.origin, room, id, call.actor.at));
    Ok(Reply::ok(&view::file_details(call.state, file, url)))
}
