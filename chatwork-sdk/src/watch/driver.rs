//! Runs the requests of a watch and the calls of its store, one at a time.

use std::task::{Context, Poll, ready};

use tokio::time::Instant;

use super::failure::WatchError;
use super::poll::{PollResponse, poll};
use super::saving::Saving;
use super::state::WatchState;
use super::store::StoreError;
use super::stream::Watch;
use crate::request::BoxFuture;

/// What has ended.
pub(super) enum Step {
    Loaded(Result<Option<WatchState>, StoreError>),
    Saved(Result<(), StoreError>),
    Polled(PollResponse),
    Waited,
}

impl Watch {
    /// Works until there is something to take.
    pub(super) fn poll_take<T>(
        &mut self,
        cx: &mut Context<'_>,
        take: fn(&mut Self) -> Option<T>,
    ) -> Poll<Option<T>> {
        loop {
            if let Some(step) = self.step.get_mut() {
                let ended = ready!(step.as_mut().poll(cx));
                *self.step.get_mut() = None;
                // A failure of the store is returned by the next turn.
                let _ = self.finish(ended);
                continue;
            }
            if self.notices.is_empty()
                && let Some(step) = self.save()
            {
                self.begin(step, true);
                continue;
            }
            if let Some(taken) = take(self) {
                return Poll::Ready(Some(taken));
            }
            if let Some(step) = self.save() {
                self.begin(step, true);
                continue;
            }
            let Some(request) = self.engine.next(Instant::now()) else { return Poll::Ready(None) };
            let (client, bell) = (self.client.clone(), self.engine.bell.clone());
            let polled = async move { Step::Polled(poll(client, request, bell).await) };
            self.begin(Box::pin(polled), false);
        }
    }

    pub(super) fn poll_commit(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), WatchError>> {
        loop {
            // All that was delivered is saved before a request begins.
            if self.step.get_mut().is_some() && !self.saves {
                return Poll::Ready(Ok(()));
            }
            if let Some(step) = self.step.get_mut() {
                let ended = ready!(step.as_mut().poll(cx));
                *self.step.get_mut() = None;
                if let Err(error) = self.finish(ended) {
                    self.notices.pop_back();
                    return Poll::Ready(Err(error));
                }
                continue;
            }
            let step = self.saving.as_mut().and_then(|saving| saving.commit_now(&self.engine));
            let Some(step) = step else { return Poll::Ready(Ok(())) };
            self.begin(step, true);
        }
    }

    fn begin(&mut self, step: BoxFuture<Step>, saves: bool) {
        *self.step.get_mut() = Some(step);
        self.saves = saves;
    }

    /// Returns what the store has to do first.
    fn save(&mut self) -> Option<BoxFuture<Step>> {
        self.saving.as_mut()?.step(&self.engine, Instant::now())
    }

    /// Processes what has ended.
    fn finish(&mut self, ended: Step) -> Result<(), WatchError> {
        let now = Instant::now();
        match (ended, &mut self.saving) {
            (Step::Polled(response), _) => self.engine.apply(response, now),
            (Step::Loaded(result), Some(saving)) => match saving.loaded(result) {
                Ok(Some(state)) => self.engine.resume(state),
                Ok(None) => {}
                Err(error) => {
                    self.engine.ended = true;
                    return self.note_failure(error);
                }
            },
            (Step::Saved(result), Some(saving)) => {
                if let Err(error) = saving.saved(result, &self.engine, now) {
                    return self.note_failure(error);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn note_failure(&mut self, error: WatchError) -> Result<(), WatchError> {
        self.engine.health.fail();
        self.notices.push_back(Saving::failed(error.clone()));
        Err(error)
    }
}
