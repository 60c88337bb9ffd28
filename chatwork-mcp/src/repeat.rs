//! Writes that are finished whatever becomes of their call, and that are not done twice.
//!
//! A client gives up after a minute, and a model then calls again. So a write runs in a task of its
//! own, and its result is kept for a while:
//!
//! | the same write within [`REPEAT_WINDOW`] | answer |
//! |---|---|
//! | was done | what was done, and that it was not done again |
//! | is under way | waits for its end |
//! | may have been done | that its result is not known |
//! | was surely not done | is done now |
//! | is asked for with `again` | is done now |

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use tokio_util::task::TaskTracker;

use crate::REPEAT_WINDOW;
use crate::fault::Fault;

/// What makes two writes the same.
pub(crate) type Key = [u8; 32];

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
    known: Mutex<HashMap<Key, Entry>>,
    tasks: TaskTracker,
}

#[derive(Clone)]
struct Entry {
    began: Instant,
    end: watch::Receiver<End>,
}

impl Writes {
    /// Does a write in a task of its own, and waits for its end until the deadline.
    ///
    /// With a key, it is not done if the same one was done before, unless `again` is set.
    pub(crate) async fn run<F>(
        &self,
        key: Option<Key>,
        again: bool,
        deadline: Instant,
        work: F,
    ) -> Result<String, Fault>
    where
        F: Future<Output = Result<String, Fault>> + Send + 'static,
    {
        let (entry, is_new) = self.enter(key, again, work);
        let Some(result) = ended(entry.end, deadline).await else {
            let what = "Chatwork has not answered yet, and the write is under way";
            let next = "Call again with the same arguments in a minute: it tells the result.";
            return Err(Fault::new(what, next).unsure());
        };
        match result {
            Ok(done) if is_new => Ok(done),
            Ok(done) => Ok(already(&done, entry.began.elapsed())),
            Err(fault) if is_new || !fault.is_unsure => Err(fault),
            Err(_) => Err(unknown(entry.began.elapsed())),
        }
    }

    /// Returns the entry of a write, and whether it is a new one.
    fn enter<F>(&self, key: Option<Key>, again: bool, work: F) -> (Entry, bool)
    where
        F: Future<Output = Result<String, Fault>> + Send + 'static,
    {
        let mut known = self.lock();
        known.retain(|_, entry| entry.is_of_use());
        let found = key.and_then(|key| known.get(&key)).filter(|_| !again);
        if let Some(entry) = found {
            return (entry.clone(), false);
        }
        let (sender, end) = watch::channel(None);
        self.tasks.spawn(async move {
            let result = work.await;
            sender.send_replace(Some(result));
        });
        let entry = Entry { began: Instant::now(), end };
        if let Some(key) = key {
            known.insert(key, entry.clone());
        }
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
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Whether the same write is not to be done again.
    fn is_of_use(&self) -> bool {
        let is_undone = matches!(&*self.end.borrow(), Some(Err(fault)) if !fault.is_unsure);
        !is_undone && self.began.elapsed() < REPEAT_WINDOW
    }
}

/// Waits for the end of a write. `None` at the deadline, and if its task was lost.
async fn ended(mut end: watch::Receiver<End>, deadline: Instant) -> End {
    let waited = timeout_at(deadline, end.wait_for(Option::is_some)).await;
    waited.ok()?.ok()?.clone()
}

const ON_PURPOSE: &str = "To do it twice on purpose, call with again: true.";

fn already(done: &str, ago: Duration) -> String {
    format!("already {done}, {} s ago: not done again. {ON_PURPOSE}", ago.as_secs())
}

fn unknown(ago: Duration) -> Fault {
    let what =
        format!("The same write was sent {} s ago, and its result is not known", ago.as_secs());
    let next = format!("Read the room: it may be there. {ON_PURPOSE}");
    Fault::new(what, next).unsure()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::oneshot;

    use super::*;
    use crate::MAX_TIME;

    const KEY: Option<Key> = Some([7; 32]);

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
            self.writes.run(KEY, again, Instant::now() + MAX_TIME, work).await
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
        let writes = Writes::default();
        let (release, held) = oneshot::channel::<()>();
        let work = async move {
            held.await.ok();
            Ok("posted 1".to_owned())
        };
        let first = writes.run(KEY, false, Instant::now() + MAX_TIME, work).await;
        assert!(text(first).contains("under way"));
        release.send(()).unwrap();
        writes.settle().await;
        let never = async { Err(Fault::new("done twice", "")) };
        let second = writes.run(KEY, false, Instant::now() + MAX_TIME, never).await;
        assert!(text(second).starts_with("already posted 1"));
    }

    #[test]
    fn parts_of_a_key_do_not_run_into_each_other() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
    }
}
