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
        fault.validate()?;
        self.0.core().faults.add(fault);
        Ok(())
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
