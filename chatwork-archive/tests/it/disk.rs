//! A disk that is full: one sentence, nothing half written, and the next run goes on.
//!
//! `src/disk_full.rs` has the tests that need no disk of their own.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use chatwork_archive::{
    Archive, ArchiveError, ExportOptions, FetchOptions, FilePolicy, Forget, Reader, SyncOptions,
    UnixTime,
};
use chatwork_sdk::{MessageId, Upload};

use crate::care::SECRET;
use crate::support::{ME, ROOM, Scene};

/// A small disk in memory.
struct Disk {
    path: PathBuf,
}

impl Disk {
    /// Mounts it over a folder.
    fn new(path: PathBuf, size: &str) -> Self {
        fs::create_dir_all(&path).unwrap();
        mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], &path);
        Self { path }
    }

    fn grow(&self) {
        mount(&["-o", "remount,size=64m"], &self.path);
    }

    /// The names of what is on it, also in folders.
    fn names(&self) -> Vec<String> {
        let (mut names, mut folders) = (Vec::new(), vec![self.path.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                names.push(path.file_name().unwrap().to_string_lossy().into_owned());
                folders.extend(path.is_dir().then_some(path));
            }
        }
        names
    }
}

fn mount(arguments: &[&str], path: &Path) {
    let done = Command::new("mount").args(arguments).arg(path).status().expect("mount");
    assert!(done.success(), "a disk cannot be mounted: run this test with the rights of root");
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("--lazy").arg(&self.path).status().ok();
    }
}

/// A long text of many different characters, as no part of the index holds twice.
fn long(seed: u32) -> String {
    (0..3_000).filter_map(|it| char::from_u32(0x4e00 + (it * 7 + seed * 131) % 20_000)).collect()
}

fn assert_full<T: std::fmt::Debug>(result: Result<T, ArchiveError>) {
    let error = result.unwrap_err();
    assert!(matches!(error, ArchiveError::DiskFull), "{error:?}");
    assert_eq!(error.to_string(), "the disk is full: free some space, and run this again");
}

#[tokio::test]
async fn an_export_to_a_full_disk_says_so() {
    let scene = Scene::new(1).await;
    scene.say("words").await;
    scene.sync().await;
    let reader = scene.reader();
    let full = || BufWriter::new(File::options().write(true).open("/dev/full").unwrap());
    let options = ExportOptions::new();
    assert_full(reader.export_jsonl(&mut full()));
    assert_full(reader.export_csv(&options, &mut full()));
    assert_full(reader.export_markdown(&options, &mut full()));
}

#[tokio::test]
#[ignore = "mounts a small disk, which needs the rights of root"]
async fn a_run_on_a_full_disk_is_finished_by_the_next_one() {
    let scene = Scene::new(2).await;
    for seed in 0..90 {
        scene.say(&long(seed)).await;
    }
    let disk = Disk::new(scene.folder.path().join("disk"), "1m");
    let archive = Archive::create(disk.path.join("a"), ME).unwrap();
    let options = SyncOptions::new();
    assert_full(archive.sync(&scene.me(), &options).await);
    let reader = archive.reader().unwrap();
    assert_eq!(reader.status(UnixTime(0)).unwrap().messages, 0);
    assert_eq!(reader.verify().unwrap().problems, []);
    disk.grow();
    assert_eq!(archive.sync(&scene.me(), &options).await.unwrap().changes.created, 90);
    assert_eq!(reader.verify().unwrap().problems, []);
    drop((reader, archive));
}

#[tokio::test]
#[ignore = "mounts a small disk, which needs the rights of root"]
async fn a_file_that_fills_the_disk_is_fetched_by_the_next_call() {
    let scene = Scene::new(1).await;
    let content = vec![7; 200_000];
    scene.anna(ROOM).upload(Upload::bytes("a.bin", content)).await.unwrap();
    scene.pass(60);
    scene.archive.sync(&scene.me(), &SyncOptions::new().files(true)).await.unwrap();
    let disk = Disk::new(scene.archive.files_folder(), "64k");
    let options = FetchOptions::new(FilePolicy::All);
    assert_full(scene.archive.fetch_files(&scene.me(), &options).await);
    assert_eq!(disk.names(), Vec::<String>::new());
    disk.grow();
    assert_eq!(scene.archive.fetch_files(&scene.me(), &options).await.unwrap().stored, 1);
    assert_eq!(scene.reader().verify().unwrap().problems, []);
}

#[tokio::test]
#[ignore = "mounts a small disk, which needs the rights of root"]
async fn an_import_that_fills_the_disk_leaves_no_file() {
    let scene = Scene::new(1).await;
    scene.anna(ROOM).upload(Upload::bytes("a.bin", vec![7; 200_000])).await.unwrap();
    scene.pass(60);
    scene.archive.sync(&scene.me(), &SyncOptions::new().files(true)).await.unwrap();
    let options = FetchOptions::new(FilePolicy::All);
    scene.archive.fetch_files(&scene.me(), &options).await.unwrap();
    let mut lines = Vec::new();
    scene.reader().export_jsonl(&mut lines).unwrap();
    let copy = Archive::create(scene.path().with_extension("copy"), ME).unwrap();
    let disk = Disk::new(copy.files_folder(), "64k");
    let files = scene.archive.files_folder();
    assert_full(copy.import_jsonl(&mut &lines[..], Some(&files)));
    assert!(disk.names().iter().all(|name| name.len() < 64), "{:?}", disk.names());
    disk.grow();
    copy.import_jsonl(&mut &lines[..], Some(&files)).unwrap();
    assert_eq!(copy.reader().unwrap().verify().unwrap().files, 1);
}

#[tokio::test]
#[ignore = "mounts a small disk, which needs the rights of root"]
async fn a_backup_that_fills_the_disk_leaves_no_file() {
    let scene = Scene::new(1).await;
    scene.say("words").await;
    scene.sync().await;
    let disk = Disk::new(scene.folder.path().join("disk"), "64k");
    let path = disk.path.join("backup");
    assert_full(scene.reader().backup(&path));
    assert_eq!(disk.names(), Vec::<String>::new());
    disk.grow();
    scene.reader().backup(&path).unwrap();
    assert_eq!(disk.names(), ["backup"]);
    assert_eq!(Reader::open(&path).unwrap().account(), ME);
}

#[tokio::test]
#[ignore = "mounts a small disk, which needs the rights of root"]
async fn pages_that_fill_the_disk_leave_no_folder() {
    let scene = Scene::new(1).await;
    for seed in 0..20 {
        scene.say(&long(seed)).await;
    }
    scene.sync().await;
    let disk = Disk::new(scene.folder.path().join("disk"), "64k");
    let folder = disk.path.join("pages");
    assert_full(scene.reader().export_html(&ExportOptions::new(), &folder));
    assert_eq!(disk.names(), Vec::<String>::new());
    disk.grow();
    scene.reader().export_html(&ExportOptions::new(), &folder).unwrap();
    assert!(folder.join("index.html").is_file());
}

#[tokio::test]
#[ignore = "mounts a small disk, which needs the rights of root"]
async fn what_is_forgotten_on_a_full_disk_is_gone_when_there_is_space_again() {
    let scene = Scene::new(1).await;
    let secret = MessageId(scene.say(SECRET).await);
    for seed in 0..60 {
        scene.say(&long(seed)).await;
    }
    let disk = Disk::new(scene.folder.path().join("disk"), "16m");
    let path = disk.path.join("a");
    let archive = Archive::create(&path, ME).unwrap();
    archive.sync(&scene.me(), &SyncOptions::new()).await.unwrap();
    drop(archive);
    let archive = Archive::open(&path).unwrap();
    let filler = disk.path.join("filler");
    fill(&filler, &path, 300_000);
    assert_full(archive.forget(&Forget::Message(ROOM, secret)));
    drop(archive);
    // The archive can be used meanwhile.
    let archive = Archive::open(&path).unwrap();
    assert!(archive.reader().unwrap().status(UnixTime(0)).unwrap().is_erasing);
    drop(archive);
    fs::remove_file(&filler).unwrap();
    let archive = Archive::open(&path).unwrap();
    assert!(!archive.reader().unwrap().status(UnixTime(0)).unwrap().is_erasing);
    drop(archive);
    let bytes = fs::read(&path).unwrap();
    assert!(!bytes.windows(SECRET.len()).any(|it| it == SECRET.as_bytes()));
}

#[tokio::test]
#[ignore = "mounts a small disk, which needs the rights of root"]
async fn an_archive_on_a_disk_without_any_space_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(folder.path().join("disk"), "1m");
    let path = disk.path.join("a");
    drop(Archive::create(&path, ME).unwrap());
    let mut filler = File::create(disk.path.join("filler")).unwrap();
    while filler.write_all(&[1; 4_096]).is_ok() {}
    assert_full(Reader::open(&path));
    assert_full(Archive::open(&path));
    disk.grow();
    assert_eq!(Archive::open(&path).unwrap().account(), ME);
}

/// Fills a disk, but for so many bytes.
fn fill(filler: &Path, archive: &Path, left: u64) {
    let used = fs::metadata(archive).unwrap().len() + 64 * 1024;
    fs::write(filler, vec![1; usize::try_from(16 * 1024 * 1024 - used - left).unwrap()]).unwrap();
}
