//! What the reader takes of what waits for it.

use super::event::Event;
use super::failure::WatchError;
use super::look::Look;
use super::stream::Watch;
use super::update::Pending;

impl Watch {
    pub(super) fn take_event(&mut self) -> Option<Event> {
        if let Some(notice) = self.notices.pop_front() {
            return Some(notice);
        }
        while let Some(pending) = self.take_pending() {
            if let Some(event) = pending.event {
                self.deliver();
                return Some(event);
            }
        }
        None
    }

    pub(super) fn take_look(&mut self) -> Option<Look> {
        if let Some(notice) = self.notices.pop_front() {
            return Some(Look { window: None, events: vec![notice] });
        }
        let mut look = Look { window: None, events: Vec::new() };
        while let Some(pending) = self.take_pending() {
            look.window = pending.window.map(|window| *window).or(look.window);
            look.events.extend(pending.event);
        }
        if look.window.is_none() && look.events.is_empty() {
            return None;
        }
        self.deliver();
        Some(look)
    }

    /// Takes what is no event, and nothing after the first one.
    pub(super) fn take_start(&mut self) -> Option<Result<(), WatchError>> {
        let failure = |event: &Event| match event {
            Event::Failed { error, .. } => Err(error.clone()),
            _ => Ok(()),
        };
        if let Some(notice) = self.notices.front() {
            return Some(failure(notice));
        }
        while let Some(pending) = self.engine.queue.front() {
            if let Some(event) = &pending.event {
                return Some(failure(event));
            }
            self.take_pending();
        }
        self.engine.has_begun().then_some(Ok(()))
    }

    fn take_pending(&mut self) -> Option<Pending> {
        let pending = self.engine.take()?;
        if let Some(saving) = &mut self.saving {
            saving.note(pending.update.as_ref(), pending.event.as_ref());
            saving.note_window(pending.window.as_deref());
        }
        Some(pending)
    }

    fn deliver(&mut self) {
        if let Some(saving) = &mut self.saving {
            saving.deliver();
        }
    }
}
