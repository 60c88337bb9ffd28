//! The store of shared limits failed.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use chatwork_api::Operation;

/// A call that was not sent, because the [store of shared limits](crate::limits::LimitStore) failed
/// and is [required](crate::ClientBuilder::limits_required). The API has done nothing.
///
/// [`source`](Error::source) is the error of the store.
#[derive(Debug)]
pub struct LimitStoreError {
    operation: &'static Operation,
    source: Arc<dyn Error + Send + Sync>,
}

impl LimitStoreError {
    pub(crate) fn new(operation: &'static Operation, source: Arc<dyn Error + Send + Sync>) -> Self {
        Self { operation, source }
    }

    /// Returns the operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }
}

impl fmt::Display for LimitStoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, source) = (self.operation.id, &self.source);
        write!(f, "{operation}: the store of shared limits failed, so nothing was sent: {source}")
    }
}

impl Error for LimitStoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
