//! Care of an archive: checks, copies, and what must really go.

mod backup;
mod forget;
mod reindex;
mod verify;

pub use forget::{Forget, ForgetReport};
pub use verify::{Problem, VerifyReport};
