//! A room's limit: 10 posts in 10 seconds, over messages and tasks together.

use chatwork_api::operations::RateLimitName;

use super::{Millis, Outcome, Rules, millis};

/// For how many windows of the room after a refusal the next post is a probe.
const REFUSED_WINDOWS: u64 = 6;

/// The posts to one room.
///
/// The server counts a post at some time between its request and its reply. So a post counts here
/// from its request until a window after its reply. Then no window of the server holds more posts
/// than the limit, wherever that window begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RoomWindow {
    /// The leases of this room.
    pub(super) in_flight: u32,
    /// When the posts were answered, in order.
    pub(super) answered: Vec<Millis>,
    /// Set by a refusal until a post is answered: posts then go one by one, the next one at this
    /// time if the one before has no reply.
    pub(super) probe: Option<Millis>,
    /// The end of the latest refusal's wait.
    pub(super) refused_until: Option<Millis>,
}

impl RoomWindow {
    /// Returns whether one more post may be sent.
    pub(super) fn has_capacity(&mut self, rules: &Rules, now: Millis) -> bool {
        self.forget(rules, now);
        !self.is_full(rules) && self.probe.is_none_or(|at| at <= now)
    }

    /// Returns when time alone brings capacity.
    pub(super) fn next(&self, rules: &Rules) -> Option<Millis> {
        if !self.is_full(rules) {
            return self.probe;
        }
        let freed = self.answered.first().map(|at| at + rules.room_memory());
        freed.map(|at| self.probe.map_or(at, |probe| probe.max(at)))
    }

    /// Returns whether another program uses the room's limit up.
    pub(super) fn was_refused(&self) -> bool {
        self.probe.is_some()
    }

    pub(super) fn take(&mut self, rules: &Rules, now: Millis) {
        self.in_flight += 1;
        if self.probe.is_some() {
            self.probe = Some(now + rules.probe_patience);
        }
    }

    /// Ends a post that is under way.
    pub(super) fn release(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Applies how a post ended. Returns whether the room now holds further posts back because of
    /// this post's refusal.
    ///
    /// The server does not count a refused post; another program has used the room's limit up.
    pub(super) fn complete(
        &mut self,
        rules: &Rules,
        outcome: &Outcome,
        sent: Millis,
        now: Millis,
    ) -> bool {
        if outcome.unsent {
            // Another post may probe instead, after the refusal's wait.
            let from = self.refused_until.unwrap_or(now).max(now);
            self.probe = self.probe.map(|at| at.min(from));
        }
        match outcome.refused {
            Some(refused) if refused.limit == RateLimitName::RoomPosting => {
                let wait = millis(refused.wait).saturating_add(rules.room_margin);
                let until = now.saturating_add(wait);
                self.refused_until = self.refused_until.max(Some(until));
                self.probe = self.refused_until;
                return true;
            }
            Some(_) => {}
            None if outcome.answered && self.refused_until <= Some(sent) => self.probe = None,
            None => {}
        }
        if outcome.refused.is_none() && !outcome.unsent {
            self.stamp(rules, now);
        }
        false
    }

    /// Counts a post from this time on. Times may come out of order. More of them than the limit
    /// say no more than the latest ones.
    pub(super) fn stamp(&mut self, rules: &Rules, at: Millis) {
        let place = self.answered.partition_point(|known| *known <= at);
        self.answered.insert(place, at);
        if self.answered.len() > rules.room_posts as usize {
            self.answered.remove(0);
        }
    }

    /// Returns whether a new window would say the same.
    pub(super) fn is_idle(&mut self, rules: &Rules, now: Millis) -> bool {
        self.forget(rules, now);
        self.in_flight == 0 && self.answered.is_empty() && self.probe.is_none()
    }

    fn is_full(&self, rules: &Rules) -> bool {
        self.in_flight as usize + self.answered.len() >= rules.room_posts as usize
    }

    fn forget(&mut self, rules: &Rules, now: Millis) {
        let over = self.answered.partition_point(|at| at + rules.room_memory() <= now);
        self.answered.drain(..over);
        let stale = |at: Millis| at + REFUSED_WINDOWS * rules.room_window <= now;
        if self.probe.is_some_and(stale) {
            (self.probe, self.refused_until) = (None, None);
        }
    }
}

#[cfg(test)]
#[path = "room_tests.rs"]
mod tests;
