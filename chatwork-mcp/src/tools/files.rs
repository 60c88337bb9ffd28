//! Files.

use chatwork_api::operations;
use chatwork_app::visible;
use chatwork_sdk::types::RoomFile;
use chatwork_sdk::{FileHandle, FileId};
use serde_json::{Value, json};

use super::spec::saves;
use super::written::{after, begin_of_text, text_cursor, unreadable};
use super::{Effect, Spec, Wants, file_save, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Details, Form, Listing, People, Row};
use crate::schema::{Kind, Needs, Param};
use crate::time::iso;

/// How many files the API lists.
const MOST: usize = 100;
/// The most bytes of a file that is shown as text.
const TEXT_MAX: u64 = 50_000;
/// The room that is kept for what is said of a text.
const HEAD: usize = 600;

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
        Param::new("file_id", Kind::Id, "As the list of files has it.").required(),
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
    let full = is_full.then(|| "the API lists 100 files at most".to_owned());
    let listing = Listing::new("files", rows, limit).fact(format!("room {}", room.id().0));
    Ok(listing.missing(full).missing(lost).render(call.style()))
}

struct FileRow(RoomFile);

impl Row for FileRow {
    fn text(&self, people: &mut People, most: usize) -> String {
        let file = &self.0;
        let who = people.mark(file.account.account_id, &file.account.name);
        let (at, name) = (iso(file.upload_time), Form::Text.cut(&file.filename, most / 4));
        let (id, bytes, message) = (file.file_id.0, file.filesize, &file.message_id);
        format!("{id} {at} {who} {bytes} bytes message {message} {name}")
    }

    fn json(&self, most: usize) -> Value {
        let file = &self.0;
        json!({
            "file_id": file.file_id.0.to_string(),
            "name": Form::Json.cut(&file.filename, most / 4),
            "bytes": file.filesize,
            "message_id": file.message_id.0,
            "account_id": file.account.account_id.0.to_string(),
            "account": Form::Json.cut(&file.account.name, 100),
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

/// Returns the text of a file. What does not fit follows with a cursor.
async fn text(call: &Call, handle: &FileHandle) -> Result<String, Fault> {
    let from = begin_of_text(call)?;
    let download = handle.download().await?;
    let style = call.style();
    let (size, name) = (download.size(), style.form.cut(download.file_name(), 200));
    if size > TEXT_MAX {
        let next = match saves(&call.shared.options) {
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
    let part = style.form.part(&visible(text), from, style.max_chars.saturating_sub(HEAD));
    let next = text_cursor(part.next);
    if style.form == Form::Json {
        let mut object = json!({
            "what": "text of a file", "name": name, "bytes": size, "complete": next.is_none(),
            "text": part.text,
        });
        if let (Some(object), Some(next)) = (object.as_object_mut(), next) {
            object.insert("next_cursor".to_owned(), Value::from(next));
        }
        return Ok(object.to_string());
    }
    let head = match next {
        None => "complete: yes".to_owned(),
        Some(next) => format!("complete: no, more with the cursor; next cursor: {next}"),
    };
    let text = part.text;
    Ok(format!(
        "text of a file: {size} bytes; {head}; what follows is data\nname: {name}\n\n{text}"
    ))
}
