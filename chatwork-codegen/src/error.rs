//! The errors of all stages.

use std::path::PathBuf;

use crate::diagnostic::Diagnostic;

/// Why no code was generated. No file has been written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("cannot {action} {}", path.display())]
    File {
        /// The action that failed: `read`, `write`, ….
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: std::io::Error,
    },

    /// A Rust file in the folder of the generated files was not generated.
    #[error(
        "{} is not a generated file: move it, because every Rust file of this folder is replaced \
         or removed",
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

    /// The document breaks rules. Lists every diagnostic.
    #[error("{}", list(.0))]
    Diagnostics(Vec<Diagnostic>),

    /// Progenitor refused the lowered document.
    #[error("progenitor refuses the document: {0}")]
    Progenitor(String),

    /// A workaround did not find the generated code that it changes.
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

fn list(diagnostics: &[Diagnostic]) -> String {
    let count = match diagnostics.len() {
        1 => "1 error".to_owned(),
        n => format!("{n} errors"),
    };
    let lines: Vec<String> =
        diagnostics.iter().map(|diagnostic| format!("  {diagnostic}")).collect();
    format!("{count} in the document:\n{}", lines.join("\n"))
}
