//! Tokens in files.

use std::fs;
use std::path::PathBuf;

use chatwork_sdk::oauth::{FileStore, TokenStore};
use tempfile::TempDir;

use super::party::{app, given, good, loaded, old, put, unfinished};
use crate::support::{Server, hurried};

fn store() -> (TempDir, FileStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path().join("tokens.json"));
    (folder, store)
}

fn beside(store: &FileStore, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", store.path().display()))
}

#[tokio::test]
async fn a_saved_grant_is_loaded() {
    let (_folder, store) = store();
    assert_eq!(loaded(&store).await, None);
    put(&store, &old()).await;
    put(&store, &good()).await;
    assert_eq!(loaded(&FileStore::new(store.path())).await, Some(good()));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, store) = store();
    fs::write(store.path(), "").unwrap();
    fs::set_permissions(store.path(), fs::Permissions::from_mode(0o644)).unwrap();
    let lock = store.lock().await.unwrap();
    put(&store, &good()).await;
    let beside = [".lock", ".save-lock"].map(|suffix| beside(&store, suffix));
    for path in beside.iter().map(PathBuf::as_path).chain([store.path()]) {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    drop(lock);
}

#[tokio::test]
async fn nothing_temporary_is_left() {
    let (folder, store) = store();
    put(&store, &good()).await;
    store.lock().await.unwrap().release().await.unwrap();
    let names = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["tokens.json", "tokens.json.lock", "tokens.json.save-lock"]);
}

#[tokio::test]
async fn loading_from_an_empty_folder_makes_no_file() {
    let (folder, store) = store();
    assert_eq!(loaded(&store).await, None);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_file_that_is_not_a_grant_is_an_error_that_shows_nothing_of_it() {
    let (_folder, store) = store();
    for text in [
        "{\"access_token\": \"secret-text",
        "\"secret-text\"",
        "{\"access_token\": {\"secret-text\": 1}}",
    ] {
        fs::write(store.path(), text).unwrap();
        let error = store.load().await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("tokens.json: it is not the JSON of a grant (line 1"), "{shown}");
        assert!(!shown.contains("secret-text"), "{shown}");
    }
}

#[tokio::test]
async fn a_new_consent_replaces_a_file_that_is_not_a_grant() {
    let (_folder, store) = store();
    fs::write(store.path(), "not a grant").unwrap();
    put(&store, &good()).await;
    assert_eq!(loaded(&store).await, Some(good()));
}

#[tokio::test]
async fn a_folder_that_is_missing_is_an_error_that_names_the_file() {
    let store = FileStore::new("no/such/folder/tokens.json");
    let save = store.save(&good(), chatwork_sdk::oauth::SaveIf::Always).await.map(drop);
    for result in [save, store.lock().await.map(drop), store.remove().await] {
        let error = result.unwrap_err();
        assert!(error.to_string().contains("no/such/folder/tokens.json"), "{error}");
    }
}

/// Takes from a store what it needs to save: a folder in the place of the temporary file can be
/// neither removed nor replaced.
fn obstruct(store: &FileStore) {
    fs::create_dir(beside(store, ".new")).unwrap();
}

#[tokio::test]
async fn an_old_file_survives_a_save_that_fails() {
    let (_folder, store) = store();
    put(&store, &old()).await;
    obstruct(&store);
    store.save(&good(), chatwork_sdk::oauth::SaveIf::Always).await.unwrap_err();
    assert_eq!(loaded(&store).await, Some(old()));
}

#[tokio::test]
async fn a_refresh_token_is_not_sent_if_the_file_could_not_be_written() {
    let (_folder, store) = store();
    put(&store, &old()).await;
    obstruct(&store);
    let server = Server::always(given(1)).await;
    let error = app(&server).source(store).access_token().await.unwrap_err();
    assert!(error.to_string().contains("the token file"), "{error}");
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_write_that_was_not_renamed_is_finished() {
    let (_folder, store) = store();
    put(&store, &old()).await;
    fs::write(beside(&store, ".new"), unfinished(&store, &good()).await).unwrap();
    drop(store.lock().await.unwrap());
    assert_eq!(loaded(&store).await, Some(good()));
    assert!(!beside(&store, ".new").exists());
}

#[tokio::test]
async fn the_first_write_that_was_not_renamed_is_finished() {
    let (_folder, store) = store();
    fs::write(beside(&store, ".new"), unfinished(&store, &good()).await).unwrap();
    assert_eq!(loaded(&store).await, Some(good()));
}

#[tokio::test]
async fn a_write_that_was_cut_is_thrown_away() {
    for part in ["", "{\"access_token\": \"acc"] {
        let (_folder, store) = store();
        put(&store, &old()).await;
        fs::write(beside(&store, ".new"), part).unwrap();
        drop(store.lock().await.unwrap());
        assert_eq!(loaded(&store).await, Some(old()));
        assert!(!beside(&store, ".new").exists());
        put(&store, &good()).await;
    }
}

#[tokio::test]
async fn an_old_unfinished_write_does_not_replace_newer_tokens() {
    let (_folder, store) = store();
    put(&store, &old()).await;
    let unfinished = unfinished(&store, &old()).await;
    put(&store, &good()).await;
    fs::write(beside(&store, ".new"), unfinished).unwrap();
    drop(store.lock().await.unwrap());
    assert_eq!(loaded(&store).await, Some(good()));
    assert!(!beside(&store, ".new").exists());
}

#[tokio::test]
async fn a_file_that_was_deleted_does_not_come_back_from_an_unfinished_write() {
    let (_folder, store) = store();
    put(&store, &old()).await;
    fs::write(beside(&store, ".new"), unfinished(&store, &good()).await).unwrap();
    fs::remove_file(store.path()).unwrap();
    drop(store.lock().await.unwrap());
    assert_eq!(loaded(&store).await, None);
}

#[tokio::test]
async fn a_write_in_place_that_was_cut_is_finished_from_its_copy() {
    let (_folder, store) = store();
    put(&store, &old()).await;
    let copy = unfinished(&store, &good()).await;
    for cut in [0, 1, copy.len() / 2, copy.len() - 1] {
        fs::write(beside(&store, ".new"), &copy).unwrap();
        fs::write(store.path(), &copy[..cut]).unwrap();
        assert_eq!(loaded(&store).await, Some(good()), "{cut}");
        assert!(!beside(&store, ".new").exists());
    }
}

#[tokio::test]
async fn removing_leaves_no_tokens_in_any_file() {
    let (folder, store) = store();
    put(&store, &old()).await;
    fs::write(beside(&store, ".new"), unfinished(&store, &good()).await).unwrap();
    store.remove().await.unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        assert!(fs::read(entry.unwrap().path()).unwrap().is_empty());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_symbolic_link_stays_and_its_target_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (data, link) = (folder.path().join("data"), folder.path().join("tokens.json"));
    fs::create_dir(&data).unwrap();
    // The target does not exist yet, and the link is relative.
    std::os::unix::fs::symlink("data/tokens.json", &link).unwrap();
    let store = FileStore::new(&link);
    for grant in [old(), good()] {
        put(&store, &grant).await;
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(loaded(&FileStore::new(data.join("tokens.json"))).await, Some(grant));
    }
    let _lock = store.lock().await.unwrap();
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 2, "the locks are beside the target");
}

#[cfg(unix)]
#[tokio::test]
async fn links_that_lead_in_a_circle_are_an_error() {
    let (_folder, store) = store();
    std::os::unix::fs::symlink(store.path(), store.path()).unwrap();
    store.load().await.unwrap_err();
}

#[tokio::test]
async fn an_error_of_the_store_shows_the_file_and_the_reason() {
    let (_folder, store) = store();
    fs::create_dir(store.path()).unwrap();
    let app = chatwork_sdk::oauth::App::builder("a").build().unwrap();
    let source = app.source(store.clone());
    let error = source.access_token().await.unwrap_err();
    let path = store.path().display().to_string();
    let reason = fs::read(store.path()).unwrap_err().to_string();
    let client = chatwork_sdk::Client::builder().base_url("http://127.0.0.1:9/v2");
    let client = client.token_source(source).build().unwrap();
    let of_call = crate::support::refused(client.me().await);
    for text in [error.to_string(), of_call.to_string()] {
        assert!(text.contains(&path) && text.contains(&reason), "{text}");
    }
}

/// Asserts that a second holder waits until the first one has released the lock.
async fn assert_excludes(first: &FileStore, meanwhile: impl FnOnce()) {
    let second = FileStore::new(first.path());
    let lock = first.lock().await.unwrap();
    meanwhile();
    hurried(async {
        let waiting = tokio::spawn(async move { second.lock().await.map(drop) });
        for _ in 0..20 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert!(!waiting.is_finished());
        drop(lock);
        waiting.await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_lock_excludes_others_until_it_is_dropped() {
    let (_folder, store) = store();
    assert_excludes(&store, || {}).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_lock_file_that_is_removed_while_it_is_held_does_not_let_a_second_holder_in() {
    let (_folder, store) = store();
    put(&store, &old()).await;
    assert_excludes(&store, || fs::remove_file(beside(&store, ".lock")).unwrap()).await;
}

#[tokio::test]
async fn a_lock_that_is_never_released_is_given_up_after_two_minutes() {
    let (_folder, store) = store();
    let _lock = store.lock().await.unwrap();
    let error = hurried(store.lock()).await.unwrap_err();
    assert!(error.to_string().contains("kept it locked for two minutes"), "{error}");
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let (_folder, store) = store();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let polled = store.load().as_mut().poll(&mut context);
    let std::task::Poll::Ready(Err(error)) = polled else { panic!("{polled:?}") };
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}

#[test]
fn each_person_has_a_file_of_their_own_with_any_key() {
    let paths = ["anna", "Anna", "../../etc/passwd", "", &"x".repeat(1000)].map(|key| {
        let store = FileStore::for_user("tokens", key);
        assert_eq!(store.path().parent().unwrap(), std::path::Path::new("tokens"));
        store.path().file_name().unwrap().to_owned()
    });
    let different: std::collections::HashSet<_> = paths.iter().collect();
    assert_eq!(different.len(), 5);
    assert!(paths.iter().all(|name| name.len() == 69), "{paths:?}");
}

/// Says to this test in a process of its own which file is mounted.
#[cfg(target_os = "linux")]
const MOUNTED: &str = "TEST_MOUNTED";

/// As with `docker run -v ./tokens.json:/app/tokens.json`.
#[cfg(target_os = "linux")]
#[tokio::test]
#[ignore = "it mounts a file, for which it needs the rights of root"]
async fn a_file_that_is_mounted_by_itself_is_written_in_place() {
    if let Some(path) = std::env::var_os(MOUNTED) {
        return refresh_mounted(&FileStore::new(path)).await;
    }
    let (folder, store) = store();
    let outside = folder.path().join("outside.json");
    fs::write(&outside, serde_json::to_vec(&old()).unwrap()).unwrap();
    fs::write(store.path(), "").unwrap();
    let script = "mount --bind \"$0\" \"$1\" && exec \"$2\" --exact --ignored \"$3\"";
    let test = "oauth::files::a_file_that_is_mounted_by_itself_is_written_in_place";
    let mut command = std::process::Command::new("unshare");
    command.args(["--mount", "sh", "-c", script]).arg(&outside).arg(store.path());
    command.arg(std::env::current_exe().unwrap()).arg(test).env(MOUNTED, store.path());
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = run.await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let outside = loaded(&FileStore::new(outside)).await.unwrap();
    assert_eq!(outside.access_token.expose(), "access-1");
}

#[cfg(target_os = "linux")]
async fn refresh_mounted(store: &FileStore) {
    let server = Server::always(given(1)).await;
    let source = app(&server).source(store.clone());
    assert_eq!(source.access_token().await.unwrap().expose(), "access-1");
    source.settle().await.unwrap();
    assert!(!beside(store, ".new").exists());
    let stored = loaded(store).await.unwrap();
    assert_eq!(stored.access_token.expose(), "access-1");
    source.clear().await.unwrap();
    assert_eq!(loaded(store).await, None);
    put(store, &stored).await;
}
