//! `files`.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chatwork_sdk::{FileId, RoomHandle, Upload};
use serde_json::Value;

use super::{messages, note_set_aside};
use crate::args::{Files, Get, Put};
use crate::context::Context;
use crate::failure::{Done, Failure, file, reading};
use crate::out::{Bar, Item, Steps, item, shape};
use crate::{interruptible, words};

/// A file of more bytes is refused by the API; so much is read from a pipe at most.
const LARGEST: u64 = 5 * 1024 * 1024;

pub(super) async fn run(context: &Context, files: Files) -> Done {
    match files {
        Files::List { room, by } => {
            let room = context.room(&room).await?;
            let mut request = room.files();
            if let Some(by) = by {
                request = request.uploaded_by(context.person(Some(room.id()), &by).await?);
            }
            let files = request.await?;
            note_set_aside(files.set_aside().len());
            let id = ("room_id", Value::from(room.id().0));
            let items: Vec<Item> =
                files.iter().map(|file| item(file, std::slice::from_ref(&id))).collect();
            context.out.list(&shape::FILES, &items)
        }
        Files::View { room, file } => {
            let room = context.room(&room).await?;
            let file = room.file(FileId(file)).get().await?;
            context.out.detail(&shape::FILES, &item(&file, &[("room_id", room.id().0.into())]))
        }
        Files::Put(put) => upload(context, put).await,
        Files::Get(get) => download(context, get).await,
    }
}

async fn upload(context: &Context, put: Put) -> Done {
    if put.name.is_some() && put.paths.len() > 1 {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("argument", &"--name"), ("other", &"PATH PATH")];
        return Err(Failure::usage(words::USAGE_CONFLICT.fill(&values)));
    }
    let room = context.room(&put.room).await?;
    let message = put.message.as_deref().map(|message| messages::plain(message, put.notation));
    if let Some(message) = &message {
        messages::confirm_all(context, &room, message).await?;
    }
    let message = message.as_ref().map(|message| message.text.as_str());
    // All names before the first file is sent.
    let missing = || Failure::usage(words::USAGE_MISSING.fill(&[("missing", &"--name")]));
    let name = |path: &PathBuf| put.name.clone().or_else(|| name_of(path)).ok_or_else(missing);
    let names = put.paths.iter().map(name).collect::<Done<Vec<_>>>()?;
    let given = put.paths.iter().map(|path| path.display().to_string()).collect();
    let mut steps = Steps::new(&context.out, &shape::FILE_ID, given);
    let work = async {
        for (path, name) in put.paths.iter().zip(&names) {
            let id = send(context, &room, path, name, message).await?;
            let mut item = Item::new();
            item.insert("room_id".to_owned(), room.id().0.into());
            item.insert("file_id".to_owned(), id.0.into());
            item.insert("filename".to_owned(), name.clone().into());
            steps.add(item)?;
        }
        Ok(())
    };
    let outcome = interruptible(work).await;
    steps.end(outcome)
}

fn name_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    (name != "-").then(|| name.to_owned())
}

async fn send(
    context: &Context,
    room: &RoomHandle,
    path: &Path,
    name: &str,
    message: Option<&str>,
) -> Done<FileId> {
    let upload = match path == Path::new("-") {
        true => Upload::bytes(name, piped()?),
        false => Upload::path(path).file_name(name),
    };
    let bar = Bar::new(context.progress, name);
    let mut request = room.upload(upload.on_progress(bar.report()));
    if let Some(message) = message {
        request = request.message(message);
    }
    let sent = request.await;
    bar.clear();
    Ok(sent?)
}

/// Reads the standard input, one byte more than allowed at most: the SDK says that it is too long.
fn piped() -> Done<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(reading)?;
    Ok(bytes)
}

async fn download(context: &Context, get: Get) -> Done {
    let room = context.room(&get.room).await?;
    let id = FileId(get.file);
    match get.output {
        Some(path) if path == Path::new("-") => {
            context.out.refuse_csv()?;
            interruptible(to_stdout(&room, id)).await
        }
        Some(path) => {
            if path.exists() && !get.force {
                let message = words::FILE_EXISTS.fill(&[("path", &path.display())]);
                return Err(Failure::new("file", message).hinted(words::FILE_EXISTS_HINT));
            }
            interruptible(to_path(context, &room, id, Target::Path(path))).await
        }
        None => {
            let folder = get.into.unwrap_or_else(|| PathBuf::from("."));
            std::fs::create_dir_all(&folder).map_err(|error| file(&folder, &error))?;
            interruptible(to_path(context, &room, id, Target::Folder(folder))).await
        }
    }
}

async fn to_stdout(room: &RoomHandle, id: FileId) -> Done {
    let mut download = room.file(id).download().await?;
    let mut stdout = std::io::stdout().lock();
    while let Some(chunk) = download.chunk().await? {
        stdout.write_all(&chunk)?;
    }
    stdout.flush()?;
    Ok(())
}

enum Target {
    Path(PathBuf),
    Folder(PathBuf),
}

async fn to_path(context: &Context, room: &RoomHandle, id: FileId, target: Target) -> Done {
    let bar = Bar::new(context.progress, &id.to_string());
    let download = room.file(id).download().on_progress(bar.report()).await?;
    let size = download.size();
    let saved = match target {
        Target::Path(path) => download.save_to(&path).await.map(|()| path),
        Target::Folder(folder) => download.save_into(&folder).await,
    };
    bar.clear();
    let path = saved?;
    let mut item = Item::new();
    item.insert("room_id".to_owned(), room.id().0.into());
    item.insert("file_id".to_owned(), id.0.into());
    item.insert("path".to_owned(), path.display().to_string().into());
    item.insert("size".to_owned(), size.into());
    context.out.done(&shape::SAVED, &item)
}
