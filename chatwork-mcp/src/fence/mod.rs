//! Fences that no argument of a tool opens.

pub(crate) mod consent;
pub(crate) mod folders;
pub(crate) mod rooms;
pub(crate) mod subject;
