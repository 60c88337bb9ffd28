//! The part of a text around a match, with the match marked.

use std::fmt;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::fold;

/// How many characters of text stand before the first match.
const BEFORE: usize = 30;
/// How many characters a snippet has at most.
const LENGTH: usize = 160;
/// The step in bytes by which a long text is looked through. Parts overlap by as much, and a match
/// of more bytes may not be marked.
const PART: usize = 8 * 1024;

/// A part of a message's plain text, with the places of the words that were searched for.
///
/// `Debug` does not show the text.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snippet {
    /// The text, without line breaks.
    pub text: String,
    /// The matches: ranges of bytes of `text`, in order, none overlapping another.
    pub marks: Vec<Range<usize>>,
    /// Whether there is text before it.
    pub cut_before: bool,
    /// Whether there is text after it.
    pub cut_after: bool,
}

/// A grapheme of the text, and its place in the folded text.
struct Piece<'a> {
    text: &'a str,
    folded: Range<usize>,
}

impl Snippet {
    /// Cuts the part of a plain text around the first of the folded words that is in it.
    pub(crate) fn of(plain: &str, words: &[String]) -> Self {
        let part = part_with_match(plain, words);
        let (pieces, folded) = align(plain.get(part.clone()).unwrap_or_default());
        let found = matches(&folded, words);
        let first = found.first().map_or(0, |range| {
            pieces.iter().position(|piece| piece.folded.end > range.start).unwrap_or(0)
        });
        let start = first.saturating_sub(BEFORE);
        let shown: Vec<&Piece<'_>> = pieces.iter().skip(start).take(LENGTH).collect();
        let mut snippet = Self {
            text: String::new(),
            marks: Vec::new(),
            cut_before: start > 0 || part.start > 0,
            cut_after: start.saturating_add(shown.len()) < pieces.len() || part.end < plain.len(),
        };
        shown.into_iter().for_each(|piece| snippet.push(piece, &found));
        snippet
    }

    fn push(&mut self, piece: &Piece<'_>, found: &[Range<usize>]) {
        let start = self.text.len();
        match piece.text.chars().all(|it| it.is_whitespace() || it.is_control()) {
            true if self.text.ends_with(' ') => return,
            true => self.text.push(' '),
            false => self.text.push_str(piece.text),
        }
        let next = found.partition_point(|range| range.end <= piece.folded.start);
        let marked = found
            .get(next)
            .is_some_and(|range| range.start < piece.folded.end && !piece.folded.is_empty());
        match self.marks.last_mut() {
            Some(last) if marked && last.end == start => last.end = self.text.len(),
            _ if marked => self.marks.push(start..self.text.len()),
            _ => {}
        }
    }

    /// Returns the text with these marks around each match, and `…` where it is cut.
    ///
    /// The text and the marks are not escaped.
    pub fn marked(&self, open: &str, close: &str) -> String {
        let mut marked = String::from(if self.cut_before { "…" } else { "" });
        let mut from = 0;
        for range in &self.marks {
            marked.push_str(self.text.get(from..range.start).unwrap_or_default());
            marked.push_str(open);
            marked.push_str(self.text.get(range.clone()).unwrap_or_default());
            marked.push_str(close);
            from = range.end;
        }
        marked.push_str(self.text.get(from..).unwrap_or_default());
        marked.push_str(if self.cut_after { "…" } else { "" });
        marked
    }
}

impl fmt::Debug for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snippet").field("marks", &self.marks).finish_non_exhaustive()
    }
}

/// Returns the part of a long text with the first match, since aligning a megabyte takes long. A
/// short text is returned as a whole.
fn part_with_match(plain: &str, words: &[String]) -> Range<usize> {
    if plain.len() <= 2 * PART {
        return 0..plain.len();
    }
    let mut start = 0_usize;
    loop {
        let end = boundary(plain, start.saturating_add(2 * PART));
        let folded = fold(plain.get(start..end).unwrap_or_default());
        if words.iter().any(|word| folded.contains(word.as_str())) {
            return start..end;
        }
        if end == plain.len() {
            return 0..boundary(plain, 2 * PART);
        }
        start = boundary(plain, start.saturating_add(PART));
    }
}

/// Returns the next place from `at` on at which a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Cuts a text into graphemes, and says where each is in the folded text.
///
/// Graphemes fold one by one as the whole line does, but for rare sequences that compose across
/// their border. Such a line is one piece.
fn align(plain: &str) -> (Vec<Piece<'_>>, String) {
    let (mut pieces, mut folded) = (Vec::new(), String::new());
    for line in plain.split_inclusive('\n') {
        let whole = fold(line);
        if !folded.is_empty() && !whole.is_empty() {
            folded.push(' ');
        }
        let start = folded.len();
        let from = pieces.len();
        for grapheme in line.graphemes(true) {
            push_grapheme(grapheme, start, &mut pieces, &mut folded);
        }
        if folded.get(start..).map(|it| it.trim_end_matches(' ')) != Some(whole.as_str()) {
            pieces.truncate(from);
            folded.truncate(start);
            folded.push_str(&whole);
            pieces.push(Piece { text: line, folded: start..folded.len() });
        }
        folded.truncate(start.saturating_add(whole.len()));
    }
    (pieces, folded)
}

/// A grapheme that folds to white space is one space, at most, in the folded text.
fn push_grapheme<'a>(
    text: &'a str,
    start: usize,
    pieces: &mut Vec<Piece<'a>>,
    folded: &mut String,
) {
    // Its neighbours keep the spaces at its ends: `fold` removes them.
    let whole = fold(&format!("x{text}x"));
    let inner = whole.get(1..whole.len().saturating_sub(1)).unwrap_or_default();
    let at_start = folded.len() == start || folded.ends_with(' ');
    let inner = if at_start { inner.trim_start_matches(' ') } else { inner };
    let from = folded.len();
    folded.push_str(inner);
    pieces.push(Piece { text, folded: from..folded.len() });
}

/// Returns where the words are, merged where they overlap.
fn matches(folded: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        found.extend(folded.match_indices(word.as_str()).map(|(at, it)| at..at + it.len()));
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(plain: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
        Snippet::of(plain, &words).marked("<", ">")
    }

    #[test]
    fn the_match_is_marked_in_the_original_writing() {
        assert_eq!(marked("本番のﾄｰｸﾝです", &["トークン"]), "本番の<ﾄｰｸﾝ>です");
        assert_eq!(marked("ＡＰＩ\nDone", &["api", "done"]), "<ＡＰＩ> <Done>");
    }

    #[test]
    fn a_long_text_is_cut_around_the_match() {
        let long = format!("{}的{}", "あ".repeat(500), "い".repeat(500));
        let snippet = Snippet::of(&long, &["的".to_owned()]);
        assert!(snippet.cut_before && snippet.cut_after);
        assert_eq!(snippet.text.chars().count(), LENGTH);
        assert_eq!(snippet.marks.first(), Some(&(90..93)));
    }

    #[test]
    fn overlapping_matches_are_one() {
        assert_eq!(marked("abcd", &["abc", "bcd"]), "<abcd>");
    }

    #[test]
    fn a_match_inside_a_character_marks_the_character() {
        assert_eq!(marked("㈱です", &["株"]), "<㈱>です");
        assert_eq!(marked("👍🏽 ok", &["👍"]), "<👍🏽> ok");
    }

    #[test]
    fn debug_shows_no_text() {
        let snippet = Snippet::of("secret", &["secret".to_owned()]);
        assert!(!format!("{snippet:?}").contains("secret"));
    }
}
