//! Where to cut.

use unicode_segmentation::GraphemeCursor;

use super::Part;
use super::units::{Role, Unit, Units};
use crate::escape::JOINER;

/// Cuts a text, part by part.
///
/// For each part it looks at no more than the part can hold, and cuts at the last line break that
/// it saw. So a stretch is looked at twice at most.
#[derive(Debug)]
pub(super) struct Cutter<'u, 'a> {
    text: &'a str,
    units: &'u Units<'a>,
    limit: usize,
    from: Cut,
}

/// A place in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Cut {
    /// In bytes.
    at: usize,
    /// The unit that it is in, or that begins there.
    unit: usize,
    /// What is open there.
    context: Option<usize>,
}

/// The places for a cut that were passed.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Behind a line break.
    line: Option<Cut>,
    /// Between two tags, or a tag and a text.
    joint: Option<Cut>,
}

impl<'u, 'a> Cutter<'u, 'a> {
    pub(super) fn new(text: &'a str, units: &'u Units<'a>, limit: usize) -> Self {
        Self { text, units, limit, from: Cut::default() }
    }

    /// The end of the part that begins where the last one ended.
    fn end(&self) -> Cut {
        let mut length = self.units.lengths(self.from.context).0;
        let (mut seen, mut opened) = (Seen::default(), true);
        for (index, unit) in self.units.units.iter().enumerate().skip(self.from.unit) {
            let start = unit.start.max(self.from.at);
            let here = Cut { at: start, unit: index, context: unit.before };
            if start > self.from.at && !opened && unit.role != Role::Closing {
                seen.joint = Some(here);
            }
            let text = self.shown(unit, start, unit.end);
            let room = self.limit.saturating_sub(length + self.units.lengths(unit.after).1);
            match count_to(text, room) {
                Ok(characters) => length += characters,
                Err(most) => return self.choose(seen, here, unit, most),
            }
            self.pass(&mut seen, here, unit);
            opened = unit.role == Role::Opening;
        }
        Cut { at: self.text.len(), unit: self.units.units.len(), context: None }
    }

    /// Remembers the last line break of a text that fits.
    fn pass(&self, seen: &mut Seen, here: Cut, unit: &Unit) {
        if unit.role != Role::Text {
            return;
        }
        let text = self.shown(unit, here.at, unit.end);
        let next = self.units.units.get(here.unit + 1);
        // Nothing would be left of what is open there but its tags.
        let closes = next.is_some_and(|next| next.role == Role::Closing);
        let text = if closes { text.strip_suffix('\n').unwrap_or(text) } else { text };
        if let Some(line) = text.rfind('\n') {
            seen.line = Some(Cut { at: here.at + line + 1, ..here });
        }
    }

    /// Where to cut when of a unit only so many bytes fit.
    fn choose(&self, seen: Seen, here: Cut, unit: &Unit, most: usize) -> Cut {
        let text = self.shown(unit, here.at, unit.end);
        let is_text = unit.role == Role::Text;
        let fitting = text.get(..most).unwrap_or_default();
        if let Some(line) = fitting.rfind('\n').filter(|_| is_text) {
            return Cut { at: here.at + line + 1, ..here };
        }
        if let Some(cut) = seen.line {
            return cut;
        }
        let boundary = last_boundary(text, most);
        match seen.joint {
            Some(joint) if !is_text || boundary.is_none() => joint,
            _ if (!is_text || boundary.is_none()) && here.at > self.from.at => here,
            // A tag or a cluster that no part can hold is cut like text: there is no other way.
            _ => Cut { at: here.at + boundary.unwrap_or_else(|| most.max(first(text))), ..here },
        }
    }

    fn part(&self, to: Cut) -> Part {
        let mut text = String::new();
        let contexts = self.chain(self.from.context);
        contexts.iter().rev().for_each(|context| text.push_str(context.opening));
        if contexts.first().is_some_and(|context| context.is_bare_quote) {
            // A `[qtmeta …]` that was text would belong to the quote, right behind its tag.
            text.push(JOINER);
        }
        let reopened = text.len();
        let units = self.units.units.iter().enumerate().skip(self.from.unit);
        for (index, unit) in units.take_while(|(index, _)| *index <= to.unit) {
            let (from, end) = (unit.start.max(self.from.at), unit.end.min(to.at));
            if index < to.unit || from < end {
                text.push_str(self.shown(unit, from, end));
            }
        }
        let end = text.len();
        self.chain(to.context).iter().for_each(|context| text.push_str(context.closing));
        Part { reopened, closed: text.len() - end, text }
    }

    /// What a part has of a unit between two places.
    fn shown(&self, unit: &Unit, from: usize, to: usize) -> &'a str {
        match unit.role {
            Role::Joiner => JOINER_TEXT,
            _ => self.text.get(from..to).unwrap_or_default(),
        }
    }

    /// A context and what it stands in, innermost first.
    fn chain(&self, context: Option<usize>) -> Vec<&super::units::Context<'a>> {
        let get = |index: usize| self.units.contexts.get(index);
        let first = context.and_then(get);
        std::iter::successors(first, |context| context.outer.and_then(get)).collect()
    }
}

impl Iterator for Cutter<'_, '_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        if self.from.at >= self.text.len() {
            return None;
        }
        let to = self.end();
        let part = self.part(to);
        self.from = to;
        Some(part)
    }
}

/// [`JOINER`].
const JOINER_TEXT: &str = "\u{2060}";

/// How many characters a text has, or, when there are more than fit, the bytes of those that fit.
fn count_to(text: &str, most: usize) -> Result<usize, usize> {
    let mut characters = text.char_indices();
    match characters.nth(most) {
        Some((bytes, _)) => Err(bytes),
        None => Ok(text.chars().count()),
    }
}

/// Returns the length of the first character.
fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Returns the last boundary between two grapheme clusters in the first `most` bytes; `None` if
/// the first cluster is longer.
fn last_boundary(text: &str, most: usize) -> Option<usize> {
    let mut cursor = GraphemeCursor::new(most.min(text.len()), text.len(), true);
    let is_boundary = cursor.is_boundary(text, 0).unwrap_or(true);
    let mut at = most.min(text.len());
    if !is_boundary {
        at = cursor.prev_boundary(text, 0).ok().flatten().unwrap_or_default();
    }
    // For Unicode our own mark is a character of its own.
    if text.get(at..).is_some_and(|rest| rest.starts_with(JOINER)) {
        at = text.get(..at).and_then(|it| it.char_indices().next_back()).map_or(0, |(at, _)| at);
    }
    Some(at).filter(|at| *at > 0)
}
