//! Which texts have no Japanese beside them, or one that does not say the same.

use serde_json::Value;

use super::{SCOPES, TAG_NAME, TEXTS, key, places};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, entries, get, text};

/// Lists every text of a document that lacks its translation, with the place of the translation.
///
/// A translation is Japanese, and names the same code: the spans between backticks are those of
/// the English text. So a translation that was forgotten when the English text changed is often
/// found.
pub fn missing(document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for place in places::of_texts(document) {
        let object = document.at(&place);
        for (english, japanese) in TEXTS {
            let english = get(object, english).as_str();
            pair(english, get(object, japanese), &key(&place, japanese), &mut diagnostics);
        }
        if place.starts_with("/tags/") {
            let name = Some(text(object, "name"));
            pair(name, get(object, TAG_NAME), &key(&place, TAG_NAME), &mut diagnostics);
        }
        scopes(object, &place, &mut diagnostics);
    }
    diagnostics
}

fn scopes(flow: &Value, place: &str, diagnostics: &mut Vec<Diagnostic>) {
    let (declared, translated) = (get(flow, "scopes"), get(flow, SCOPES));
    let at = key(place, SCOPES);
    for (scope, english) in entries(declared) {
        pair(english.as_str(), get(translated, scope), &key(&at, scope), diagnostics);
    }
    for (scope, _) in entries(translated).filter(|(scope, _)| get(declared, scope).is_null()) {
        diagnostic(
            &key(&at, scope),
            format!("`{scope}` is not a valid scope: expected one of `scopes`"),
            diagnostics,
        );
    }
}

/// Compares an English text with the Japanese one beside it.
fn pair(english: Option<&str>, japanese: &Value, at: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(english) = english else {
        return;
    };
    let japanese = japanese.as_str().unwrap_or_default();
    if !japanese.chars().any(is_japanese) {
        diagnostic(at, "expected the text in Japanese, found none".to_owned(), diagnostics);
        return;
    }
    let (expected, found) = (code(english), code(japanese));
    for span in expected.iter().filter(|span| !found.contains(span)) {
        diagnostic(at, format!("expected `{span}`, as in the English text"), diagnostics);
    }
    for span in found.iter().filter(|span| !expected.contains(span)) {
        diagnostic(
            at,
            format!("`{span}` is not in the English text: expected its code spans only"),
            diagnostics,
        );
    }
}

fn diagnostic(at: &str, message: String, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.push(Diagnostic { pointer: at.to_owned(), message });
}

/// Hiragana, katakana and the common ideographs.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// The code spans of a Markdown text: the text between two runs of as many backticks. A line
/// break in a span counts as a space.
fn code(text: &str) -> Vec<String> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let (_, after) = rest.split_at(start);
        let inner = after.trim_start_matches('`');
        let ticks = after.len() - inner.len();
        match closing(inner, ticks) {
            Some((span, behind)) => {
                let words: Vec<&str> = span.split_whitespace().collect();
                spans.push(words.join(" "));
                rest = behind;
            }
            None => rest = inner,
        }
    }
    spans
}

/// The text up to the next run of exactly this many backticks, and the text behind the run.
fn closing(text: &str, ticks: usize) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find('`')?;
        let run = text.get(start..)?;
        let behind = run.trim_start_matches('`');
        let length = run.len() - behind.len();
        if length == ticks {
            return Some((text.get(..start)?, behind));
        }
        from = start + length;
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_stands_between_runs_of_as_many_backticks() {
        assert_eq!(code("`a` and `` `b` `` and ```c"), ["a", "`b`"]);
        assert_eq!(code("one ` alone"), Vec::<String>::new());
        assert_eq!(code("`a\n   b`、`c`"), ["a b", "c"]);
    }
}
