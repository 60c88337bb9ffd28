//! The rate limits: what is known of them, and what each reply changes.

pub mod policy;
