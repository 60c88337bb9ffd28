//! A state that a store keeps.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_sdk::MessageId;
use chatwork_sdk::watch::{
    Commit, Event, FileStore, Rooms, StoreFuture, Watch, WatchState, WatchStore,
};

use super::reader::texts;
use super::scene::{Scene, turns};

const MINUTE: Duration = Duration::from_secs(60);
const STEP: Duration = Duration::from_millis(500);

fn stored(scene: &Scene, path: &Path) -> Watch {
    scene.bot().watch(Rooms::All).store(FileStore::new(path))
}

/// Takes events until there are so many. The files' own threads have to get their turn.
async fn take(scene: &Scene, watch: &mut Watch, many: usize) -> Vec<Event> {
    let mut events = Vec::new();
    for _ in 0..200_000 {
        events.extend(scene.step(watch).await);
        if events.len() == many {
            return events;
        }
    }
    panic!("{} events of {many}", events.len());
}

async fn begun(scene: &Scene, path: &Path) -> Watch {
    let mut watch = stored(scene, path);
    watch.started().await.unwrap();
    watch
}

#[tokio::test(start_paused = true)]
async fn a_file_resumes_after_the_last_event_that_was_acted_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.watch");
    let scene = Scene::new(2).await;
    let mut watch = begun(&scene, &path).await;
    scene.say_times(5).await;
    assert_eq!(texts(&take(&scene, &mut watch, 2).await), ["0", "1"]);
    // The second was taken, and the process ends before it was acted on.
    drop(watch);
    let mut watch = stored(&scene, &path);
    assert_eq!(texts(&take(&scene, &mut watch, 1).await), ["1"]);
    watch.commit().await.unwrap();
    drop(watch);
    let mut watch = stored(&scene, &path);
    assert_eq!(texts(&take(&scene, &mut watch, 3).await), ["2", "3", "4"]);
}

#[tokio::test(start_paused = true)]
async fn a_file_may_be_empty_or_cut_off_but_not_damaged_in_the_middle() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.watch");
    let scene = Scene::new(2).await;
    fs::write(&path, "").unwrap();
    let mut watch = begun(&scene, &path).await;
    scene.say_times(3).await;
    take(&scene, &mut watch, 2).await;
    watch.commit().await.unwrap();
    drop(watch);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [&whole[..], b"0000 {\"change\":[\0\0\0"].concat()).unwrap();
    let mut watch = stored(&scene, &path);
    assert_eq!(texts(&take(&scene, &mut watch, 1).await), ["2"]);
    drop(watch);
    let mut damaged = whole.clone();
    let middle = whole.len() / 2;
    damaged[middle] ^= 1;
    fs::write(&path, &damaged).unwrap();
    let error = FileStore::new(&path).load().await.unwrap_err().to_string();
    assert!(error.contains("bot.watch") && error.contains("damaged"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), damaged);
}

#[tokio::test]
async fn a_file_of_something_else_or_of_a_later_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "my notes\n").unwrap();
    assert!(FileStore::new(&path).load().await.is_err());
    assert_eq!(fs::read(&path).unwrap(), b"my notes\n");
    let missing = folder.path().join("no/such/folder");
    let error = FileStore::new(&missing).load().await.unwrap_err().to_string();
    assert!(error.contains("no/such/folder"), "{error}");
}

#[tokio::test]
async fn a_state_that_was_saved_by_hand_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.json");
    let saved = r#"{"version":1,"listed":1750831200,"rooms":{}}"#;
    fs::write(&path, saved).unwrap();
    let expected: WatchState = serde_json::from_str(saved).unwrap();
    assert_eq!(FileStore::new(&path).load().await.unwrap(), Some(expected.clone()));
    assert_eq!(FileStore::new(&path).load().await.unwrap(), Some(expected));
}

#[tokio::test]
async fn a_file_has_one_user_at_a_time_and_is_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.watch");
    let first = FileStore::new(&path);
    assert_eq!(first.load().await.unwrap(), None);
    let error = FileStore::new(&path).load().await.unwrap_err().to_string();
    assert!(error.contains("another process uses it"), "{error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Keeps what is committed, and fails as often as it is told to.
#[derive(Default)]
struct Recorder {
    state: Mutex<WatchState>,
    commits: Mutex<Vec<Commit>>,
    failures: Mutex<u32>,
}

impl WatchStore for Recorder {
    fn load(&self) -> StoreFuture<'_, Option<WatchState>> {
        Box::pin(async { Ok(Some(self.state.lock().unwrap().clone())) })
    }

    fn commit<'a>(&'a self, commit: &'a Commit) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let mut failures = self.failures.lock().unwrap();
            if *failures > 0 {
                *failures -= 1;
                return Err("the disk is full".into());
            }
            self.state.lock().unwrap().apply(commit.change().clone());
            self.commits.lock().unwrap().push(commit.clone());
            Ok(())
        })
    }

    fn keeps_messages(&self) -> bool {
        true
    }
}

#[tokio::test(start_paused = true)]
async fn one_commit_holds_a_look_with_its_window_its_events_and_what_changed() {
    let scene = Scene::new(2).await;
    let store = Arc::new(Recorder::default());
    let mut watch = scene.bot().watch(Rooms::All).store(store.clone());
    watch.started().await.unwrap();
    let mut ids: Vec<MessageId> = Vec::new();
    for index in 0..3 {
        ids.push(scene.say(&index.to_string()).await);
    }
    let mut looks = Vec::new();
    for _ in 0..200 {
        tokio::select! {
            biased;
            look = watch.next_look() => looks.extend(look),
            () = turns() => scene.pass(STEP).await,
        }
    }
    watch.commit().await.unwrap();
    let look = looks.iter().find(|look| look.events.len() == 3).expect("all in one look");
    let window = look.window.as_ref().unwrap();
    let shown: Vec<_> = window.messages.iter().map(|it| it.message_id.clone()).collect();
    assert!(shown.ends_with(&ids) && window.limitation.is_none() && window.unreadable == 0);
    assert!(window.follows && window.unreadable_ids.is_empty());
    let commits = store.commits.lock().unwrap();
    let commit = commits.iter().find(|it| it.events().len() == 3).expect("all in one commit");
    assert_eq!(commit.window().unwrap().messages.len(), window.messages.len());
    assert_eq!(commit.rooms().map(|(id, _)| id).collect::<Vec<_>>(), [window.room_id]);
    // By rows and by changes, the state is the same.
    let mut rows = WatchState::default();
    for commit in commits.iter() {
        let others = rows.rooms().map(|(id, room)| (id, room.clone()));
        let others = others.filter(|(id, _)| commit.rooms().all(|(changed, _)| changed != *id));
        let changed = commit.rooms().filter_map(|(id, room)| Some((id, room?.clone())));
        let all: Vec<_> = others.chain(changed).collect();
        rows = WatchState::from_rooms(commit.listed(), all);
    }
    assert_eq!(rows, *store.state.lock().unwrap());
    assert_eq!(rows, *watch.state());
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_is_told_and_nothing_more_comes_until_it_has_saved() {
    let scene = Scene::new(2).await;
    let store = Arc::new(Recorder::default());
    let mut watch = scene.bot().watch(Rooms::All).store(store.clone());
    watch.started().await.unwrap();
    scene.say_times(2).await;
    assert_eq!(texts(&take(&scene, &mut watch, 1).await), ["0"]);
    *store.failures.lock().unwrap() = 2;
    let began = tokio::time::Instant::now();
    let told = take(&scene, &mut watch, 3).await;
    // A commit that failed is made again after 10 seconds, then after 20.
    assert!(began.elapsed() >= Duration::from_secs(30), "{:?}", began.elapsed());
    let is_store = |event: &Event| matches!(event, Event::Failed { error, .. } if error.is_store());
    assert!(is_store(&told[0]) && is_store(&told[1]), "{told:?}");
    assert_eq!(texts(&told), ["1"]);
    let events: Vec<_> =
        store.commits.lock().unwrap().iter().flat_map(|it| it.events().to_vec()).collect();
    assert_eq!(texts(&events), ["0"]);
}

#[tokio::test(start_paused = true)]
async fn a_webhook_and_a_watch_tell_each_message_once_across_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.watch");
    let scene = Scene::new(2).await;
    let mut told = Vec::new();
    let mut watch = begun(&scene, &path).await;
    for round in 0..4 {
        let id = scene.say(&round.to_string()).await;
        watch.doorbell().ring_for(super::scene::room_id(0), &id);
        told.extend(take(&scene, &mut watch, 1).await);
        watch.commit().await.unwrap();
        drop(watch);
        // The webhook tells the next process of the same message again.
        watch = stored(&scene, &path);
        watch.doorbell().ring_for(super::scene::room_id(0), &id);
    }
    told.extend(scene.watch(&mut watch, 2 * MINUTE).await);
    assert_eq!(texts(&told), ["0", "1", "2", "3"]);
}
