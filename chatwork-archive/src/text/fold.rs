//! Folding: two texts are equal for the search if their folded forms are.

use unicode_normalization::UnicodeNormalization;

/// The distance between a katakana and its hiragana.
const KANA: u32 = 0x60;

/// Returns the text as the search compares it: NFKC, lower case, katakana as hiragana, and each run
/// of white space and control characters as one space, with none at either end.
///
/// Nothing else is folded: `é` is not `e`, and `ー` is not a vowel.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkc().flat_map(char::to_lowercase).map(hiragana) {
        match character.is_whitespace() || character.is_control() {
            false => folded.push(character),
            true if folded.is_empty() || folded.ends_with(' ') => {}
            true => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end_matches(' ').len());
    folded
}

/// Returns the hiragana of a katakana that has one, and every other character unchanged.
fn hiragana(character: char) -> char {
    match character {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => {
            char::from_u32(u32::from(character).saturating_sub(KANA)).unwrap_or(character)
        }
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_kana_are_folded() {
        assert_eq!(fold("ＡＰＩ　ﾄｰｸﾝ"), "api とーくん");
        assert_eq!(fold("ガ カ\u{3099}"), "が が");
        assert_eq!(fold("㈱ ①"), "(株) 1");
    }

    #[test]
    fn accents_and_long_vowels_are_not_folded() {
        assert_eq!(fold("é ー"), "é ー");
    }

    #[test]
    fn white_space_and_controls_are_one_space() {
        assert_eq!(fold(" a\t\u{0}\n b\u{85}"), "a b");
    }

    #[test]
    fn folding_twice_changes_only_what_lower_case_composed() {
        for text in ["Tokyo ＴＯＫＹＯ", "ヴァイオリン", "👍🏽", "ที่นี่"]
        {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
