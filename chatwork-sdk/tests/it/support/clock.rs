//! Time that goes as fast as the work allows.

use std::pin::pin;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::{Instant, advance, pause, resume};

/// How far the clock goes at once.
const STEP: Duration = Duration::from_millis(100);
/// How often everything else gets its turn in between: sockets on this machine need a few.
const TURNS: usize = 8;

/// Runs a future by a clock that never waits.
///
/// `pause` alone would jump to the next timer, that of a time limit, for example, as soon as a
/// socket is waited for. Here the clock goes in small steps, and between two of them all tasks and
/// sockets get their turn.
pub(crate) async fn hurried<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    pause();
    let result = loop {
        tokio::select! {
            biased;
            result = &mut work => break result,
            () = tick() => {}
        }
    };
    resume();
    result
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

async fn tick() {
    for _ in 0..TURNS {
        yield_now().await;
    }
    advance(STEP).await;
}
