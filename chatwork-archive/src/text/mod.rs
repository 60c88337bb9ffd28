//! How texts are compared: folding, the words of the search index, and marked excerpts.

mod fold;
mod pairs;
mod snippet;

pub(crate) use fold::fold;
pub(crate) use pairs::{index_words, phrase};
pub use snippet::Snippet;
