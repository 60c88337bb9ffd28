//! A search, read into its parts.

use std::ops::Range;

use super::date::UtcOffset;
use super::error::{QueryError, QueryFault};
use crate::text::fold;

/// The parts of a search. A message must satisfy all of them.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Query {
    pub(crate) clauses: Vec<Clause>,
    /// Messages that were sent at this time or later.
    pub(crate) after: Option<i64>,
    /// Messages that were sent before this time.
    pub(crate) before: Option<i64>,
}

/// A part of a search.
#[derive(Debug, PartialEq)]
pub(crate) enum Clause {
    /// One of these texts is in the message. Texts are folded.
    Any(Vec<String>),
    /// This folded text is not in the message.
    Not(String),
    /// The sender or the room is this one, or with `true` is not.
    Field(Term, bool),
}

/// A sender or a room, as it was written.
#[derive(Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) field: Field,
    pub(crate) value: String,
    pub(crate) characters: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    From,
    In,
}

/// A word, a phrase or a filter.
struct Token {
    characters: Range<usize>,
    negated: bool,
    name: Option<&'static str>,
    quoted: bool,
    value: String,
}

const FILTERS: [&str; 4] = ["from", "in", "before", "after"];

impl Query {
    /// Parses a search. Dates are those of a place.
    pub(crate) fn parse(text: &str, offset: UtcOffset) -> Result<Self, QueryError> {
        let tokens = tokens(text)?;
        if tokens.is_empty() {
            return Err(QueryError::new(0..text.chars().count(), QueryFault::Empty));
        }
        let mut query = Self::default();
        // Whether the last token was `OR`, and where.
        let mut or: Option<Range<usize>> = None;
        let mut joinable = false;
        for token in tokens {
            if token.is_or() {
                if or.is_some() || !joinable {
                    return Err(QueryError::new(token.characters, QueryFault::Or));
                }
                or = Some(token.characters);
                continue;
            }
            joinable = query.add(token, or.take(), offset)?;
        }
        match or {
            Some(characters) => Err(QueryError::new(characters, QueryFault::Or)),
            None => Ok(query),
        }
    }

    /// Adds a token, and returns whether `OR` may follow it.
    fn add(
        &mut self,
        token: Token,
        or: Option<Range<usize>>,
        offset: UtcOffset,
    ) -> Result<bool, QueryError> {
        let at = token.characters.clone();
        let fail = |fault| Err(QueryError::new(at.clone(), fault));
        if let Some(name) = token.name {
            if let Some(characters) = or {
                return Err(QueryError::new(characters, QueryFault::Or));
            }
            return self.add_filter(name, token, offset).map(|()| false);
        }
        let folded = fold(&token.value);
        match (or.is_some(), token.negated) {
            _ if folded.is_empty() => return fail(QueryFault::Blank),
            (true, true) => return fail(QueryFault::NotInOr),
            (false, true) => {
                self.clauses.push(Clause::Not(folded));
                return Ok(false);
            }
            (true, false) => {
                if let Some(Clause::Any(words)) = self.clauses.last_mut() {
                    words.push(folded);
                }
            }
            (false, false) => self.clauses.push(Clause::Any(vec![folded])),
        }
        Ok(true)
    }

    fn add_filter(
        &mut self,
        name: &'static str,
        token: Token,
        offset: UtcOffset,
    ) -> Result<(), QueryError> {
        let Token { characters, negated, value, .. } = token;
        let fail = |fault| Err(QueryError::new(characters.clone(), fault));
        if fold(&value).is_empty() {
            return fail(QueryFault::NoValue(name));
        }
        let field = match name {
            "from" => Field::From,
            "in" => Field::In,
            _ if negated => return fail(QueryFault::Negated(name)),
            _ => {
                let Some(time) = offset.start_of(&value) else { return fail(QueryFault::Date) };
                match name {
                    "before" => self.before = Some(self.before.map_or(time, |it| it.min(time))),
                    _ => self.after = Some(self.after.map_or(time, |it| it.max(time))),
                }
                return Ok(());
            }
        };
        self.clauses.push(Clause::Field(Term { field, value, characters }, negated));
        Ok(())
    }

    /// Returns the folded texts that a match shows.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for clause in &self.clauses {
            if let Clause::Any(any) = clause {
                words.extend(any.iter().cloned());
            }
        }
        words
    }
}

impl Token {
    fn is_or(&self) -> bool {
        self.name.is_none() && !self.quoted && !self.negated && self.value == "OR"
    }
}

/// Reads a phrase from its first quote on, and returns where it ends. Two quotes in it stand for one.
fn phrase(characters: &[char], start: usize) -> Result<(String, usize), QueryError> {
    let get = |index: usize| characters.get(index).copied();
    let (mut text, mut at) = (String::new(), start + 1);
    loop {
        match (get(at), get(at + 1)) {
            (Some('"'), Some('"')) => {
                text.push('"');
                at += 2;
            }
            (Some('"'), next) => {
                at += 1;
                // It would be another word, which nobody can see.
                let glued = next.is_some_and(|it| !it.is_whitespace());
                let fault = QueryError::new(start..at + 1, QueryFault::Glued);
                return if glued { Err(fault) } else { Ok((text, at)) };
            }
            (Some(character), _) => {
                text.push(character);
                at += 1;
            }
            (None, _) => {
                return Err(QueryError::new(start..characters.len(), QueryFault::Unclosed));
            }
        }
    }
}

/// Cuts a search at its white space.
fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let characters: Vec<char> = text.chars().collect();
    let get = |index: usize| characters.get(index).copied();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(character) = get(at) {
        if character.is_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        // A `-` alone is a word.
        let negated = character == '-' && get(at + 1).is_some_and(|it| !it.is_whitespace());
        at += usize::from(negated);
        let rest: String = characters.iter().skip(at).take(7).collect();
        let name = FILTERS
            .into_iter()
            .find(|name| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')));
        at += name.map_or(0, |name| name.len() + 1);
        let quoted = get(at) == Some('"');
        let (value, end) = match quoted {
            true => phrase(&characters, at)?,
            false => {
                let value = characters.iter().skip(at).take_while(|it| !it.is_whitespace());
                let value: String = value.collect();
                let end = at + value.chars().count();
                (value, end)
            }
        };
        at = end;
        tokens.push(Token { characters: start..at, negated, name, quoted, value });
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Query, QueryError> {
        Query::parse(text, UtcOffset::JAPAN)
    }

    fn any(words: &[&str]) -> Clause {
        Clause::Any(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn fault(text: &str) -> (Range<usize>, QueryFault) {
        let error = parse(text).expect_err(text);
        (error.characters, error.fault)
    }

    #[test]
    fn words_and_phrases_are_folded() {
        let query = parse("ＡＰＩ \"Release  Notes\"").unwrap();
        assert_eq!(query.clauses, [any(&["api"]), any(&["release notes"])]);
    }

    #[test]
    fn or_binds_closer_than_a_space() {
        let query = parse("a b OR c OR \"d e\" f").unwrap();
        assert_eq!(query.clauses, [any(&["a"]), any(&["b", "c", "d e"]), any(&["f"])]);
    }

    #[test]
    fn a_minus_leaves_out() {
        let query = parse("a -b -\"c d\" - -").unwrap();
        let (b, c) = (Clause::Not("b".to_owned()), Clause::Not("c d".to_owned()));
        assert_eq!(query.clauses, [any(&["a"]), b, c, any(&["-"]), any(&["-"])]);
    }

    #[test]
    fn filters_take_values() {
        let query = parse("from:me -in:\"営業 部\" after:2025-06-25 before:2025-07").unwrap();
        let [Clause::Field(from, false), Clause::Field(room, true)] = query.clauses.as_slice()
        else {
            panic!("{query:?}")
        };
        assert_eq!((from.field, from.value.as_str()), (Field::From, "me"));
        assert_eq!((room.field, room.value.as_str()), (Field::In, "営業 部"));
        assert_eq!(query.after, Some(1_750_777_200));
        assert_eq!(query.before, UtcOffset::JAPAN.start_of("2025-07-01"));
    }

    #[test]
    fn other_colons_and_signs_are_text() {
        let query = parse("https://a.b C++ (株) a-b x:y 12:30").unwrap();
        let words = ["https://a.b", "c++", "(株)", "a-b", "x:y", "12:30"];
        assert_eq!(query.words(), words);
    }

    #[test]
    fn a_quoted_keyword_is_text() {
        let query = parse("\"OR\" \"from:me\" -\"OR\" or").unwrap();
        assert_eq!(query.words(), ["or", "from:me", "or"]);
    }

    #[test]
    fn two_quotes_in_a_phrase_are_one_quote() {
        let query = parse("\"\"\"\" \"say \"\"yes\"\"\" a\"b -\"\"\"x\"").unwrap();
        assert_eq!(query.words(), ["\"", "say \"yes\"", "a\"b"]);
        assert_eq!(query.clauses.last(), Some(&Clause::Not("\"x".to_owned())));
    }

    #[test]
    fn text_behind_a_closing_quote_is_a_fault() {
        assert_eq!(fault("\"会議\"室"), (0..5, QueryFault::Glued));
        assert_eq!(fault("a from:\"b\"c"), (7..11, QueryFault::Glued));
        assert_eq!(fault("\"a\"-b"), (0..4, QueryFault::Glued));
        assert_eq!(fault("\"\"\""), (0..3, QueryFault::Unclosed));
        assert_eq!(fault("\"\""), (0..2, QueryFault::Blank));
    }

    #[test]
    fn faults_have_their_place() {
        assert_eq!(fault(""), (0..0, QueryFault::Empty));
        assert_eq!(fault("会議 \"資料"), (3..6, QueryFault::Unclosed));
        assert_eq!(fault("a \" \""), (2..5, QueryFault::Blank));
        assert_eq!(fault("OR a"), (0..2, QueryFault::Or));
        assert_eq!(fault("a OR"), (2..4, QueryFault::Or));
        assert_eq!(fault("a OR OR b"), (5..7, QueryFault::Or));
        assert_eq!(fault("a OR from:me"), (2..4, QueryFault::Or));
        assert_eq!(fault("from:me OR a"), (8..10, QueryFault::Or));
        assert_eq!(fault("a OR -b"), (5..7, QueryFault::NotInOr));
        assert_eq!(fault("from:"), (0..5, QueryFault::NoValue("from")));
        assert_eq!(fault("a before:yesterday"), (2..18, QueryFault::Date));
        assert_eq!(fault("-after:2025"), (0..11, QueryFault::Negated("after")));
    }

    #[test]
    fn an_error_counts_characters_from_one() {
        assert_eq!(
            parse("会議 OR").expect_err("no word").to_string(),
            "character 4 of the search: OR needs a word or a phrase on either side: \
             to search for it, write \"OR\""
        );
    }
}
