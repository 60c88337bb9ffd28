//! What is wrong with a document, and where.

use std::fmt;

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer of the place, for example `/paths/~1rooms/get/summary`.
    pub pointer: String,
    /// What is wrong there and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}: {}", self.pointer, self.message)
    }
}

/// The faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics(pub(crate) Vec<Fault>);

impl Diagnostics {
    pub(crate) fn add(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        self.0.push(Fault { pointer: pointer.into(), message: message.into() });
    }
}
