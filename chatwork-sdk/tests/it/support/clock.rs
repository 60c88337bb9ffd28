//! Time that goes as fast as the work allows.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::{Instant, advance, pause, resume};

/// How far the clock goes at once, at least.
const STEP: Duration = Duration::from_millis(100);
/// In a long wait the clock goes faster: by this part of the wait so far.
const PART: u32 = 200;
/// How often everything else gets its turn in between: sockets on this machine need a few.
const TURNS: usize = 8;

/// Runs a future by a clock that never waits.
///
/// `pause` alone would jump to the next timer, that of a time limit, for example, as soon as a
/// socket is waited for. Here the clock goes in small steps, and between two of them all tasks and
/// sockets get their turn.
pub(crate) async fn hurried<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let progress = Arc::new(Progress::default());
    let waker = Waker::from(Arc::clone(&progress));
    let mut waited = Duration::ZERO;
    pause();
    let result = 'run: loop {
        for _ in 0..TURNS {
            if let Poll::Ready(result) = work.as_mut().poll(&mut Context::from_waker(&waker)) {
                break 'run result;
            }
            yield_now().await;
        }
        waited = if progress.take() { Duration::ZERO } else { waited };
        let step = STEP.max(waited / PART);
        advance(step).await;
        waited += step;
    };
    resume();
    result
}

/// Whether something that the work waits for has happened.
#[derive(Default)]
struct Progress(AtomicBool);

impl Progress {
    fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

impl Wake for Progress {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The same, with the time that it took by that clock.
pub(crate) async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    hurried(async {
        let begin = Instant::now();
        let result = work.await;
        (result, begin.elapsed())
    })
    .await
}
