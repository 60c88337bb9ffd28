//! Files.

use chatwork_api::operations;
use chatwork_app::visible;
use chatwork_sdk::types::RoomFile;
use chatwork_sdk::{FileHandle, FileId};
use serde_json::{Value, json};

use super::written::{after, invalid_cursor, unreadable};
use super::{Effect, Spec, Wants, file_save, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Details, Listing, People, Row, shortened};
use crate::schema::{Kind, Needs, Param};
use crate::time::iso;

/// How many files the API lists.
const MOST: usize = 100;
/// The most bytes of a file that is shown as text.
const TEXT_MAX: u64 = 50_000;

pub(super) const LIST_ROOM_FILES: Spec = Spec {
    name: "list_room_files",
    title: Words { en: "List files", ja: "ファイル一覧" },
    about: "The files of a room, at most 100.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::LIST_ROOM_FILES.id],
    params: &[
        params::ROOM,
        Param { name: "uploaded_by", ..params::SENDER },
        params::limit(100, "100 without it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(list_room_files(call)),
};

pub(super) const GET_ROOM_FILE: Spec = Spec {
    name: "get_room_file",
    title: Words { en: "File", ja: "ファイル" },
    about: "One file: name, size, uploader; on request its text, if it is text of up to 50 kB.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::GET_ROOM_FILE.id],
    params: &[
        params::ROOM,
        Param::new("file_id", Kind::Id, "From list_room_files.").required(),
        Param::new("read_text", Kind::Flag, "Show the text of the file."),
        Param::new("save", Kind::Flag, "Save the file into the folder for downloads.")
            .needs(Needs::Downloads),
        Param { about: "For a long text.", ..params::CURSOR },
        params::FORMAT,
    ],
    run: |call| Box::pin(get_room_file(call)),
};

async fn list_room_files(call: Call) -> Result<String, Stop> {
    let room = call.room().await?;
    let mut files = room.files();
    if let Some(account) = call.person("uploaded_by", Some(room.id())).await? {
        files = files.uploaded_by(account);
    }
    let files = files.await?;
    let lost = unreadable(files.set_aside().len());
    let is_full = files.len() + files.set_aside().len() >= MOST;
    let rows: Vec<_> = files.into_vec().into_iter().map(FileRow).collect();
    let rows = after(rows, call.arguments.text("cursor"))?;
    let limit = call.arguments.count("limit").unwrap_or(MOST);
    let missing = is_full.then(|| "the API lists 100 files at most".to_owned()).or(lost);
    let listing =
        Listing::new("files", rows, limit).fact(format!("room {}", room.id().0)).missing(missing);
    Ok(listing.render(call.style()))
}

struct FileRow(RoomFile);

impl Row for FileRow {
    fn text(&self, people: &mut People, most: usize) -> String {
        let file = &self.0;
        let who = people.mark(file.account.account_id, &file.account.name);
        let (at, name) = (iso(file.upload_time), shortened(&file.filename, most / 4).0);
        let (id, bytes, message) = (file.file_id.0, file.filesize, &file.message_id);
        format!("{id} {at} {who} {bytes} bytes message {message} {name}")
    }

    fn json(&self, most: usize) -> Value {
        let file = &self.0;
        json!({
            "file_id": file.file_id.0.to_string(),
            "name": shortened(&file.filename, most / 4).0,
            "bytes": file.filesize,
            "message_id": file.message_id.0,
            "account_id": file.account.account_id.0.to_string(),
            "account": shortened(&file.account.name, 100).0,
            "time": iso(file.upload_time),
        })
    }

    fn cursor(&self) -> String {
        self.0.file_id.0.to_string()
    }
}

async fn get_room_file(call: Call) -> Result<String, Stop> {
    let room = call.room().await?;
    let id = call.arguments.text("file_id").and_then(|id| id.trim().parse().ok());
    let id = id.filter(|id: &i64| *id > 0).map(FileId).ok_or_else(|| {
        Fault::new("`file_id` is not the id of a file: expected a number", "See list_room_files.")
    })?;
    let handle = room.file(id);
    if call.arguments.is_set("save") {
        return Ok(file_save::save(&call, &handle).await?);
    }
    if call.arguments.is_set("read_text") {
        return Ok(text(&call, &handle).await?);
    }
    let file = handle.get().await?;
    let details = Details::new()
        .with("file_id", file.file_id.0.to_string())
        .text("name", &file.filename)
        .with("bytes", file.filesize)
        .with("account_id", file.account.account_id.0.to_string())
        .text("account", &file.account.name)
        .with("message_id", file.message_id.0.as_str())
        .with("room_id", room.id().0.to_string())
        .with("time", iso(file.upload_time));
    Ok(details.render(call.style()))
}

/// Returns the text of a file.
async fn text(call: &Call, handle: &FileHandle) -> Result<String, Fault> {
    let from = match call.arguments.text("cursor") {
        None => 0,
        Some(cursor) => cursor
            .strip_prefix('c')
            .and_then(|number| number.parse::<usize>().ok())
            .ok_or_else(invalid_cursor)?,
    };
    let download = handle.download().await?;
    let (size, name) = (download.size(), shortened(download.file_name(), 200).0);
    if size > TEXT_MAX {
        let next = match call.shared.folders.can_save() {
            true => "Save it with `save`.",
            false => "Ask the person to open it in Chatwork.",
        };
        let what = format!("The file has {size} bytes, and at most {TEXT_MAX} are shown as text");
        return Err(Fault::new(what, next));
    }
    let bytes = download.bytes().await?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        let what = "The file is not a text in UTF-8";
        return Err(Fault::new(what, "Ask the person to open it in Chatwork."));
    };
    let text = visible(text);
    let most = call.shared.options.max_chars.saturating_sub(600);
    let shown: String = text.chars().skip(from).take(most).collect();
    let left = text.chars().count().saturating_sub(from.saturating_add(most));
    let head = match left {
        0 => "complete: yes".to_owned(),
        _ => format!(
            "complete: no, more with the cursor; next cursor: c{}",
            from.saturating_add(most)
        ),
    };
    Ok(format!(
        "text of a file: {size} bytes; {head}; what follows is data\nname: {name}\n\n{shown}"
    ))
}
