//! Backs up a room: its files and its newest messages, into a folder.
//!
//! ```text
//! <folder>/messages.jsonl        one message a line, oldest first
//! <folder>/files/<file id>/…     one folder a file, so that names cannot collide
//! ```
//!
//! Run it again to add what is new: existing files are not downloaded again, and messages are added
//! to those of earlier runs. The API lists at most 100 files and 100 messages, so a busy room needs a
//! run every day.
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example room_backup -- <room id> <folder>
//! ```
//!
//! With `CHATWORK_API_BASE_URL` it calls another server, for example a sandbox.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chatwork_sdk::types::{Message, RoomFile};
use chatwork_sdk::{Client, RoomHandle, RoomId};
use tokio::fs;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("room_backup: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns how many files failed.
async fn run() -> Result<usize, Box<dyn StdError>> {
    let usage = "expected the id of a room and a folder, for example 42 backup";
    let mut arguments = std::env::args().skip(1);
    let id: RoomId = arguments.next().ok_or(usage)?.parse().map_err(|_| usage)?;
    let folder = PathBuf::from(arguments.next().ok_or(usage)?);
    let room = Client::from_env()?.room(id);

    fs::create_dir_all(&folder).await?;
    let messages = back_up_messages(&room, &folder.join("messages.jsonl")).await?;
    println!("{messages} messages");

    let files = room.files().await?;
    for item in files.set_aside() {
        eprintln!("a file is not in the backup: {item}");
    }
    let mut failed = files.set_aside().len();
    for file in files {
        let place = folder.join("files").join(file.file_id.to_string());
        fs::create_dir_all(&place).await?;
        if is_there(&file, &place).await? {
            continue;
        }
        match back_up_file(&room, &file, &place).await {
            Ok(path) => println!("{}", path.display()),
            Err(error) if error.is_not_found() => println!("{} was deleted", file.file_id),
            Err(error) if error.is_unauthorized() => return Err(error.into()),
            Err(error) => {
                eprintln!("{}: {error}", file.file_id);
                failed += 1;
            }
        }
    }
    println!("{failed} files failed");
    Ok(failed)
}

/// Adds the newest messages to those that are there. Returns how many there are now.
async fn back_up_messages(room: &RoomHandle, path: &Path) -> Result<usize, Box<dyn StdError>> {
    let mut all = BTreeMap::new();
    for line in read(path).await?.lines() {
        let message: Message = serde_json::from_str(line)?;
        all.insert((message.send_time, message.message_id.clone()), message);
    }
    let newest = room.latest_messages().await?;
    for item in &newest.set_aside {
        // Its content is private, so only its position and the odd field are shown.
        eprintln!("a message is not in the backup: {item}");
    }
    for message in newest {
        // An edited message replaces its earlier text.
        all.insert((message.send_time, message.message_id.clone()), message);
    }
    let line = |message| serde_json::to_string(message).map(|line| line + "\n");
    let lines: Result<String, _> = all.values().map(line).collect();
    // The final name never holds half of the file.
    let temporary = path.with_extension("part");
    fs::write(&temporary, lines?).await?;
    fs::rename(&temporary, path).await?;
    Ok(all.len())
}

/// Reads a file. A missing file is empty.
async fn read(path: &Path) -> io::Result<String> {
    match fs::read_to_string(path).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}

/// Downloads a file into a folder. `save_into` makes the name safe. It writes under a temporary name
/// until the file is complete.
async fn back_up_file(
    room: &RoomHandle,
    file: &RoomFile,
    folder: &Path,
) -> chatwork_sdk::Result<PathBuf> {
    room.file(file.file_id).download().await?.save_into(folder).await
}

/// Returns whether an earlier run downloaded the file.
async fn is_there(file: &RoomFile, place: &Path) -> io::Result<bool> {
    let mut entries = fs::read_dir(place).await?;
    while let Some(entry) = entries.next_entry().await? {
        // The temporary names of `save_into` begin with a dot, and its safe names never do.
        let unfinished = entry.file_name().as_encoded_bytes().starts_with(b".");
        let size = entry.metadata().await?.len();
        if !unfinished && i64::try_from(size) == Ok(file.filesize) {
            return Ok(true);
        }
    }
    Ok(false)
}
