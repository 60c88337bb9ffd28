//! The words of the search index: overlapping pairs of characters.
//!
//! A folded text is cut at its spaces into runs. A run `abc` becomes the words `ab`, `bc` and `c`,
//! each character as the hexadecimal digits of its UTF-8. The words stand in the order of the text,
//! so a phrase of pairs is found exactly where the characters stand side by side. UTF-8 is
//! prefix-free: the digits of one character are never the beginning of those of another one. So a
//! single character is found as the beginning of a word.

/// Appends the words of a folded text to `words`, each with a space behind it.
pub(crate) fn index_words(folded: &str, words: &mut String) {
    words.reserve(folded.len().saturating_mul(4));
    for run in folded.split(' ') {
        let mut characters = run.chars().peekable();
        while let Some(character) = characters.next() {
            push(character, words);
            if let Some(next) = characters.peek() {
                push(*next, words);
            }
            words.push(' ');
        }
    }
}

/// Returns the phrase of FTS5 that finds a folded text as a part of other texts, or `None` if the
/// folded text is empty.
pub(crate) fn phrase(folded: &str) -> Option<String> {
    let mut words = String::new();
    let (before, last) = match folded.rsplit_once(' ') {
        Some((before, last)) => (before, last),
        None => ("", folded),
    };
    if last.is_empty() {
        return None;
    }
    index_words(before, &mut words);
    let single = last.chars().nth(1).is_none();
    if single {
        last.chars().for_each(|character| push(character, &mut words));
    } else {
        let mut characters = last.chars().peekable();
        while let (Some(character), Some(next)) = (characters.next(), characters.peek().copied()) {
            push(character, &mut words);
            push(next, &mut words);
            words.push(' ');
        }
    }
    let words = words.trim_end();
    Some(if single { format!("\"{words}\" *") } else { format!("\"{words}\"") })
}

/// Appends the hexadecimal digits of a character's UTF-8.
fn push(character: char, words: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |value: u8| DIGITS.get(usize::from(value & 15)).copied().unwrap_or('0');
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        words.push(digit(byte >> 4));
        words.push(digit(byte));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(folded: &str) -> String {
        let mut words = String::new();
        index_words(folded, &mut words);
        words
    }

    #[test]
    fn a_run_becomes_its_pairs_and_its_last_character() {
        assert_eq!(words("abc d"), "6162 6263 63 64 ");
        assert_eq!(words("会議"), "e4bc9ae8adb0 e8adb0 ");
        assert_eq!(words(""), "");
    }

    #[test]
    fn a_word_is_a_phrase_of_its_pairs() {
        assert_eq!(phrase("abc").as_deref(), Some("\"6162 6263\""));
        assert_eq!(phrase("ab").as_deref(), Some("\"6162\""));
    }

    #[test]
    fn one_character_is_the_beginning_of_a_word() {
        assert_eq!(phrase("a").as_deref(), Some("\"61\" *"));
        assert_eq!(phrase(""), None);
    }

    #[test]
    fn a_space_in_a_phrase_is_the_end_of_a_run() {
        assert_eq!(phrase("ab c").as_deref(), Some("\"6162 62 63\" *"));
        assert_eq!(phrase("a bcd").as_deref(), Some("\"61 6263 6364\""));
    }
}
