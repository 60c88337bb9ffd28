//! Writes that are finished whatever becomes of their call, and that are not done twice.
//!
//! A client gives up after a minute, and a model then calls again. So a write runs in a task of its
//! own, and its result is kept for a while:
//!
//! | the same write within [`REPEAT_WINDOW`] | answer |
//! |---|---|
//! | is under way | waits for its end |
//! | ended after its call | its result, once |
//! | was done | what was done, and that it was not done again; an edit or a mark is done again |
//! | is an edit, a mark or a delete, and another one of the same subject ran since | is done now: what it did may be undone |
//! | may have been done | that its result is not known; an edit or a mark is done again |
//! | was surely not done | is done now |
//! | is asked for with `again` | is done now |
//!
//! A write is the same if its arguments are, or if it comes to the same: a room by its id and by its
//! name. So it can have several keys.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use tokio_util::task::TaskTracker;

use crate::REPEAT_WINDOW;
use crate::fault::Fault;

/// What makes two writes the same.
pub(crate) type Key = [u8; 32];

/// What a write is when it is done twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twice {
    /// It adds something twice: a message, a task.
    Adds,
    /// It changes nothing the second time: an edit, a mark. With the key of its subject: what another
    /// write of the same subject may undo.
    Same(Key),
}

/// The end of a write: its result, or none as long as it is under way.
type End = Option<Result<String, Fault>>;

/// Returns the key of a write with these parts. No part can run into the next one.
pub(crate) fn key(parts: &[&[u8]]) -> Key {
    let mut hash = hmac_sha256::Hash::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize()
}

/// The writes of the last ten minutes.
#[derive(Default)]
pub(crate) struct Writes {
    known: Arc<Mutex<HashMap<Key, Entry>>>,
    tasks: TaskTracker,
}

#[derive(Clone)]
struct Entry {
    began: Instant,
    twice: Twice,
    end: watch::Receiver<End>,
    /// Whether a call has had its result.
    is_told: Arc<AtomicBool>,
    /// Whether another write of the same subject ran after it began, or still runs.
    is_past: Arc<AtomicBool>,
}

impl Writes {
    /// Returns the result of the same write, if it is not to be done again. Waits for its end until
    /// the deadline.
    pub(crate) async fn recall(
        &self,
        key: Key,
        deadline: Instant,
    ) -> Option<Result<String, Fault>> {
        let entry = find(&mut self.lock(), &[key])?;
        Some(entry.repeated(deadline).await)
    }

    /// Does a write in a task of its own, and waits for its end until the deadline. It is not done
    /// if one with any of its keys was, unless `again` is set.
    pub(crate) async fn run<F>(
        &self,
        keys: &[Key],
        twice: Twice,
        again: bool,
        deadline: Instant,
        work: F,
    ) -> Result<String, Fault>
    where
        F: Future<Output = Result<String, Fault>> + Send + 'static,
    {
        match self.enter(keys, twice, again, work) {
            (entry, true) => entry.ended(deadline).await.unwrap_or_else(|| Err(under_way())),
            (entry, false) => entry.repeated(deadline).await,
        }
    }

    /// Returns the entry of a write, and whether it is a new one.
    fn enter<F>(&self, keys: &[Key], twice: Twice, again: bool, work: F) -> (Entry, bool)
    where
        F: Future<Output = Result<String, Fault>> + Send + 'static,
    {
        // One lock for both: of two calls at once, one finds what the other one enters.
        let mut known = self.lock();
        // A write whose result no call has had yet is told, also to a call that says `again`: it may
        // be the same call once more.
        let is_new = |entry: &Entry| again && entry.is_told.load(Ordering::Relaxed);
        if let Some(entry) = find(&mut known, keys).filter(|entry| !is_new(entry)) {
            return (entry, false);
        }
        let (sender, end) = watch::channel(None);
        // A link that was deleted may be opened by this write: deleting it again is no repetition.
        pass(&known, twice, None);
        let (is_told, is_past) = (Arc::default(), Arc::default());
        let entry = Entry { began: Instant::now(), twice, end, is_told, is_past };
        known.extend(keys.iter().map(|key| (*key, entry.clone())));
        drop(known);
        let (known, is_past) = (Arc::clone(&self.known), Arc::clone(&entry.is_past));
        self.tasks.spawn(async move {
            let result = work.await;
            // It may have landed after a later one, and have undone that.
            pass(&lock(&known), twice, Some(&is_past));
            sender.send_replace(Some(result));
        });
        (entry, true)
    }

    /// Waits for all writes that are under way.
    pub(crate) async fn settle(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        // A server can be served once more.
        self.tasks.reopen();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Entry>> {
        lock(&self.known)
    }
}

fn lock(known: &Mutex<HashMap<Key, Entry>>) -> MutexGuard<'_, HashMap<Key, Entry>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Marks the writes of a subject as those that another one may have undone, except the one itself.
fn pass(known: &HashMap<Key, Entry>, twice: Twice, itself: Option<&Arc<AtomicBool>>) {
    if twice == Twice::Adds {
        return;
    }
    let of_subject = known.values().filter(|entry| entry.twice == twice);
    let others =
        of_subject.filter(|entry| !itself.is_some_and(|it| Arc::ptr_eq(it, &entry.is_past)));
    others.for_each(|entry| entry.is_past.store(true, Ordering::Relaxed));
}

/// Returns the entry of a write with one of these keys, if it is not to be done again.
fn find(known: &mut HashMap<Key, Entry>, keys: &[Key]) -> Option<Entry> {
    known.retain(|_, entry| entry.is_of_use());
    keys.iter().find_map(|key| known.get(key)).cloned()
}

impl Entry {
    /// Whether the same write is not to be done again.
    fn is_of_use(&self) -> bool {
        // What adds something is never past.
        let is_undone = self.is_past.load(Ordering::Relaxed);
        let is_open = match &*self.end.borrow() {
            _ if is_undone => false,
            None => true,
            Some(Err(fault)) if !fault.is_unsure => false,
            Some(_) => self.twice == Twice::Adds || !self.is_told.load(Ordering::Relaxed),
        };
        is_open && self.began.elapsed() < REPEAT_WINDOW
    }

    /// Waits for the end. `None` at the deadline, and if the task was lost.
    async fn ended(&self, deadline: Instant) -> End {
        let mut end = self.end.clone();
        let waited = timeout_at(deadline, end.wait_for(Option::is_some)).await;
        let result = waited.ok()?.ok()?.clone();
        self.is_told.store(true, Ordering::Relaxed);
        result
    }

    /// Waits for the end, for a call that did not begin this write.
    async fn repeated(&self, deadline: Instant) -> Result<String, Fault> {
        let Some(result) = self.ended(deadline).await else { return Err(under_way()) };
        let seconds = self.began.elapsed().as_secs();
        match (result, self.twice) {
            (Ok(done), Twice::Adds) => {
                Ok(format!("already {done}, {seconds} s ago: not done again. {ON_PURPOSE}"))
            }
            (Ok(done), Twice::Same(_)) => {
                Ok(format!("already {done}, {seconds} s ago, by the same call before this one"))
            }
            (Err(fault), Twice::Adds) if fault.is_unsure => Err(unknown(seconds)),
            (Err(fault), _) => Err(fault),
        }
    }
}

const ON_PURPOSE: &str = "To do it twice on purpose, call with again: true.";

fn under_way() -> Fault {
    let what = "Chatwork has not answered yet, and the write is under way";
    let next = "The same call within ten minutes does not write again: it tells the result.";
    Fault::new(what, next).unsure()
}

fn unknown(seconds: u64) -> Fault {
    let what = format!("The same write was sent {seconds} s ago, and its result is not known");
    Fault::new(what, ON_PURPOSE).unsure()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;
    use std::time::Duration;

    use tokio::sync::oneshot;

    use super::*;
    use crate::MAX_TIME;

    const KEY: Key = [7; 32];
    const OTHER: Key = [8; 32];
    const EDIT: Twice = Twice::Same([1; 32]);

    #[derive(Default)]
    struct Desk {
        writes: Writes,
        done: Arc<AtomicU32>,
    }

    impl Desk {
        async fn run(&self, again: bool, result: Result<&str, Fault>) -> Result<String, Fault> {
            let done = Arc::clone(&self.done);
            let result = result.map(str::to_owned);
            let work = async move {
                done.fetch_add(1, Ordering::SeqCst);
                result
            };
            self.run_as(&[KEY], Twice::Adds, again, work).await
        }

        async fn run_as<F>(
            &self,
            keys: &[Key],
            twice: Twice,
            again: bool,
            work: F,
        ) -> Result<String, Fault>
        where
            F: Future<Output = Result<String, Fault>> + Send + 'static,
        {
            self.writes.run(keys, twice, again, Instant::now() + MAX_TIME, work).await
        }

        fn done(&self) -> u32 {
            self.done.load(Ordering::SeqCst)
        }
    }

    fn text(result: Result<String, Fault>) -> String {
        result.unwrap_or_else(|fault| fault.text())
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_write_is_done_once() {
        let desk = Desk::default();
        assert_eq!(text(desk.run(false, Ok("posted 1")).await), "posted 1");
        tokio::time::advance(Duration::from_secs(61)).await;
        let second = text(desk.run(false, Ok("posted 2")).await);
        assert!(second.starts_with("already posted 1, 61 s ago"), "{second}");
        assert_eq!(desk.done(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_done_again_on_purpose_and_after_the_window() {
        let desk = Desk::default();
        desk.run(false, Ok("posted 1")).await.ok();
        assert_eq!(text(desk.run(true, Ok("posted 2")).await), "posted 2");
        tokio::time::advance(REPEAT_WINDOW).await;
        assert_eq!(text(desk.run(false, Ok("posted 3")).await), "posted 3");
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_that_was_not_done_is_done_when_it_is_asked_for_again() {
        let desk = Desk::default();
        assert_eq!(text(desk.run(false, Err(Fault::new("No", ""))).await), "No.");
        assert_eq!(text(desk.run(false, Ok("posted 1")).await), "posted 1");
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_that_may_have_been_done_is_not_done_again() {
        let desk = Desk::default();
        desk.run(false, Err(Fault::new("Broken", "").unsure())).await.ok();
        let second = text(desk.run(false, Ok("posted 1")).await);
        assert!(second.contains("its result is not known"), "{second}");
        assert_eq!(desk.done(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_ends_early_leaves_its_write_running() {
        let desk = late(Twice::Adds).await;
        for _ in 0..2 {
            let second = desk.run_as(&[KEY], Twice::Adds, false, never()).await;
            assert!(text(second).starts_with("already posted 1"));
        }
    }

    /// A write that ended after its call.
    async fn late(twice: Twice) -> Desk {
        let desk = Desk::default();
        post_late(&desk, twice, false).await;
        desk
    }

    async fn post_late(desk: &Desk, twice: Twice, again: bool) {
        let (release, held) = oneshot::channel::<()>();
        let work = async move {
            held.await.ok();
            Ok("posted 1".to_owned())
        };
        let first = text(desk.run_as(&[KEY], twice, again, work).await);
        assert!(first.contains("under way") && first.contains("does not write again"), "{first}");
        release.send(()).unwrap();
        desk.writes.settle().await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_write_on_purpose_whose_call_ended_early_is_told_by_the_same_call() {
        let desk = Desk::default();
        desk.run(false, Ok("posted 0")).await.ok();
        post_late(&desk, Twice::Adds, true).await;
        let told = text(desk.run_as(&[KEY], Twice::Adds, true, never()).await);
        assert!(told.starts_with("already posted 1"), "{told}");
        assert_eq!(text(desk.run(true, Ok("posted 2")).await), "posted 2");
    }

    async fn never() -> Result<String, Fault> {
        Err(Fault::new("Done twice", ""))
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_of_an_edit_whose_call_ended_early_is_told_once_and_then_it_is_done_again() {
        let desk = late(EDIT).await;
        let told = text(desk.run_as(&[KEY], EDIT, false, never()).await);
        assert!(told.starts_with("already posted 1") && !told.contains("again: true"), "{told}");
        let again = async { Ok("posted 2".to_owned()) };
        assert_eq!(text(desk.run_as(&[KEY], EDIT, false, again).await), "posted 2");
    }

    /// A link is deleted, opened by another call, and deleted again.
    #[tokio::test(start_paused = true)]
    async fn an_edit_whose_call_ended_early_is_done_again_after_another_write() {
        let desk = late(EDIT).await;
        let opened = async { Ok("opened".to_owned()) };
        assert_eq!(text(desk.run_as(&[OTHER], EDIT, false, opened).await), "opened");
        assert!(desk.writes.recall(KEY, Instant::now() + MAX_TIME).await.is_none());
        let again = async { Ok("deleted 2".to_owned()) };
        assert_eq!(text(desk.run_as(&[KEY], EDIT, false, again).await), "deleted 2");
    }

    #[tokio::test(start_paused = true)]
    async fn an_edit_under_way_is_not_joined_after_another_write_began() {
        let desk = Desk::default();
        let (release, held) = oneshot::channel::<()>();
        let work = async move {
            held.await.ok();
            Ok("deleted 1".to_owned())
        };
        let first = desk.run_as(&[KEY], EDIT, false, work).await;
        assert!(text(first).contains("under way"));
        let opened = async { Ok("opened".to_owned()) };
        desk.run_as(&[OTHER], EDIT, false, opened).await.ok();
        let again = async { Ok("deleted 2".to_owned()) };
        assert_eq!(text(desk.run_as(&[KEY], EDIT, false, again).await), "deleted 2");
        release.send(()).unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn an_edit_whose_call_ended_early_is_told_after_a_write_of_another_subject() {
        let desk = late(EDIT).await;
        let elsewhere = async { Ok("edited".to_owned()) };
        desk.run_as(&[OTHER], Twice::Same([2; 32]), false, elsewhere).await.ok();
        let told = text(desk.run_as(&[KEY], EDIT, false, never()).await);
        assert!(told.starts_with("already posted 1"), "{told}");
    }

    /// The first edit is slow. The second one ends before it, and its call is cancelled: the text is
    /// then that of the first one.
    #[tokio::test(start_paused = true)]
    async fn an_edit_is_done_again_if_an_earlier_one_landed_after_it() {
        let desk = Desk::default();
        let (release, held) = oneshot::channel::<()>();
        let slow = async move {
            held.await.ok();
            Ok("edited to A".to_owned())
        };
        let first = text(desk.run_as(&[OTHER], EDIT, false, slow).await);
        assert!(first.contains("under way"), "{first}");
        let (release_second, held_second) = oneshot::channel::<()>();
        let second = async move {
            held_second.await.ok();
            Ok("edited to B".to_owned())
        };
        let told = text(desk.run_as(&[KEY], EDIT, false, second).await);
        assert!(told.contains("under way"), "{told}");
        release_second.send(()).unwrap();
        tokio::task::yield_now().await;
        release.send(()).unwrap();
        desk.writes.settle().await;
        let again = async { Ok("edited to B again".to_owned()) };
        assert_eq!(text(desk.run_as(&[KEY], EDIT, false, again).await), "edited to B again");
    }

    /// What adds something is not done twice, whatever was written in between.
    #[tokio::test(start_paused = true)]
    async fn a_message_is_the_same_after_another_write() {
        let desk = Desk::default();
        desk.run(false, Ok("posted 1")).await.ok();
        let edit = async { Ok("edited".to_owned()) };
        desk.run_as(&[OTHER], EDIT, false, edit).await.ok();
        assert!(text(desk.run(false, Ok("posted 2")).await).starts_with("already posted 1"));
    }

    #[tokio::test(start_paused = true)]
    async fn an_edit_is_done_each_time() {
        let desk = Desk::default();
        for done in ["edited 1", "edited 2"] {
            let edit = async move { Ok(done.to_owned()) };
            assert_eq!(text(desk.run_as(&[KEY], EDIT, false, edit).await), done);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_is_known_by_each_of_its_keys() {
        let desk = Desk::default();
        let post = async { Ok("posted 1".to_owned()) };
        desk.run_as(&[KEY, OTHER], Twice::Adds, false, post).await.ok();
        for key in [KEY, OTHER] {
            let known = desk.writes.recall(key, Instant::now() + MAX_TIME).await.unwrap();
            assert!(text(known).starts_with("already posted 1"));
        }
        assert!(desk.writes.recall([9; 32], Instant::now()).await.is_none());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_two_calls_on_two_threads_one_writes() {
        let desk = Arc::new(Desk::default());
        for number in 0..200_u8 {
            let call = || {
                let (desk, done) = (Arc::clone(&desk), Arc::clone(&desk.done));
                let work = async move {
                    done.fetch_add(1, Ordering::SeqCst);
                    Ok(String::new())
                };
                tokio::spawn(async move {
                    desk.run_as(&[[number; 32]], Twice::Adds, false, work).await.ok();
                })
            };
            let (one, two) = (call(), call());
            one.await.unwrap();
            two.await.unwrap();
        }
        assert_eq!(desk.done(), 200);
    }

    #[test]
    fn parts_of_a_key_do_not_run_into_each_other() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
    }
}
