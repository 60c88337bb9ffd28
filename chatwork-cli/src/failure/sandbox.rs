//! Failures of the sandbox.

use chatwork_sandbox::{StartError, WorldError};

use super::{Failure, file, io_reason};
use crate::words;

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        match error {
            StartError::World(error) => error.into(),
            StartError::Listen { port, source, .. } => {
                let message =
                    words::SANDBOX_PORT.fill(&[("port", &port), ("reason", &io_reason(&source))]);
                Self::new("sandbox", message)
            }
            StartError::Keep { path, source } => file(&path, &source),
            error @ StartError::Reach { .. } => {
                Self::new("sandbox", words::SANDBOX_FAILED.fill(&[("reason", &error)]))
            }
            error => Self::new("sandbox", words::SANDBOX_FAILED.fill(&[("reason", &error)])),
        }
    }
}

/// What is wrong in a file of a world is for the person who wrote it: its place and the fault, as
/// the library names them.
impl From<WorldError> for Failure {
    fn from(error: WorldError) -> Self {
        match error {
            WorldError::Read { path, source } => file(&path, &source),
            WorldError::File { .. }
            | WorldError::Parse(_)
            | WorldError::State(_)
            | WorldError::Faults(_) => {
                Self::new("sandbox", words::SANDBOX_WORLD.fill(&[("reason", &error)]))
            }
            error => Self::new("sandbox", words::SANDBOX_FAILED.fill(&[("reason", &error)])),
        }
    }
}
