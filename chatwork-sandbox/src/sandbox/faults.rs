//! Adds and removes faults.

use crate::fault::{Fault, InvalidFault};
use crate::http::App;

/// The queue of faults. [`Sandbox::faults`](crate::Sandbox::faults) returns it.
#[derive(Clone, Copy, Debug)]
pub struct Faults<'a>(pub(super) &'a App);

impl Faults<'_> {
    /// Adds a fault to the end of the queue.
    ///
    /// # Errors
    ///
    /// [`InvalidFault`] if the operation does not exist or if parts of the fault exclude each
    /// other.
    pub fn add(&self, fault: Fault) -> Result<(), InvalidFault> {
        self.arm(fault).map(|_| ())
    }

    /// Adds a fault to the end of the queue, and returns its id, which [`LoggedRequest::fault`] names
    /// as well.
    ///
    /// # Errors
    ///
    /// As [`Faults::add`].
    ///
    /// [`LoggedRequest::fault`]: crate::LoggedRequest::fault
    pub fn arm(&self, fault: Fault) -> Result<u64, InvalidFault> {
        fault.validate()?;
        Ok(self.0.core().faults.add(fault))
    }

    /// Removes the fault of an id. Returns whether it had not happened yet.
    pub fn remove(&self, id: u64) -> bool {
        self.0.core().faults.remove(id)
    }

    /// Removes all faults that have not happened yet.
    pub fn clear(&self) {
        self.0.core().faults.clear();
    }

    /// Returns the faults that have not happened yet, in their order.
    pub fn pending(&self) -> Vec<Fault> {
        self.0.core().faults.pending()
    }
}
