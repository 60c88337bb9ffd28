//! The faults that have not happened yet.

use std::collections::VecDeque;

use super::{Fault, TOKEN_ENDPOINT};

/// The faults that have not happened yet, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Queue(VecDeque<Fault>);

impl Queue {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn pending(&self) -> Vec<Fault> {
        self.0.iter().cloned().collect()
    }

    /// Takes the first fault that matches a request of this operation. A matching fault with a
    /// `skip` above 0 counts the request and leaves it to the next fault.
    pub(crate) fn take(&mut self, operation: Option<&str>) -> Option<Fault> {
        let any = operation != Some(TOKEN_ENDPOINT);
        let matches = |fault: &Fault| match fault.operation.as_deref() {
            None => any,
            named => named == operation,
        };
        for index in 0..self.0.len() {
            let Some(fault) = self.0.get_mut(index).filter(|fault| matches(fault)) else {
                continue;
            };
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.times = fault.times.saturating_sub(1);
            let taken = fault.clone();
            if taken.times == 0 {
                self.0.remove(index);
            }
            return Some(taken);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_it_says() {
        let mut queue = Queue::default();
        queue.add(Fault::status(503).times(2).skip(1));
        let happened: Vec<_> = (0..4).map(|_| queue.take(None).is_some()).collect();
        assert_eq!(happened, [false, true, true, false]);
    }

    #[test]
    fn a_fault_of_one_operation_leaves_others_alone() {
        let mut queue = Queue::default();
        queue.add(Fault::close().operation("listRooms"));
        assert!(queue.take(Some("getMe")).is_none());
        assert!(queue.take(Some("listRooms")).is_some());
    }

    #[test]
    fn the_token_endpoint_is_hit_only_when_it_is_named() {
        let mut queue = Queue::default();
        queue.add(Fault::close());
        queue.add(Fault::status(500).operation(TOKEN_ENDPOINT));
        let taken = queue.take(Some(TOKEN_ENDPOINT)).unwrap();
        assert_eq!((taken.closes(), queue.pending().len()), (false, 1));
    }
}
