//! The file of an archive.

use std::fs;

use chatwork_archive::{APPLICATION_ID, AccountId, Archive, ArchiveError, Reader};
use rusqlite::Connection;

use crate::support::{ME, ask};

fn path() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.chatwork");
    (folder, path)
}

#[test]
fn a_new_archive_says_what_it_is() {
    let (_folder, path) = path();
    let archive = Archive::create(&path, ME).unwrap();
    assert_eq!(archive.account(), ME);
    let other = Connection::open(&path).unwrap();
    let pragma = |name: &str| ask(&other, &format!("PRAGMA {name}"))[0][0].clone();
    assert_eq!(pragma("application_id"), APPLICATION_ID.to_string());
    assert_eq!(pragma("user_version"), "3");
    assert_eq!(pragma("journal_mode"), "wal");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_an_archive() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = path();
    let archive = Archive::create(&path, ME).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", file.file_name());
    }
    drop(archive);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _archive = Archive::open(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn nothing_beside_a_copied_archive_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = path();
    let archive = Archive::create(&path, ME).unwrap();
    fs::create_dir(archive.files_folder()).unwrap();
    drop(archive);
    for file in fs::read_dir(folder.path()).unwrap() {
        let all = fs::Permissions::from_mode(0o755);
        fs::set_permissions(file.unwrap().path(), all).unwrap();
    }
    let _archive = Archive::open(&path).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", file.file_name());
    }
}

#[cfg(unix)]
#[test]
fn a_second_writer_is_refused_by_another_spelling_of_the_path_too() {
    let (folder, path) = path();
    let archive = Archive::create(&path, ME).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert!(matches!(Archive::open(&link), Err(ArchiveError::Locked { .. })));
    assert_eq!(Reader::open(&link).unwrap().files_folder(), archive.files_folder());
}

#[test]
fn a_second_writer_is_told_the_process_of_the_first() {
    let (_folder, path) = path();
    let first = Archive::create(&path, ME).unwrap();
    let error = Archive::open(&path).unwrap_err();
    let pid = std::process::id();
    assert!(matches!(error, ArchiveError::Locked { pid: Some(it) } if it == pid), "{error}");
    assert!(error.to_string().contains(&format!("process {pid} writes")));
    drop(first);
    Archive::open(&path).unwrap();
}

#[test]
fn a_reader_reads_while_the_writer_writes() {
    let (_folder, path) = path();
    let _archive = Archive::create(&path, ME).unwrap();
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE settings SET value = 'x'").unwrap();
    let reader = Reader::open(&path).unwrap();
    assert_eq!(reader.account(), ME);
}

#[test]
fn a_reader_needs_no_writer() {
    let (_folder, path) = path();
    drop(Archive::create(&path, ME).unwrap());
    assert_eq!(Reader::open(&path).unwrap().account(), ME);
}

#[test]
fn a_path_without_an_archive_is_not_found() {
    let (_folder, path) = path();
    assert!(matches!(Archive::open(&path), Err(ArchiveError::NotFound { .. })));
    assert!(matches!(Reader::open(&path), Err(ArchiveError::NotFound { .. })));
    assert!(!path.exists());
}

#[test]
fn an_existing_file_is_not_replaced() {
    let (_folder, path) = path();
    drop(Archive::create(&path, ME).unwrap());
    assert!(matches!(Archive::create(&path, ME), Err(ArchiveError::Exists { .. })));
}

#[test]
fn a_creation_that_was_interrupted_is_finished() {
    let (_folder, path) = path();
    fs::write(&path, "").unwrap();
    assert!(matches!(Archive::open(&path), Err(ArchiveError::NotFound { .. })));
    assert_eq!(Archive::open_or_create(&path, ME).unwrap().account(), ME);
}

#[test]
fn an_archive_belongs_to_one_account() {
    let (_folder, path) = path();
    drop(Archive::create(&path, ME).unwrap());
    let error = Archive::open_or_create(&path, AccountId(9)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "this archive belongs to account 1, not to 9: use one archive an account"
    );
}

#[test]
fn files_of_other_programs_are_left_as_they_are() {
    let (_folder, path) = path();
    fs::write(&path, "a diary, and no database").unwrap();
    assert!(matches!(Archive::open(&path), Err(ArchiveError::NotAnArchive { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"a diary, and no database");
    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(Archive::open(&path), Err(ArchiveError::NotAnArchive { .. })));
    assert!(matches!(Archive::create(&path, ME), Err(ArchiveError::Exists { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_archive_of_a_later_program_is_left_as_it_is() {
    let (_folder, path) = path();
    drop(Archive::create(&path, ME).unwrap());
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    for error in [Archive::open(&path).unwrap_err(), Reader::open(&path).unwrap_err()] {
        assert!(matches!(error, ArchiveError::Newer { found: 99, .. }), "{error}");
    }
}

#[test]
fn a_damaged_archive_is_said_to_be_damaged() {
    let (_folder, path) = path();
    drop(Archive::create(&path, ME).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    let length = bytes.len();
    bytes[100..length].fill(0xA5);
    fs::write(&path, &bytes).unwrap();
    let error = Archive::open(&path).unwrap_err();
    assert!(matches!(error, ArchiveError::Damaged { .. }), "{error:?}");
}

#[test]
fn every_old_schema_becomes_the_new_one() {
    let fresh = {
        let (_folder, path) = path();
        drop(Archive::create(&path, ME).unwrap());
        schema(&Connection::open(&path).unwrap())
    };
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut versions = 0;
    for fixture in fs::read_dir(fixtures).unwrap() {
        let (_folder, path) = path();
        let sql = fs::read_to_string(fixture.unwrap().path()).unwrap();
        Connection::open(&path).unwrap().execute_batch(&sql).unwrap();
        drop(Archive::open(&path).unwrap());
        let migrated = Connection::open(&path).unwrap();
        assert_eq!(schema(&migrated), fresh);
        let count = "SELECT count(*), sum(length(body)) > 0 FROM messages";
        assert_eq!(ask(&migrated, count), [["2", "1"]]);
        let gaps = "SELECT gap_id, reason, after_time, before_message, missing FROM gaps";
        assert_eq!(ask(&migrated, gaps), [["3", "before_first_look", "NULL", "11", "40"]]);
        versions += 1;
    }
    assert!(versions > 0);
}

/// Tables, indices and views, with their columns.
fn schema(connection: &Connection) -> Vec<Vec<String>> {
    let select = "SELECT s.type, s.name, c.name, c.type, c.\"notnull\", c.pk
        FROM sqlite_schema s LEFT JOIN pragma_table_xinfo(s.name) c
        ORDER BY s.type, s.name, c.cid";
    ask(connection, select)
}
