//! The texts of the page: one JSON object for each language, in the folder `page`.

use std::collections::BTreeMap;

use super::assets;
use super::language::Language;
use crate::http::html::escape;

/// The texts of a language by their keys.
type Texts = BTreeMap<String, String>;

fn texts(language: Language) -> Texts {
    let source = match language {
        Language::English => assets::ENGLISH,
        Language::Japanese => assets::JAPANESE,
    };
    // A test parses both files.
    serde_json::from_str(source).unwrap_or_default()
}

/// Replaces each `{{key}}` of the page by its text, and `{{lang}}` by the language.
pub(super) fn fill(page: &str, language: Language) -> String {
    let texts = texts(language);
    let mut filled = String::with_capacity(page.len() * 2);
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let (key, after) = after.split_once("}}").unwrap_or((after, ""));
        match key {
            "lang" => filled.push_str(language.code()),
            _ => filled.push_str(&escape(texts.get(key).map_or(key, String::as_str))),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names in braces of a text.
    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_texts_with_the_same_places() {
        let (english, japanese) = (texts(Language::English), texts(Language::Japanese));
        let keys = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&english), keys(&japanese));
        assert!(english.len() > 100, "{}", english.len());
        for (key, text) in &english {
            assert_eq!(places(text), places(&japanese[key]), "{key}");
        }
    }

    #[test]
    fn no_text_is_empty_and_japanese_texts_are_japanese() {
        // Names, and words that both languages write alike.
        let alike = |key: &str| key.starts_with("alike.");
        for language in Language::ALL {
            for (key, text) in texts(language) {
                assert!(!text.trim().is_empty(), "{key}");
                let ascii = text.is_ascii();
                assert_eq!(ascii, language == Language::English || alike(&key), "{key}: {text}");
            }
        }
    }

    /// A key in a script is a call: `t("key")`, or a key that is put together from a prefix:
    /// `t("prefix." + name)`.
    #[test]
    fn every_text_that_the_page_uses_exists_and_every_text_is_used() {
        let english = texts(Language::English);
        let mut used = BTreeSet::new();
        let mut prefixes = BTreeSet::new();
        let page = assets::PAGE.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
        used.extend(page.map(|(key, _)| key).filter(|key| *key != "lang"));
        let called = |script: &'static str| {
            // `t(` is the end of other names as well.
            let own = |at: usize| !script[..at].ends_with(|c: char| c.is_alphanumeric());
            script.match_indices("t(\"").filter(move |(at, _)| own(*at)).map(|(at, _)| at + 3)
        };
        for (script, at) in
            assets::scripts().flat_map(|script| called(script).map(move |at| (script, at)))
        {
            let (key, after) = script[at..].split_once('"').unwrap();
            match after.trim_start().starts_with('+') {
                true => prefixes.insert(key),
                false => used.insert(key),
            };
        }
        for key in &used {
            assert!(english.contains_key(*key), "the page uses {key}, which has no text");
        }
        for key in english.keys() {
            let prefixed = prefixes.iter().any(|prefix| key.starts_with(prefix));
            assert!(prefixed || used.contains(key.as_str()), "no script uses {key}");
        }
    }

    #[test]
    fn a_filled_page_has_no_place_left() {
        for language in Language::ALL {
            let page = fill(assets::PAGE, language);
            assert!(!page.contains("{{"), "{page}");
        }
    }
}
