//! What can go wrong on the way from the document to the code.

use std::path::PathBuf;

use crate::diagnostic::Fault;

/// Why no code was generated. Nothing has been written when one of these is returned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("cannot {action} {}", path.display())]
    File {
        /// What was tried: `read`, `write`, ….
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },

    /// A Rust file stands among the generated files and was not generated.
    #[error(
        "{} has not been generated: expected it elsewhere, for every Rust file of this folder is \
         replaced or removed",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },

    /// The text is not YAML, or not a mapping.
    #[error("cannot read the YAML at line {line}, column {column}: {message}")]
    Yaml {
        /// Line, counted from 1.
        line: u64,
        /// Column, counted from 1.
        column: u64,
        /// What the parser expected.
        message: String,
    },

    /// A document could not be written as YAML.
    #[error("cannot write the document as YAML: {0}")]
    Serialize(String),

    /// The document breaks rules; every fault is listed.
    #[error("{}", list(.0))]
    Faults(Vec<Fault>),

    /// Progenitor refused the lowered document.
    #[error("progenitor refuses the document: {0}")]
    Progenitor(String),

    /// A workaround did not find in the generated code what it changes.
    #[error("{workaround}: {message} (has the output of progenitor changed?)")]
    Patch {
        /// The workaround.
        workaround: &'static str,
        /// What was looked for.
        message: String,
    },

    /// Generated code is not valid Rust.
    #[error("generated code does not parse: {0}")]
    Syntax(#[from] syn::Error),
}

fn list(faults: &[Fault]) -> String {
    let count = match faults.len() {
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    };
    let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
    format!("{count} in the document:\n{}", lines.join("\n"))
}
