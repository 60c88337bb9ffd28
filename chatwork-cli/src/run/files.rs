//! `files`.

use std::io::Read;
use std::path::{Path, PathBuf};

use chatwork_sdk::{FileId, RoomHandle, Upload};
use serde_json::Value;

use super::{messages, note_set_aside};
use crate::args::{Files, Get, Put};
use crate::context::Context;
use crate::failure::{Done, Failure, file, reading};
use crate::out::{self, Bar, Item, Steps, item, note, shape};
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
    let conflict = |argument: &str, other: &str| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("argument", &argument), ("other", &other)];
        Err(Failure::usage(words::USAGE_CONFLICT.fill(&values)))
    };
    if put.name.is_some() && put.paths.len() > 1 {
        return conflict("--name", "PATH PATH");
    }
    let room = context.room(&put.room).await?;
    let message = put.message.as_deref().map(|message| messages::plain(message, put.notation));
    if let Some(message) = &message {
        messages::confirm_all(context, &room, message, put.dry_run).await?;
    }
    let message = message.as_ref().map(|message| message.text.as_str());
    // All names before the first file is sent.
    let missing = || Failure::usage(words::USAGE_MISSING.fill(&[("missing", &"--name")]));
    let name = |path: &PathBuf| put.name.clone().or_else(|| name_of(path)).ok_or_else(missing);
    let names = put.paths.iter().map(name).collect::<Done<Vec<_>>>()?;
    // Before the signals are listened to: a read that waits for a pipe ends by them.
    let piped = match put.paths.iter().any(|path| path == Path::new("-")) {
        true => piped()?,
        false => Vec::new(),
    };
    let files: Vec<_> = put
        .paths
        .iter()
        .zip(&names)
        .enumerate()
        .map(|(index, (path, name))| Sent {
            upload: match path == Path::new("-") {
                true => Upload::bytes(name, piped.clone()),
                false => Upload::path(path).file_name(name),
            },
            name,
            // A message is said once, however many files it is about.
            message: message.filter(|_| index == 0),
        })
        .collect();
    if put.dry_run {
        let sizes = put.paths.iter().map(|path| size(path, &piped)).collect::<Done<Vec<_>>>()?;
        return dry_run(context, &room, files.iter().zip(sizes));
    }
    let given = put.paths.iter().map(|path| path.display().to_string()).collect();
    let mut steps = Steps::new(&context.out, &shape::FILE_ID, given);
    let work = async {
        for file in files {
            let name = file.name.to_owned();
            let id = send(context, &room, file).await?;
            let mut item = Item::new();
            item.insert("room_id".to_owned(), room.id().0.into());
            item.insert("file_id".to_owned(), id.0.into());
            item.insert("filename".to_owned(), name.into());
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

/// Returns the size of a file, or of what was piped in.
fn size(path: &Path, piped: &[u8]) -> Done<u64> {
    if path == Path::new("-") {
        return Ok(piped.len() as u64);
    }
    let found = std::fs::File::open(path).and_then(|file| file.metadata());
    found.map(|found| found.len()).map_err(|error| file(path, &error))
}

/// Shows the files that would be sent, and refuses what would be refused.
fn dry_run<'a>(
    context: &Context,
    room: &RoomHandle,
    files: impl Iterator<Item = (&'a Sent<'a>, u64)>,
) -> Done {
    let mut items = Vec::new();
    for (file, size) in files {
        // Its content is not read: the name, the size and the message decide.
        let upload = Upload::reader(file.name, tokio::io::empty()).length(size);
        let request = room.upload(upload);
        match file.message {
            Some(message) => request.message(message).validate()?,
            None => request.validate()?,
        }
        let mut item = Item::new();
        item.insert("room_id".to_owned(), room.id().0.into());
        item.insert("filename".to_owned(), file.name.into());
        item.insert("size".to_owned(), size.into());
        item.insert("message".to_owned(), file.message.into());
        items.push(item);
    }
    note(&words::DRY_RUN_FILES.fill(&[("room", &room.id()), ("files", &items.len())]));
    context.out.list(&shape::DRY_FILES, &items)
}

/// A file to send.
struct Sent<'a> {
    upload: Upload,
    name: &'a str,
    message: Option<&'a str>,
}

async fn send(context: &Context, room: &RoomHandle, file: Sent<'_>) -> Done<FileId> {
    let bar = Bar::new(context.progress, file.name);
    let mut request = room.upload(file.upload.on_progress(bar.report()));
    if let Some(message) = file.message {
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
    while let Some(chunk) = download.chunk().await? {
        out::write_apart(chunk).await?;
    }
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
