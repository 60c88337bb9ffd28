//! Care of an archive: checks, copies, and what must really go.

mod backup;
mod bury;
mod erase;
mod forget;
mod preview;
mod reindex;
mod verify;

pub(crate) use bury::apply_tombstones;
pub(crate) use erase::{note_copying, note_erasing};
pub use forget::{Forget, ForgetReport};
pub use preview::ForgetPreview;
pub(crate) use reindex::fill_index;
pub use verify::{Problem, VerifyReport};
