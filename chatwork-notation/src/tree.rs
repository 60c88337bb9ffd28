//! The tree of a text.
//!
//! It is a flat list, in the order of the text, in which what opens and what closes name each
//! other's place. Nothing of it is nested in memory: to walk, to write and to drop it takes a loop.

use std::fmt;

use super::kind::{Download, Kind};
use super::lex;
use super::node::{Nodes, Walk};
use super::token::{Literal, Token};

/// A stretch of the text: a text, a tag, or the opening or the closing tag of a node with
/// children. It ends where the next one begins.
///
/// It is small, since a text can consist of little else than tags: what a tag says is read again
/// when it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) start: usize,
    pub(super) body: ItemBody,
    /// Of an opening item the closing one, of a closing item the opening one, else itself.
    pub(super) partner: usize,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemBody {
    Text,
    Tag,
}

/// A text, read: see [`parse`](super::parse).
///
/// It borrows from the text. Written ([`Display`](fmt::Display)), it is the same text again, byte
/// for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree<'a> {
    pub(super) source: &'a str,
    pub(super) items: Vec<Item>,
}

impl<'a> Tree<'a> {
    /// The text that was read.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// The nodes that stand in no other.
    pub fn nodes(&self) -> Nodes<'_, 'a> {
        Nodes::of(self)
    }

    /// All nodes, in the order in which they begin in the text: each before its children.
    ///
    /// ```
    /// use chatwork_notation::{Kind, parse};
    ///
    /// let tree = parse("[info][title]Rules[/title][hr][qt][hr][/qt][/info]");
    /// assert_eq!(tree.walk().filter(|node| node.kind() == Kind::Rule).count(), 2);
    /// ```
    pub fn walk(&self) -> Walk<'_, 'a> {
        Walk::of(self)
    }

    /// Whether this is what stands in place of a message that was deleted.
    pub fn is_deleted(&self) -> bool {
        self.items.len() == 1 && self.kind(0) == Kind::Deleted
    }

    /// What an item is; of a closing one, what it closes.
    pub(super) fn kind(&self, index: usize) -> Kind<'a> {
        let text = || Kind::Text(self.span(index, index + 1));
        let Some(item) = self.items.get(index) else { return text() };
        let opening = item.partner.min(index);
        match item.body {
            ItemBody::Text => text(),
            ItemBody::Tag => self.tag(opening).unwrap_or_else(text),
        }
    }

    fn tag(&self, index: usize) -> Option<Kind<'a>> {
        let source = self.span(index, index + 1);
        match lex::tag(source)? {
            (Token::Single(kind) | Token::Open(kind), _) => Some(kind),
            (Token::Literal(literal), start) => {
                let label =
                    source.get(start..source.len().checked_sub(literal.closing_length())?)?;
                Some(match literal {
                    Literal::Code => Kind::Code(label),
                    Literal::Download(file) => Kind::Download(Download { file, label }),
                })
            }
            (Token::Close(_) | Token::QuoteMeta(_), _) => None,
        }
    }

    /// Where an item begins; for the one after the last, where the text ends.
    pub(super) fn start(&self, index: usize) -> usize {
        self.items.get(index).map_or(self.source.len(), |item| item.start)
    }

    /// The text from the start of an item to the start of another.
    pub(super) fn span(&self, from: usize, to: usize) -> &'a str {
        self.source.get(self.start(from)..self.start(to)).unwrap_or_default()
    }
}

impl fmt::Display for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..self.items.len()).try_for_each(|index| f.write_str(self.span(index, index + 1)))
    }
}
