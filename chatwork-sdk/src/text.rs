//! Characters of texts that other people wrote.

/// Whether a character is invisible and changes how the text around it is shown: a direction mark,
/// a zero-width character, or a line or paragraph separator. The zero-width joiners U+200C and
/// U+200D are not counted: scripts and emoji need them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0001}'..='\u{E007F}'
    )
}
