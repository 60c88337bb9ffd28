//! One refresh in a task of its own, and the receivers of its result.

use std::sync::Arc;

use chatwork_api::Secret;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::backoff::Backoff;
use super::cached_grant::CachedGrant;
use super::refresh;
use super::rejection::RejectionBackoff;
use super::running::RunningTask;
use super::state::Shared;
use super::{Error, ErrorCode};

/// Receives the result of a refresh. Every call that waits has one.
pub(super) type RefreshReceiver = watch::Receiver<Option<Result<Secret, Error>>>;

/// A refresh. If it is dropped before it is complete, the next call can start another one. That
/// happens when its runtime ends.
pub(super) struct RefreshTask {
    shared: Arc<Shared>,
    /// In which epoch the refresh started.
    epoch: u64,
    /// The token that the API rejected, if that is the reason.
    rejected: Option<Secret>,
    sender: watch::Sender<Option<Result<Secret, Error>>>,
    _running: RunningTask,
}

impl RefreshTask {
    pub(super) fn new(
        shared: Arc<Shared>,
        epoch: u64,
        rejected: Option<&Secret>,
    ) -> (Self, RefreshReceiver) {
        let (sender, receiver) = watch::channel(None);
        let running = shared.tasks.start();
        (Self { shared, epoch, rejected: rejected.cloned(), sender, _running: running }, receiver)
    }

    /// Runs the refresh in a task of its own, so a dropped call does not stop it. A runtime that is
    /// ending drops the task at once, so the caller must not hold the state's lock.
    pub(super) fn spawn(self) -> Result<(), Error> {
        let runtime = Handle::try_current().map_err(|_| Error::Runtime)?;
        runtime.spawn(async move {
            let (result, lock) = self.shared.refresh(self.rejected.as_ref()).await;
            if let Err(error) = &result {
                log_failure(error);
            }
            self.complete(result);
            refresh::release(lock).await;
        });
        Ok(())
    }

    fn complete(&self, result: Result<CachedGrant, Error>) {
        self.shared.change(self.epoch, |state| {
            state.running = None;
            state.backoff = match &result {
                Ok(_) => None,
                // Do not back off: a new grant must work immediately.
                Err(error) if error.is_consent_needed() => None,
                Err(error) => Some(Backoff::after(error.clone(), state.backoff.as_ref())),
            };
            if result.is_ok() {
                let previous = state.rejection_backoff.take();
                let is_rejected = self.rejected.is_some();
                state.rejection_backoff =
                    is_rejected.then(|| RejectionBackoff::after(previous.as_ref()));
            }
        });
        let token = result.map(|cached| cached.grant.access_token);
        // `send_replace` stores the result even without receivers, so `Drop` does not clear a
        // newer refresh.
        self.sender.send_replace(Some(token));
    }
}

impl Drop for RefreshTask {
    fn drop(&mut self) {
        if self.sender.borrow().is_none() {
            self.shared.change(self.epoch, |state| state.running = None);
        }
    }
}

/// Waits for the result of a refresh.
pub(super) async fn wait(mut receiver: RefreshReceiver) -> Result<Secret, Error> {
    match receiver.wait_for(Option::is_some).await {
        Ok(result) => result.clone().unwrap_or(Err(Error::Runtime)),
        // The runtime of the refresh has ended.
        Err(_) => Err(Error::Runtime),
    }
}

/// Logs a failed refresh, without any text that the server wrote. A missing consent is no fault of
/// the program, so its level is `debug`.
fn log_failure(error: &Error) {
    let status = error.status().map(|status| status.as_u16());
    let code = error.code().filter(|code| !matches!(code, ErrorCode::Other(_)));
    let code = code.map(ErrorCode::as_str);
    if error.is_consent_needed() {
        tracing::debug!(status, code, "a new consent is needed");
    } else {
        tracing::warn!(status, code, "the tokens were not refreshed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::state::Ready;
    use crate::oauth::{App, MemoryStore};

    #[test]
    fn a_refresh_without_receivers_is_complete_all_the_same() {
        let app = App::builder("a").build().unwrap();
        let shared = Arc::new(Shared::new(app, Box::new(MemoryStore::default())));
        let Ready::Start(task, receiver) = shared.ready(None) else { panic!("it is the first") };
        let sender = task.sender.clone();
        drop(receiver);
        task.complete(Err(Error::NoGrant));
        assert!(sender.borrow().is_some() && shared.state().running.is_none());
    }
}
