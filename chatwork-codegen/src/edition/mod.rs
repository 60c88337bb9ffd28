//! Editions of the document for readers: one for each language, and each as an HTML page.
//!
//! The document holds every text twice: in English, as OpenAPI wants it, and beside it in Japanese
//! under an extension. An edition has one language, under the standard keys of OpenAPI.

mod page;
mod places;
mod recorded;
mod translations;
mod yaml;

pub use page::{page, script, served_page};
pub use recorded::Recorded;
pub use translations::missing;
pub use yaml::yaml;

use serde_json::{Map, Value};

use crate::document::{Document, join};

/// The texts of the document and the Japanese ones beside them.
const TEXTS: [(&str, &str); 2] = [("summary", "x-summary-ja"), ("description", "x-description-ja")];
/// The Japanese name of a tag, and where Redoc looks for the name that it shows.
const TAG_NAME: &str = "x-name-ja";
const SHOWN_NAME: &str = "x-displayName";
/// The Japanese descriptions of the scopes: a map of scopes can hold no extension beside them.
const SCOPES: &str = "x-scopes-ja";

/// A language of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English, the language in which the document is written.
    English,
    /// Japanese, the language of most readers.
    Japanese,
}

impl Language {
    /// Every language that has an edition.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// The language tag of BCP 47, for example `ja`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }
}

/// Returns the document with its texts in one language and without the extensions for the other.
///
/// A text that has no translation stays in English: [`missing`] lists those.
///
/// ```
/// use chatwork_codegen::Document;
/// use chatwork_codegen::edition::{Language, edition};
///
/// let yaml = "tags: [{ description: Files, x-description-ja: ファイルです。 }]";
/// let japanese = edition(&Document::parse(yaml)?, Language::Japanese);
/// assert_eq!(japanese.at("/tags/0/description"), "ファイルです。");
/// # Ok::<(), chatwork_codegen::Error>(())
/// ```
pub fn edition(document: &Document, language: Language) -> Document {
    let mut root = document.root().clone();
    for place in places::of_texts(document) {
        if let Some(Value::Object(object)) = root.pointer_mut(&place) {
            translate(object, language);
        }
    }
    Document::from_value(root)
}

fn translate(object: &mut Map<String, Value>, language: Language) {
    let others = [(SHOWN_NAME, TAG_NAME), ("scopes", SCOPES)];
    for (english, japanese) in TEXTS.into_iter().chain(others) {
        let translation = object.shift_remove(japanese);
        if let Some(text) = translation.filter(|_| language == Language::Japanese) {
            object.insert(english.to_owned(), text);
        }
    }
}

/// The place of a key of an object of the document.
fn key(place: &str, key: &str) -> String {
    join(place, key)
}
