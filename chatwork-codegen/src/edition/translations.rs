//! Which texts have no Japanese beside them, or one that does not say the same.

use serde_json::Value;

use super::{SCOPES, TAG_NAME, TEXTS, key, places};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, entries, get};

/// Lists every text of a document that lacks its translation, with the place of the translation.
///
/// A translation is Japanese, and names the same code: the spans between backticks are those of
/// the English text. So a translation that was forgotten when the English text changed is often
/// found.
pub fn missing(document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    texts(document).iter().for_each(|text| compare(text, &mut diagnostics));
    for place in places::of_texts(document) {
        scopes(document.at(&place), &place, &mut diagnostics);
    }
    diagnostics
}

/// An English text, and the Japanese one beside it: empty if there is none.
pub(super) struct Text<'a> {
    /// The JSON pointer of the Japanese text.
    pub(super) at: String,
    pub(super) english: &'a str,
    pub(super) japanese: &'a str,
}

/// All texts of a document, in the order of their objects.
pub(super) fn texts(document: &Document) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    for place in places::of_texts(document) {
        let object = document.at(&place);
        for (english, japanese) in TEXTS {
            add(get(object, english), get(object, japanese), key(&place, japanese), &mut texts);
        }
        if place.starts_with("/tags/") {
            add(get(object, "name"), get(object, TAG_NAME), key(&place, TAG_NAME), &mut texts);
        }
        let (at, translated) = (key(&place, SCOPES), get(object, SCOPES));
        for (scope, english) in entries(get(object, "scopes")) {
            add(english, get(translated, scope), key(&at, scope), &mut texts);
        }
    }
    texts
}

fn add<'a>(english: &'a Value, japanese: &'a Value, at: String, texts: &mut Vec<Text<'a>>) {
    if let Some(english) = english.as_str() {
        texts.push(Text { at, english, japanese: japanese.as_str().unwrap_or_default() });
    }
}

/// Reports translations of scopes that the flow does not have.
fn scopes(flow: &Value, place: &str, diagnostics: &mut Vec<Diagnostic>) {
    let declared = get(flow, "scopes");
    let unknown = |(scope, _): &(&str, &Value)| get(declared, scope).is_null();
    for (scope, _) in entries(get(flow, SCOPES)).filter(unknown) {
        let message = format!("`{scope}` is not a valid scope: expected one of `scopes`");
        let pointer = key(&key(place, SCOPES), scope);
        diagnostics.push(Diagnostic { pointer, message });
    }
}

/// Compares an English text with the Japanese one beside it.
fn compare(text: &Text<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut report = |message: String| {
        diagnostics.push(Diagnostic { pointer: text.at.clone(), message });
    };
    if !text.japanese.chars().any(is_japanese) {
        report("expected the text in Japanese, found none".to_owned());
        return;
    }
    let (expected, found) = (code(text.english), code(text.japanese));
    for span in expected.iter().filter(|span| !found.contains(span)) {
        report(format!("expected `{span}`, as in the English text"));
    }
    for span in found.iter().filter(|span| !expected.contains(span)) {
        report(format!("`{span}` is not in the English text: expected its code spans only"));
    }
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
