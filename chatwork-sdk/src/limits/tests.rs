//! The stores of this crate: both against the contract, and the file store's own promises.

use std::fs;
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::{AccountId, RoomId};
use chatwork_api::{Auth, Client as Api, Settings};
use fs4::FileExt;

use super::contract::{Clock, OTHER_RULES, RULES, check};
use super::policy::Rules;
use super::*;
use crate::policy::encode::with_version;
use crate::token::Tokens;

const NOW: u64 = 1_700_000_000_000;
const ACCOUNT: &str = "1 https://api.chatwork.com/v2";
const HOLD: Duration = Duration::from_secs(75);

#[tokio::test]
async fn the_memory_store_keeps_the_contract() {
    for seed in 0..200 {
        let clock = Clock::new(NOW);
        let store = MemoryLimits::with_clock(RULES, clock.clone());
        assert_eq!(check(&store, &clock, ACCOUNT, seed).await, Ok(()));
    }
}

#[tokio::test]
async fn the_file_store_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::new(NOW);
    let store = FileLimits::with_clock(folder.path(), RULES, clock.clone());
    for seed in 0..20 {
        clock.set(NOW);
        let account = format!("{seed} {ACCOUNT}");
        assert_eq!(check(&store, &clock, &account, seed).await, Ok(()));
    }
}

#[tokio::test]
async fn the_contract_notices_a_store_with_other_rules() {
    for wrong in OTHER_RULES {
        let mut noticed = 0;
        for seed in 0..20 {
            let clock = Clock::new(NOW);
            let store = MemoryLimits::with_clock(wrong, clock.clone());
            noticed += usize::from(check(&store, &clock, ACCOUNT, seed).await.is_err());
        }
        assert!(noticed > 0, "{wrong:?}");
    }
}

fn want(room: i64) -> Want {
    Want { room: Some(RoomId(room)), hold: HOLD }
}

/// Takes as many leases as the store gives.
async fn take(store: &FileLimits, room: i64) -> usize {
    let wants = [want(room); 40];
    let granted = store.acquire(ACCOUNT, &wants).await.unwrap();
    granted.iter().filter(|it| matches!(it, Granted::Go(_))).count()
}

#[tokio::test]
async fn two_stores_of_one_folder_share_one_budget() {
    let folder = tempfile::tempdir().unwrap();
    let one = FileLimits::in_folder(folder.path());
    let other = FileLimits::in_folder(folder.path());
    assert_eq!((take(&one, 1).await, take(&other, 1).await, take(&other, 2).await), (10, 0, 10));
}

#[tokio::test]
async fn leases_last_longer_than_the_program_that_took_them() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::new(NOW);
    let store = || FileLimits::with_clock(folder.path(), Rules::default(), clock.clone());
    assert_eq!(take(&store(), 1).await, 10);
    clock.set(NOW + 85_000);
    assert_eq!(take(&store(), 1).await, 0);
    clock.set(NOW + 85_051);
    assert_eq!(take(&store(), 1).await, 10);
}

/// The files of a folder with these ends of their names.
fn files(folder: &std::path::Path, end: &str) -> Vec<std::path::PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.to_str().unwrap().ends_with(end)).collect()
}

#[tokio::test]
async fn a_damaged_file_is_thrown_away_and_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileLimits::in_folder(folder.path());
    assert_eq!(take(&store, 1).await, 10);
    let path = files(folder.path(), ".v1.limits").remove(0);
    let mut bytes = fs::read(&path).unwrap();
    bytes[50] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!((take(&store, 1).await, take(&store, 1).await), (10, 0));
}

#[tokio::test]
async fn a_file_of_another_version_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileLimits::in_folder(folder.path());
    take(&store, 1).await;
    let path = files(folder.path(), ".v1.limits").remove(0);
    let bytes = with_version(fs::read(&path).unwrap(), 2);
    fs::write(&path, &bytes).unwrap();
    let error = store.acquire(ACCOUNT, &[want(1)]).await.unwrap_err();
    let expected = format!("{} cannot be used: version 2: expected version 1", path.display());
    assert_eq!(error.to_string(), expected);
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    let store = FileLimits::in_folder(&inner);
    take(&store, 1).await;
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    let all = files(&inner, "");
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|path| mode(path) == 0o600));
}

#[tokio::test]
async fn a_lock_that_is_held_is_waited_for_only_so_long() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileLimits::in_folder(folder.path());
    take(&store, 1).await;
    let path = files(folder.path(), ".lock").remove(0);
    let holder = fs::File::open(path).unwrap();
    FileExt::lock(&holder).unwrap();
    let error = store.acquire(ACCOUNT, &[want(2)]).await.unwrap_err();
    assert!(error.to_string().contains("another program has kept"), "{error}");
    FileExt::unlock(&holder).unwrap();
    assert_eq!(take(&store, 2).await, 10);
}

#[cfg(unix)]
#[tokio::test]
async fn a_lock_file_that_was_removed_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (FileLimits::in_folder(folder.path()), FileLimits::in_folder(folder.path()));
    take(&one, 1).await;
    fs::remove_file(files(folder.path(), ".lock").remove(0)).unwrap();
    assert_eq!((take(&other, 2).await, take(&one, 2).await), (10, 0));
    assert_eq!(files(folder.path(), ".lock").len(), 1);
}

#[tokio::test]
async fn without_a_folder_that_can_be_written_the_store_names_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let blocked = file.join("limits");
    for (store, named) in [
        (FileLimits::in_folder(&blocked), blocked.to_str().unwrap()),
        (FileLimits::without_folder(), "has no home"),
    ] {
        let error = store.acquire(ACCOUNT, &[want(1)]).await.unwrap_err();
        assert!(error.is::<NoFolder>() && error.to_string().contains(named), "{error}");
        let token = TokenHash::new(&"token".to_owned().into(), "https://a");
        assert!(store.recall(&token).await.is_err(), "no `GET /me` for a store that keeps nothing");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_cannot_be_written_is_named_and_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileLimits::in_folder(folder.path());
    take(&store, 1).await;
    let path = files(folder.path(), ".v1.limits").remove(0);
    let before = fs::read(&path).unwrap();
    // A folder in place of the new file: nobody can write it, not even root.
    let new = folder.path().join(format!("{}.new", path.file_name().unwrap().to_str().unwrap()));
    fs::create_dir(&new).unwrap();
    let error = store.acquire(ACCOUNT, &[want(1)]).await.unwrap_err().to_string();
    assert!(error.starts_with(&format!("cannot write {}: ", path.display())), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn the_account_of_a_token_is_remembered_by_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileLimits::in_folder(folder.path());
    let hash = |token: &str| TokenHash::new(&token.to_owned().into(), "https://a");
    assert_eq!(store.recall(&hash("secret-0")).await.unwrap(), None);
    for number in 0..250 {
        let token = hash(&format!("secret-{number}"));
        store.remember(&token, AccountId(number)).await.unwrap();
        store.remember(&token, AccountId(number + 1)).await.unwrap();
    }
    let store = FileLimits::in_folder(folder.path());
    assert_eq!(store.recall(&hash("secret-249")).await.unwrap(), Some(AccountId(250)));
    assert_eq!(store.recall(&hash("secret-0")).await.unwrap(), None, "the oldest are forgotten");
    let text = fs::read_to_string(files(folder.path(), ".v1.accounts").remove(0)).unwrap();
    assert_eq!(text.lines().count(), 200);
    assert!(!text.contains("secret"));
}

#[test]
fn one_token_has_another_hash_for_another_service() {
    let token = "token".to_owned().into();
    assert_ne!(TokenHash::new(&token, "https://a"), TokenHash::new(&token, "https://b"));
}

#[tokio::test]
async fn a_name_of_the_users_asks_nobody() {
    let store: std::sync::Arc<dyn LimitStore> = std::sync::Arc::new(MemoryLimits::new());
    let settings = Settings::new(Auth::none());
    let api = Api::new_with_client("http://127.0.0.1:9", Default::default(), settings);
    let accounts = Accounts::new(store, api, Tokens::Fixed, None, Some("bot".to_owned()));
    let Named::Account(name) = accounts.name().await.unwrap() else { panic!("not named") };
    assert_eq!(&*name, "bot");
}

#[tokio::test]
async fn a_full_room_in_a_batch_is_passed_over() {
    let store = MemoryLimits::new();
    let wants: Vec<Want> = (0..12).map(|it| want(i64::from(it / 11))).collect();
    let granted = store.acquire(ACCOUNT, &wants).await.unwrap();
    let go: Vec<bool> = granted.iter().map(|it| matches!(it, Granted::Go(_))).collect();
    assert_eq!(go, [[true; 10].as_slice(), &[false, true]].concat());
    let Granted::Wait(delay) = granted[10] else { panic!("{granted:?}") };
    assert_eq!((delay.limit, delay.exhausted), (RateLimitName::RoomPosting, false));
}
