//! Errors of a world.

use std::fmt;
use std::path::PathBuf;

/// An error of a world.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// The file cannot be read.
    #[error("cannot read the world file {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// The world in a file is invalid.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// The error in it.
        source: Box<WorldError>,
    },
    /// The text is invalid YAML or JSON, or a field is unknown or has a wrong type. Holds line and
    /// column.
    #[error("invalid world: {0}")]
    Parse(String),
    /// A saved state is invalid JSON, or of another version, or a field is unknown or has a wrong
    /// type.
    #[error("invalid state: {0}")]
    State(String),
    /// The world contradicts itself. Holds every fault.
    #[error("the world has {} fault(s):{}", .0.len(), list(.0))]
    Faults(Vec<WorldFault>),
}

/// One contradiction in a world.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WorldFault {
    /// Where, as in `rooms[2].messages[0].from`.
    pub place: String,
    /// The fault, and what would be right.
    pub text: String,
}

impl fmt::Display for WorldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
    }
}

fn list(faults: &[WorldFault]) -> String {
    faults.iter().map(|fault| format!("\n  {fault}")).collect()
}
