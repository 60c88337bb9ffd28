//! Chooses the cuts between parts.

use unicode_segmentation::GraphemeCursor;

use super::Part;
use super::units::{Role, Unit, Units};
use crate::escape::JOINER;

/// Cuts a text, part by part.
///
/// For each part, scans only as much as fits and cuts at the last line break in it. So every
/// position is scanned at most twice.
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
    /// The unit that contains the cut or begins there.
    unit: usize,
    /// The innermost open context.
    context: Option<usize>,
}

/// The possible cuts so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The last cut after a line break.
    line: Option<Cut>,
    /// The last cut between two tags, or between a tag and a text.
    joint: Option<Cut>,
}

impl<'u, 'a> Cutter<'u, 'a> {
    pub(super) fn new(text: &'a str, units: &'u Units<'a>, limit: usize) -> Self {
        Self { text, units, limit, from: Cut::default() }
    }

    /// Returns the end of the part that begins at `from`.
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

    /// Records the last line break of a text that fits.
    fn pass(&self, seen: &mut Seen, here: Cut, unit: &Unit) {
        if unit.role != Role::Text {
            return;
        }
        let text = self.shown(unit, here.at, unit.end);
        let next = self.units.units.get(here.unit + 1);
        // After a cut at the final line break, the next part would hold empty containers.
        let closes = next.is_some_and(|next| next.role == Role::Closing);
        let text = if closes { text.strip_suffix('\n').unwrap_or(text) } else { text };
        if let Some(line) = text.rfind('\n') {
            seen.line = Some(Cut { at: here.at + line + 1, ..here });
        }
    }

    /// Returns the cut if only `most` bytes of a unit fit.
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
            // A tag or cluster longer than a part must be cut like text.
            _ => Cut { at: here.at + boundary.unwrap_or_else(|| most.max(first(text))), ..here },
        }
    }

    fn part(&self, to: Cut) -> Part {
        let mut text = String::new();
        let contexts = self.chain(self.from.context);
        contexts.iter().rev().for_each(|context| text.push_str(context.opening));
        if contexts.first().is_some_and(|context| context.is_bare_quote) {
            // Directly after `[qt]`, a `[qtmeta …]` that was text would become part of the quote.
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

    /// Returns the text that a part contains of a unit between two positions.
    fn shown(&self, unit: &Unit, from: usize, to: usize) -> &'a str {
        match unit.role {
            Role::Joiner => JOINER_TEXT,
            _ => self.text.get(from..to).unwrap_or_default(),
        }
    }

    /// Returns a context and its outer contexts, innermost first.
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

/// Returns the number of characters, or as `Err` the bytes of the first `most` characters if the
/// text has more.
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
    // Unicode allows a boundary before the joiner, but the joiner belongs to its bracket.
    if text.get(at..).is_some_and(|rest| rest.starts_with(JOINER)) {
        at = text.get(..at).and_then(|it| it.char_indices().next_back()).map_or(0, |(at, _)| at);
    }
    Some(at).filter(|at| *at > 0)
}
