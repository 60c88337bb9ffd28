//! Which Japanese text was written for which English one: finds translations of a text that has
//! changed since.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use super::translations::texts;
use crate::diagnostic::Diagnostic;
use crate::document::Document;

const HEADER: &str = "\
# The translations of chatwork.yaml: a hash of each English text, and one of its Japanese text.
# Written by `cargo xtask translations`. `cargo xtask check-spec` compares.
";

/// The pairs of an English text and its translation, as hashes.
///
/// Without places, so that a text may move in the document.
///
/// ```
/// use chatwork_codegen::Document;
/// use chatwork_codegen::edition::Recorded;
///
/// let document = |english: &str| {
///     let yaml = format!("{{ info: {{ description: {english}, x-description-ja: 船です。 }} }}");
///     Document::parse(&yaml)
/// };
/// let recorded = Recorded::of(&document("A boat.")?);
/// assert!(recorded.stale(&document("A boat.")?).is_empty());
/// let stale = recorded.stale(&document("A ship.")?);
/// assert_eq!(stale[0].pointer, "/info/x-description-ja");
/// # Ok::<(), chatwork_codegen::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded(BTreeSet<(String, String)>);

impl Recorded {
    /// Takes the pairs of a document.
    pub fn of(document: &Document) -> Self {
        let pairs = texts(document).into_iter();
        Self(pairs.map(|text| (hash(text.english), hash(text.japanese))).collect())
    }

    /// Reads what `Display` writes. Ignores comments and lines without two words.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once(' '));
        Self(pairs.map(|(english, japanese)| (english.to_owned(), japanese.to_owned())).collect())
    }

    /// Lists the translations that stayed the same while their English text changed.
    pub fn stale(&self, document: &Document) -> Vec<Diagnostic> {
        let message = "the English text has changed since it was translated: expected another \
                       translation, or `cargo xtask translations --keep` if this one still fits";
        self.unrecorded(document, true, message)
    }

    /// Lists the translations that are new and not yet recorded.
    pub fn new_texts(&self, document: &Document) -> Vec<Diagnostic> {
        let message = "the translation is new: expected `cargo xtask translations` to record it";
        self.unrecorded(document, false, message)
    }

    /// The pairs of the document that are not recorded, if their translation is (or is not).
    fn unrecorded(&self, document: &Document, known: bool, message: &str) -> Vec<Diagnostic> {
        let translations: BTreeSet<&str> = self.0.iter().map(|(_, text)| text.as_str()).collect();
        let mut found = Vec::new();
        for text in texts(document) {
            let pair = (hash(text.english), hash(text.japanese));
            if !self.0.contains(&pair) && translations.contains(pair.1.as_str()) == known {
                found.push(Diagnostic { pointer: text.at, message: message.to_owned() });
            }
        }
        found
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        self.0.iter().try_for_each(|(english, japanese)| writeln!(f, "{english} {japanese}"))
    }
}

/// Half of a SHA-256: enough to tell the texts of one document apart.
fn hash(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text).iter().take(16) {
        // `write!` to a `String` always succeeds.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
