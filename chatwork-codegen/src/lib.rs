//! Turns the Chatwork OpenAPI document into the source of the `chatwork-api` crate.
//!
//! The work goes through six stages, one module each:
//!
//! | stage | module | what happens |
//! |---|---|---|
//! | load | [`document`] | read the YAML, keep the order of its keys |
//! | check | [`check`] | refuse a document that breaks a rule, and list every error |
//! | lower | `lower` | remove what progenitor cannot read |
//! | generate | `generate` | types and methods by progenitor, tables by this crate |
//! | patch | `patch` | change the syntax tree of progenitor's code |
//! | print | `print` | format, and add a header that names the generator |
//!
//! `workarounds` has one file for each thing that progenitor cannot do, with what it lowers and
//! what it patches. No code in this crate depends on the name of an operation: change the document,
//! and the generated crate changes with it.
//!
//! [`edition`], [`flat`] and [`samples`] are not stages. They make the document in one language, an
//! HTML page of it, an edition for generators that read less of OpenAPI, and a program for each
//! operation.
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
pub mod flat;
mod generate;
mod lower;
mod naming;
pub mod output;
mod patch;
mod print;
mod rustdoc;
pub mod samples;
pub mod schema;
mod syntax;
mod workarounds;

pub use diagnostic::Diagnostic;
pub use document::Document;
pub use error::Error;
pub use output::{Output, Written};

/// Runs every stage on a document and returns the files of `src/generated/`.
///
/// Does not write the files: [`Output::write`] does, and [`Output::changes`] compares them.
///
/// # Errors
///
/// [`Error::Diagnostics`] with every diagnostic of [`check::check`], or another [`Error`] if a
/// later stage fails.
pub fn generate(document: &Document) -> Result<Output, Error> {
    let diagnostics = check::check(document);
    if !diagnostics.is_empty() {
        return Err(Error::Diagnostics(diagnostics));
    }
    let lowered = lower::lower(document);
    let generated = generate::generate(document, &lowered)?;
    let finished = patch::patch(document, generated)?;
    print::print(finished)
}
