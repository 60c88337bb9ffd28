//! What a tool answers: few characters for the same facts.
//!
//! A list begins with one line in our own words: what it is, how many, whether it is complete,
//! where it goes on. People stand in a dictionary once, and a row names them by a number. A row is
//! one line: whatever a text holds, it cannot look like another row.

mod details;
mod form;
mod listing;
mod people;
mod row;

pub(crate) use details::Details;
pub(crate) use form::Form;
pub(crate) use listing::Listing;
pub(crate) use people::People;
pub(crate) use row::Row;

/// How an answer is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) form: Form,
    /// The most characters.
    pub(crate) max_chars: usize,
}
