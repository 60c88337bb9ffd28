//! Exports without a room.

use chatwork_archive::{ExportOptions, FetchOptions, FilePolicy, Reader, RoomId, SyncOptions};
use chatwork_sdk::Upload;

use crate::export::pages;
use crate::support::{ANNA, Scene};

const OTHER: RoomId = RoomId(1_001);

/// Two rooms. A message of the first one answers one of the second, which has a file, too.
async fn two_rooms() -> Scene {
    let scene = Scene::new(2).await;
    let other = scene.anna(OTHER).post("hidden text").await.unwrap();
    scene.anna(OTHER).upload(Upload::bytes("hidden.png", "hidden picture")).await.unwrap();
    scene.pass(60);
    scene.say(&format!("[rp aid={ANNA} to={OTHER}-{other}] answered")).await;
    scene.archive.sync(&scene.me(), &SyncOptions::new().files(true)).await.unwrap();
    let all = FetchOptions::new(FilePolicy::All);
    assert_eq!(scene.archive.fetch_files(&scene.me(), &all).await.unwrap().stored, 1);
    scene
}

#[tokio::test]
async fn pages_have_nothing_of_a_room_that_is_left_out() {
    let scene = two_rooms().await;
    let all = scene.path().with_extension("all");
    scene.reader().export_html(&ExportOptions::new(), &all).unwrap();
    assert!(all.join("files").exists() && all.join("1001").exists());
    let folder = scene.path().with_extension("html");
    scene.reader().export_html(&ExportOptions::new().except(OTHER), &folder).unwrap();
    assert!(!folder.join("files").exists() && !folder.join("1001").exists());
    let pages = pages(&folder);
    assert!(pages.iter().any(|(_, text)| text.contains("answered")));
    for (path, text) in &pages {
        let names = text.contains("hidden") || text.contains("1001/");
        assert!(!names, "{}", path.display());
    }
}

#[tokio::test]
async fn markdown_and_csv_have_nothing_of_a_room_that_is_left_out() {
    let scene = two_rooms().await;
    let options = ExportOptions::new().except(OTHER);
    for export in [Reader::export_csv, Reader::export_markdown] {
        let mut text = Vec::new();
        export(&scene.reader(), &options, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("answered") && !text.contains("hidden"), "{text}");
    }
}
