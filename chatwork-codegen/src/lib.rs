//! Turns the Chatwork OpenAPI document into the source of the `chatwork-api` crate.
//!
//! The work goes through six stages, one module each:
//!
//! | stage | module | what happens |
//! |---|---|---|
//! | load | [`document`] | read the YAML, keep the order of its keys |
//! | check | [`check`] | refuse a document that breaks a rule, with every fault at once |
//! | lower | `lower` | take out what progenitor cannot read |
//! | generate | `generate` | progenitor for types and methods, our own tables besides |
//! | patch | `patch` | change the syntax tree where progenitor falls short |
//! | print | `print` | format, and say on top who wrote the file |
//!
//! What progenitor cannot do is worked around in `workarounds`, one file for each, with what it
//! lowers and what it patches. Nothing in this crate knows an operation by name: change the document and
//! the generated crate follows.
//!
//! Beside the stages, [`edition`] makes the document of one language, and a page of it.
//!
//! ```
//! # fn main() -> Result<(), chatwork_codegen::Error> {
//! let document = chatwork_codegen::Document::parse(include_str!("../tests/small.yaml"))?;
//! let output = chatwork_codegen::generate(&document)?;
//! assert!(output.files().any(|(name, text)| name == "types.rs" && text.contains("Message")));
//! # Ok(())
//! # }
//! ```

pub mod check;
mod diagnostic;
pub mod document;
pub mod edition;
mod error;
mod generate;
mod lower;
mod naming;
pub mod output;
mod patch;
mod print;
mod rustdoc;
pub mod schema;
mod syntax;
mod workarounds;

pub use diagnostic::Fault;
pub use document::Document;
pub use error::Error;
pub use output::{Output, Written};

/// Runs every stage on a document and returns the files of `src/generated/`.
///
/// Nothing is written: [`Output::write`] does that, and [`Output::changes`] compares.
///
/// # Errors
///
/// [`Error::Faults`] with every fault that [`check::check`] finds, or another [`Error`] when a
/// stage meets something it cannot express.
pub fn generate(document: &Document) -> Result<Output, Error> {
    let faults = check::check(document);
    if !faults.is_empty() {
        return Err(Error::Faults(faults));
    }
    let lowered = lower::lower(document);
    let generated = generate::generate(document, &lowered)?;
    let finished = patch::patch(document, generated)?;
    print::print(finished)
}
