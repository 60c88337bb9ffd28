//! Fences that no argument of a tool opens.

pub(crate) mod rooms;
