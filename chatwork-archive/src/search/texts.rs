//! What a search demands of a text.

use crate::query::{Clause, Query};
use crate::text::{fold, phrase};

/// The words of a search, folded.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// One of each of these lists is in the text.
    all: Vec<Vec<String>>,
    /// None of these is in the text.
    none: Vec<String>,
}

impl Texts {
    pub(super) fn of(query: &Query) -> Self {
        let mut texts = Self::default();
        for clause in &query.clauses {
            match clause {
                Clause::Any(words) => texts.all.push(words.clone()),
                Clause::Not(word) => texts.none.push(word.clone()),
                Clause::Field(..) => {}
            }
        }
        texts
    }

    /// Returns whether any text will do.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.none.is_empty()
    }

    /// Returns whether a word must be in the text.
    pub(super) fn has_words(&self) -> bool {
        !self.all.is_empty()
    }

    /// Returns whether a plain text is what the search demands. The index finds the same texts.
    pub(super) fn admit(&self, plain: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let folded = fold(plain);
        let has = |word: &String| folded.contains(word.as_str());
        self.all.iter().all(|words| words.iter().any(has)) && !self.none.iter().any(has)
    }

    /// Returns the expression of FTS5 that finds these texts; `None` if no word must be in them.
    pub(super) fn matching(&self) -> Option<String> {
        let all = self.all.iter().map(|words| any(words)).collect::<Option<Vec<_>>>()?;
        if all.is_empty() {
            return None;
        }
        let all = all.join(" AND ");
        Some(match any(&self.none) {
            Some(none) => format!("({all}) NOT {none}"),
            None => all,
        })
    }

    /// Returns the expression of FTS5 that finds the texts that are left out.
    pub(super) fn not_matching(&self) -> Option<String> {
        any(&self.none)
    }
}

/// Returns the expression for texts with one of these words; `None` if there is no word.
fn any(words: &[String]) -> Option<String> {
    let phrases: Vec<String> = words.iter().filter_map(|word| phrase(word)).collect();
    (!phrases.is_empty()).then(|| format!("({})", phrases.join(" OR ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::UtcOffset;

    fn texts(search: &str) -> Texts {
        Texts::of(&Query::parse(search, UtcOffset::JAPAN).unwrap())
    }

    #[test]
    fn words_must_all_be_in_a_text_and_those_behind_a_minus_must_not() {
        let texts = texts("会議 資料 OR ｼﾘｮｳ -下書き");
        assert!(texts.admit("会議の資料") && texts.admit("しりょう 会議"));
        assert!(!texts.admit("会議") && !texts.admit("会議の資料の下書き"));
        assert!(texts.has_words());
    }

    #[test]
    fn a_search_without_words_admits_any_text() {
        assert!(Texts::default().admit("") && Texts::default().is_empty());
        let texts = texts("-a");
        assert!(!texts.is_empty() && !texts.has_words() && texts.matching().is_none());
        assert_eq!(texts.not_matching().as_deref(), Some("(\"61\" *)"));
    }

    #[test]
    fn expressions_of_the_index_have_all_words() {
        assert_eq!(
            texts("a bc OR d -ef").matching().as_deref(),
            Some("((\"61\" *) AND (\"6263\" OR \"64\" *)) NOT (\"6566\")")
        );
    }
}
