//! The files of the page, which are part of the program.

/// The page, with a place `{{key}}` for each text.
pub(super) const PAGE: &str = include_str!("../../../page/index.html");
pub(super) const ENGLISH: &str = include_str!("../../../page/en.json");
pub(super) const JAPANESE: &str = include_str!("../../../page/ja.json");

const CSS: &str = "text/css; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// A file of the folder `page` with its content type.
macro_rules! file {
    ($kind:expr, $name:literal) => {
        ($name, $kind, include_str!(concat!("../../../page/", $name)))
    };
}

const FILES: [(&str, &str, &str); 29] = [
    ("en.json", JSON, ENGLISH),
    ("ja.json", JSON, JAPANESE),
    file!(SVG, "icon.svg"),
    file!(CSS, "style.css"),
    file!(CSS, "parts.css"),
    file!(SCRIPT, "api.js"),
    file!(SCRIPT, "app.js"),
    file!(SCRIPT, "clock.js"),
    file!(SCRIPT, "composer.js"),
    file!(SCRIPT, "dom.js"),
    file!(SCRIPT, "entry.js"),
    file!(SCRIPT, "faults.js"),
    file!(SCRIPT, "files.js"),
    file!(SCRIPT, "grants.js"),
    file!(SCRIPT, "live.js"),
    file!(SCRIPT, "login.js"),
    file!(SCRIPT, "messages.js"),
    file!(SCRIPT, "notation.js"),
    file!(SCRIPT, "people.js"),
    file!(SCRIPT, "requests.js"),
    file!(SCRIPT, "room.js"),
    file!(SCRIPT, "rooms.js"),
    file!(SCRIPT, "rove.js"),
    file!(SCRIPT, "state.js"),
    file!(SCRIPT, "tabs.js"),
    file!(SCRIPT, "tasks.js"),
    file!(SCRIPT, "texts.js"),
    file!(SCRIPT, "webhooks.js"),
    file!(SCRIPT, "window.js"),
];

/// Returns the content type and the text of a file.
pub(super) fn find(name: &str) -> Option<(&'static str, &'static str)> {
    FILES.iter().find(|(known, ..)| *known == name).map(|(_, kind, text)| (*kind, *text))
}

/// The scripts of the page.
#[cfg(test)]
pub(super) fn scripts() -> impl Iterator<Item = &'static str> {
    FILES.iter().filter(|(_, kind, _)| *kind == SCRIPT).map(|(.., text)| *text)
}
