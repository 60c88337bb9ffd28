//! Schemas: where they stand in a document, and whether a value is what a schema admits.

mod validator;
mod walk;

pub use validator::Validator;
pub(crate) use walk::rewrite;
pub use walk::{visit, visit_holders};
