//! The language of help and messages.

use std::env;
use std::sync::OnceLock;

use chatwork_app::{ConfigFile, Paths};

/// A language of the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Ja,
}

/// Chosen once, with the first text that is shown. A text can be needed anywhere, also where a parser
/// of clap has no context.
static CHOSEN: OnceLock<Lang> = OnceLock::new();

/// Returns the language for the whole program.
///
/// Unless [`choose`] was called before, the first call reads the configuration: a start that shows no
/// text does without.
pub(crate) fn lang() -> Lang {
    *CHOSEN.get_or_init(|| named().unwrap_or_else(|| of_configuration(stored().as_deref())))
}

/// Chooses the language by the configuration, which is read already.
pub(crate) fn choose(configured: Option<&str>) {
    CHOSEN.get_or_init(|| named().unwrap_or_else(|| of_configuration(configured)));
}

/// Returns the language of the variable that beats all else.
#[cfg(not(test))]
fn named() -> Option<Lang> {
    env::var("CHATWORK_LANG").ok().as_deref().and_then(read)
}

/// The tests within the program are in English, on any machine.
#[cfg(test)]
fn named() -> Option<Lang> {
    Some(Lang::En)
}

fn of_configuration(configured: Option<&str>) -> Lang {
    configured.and_then(read).or_else(|| read(&locale())).unwrap_or(Lang::En)
}

/// Returns the language of the configuration. One that cannot be read is an error of the command,
/// which is told in the language of the locale.
fn stored() -> Option<String> {
    let config = Paths::of_user().and_then(|paths| ConfigFile::new(&paths).load()).ok();
    config.and_then(|config| config.language)
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
