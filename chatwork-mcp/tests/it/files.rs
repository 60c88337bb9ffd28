//! Files come from one folder and go to another one.

use std::fs;
use std::path::Path;

use chatwork_mcp::{Account, Accounts, Server, ServerError};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Agent, Desk, ROOM, all};

struct Folders {
    home: TempDir,
}

impl Folders {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("up")).unwrap();
        fs::create_dir(home.path().join("down")).unwrap();
        fs::write(home.path().join("up/報告.txt"), "content").unwrap();
        fs::write(home.path().join("up/.env"), "token").unwrap();
        fs::write(home.path().join("outside.txt"), "token").unwrap();
        Self { home }
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    fn saved(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path().join("down")).unwrap();
        let mut names: Vec<_> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

async fn agent(desk: &Desk, folders: &Folders) -> Agent {
    let (up, down) = (folders.path().join("up"), folders.path().join("down"));
    desk.agent(all().upload_dir(up).download_dir(down)).await
}

#[tokio::test]
async fn a_file_is_uploaded_with_a_message() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    let agent = agent(&desk, &folders).await;
    let arguments = json!({ "room": ROOM, "path": "報告.txt", "message": "[toall] どうぞ" });
    agent.ok("upload_room_file", arguments).await;
    let room = desk.room(ROOM);
    let file = room.files.values().last().unwrap();
    assert_eq!((file.name.as_str(), &*file.bytes), ("報告.txt", &b"content"[..]));
    assert!(desk.newest(ROOM).body.contains("[\u{2060}toall] どうぞ"));
}

#[tokio::test]
async fn a_file_whose_name_notifies_all_is_refused() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    fs::write(folders.path().join("up/[toall] a.txt"), "x").unwrap();
    let agent = agent(&desk, &folders).await;
    let arguments = json!({ "room": ROOM, "path": "[toall] a.txt" });
    let text = agent.fails("upload_room_file", arguments).await;
    assert!(text.contains("The name of the file has [toall]"), "{text}");
    assert!(desk.operations().is_empty());
}

#[tokio::test]
async fn the_progress_of_an_upload_is_reported() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    fs::write(folders.path().join("up/large.bin"), vec![7; 300_000]).unwrap();
    let agent = agent(&desk, &folders).await;
    agent.ok("upload_room_file", json!({ "room": ROOM, "path": "large.bin" })).await;
    let progress = || agent.person.progress.lock().unwrap().clone();
    // A report may arrive behind the answer.
    while progress().len() < 2 {
        tokio::task::yield_now().await;
    }
    let progress = progress();
    assert!(progress.len() > 1 && progress.is_sorted(), "{progress:?}");
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder_for_uploads() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    let agent = agent(&desk, &folders).await;
    let outside = folders.path().join("outside.txt").display().to_string();
    for path in ["../outside.txt", "x/../../outside.txt", &outside, "/etc/passwd", ".env", ".", ""]
    {
        agent.fails("upload_room_file", json!({ "room": ROOM, "path": path })).await;
    }
    assert!(!desk.operations().iter().any(|it| it == "uploadRoomFile"));
}

#[cfg(unix)]
#[tokio::test]
async fn no_link_leads_out_of_the_folder_for_uploads() {
    use std::os::unix::fs::symlink;
    let (desk, folders) = (Desk::new().await, Folders::new());
    let up = folders.path().join("up");
    symlink(folders.path().join("outside.txt"), up.join("out.txt")).unwrap();
    symlink(up.join(".env"), up.join("in.txt")).unwrap();
    let agent = agent(&desk, &folders).await;
    for path in ["out.txt", "in.txt"] {
        let text = agent.fails("upload_room_file", json!({ "room": ROOM, "path": path })).await;
        assert!(text.contains("is a link"), "{text}");
    }
}

#[tokio::test]
async fn a_file_is_saved_and_replaces_no_other_one() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    let agent = agent(&desk, &folders).await;
    let arguments = json!({ "room": ROOM, "file_id": 1341384457, "save": true });
    let text = agent.ok("get_room_file", arguments.clone()).await;
    assert!(text.contains("議事録_6月.txt"), "{text}");
    agent.ok("get_room_file", arguments).await;
    assert_eq!(folders.saved(), ["議事録_6月 (2).txt", "議事録_6月.txt"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_in_the_folder_for_downloads_is_not_written_through() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    let target = folders.path().join("outside.txt");
    std::os::unix::fs::symlink(&target, folders.path().join("down/議事録_6月.txt")).unwrap();
    let agent = agent(&desk, &folders).await;
    agent.ok("get_room_file", json!({ "room": ROOM, "file_id": 1341384457, "save": true })).await;
    assert_eq!(fs::read_to_string(target).unwrap(), "token");
}

#[tokio::test]
async fn a_file_with_a_hostile_name_stays_in_the_folder() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    let upload = chatwork_sdk::Upload::bytes("../../.bashrc", "x");
    let room = desk.client("ken").room(chatwork_sdk::RoomId(ROOM));
    let file = room.upload(upload).await.unwrap();
    let agent = agent(&desk, &folders).await;
    let arguments = json!({ "room": ROOM, "file_id": file.0, "save": true });
    agent.ok("get_room_file", arguments).await;
    assert_eq!(folders.saved(), ["_bashrc"]);
}

#[tokio::test]
async fn without_a_folder_nothing_is_saved() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let arguments = json!({ "room": ROOM, "file_id": 1341384457, "save": true });
    let text = agent.fails("get_room_file", arguments).await;
    assert!(text.contains("`save` is not an argument"), "{text}");
}

#[tokio::test]
async fn saving_is_advised_only_where_it_is_possible() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    let upload = chatwork_sdk::Upload::bytes("large.txt", "x".repeat(60_000));
    let room = desk.client("ken").room(chatwork_sdk::RoomId(ROOM));
    let file = room.upload(upload).await.unwrap();
    let read = json!({ "room": ROOM, "file_id": file.0, "read_text": true });
    let options = || all().download_dir(folders.path().join("down"));
    let text = desk.agent(options()).await.fails("get_room_file", read.clone()).await;
    assert!(text.ends_with("Save it with `save`."), "{text}");
    let text = desk.agent(options().read_only(true)).await.fails("get_room_file", read).await;
    assert!(!text.contains("`save`"), "{text}");
}

#[tokio::test]
async fn folders_that_overlap_are_refused() {
    let (desk, folders) = (Desk::new().await, Folders::new());
    let accounts = Accounts::one(Account::new("work", desk.client("hanako")));
    let options = all().upload_dir(folders.path()).download_dir(folders.path().join("down"));
    let server = Server::new(options, accounts);
    assert!(matches!(server, Err(ServerError::FoldersOverlap { .. })));
}
