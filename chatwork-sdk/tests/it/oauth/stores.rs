//! Tokens in files.

use std::fs;
use std::path::PathBuf;

use chatwork_sdk::oauth::{FileStore, TokenStore};
use tempfile::TempDir;

use super::party::{good, old};
use crate::support::hurried;

fn store() -> (TempDir, FileStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path().join("tokens.json"));
    (folder, store)
}

fn beside(store: &FileStore, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", store.path().display()))
}

#[tokio::test]
async fn what_is_saved_is_loaded() {
    let (_folder, store) = store();
    assert_eq!(store.load().await.unwrap(), None);
    store.save(&old()).await.unwrap();
    store.save(&good()).await.unwrap();
    assert_eq!(FileStore::new(store.path()).load().await.unwrap(), Some(good()));
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, store) = store();
    fs::write(store.path(), "").unwrap();
    fs::set_permissions(store.path(), fs::Permissions::from_mode(0o644)).unwrap();
    let lock = store.lock().await.unwrap();
    store.save(&good()).await.unwrap();
    for path in [store.path().to_owned(), beside(&store, ".lock")] {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    drop(lock);
}

#[tokio::test]
async fn nothing_temporary_is_left() {
    let (folder, store) = store();
    store.save(&good()).await.unwrap();
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names, ["tokens.json"]);
}

#[tokio::test]
async fn what_is_no_grant_is_an_error_that_shows_nothing_of_it() {
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
async fn a_folder_that_is_not_there_is_an_error_that_names_the_file() {
    let store = FileStore::new("no/such/folder/tokens.json");
    for error in [store.save(&good()).await.unwrap_err(), store.lock().await.unwrap_err()] {
        assert!(error.to_string().contains("no/such/folder/tokens.json"), "{error}");
    }
}

#[tokio::test]
async fn an_old_file_survives_a_save_that_fails() {
    let (_folder, store) = store();
    store.save(&old()).await.unwrap();
    // A folder in the place of the temporary file can be neither removed nor replaced.
    fs::create_dir(beside(&store, ".new")).unwrap();
    store.save(&good()).await.unwrap_err();
    assert_eq!(store.load().await.unwrap(), Some(old()));
}

#[tokio::test]
async fn what_was_written_and_not_renamed_is_put_in_its_place() {
    let (_folder, store) = store();
    store.save(&old()).await.unwrap();
    fs::write(beside(&store, ".new"), serde_json::to_vec(&good()).unwrap()).unwrap();
    drop(store.lock().await.unwrap());
    assert_eq!(store.load().await.unwrap(), Some(good()));
    assert!(!beside(&store, ".new").exists());
}

#[tokio::test]
async fn what_was_written_in_part_is_thrown_away() {
    for part in ["", "{\"access_token\": \"acc"] {
        let (_folder, store) = store();
        store.save(&old()).await.unwrap();
        fs::write(beside(&store, ".new"), part).unwrap();
        drop(store.lock().await.unwrap());
        assert_eq!(store.load().await.unwrap(), Some(old()));
        assert!(!beside(&store, ".new").exists());
        store.save(&good()).await.unwrap();
    }
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

#[tokio::test]
async fn a_lock_keeps_others_out_until_it_is_dropped() {
    let (_folder, store) = store();
    let other = FileStore::new(store.path());
    let lock = store.lock().await.unwrap();
    hurried(async {
        let waiting = tokio::spawn(async move { other.lock().await.map(drop) });
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
async fn a_lock_that_never_comes_free_is_given_up() {
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
fn each_person_has_a_file_of_their_own_whatever_they_are_called() {
    let paths = ["anna", "Anna", "../../etc/passwd", "", &"x".repeat(1000)].map(|key| {
        let store = FileStore::for_user("tokens", key);
        assert_eq!(store.path().parent().unwrap(), std::path::Path::new("tokens"));
        store.path().file_name().unwrap().to_owned()
    });
    let different: std::collections::HashSet<_> = paths.iter().collect();
    assert_eq!(different.len(), 5);
    assert!(paths.iter().all(|name| name.len() == 69), "{paths:?}");
}
