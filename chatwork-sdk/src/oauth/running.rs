//! The tasks that work on a grant, counted.

use tokio::sync::watch;

/// Counts tasks, so a program can wait for them before it ends.
#[derive(Default)]
pub(super) struct RunningTasks(watch::Sender<usize>);

/// Counts one task until it is dropped.
pub(super) struct RunningTask(watch::Sender<usize>);

impl RunningTasks {
    pub(super) fn start(&self) -> RunningTask {
        self.0.send_modify(|running| *running += 1);
        RunningTask(self.0.clone())
    }

    /// Waits until no task runs.
    pub(super) async fn wait(&self) {
        // The sender is in `self`, so this cannot fail.
        let _ = self.0.subscribe().wait_for(|running| *running == 0).await;
    }
}

impl Drop for RunningTask {
    fn drop(&mut self) {
        self.0.send_modify(|running| *running = running.saturating_sub(1));
    }
}
