//! The text of a message: from an argument, from the standard input or from a file.

use std::io::{self, Read};
use std::path::Path;

use crate::failure::{Done, Failure, file, reading};
use crate::words;

/// Reads the text that the arguments name. `-` is the standard input.
pub(crate) fn text(argument: Option<&str>, from: Option<&Path>) -> Done<String> {
    match (argument, from) {
        (Some(_), Some(_)) => Err(Failure::usage(words::TWO_TEXTS.text())),
        (None, None) => Err(Failure::usage(words::NO_TEXT.text()).hinted(words::NO_TEXT_HINT)),
        (None, Some(path)) if path == Path::new("-") => piped(),
        (None, Some(path)) => {
            let bytes = std::fs::read(path).map_err(|error| file(path, &error))?;
            utf8(bytes).map(without_last_break)
        }
        (Some("-"), None) => piped(),
        (Some(text), None) => Ok(text.to_owned()),
    }
}

/// Reads the standard input, and refuses what a pipe has ruined.
fn piped() -> Done<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(reading)?;
    let text = without_last_break(utf8(bytes)?);
    match is_ruined(&text) {
        true => {
            Err(Failure::new("encoding", words::ONLY_MARKS.text()).hinted(words::ENCODING_HINT))
        }
        false => Ok(text),
    }
}

/// Reads UTF-8, with or without a byte order mark.
fn utf8(bytes: Vec<u8>) -> Done<String> {
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new("encoding", words::NOT_UTF8.text()).hinted(words::ENCODING_HINT)
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Returns whether all that is visible is `?`: PowerShell 5.1 replaces each Japanese character.
fn is_ruined(text: &str) -> bool {
    let mut visible = text.chars().filter(|it| !it.is_whitespace()).peekable();
    visible.peek().is_some() && visible.all(|it| it == '?')
}

/// `echo` and editors end a text with a line break, which is no part of the message.
fn without_last_break(mut text: String) -> String {
    if text.ends_with('\n') {
        text.pop();
    }
    if text.ends_with('\r') {
        text.pop();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pipe_has_ruined_is_recognised() {
        assert!(is_ruined("????\r\n?? ?"));
        assert!(!is_ruined("???? ok"));
        assert!(!is_ruined("  "));
        assert!(utf8(vec![0x83, 0x65]).is_err());
        assert_eq!(utf8(b"\xef\xbb\xbfa".to_vec()).unwrap(), "a");
        assert_eq!(without_last_break("a\r\n".to_owned()), "a");
        assert_eq!(without_last_break("a\n\n".to_owned()), "a\n");
    }
}
