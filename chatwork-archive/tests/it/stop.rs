//! What takes long can be stopped, and leaves nothing half-way.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chatwork_archive::{ArchiveError, ExportOptions, Reader, UtcOffset};

use crate::support::{ME, ROOM, Scene};

/// A writer that stops the export with the first bytes that it gets.
struct Stops(Stop);

/// Stops a reader.
#[derive(Clone, Default)]
struct Stop(Arc<AtomicBool>);

impl Stop {
    fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn reader(&self, scene: &Scene) -> Reader {
        let is_over = Arc::clone(&self.0);
        scene.reader().stopping(move || is_over.load(Ordering::Relaxed)).unwrap()
    }
}

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
    let stop = Stop::default();
    let reader = stop.reader(&scene);
    let options = ExportOptions::new().utc_offset_at(move |_| {
        stop.stop();
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
    let stop = Stop::default();
    let reader = stop.reader(&scene);
    let mut writer = Stops(stop.clone());
    let stopped = reader.export_markdown(&ExportOptions::new(), &mut writer);
    assert!(matches!(stopped, Err(ArchiveError::Stopped)), "{stopped:?}");
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
