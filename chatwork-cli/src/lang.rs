//! The language of help and messages.

use std::env;
use std::sync::OnceLock;

/// A language of the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Ja,
}

/// Chosen once, before the first text is shown. A text can be needed anywhere, also where a parser of
/// clap has no context.
static CHOSEN: OnceLock<Lang> = OnceLock::new();

/// Returns the chosen language; English before it was chosen.
pub(crate) fn lang() -> Lang {
    CHOSEN.get().copied().unwrap_or(Lang::En)
}

/// Chooses the language for the whole program.
pub(crate) fn choose(configured: Option<&str>) {
    let named = env::var("CHATWORK_LANG").ok();
    let lang = named.as_deref().and_then(read).or_else(|| configured.and_then(read));
    let _ = CHOSEN.set(lang.unwrap_or_else(|| read(&locale()).unwrap_or(Lang::En)));
}

/// Reads `ja`, `ja_JP.UTF-8`, `en`, `C` and the like. `None` for a language without a catalogue.
pub(crate) fn read(text: &str) -> Option<Lang> {
    match text.split(['_', '-', '.', '@']).next()? {
        "ja" => Some(Lang::Ja),
        "en" | "C" | "POSIX" => Some(Lang::En),
        _ => None,
    }
}

/// Returns the locale of messages: of POSIX the first of three variables that is set.
#[cfg(not(windows))]
fn locale() -> String {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let mut values = names.iter().filter_map(|name| env::var(name).ok());
    values.find(|value| !value.is_empty()).unwrap_or_default()
}

#[cfg(windows)]
fn locale() -> String {
    sys_locale::get_locale().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language() {
        assert_eq!(read("ja_JP.UTF-8"), Some(Lang::Ja));
        assert_eq!(read("ja-JP"), Some(Lang::Ja));
        assert_eq!(read("en_US"), Some(Lang::En));
        assert_eq!(read("C.UTF-8"), Some(Lang::En));
        assert_eq!(read("fr_FR"), None);
    }
}
