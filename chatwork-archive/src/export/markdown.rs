//! Markdown for people.

use std::io::Write;

use super::ExportOptions;
use super::rows::{each_message, written};
use crate::error::Result;
use crate::store::Reader;

impl Reader {
    /// Writes messages as Markdown: a heading for each room and each day, and a paragraph for each
    /// message. Texts are escaped, so no text becomes markup, a link or HTML.
    ///
    /// # Errors
    ///
    /// The archive cannot be read, or the writer fails.
    pub fn export_markdown(&self, options: &ExportOptions, writer: &mut dyn Write) -> Result<()> {
        let transaction = self.begin()?;
        let (mut room, mut day) = (None, String::new());
        each_message(self, &transaction, options, |row| {
            let time = options.zone.at(row.send_time);
            let mut text = String::new();
            if room != Some(row.room_id) {
                let space = if room.is_some() { "\n" } else { "" };
                let (name, id) = (escape(&one_line(&row.room)), row.room_id);
                text.push_str(&format!("{space}# {name} ({id})\n"));
                (room, day) = (Some(row.room_id), String::new());
            }
            if day != time.date() {
                day = time.date();
                text.push_str(&format!("\n## {day}\n"));
            }
            let mark = match (row.status.as_str(), row.update_time > 0) {
                ("deleted", _) => " (deleted)",
                ("vanished", _) => " (no longer shown)",
                (_, true) => " (edited)",
                _ => "",
            };
            let sender = escape(&one_line(&row.sender));
            text.push_str(&format!("\n**{}** {sender}{mark}\n", time.clock()));
            text.push_str(&quote(&row.text));
            written(writer.write_all(text.as_bytes()))
        })?;
        written(writer.flush())
    }
}

/// Quotes a text. Lines of one paragraph end in a hard break but for the last: there the mark would be
/// shown. White space in front of a line is written so that it is shown and makes no code block.
fn quote(text: &str) -> String {
    let mut quoted = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let words = line.trim_start_matches([' ', '\t']);
        if words.trim_end().is_empty() {
            quoted.push_str(">\n");
            continue;
        }
        let spaces = line.chars().take(line.len() - words.len());
        let spaces = spaces.map(|it| if it == '\t' { 4 } else { 1 }).sum();
        let more = lines.peek().is_some_and(|next| !next.trim().is_empty());
        let end = if more { "\\" } else { "" };
        quoted.push_str(&format!("> {}{}{end}\n", "&nbsp;".repeat(spaces), escape(words)));
    }
    quoted
}

fn one_line(text: &str) -> String {
    text.split(char::is_whitespace).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Escapes all ASCII punctuation, as CommonMark allows, and shows control and direction marks as
/// their code points.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            _ if character.is_ascii_punctuation() => escaped.extend(['\\', character]),
            _ if is_hidden(character) => {
                escaped.push_str(&format!("U+{:04X}", u32::from(character)));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Returns whether a character is a control or turns the direction of the text around it.
pub(super) fn is_hidden(character: char) -> bool {
    let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2066}'..='\u{2069}' | '\u{61c}');
    turns || character.is_control() && !matches!(character, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_no_markup() {
        assert_eq!(escape("# a *b* [c](d)"), "\\# a \\*b\\* \\[c\\]\\(d\\)");
        assert_eq!(escape("<script>&amp;"), "&lt;script\\>&amp;amp\\;");
    }

    #[test]
    fn only_lines_inside_of_a_paragraph_end_in_a_break() {
        assert_eq!(quote("a"), "> a\n");
        assert_eq!(quote("a\nb\n\n \nc\n"), "> a\\\n> b\n>\n>\n> c\n");
    }

    #[test]
    fn white_space_in_front_of_a_line_makes_no_code() {
        assert_eq!(
            quote("    a b\n\tc"),
            "> &nbsp;&nbsp;&nbsp;&nbsp;a b\\\n> &nbsp;&nbsp;&nbsp;&nbsp;c\n"
        );
    }

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(escape("a\u{202e}b\u{0}"), "aU+202EbU+0000");
    }
}
