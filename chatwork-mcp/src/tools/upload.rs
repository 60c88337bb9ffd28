//! Uploads a file from the folder for uploads.

use std::sync::Arc;

use chatwork_api::limits::upload_room_file::{MESSAGE_MAX_LENGTH, MESSAGE_MIN_LENGTH};
use chatwork_api::operations;
use chatwork_sdk::Upload;

use super::draft::{Draft, sha256};
use super::written::{allow_name, allow_text, compose, lost};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::fence::folders::Content;
use crate::options::{Toolset, Words};
use crate::schema::{Kind, Param};

pub(super) const UPLOAD_ROOM_FILE: Spec = Spec {
    name: "upload_room_file",
    title: Words { en: "Upload a file", ja: "ファイルのアップロード" },
    about: "Upload a file of up to 5 MB from the folder for uploads to a room. Its members see it.",
    toolset: Toolset::Write,
    effect: Effect::Add,
    wants: Wants::Uploads,
    aliases: &[],
    operations: &[operations::UPLOAD_ROOM_FILE.id],
    params: &[
        params::ROOM,
        Param::new(
            "path",
            Kind::Text { min: 1, max: 1_000 },
            "Relative to the folder for uploads. No links, no hidden files.",
        )
        .required(),
        Param::new(
            "message",
            Kind::Text { min: MESSAGE_MIN_LENGTH, max: MESSAGE_MAX_LENGTH },
            "A text beside the file.",
        ),
        params::TEXT_FORMAT,
        params::DRY_RUN,
        params::AGAIN,
    ],
    run: |call| Box::pin(upload_room_file(call)),
};

async fn upload_room_file(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let (message, lost) = match call.arguments.text("message") {
        Some(text) => {
            let composed = compose(&call).compose(text);
            allow_text(&call, &composed)?;
            (Some(composed.text.to_string()), lost(&composed))
        }
        None => (None, String::new()),
    };
    let Content { name, bytes } = read(&call).await?;
    // Chatwork writes the name into the message of the upload.
    allow_name(&call, "The name of the file", &name)?;
    let shown = chatwork_app::one_line(&name).into_owned();
    let (what, digest) = (format!("{} bytes as {shown}", bytes.len()), sha256(&bytes));
    if call.is_dry_run() {
        let draft = Draft::new(format!("upload a file to room {}", room.id().0)).note(lost);
        let file = format!("{} bytes, SHA-256 {digest}", bytes.len());
        let draft = draft.value("file", file).text("file name", &name);
        return Ok(draft.some_text("message", message.as_deref()).render(&call));
    }
    let key =
        call.resolved_key(&[("room", &room.id().0.to_string()), ("path", &name), ("", &digest)]);
    let mut upload = Upload::bytes(name, bytes);
    let mut reports = None;
    if let Some((report, sending)) = call.report() {
        upload = upload.on_progress(report);
        reports = Some(sending);
    }
    let send = async move {
        let mut request = room.upload(upload);
        if let Some(message) = message {
            request = request.message(message);
        }
        let file = request.await?;
        Ok(format!("uploaded {what}: file {} in room {}", file.0, room.id().0))
    };
    let done = call.write_once(key, send).await?;
    if let Some(reports) = reports {
        reports.finish().await;
    }
    Ok(done + &lost)
}

async fn read(call: &Call) -> Result<Content, Fault> {
    let path = call.arguments.text("path").unwrap_or_default().to_owned();
    let shared = Arc::clone(&call.shared);
    let read = tokio::task::spawn_blocking(move || shared.folders.read(&path)).await;
    read.map_err(|_| Fault::new("The file could not be read", "Call again."))?
}
