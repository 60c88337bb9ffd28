//! What takes long can be stopped, and leaves nothing half-way.

use std::io::{self, Write};

use chatwork_archive::{ArchiveError, ExportOptions, Stopper, UtcOffset};

use crate::support::{ME, ROOM, Scene};

/// A writer that stops the export with the first bytes that it gets.
struct Stops(Stopper);

impl Write for Stops {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.stop();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn with_messages() -> Scene {
    let scene = Scene::new(1).await;
    scene.say_times(20).await;
    scene.sync().await;
    scene
}

#[tokio::test]
async fn an_export_of_pages_that_is_stopped_leaves_no_folder() {
    let scene = with_messages().await;
    let reader = scene.reader();
    let stopper = reader.stopper();
    let options = ExportOptions::new().utc_offset_at(move |_| {
        stopper.stop();
        UtcOffset::JAPAN
    });
    let before = std::fs::read_dir(scene.folder.path()).unwrap().count();
    let stopped = reader.export_html(&options, scene.folder.path().join("pages"));
    assert!(matches!(stopped, Err(ArchiveError::Stopped)), "{stopped:?}");
    assert_eq!(std::fs::read_dir(scene.folder.path()).unwrap().count(), before);
}

#[tokio::test]
async fn an_export_of_lines_ends_when_it_is_stopped() {
    let scene = with_messages().await;
    let reader = scene.reader();
    let mut writer = Stops(reader.stopper());
    let stopped = reader.export_markdown(&ExportOptions::new(), &mut writer);
    assert!(matches!(stopped, Err(ArchiveError::Stopped)), "{stopped:?}");
    // The reader can be used again.
    assert_eq!(reader.status(chatwork_archive::UnixTime(0)).unwrap().messages, 20);
}

#[tokio::test]
async fn what_would_be_forgotten_is_counted_and_stays() {
    use chatwork_archive::{Forget, UnixTime};
    let scene = with_messages().await;
    let reader = scene.reader();
    let count = |what: &Forget| reader.would_forget(what).unwrap().messages;
    assert_eq!(count(&Forget::Room(ROOM)), 20);
    assert_eq!(count(&Forget::Account(ME)), 0);
    assert_eq!(count(&Forget::Before(UnixTime(0), Some(ROOM))), 0);
    assert_eq!(scene.count("SELECT count(*) FROM messages"), 20);
    assert_eq!(reader.account_name(chatwork_archive::AccountId(77)).unwrap(), None);
}
