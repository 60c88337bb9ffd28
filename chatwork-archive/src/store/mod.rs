//! The file of an archive: opened, locked, migrated.

mod connection;
mod copy;
mod lock;
mod migrate;
mod open;
mod place;
mod reader;

pub(crate) use connection::{BUSY, private_file};
pub(crate) use copy::{copy_to, part_of, remove_part, remove_parts, whole_of};
pub use open::Archive;
pub use place::Placement;
pub use reader::Reader;

/// `CWAR`: how SQLite's `application_id` says that a file is an archive.
pub const APPLICATION_ID: i32 = 0x4357_4152;
