//! The tree of a text.
//!
//! The tree is a flat list in the order of the text. An opening and its closing item hold each
//! other's index. Walking, writing and dropping the tree need a loop, no recursion.

use std::fmt;

use super::kind::{Download, Kind};
use super::lex;
use super::node::{Nodes, Walk};
use super::token::{Literal, Token};

/// A text, a tag, or the opening or closing tag of a node with children. An item ends where the
/// next item begins.
///
/// A text can consist of tags alone, so the item is small: `Tree::kind` parses the tag again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) start: usize,
    pub(super) body: ItemBody,
    /// The index of the matching closing or opening item; for other items, their own index.
    pub(super) partner: usize,
}

/// The form of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemBody {
    Text,
    Tag,
}

/// A parsed text: see [`parse`](super::parse).
///
/// The tree borrows from the text. [`Display`](fmt::Display) writes the same text, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree<'a> {
    pub(super) source: &'a str,
    pub(super) items: Vec<Item>,
}

impl<'a> Tree<'a> {
    /// Returns the text that was parsed.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// Returns the top-level nodes.
    pub fn nodes(&self) -> Nodes<'_, 'a> {
        Nodes::of(self)
    }

    /// Returns all nodes in the order of the text: each node before its children.
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

    /// Returns true if the text is `[deleted]` alone, the body of a deleted message.
    pub fn is_deleted(&self) -> bool {
        self.items.len() == 1 && self.kind(0) == Kind::Deleted
    }

    /// Returns the kind of an item; for a closing item, the kind of the node that it closes.
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

    /// Returns the start of an item; for the index after the last, the end of the text.
    pub(super) fn start(&self, index: usize) -> usize {
        self.items.get(index).map_or(self.source.len(), |item| item.start)
    }

    /// Returns the text from the start of item `from` to the start of item `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> &'a str {
        self.source.get(self.start(from)..self.start(to)).unwrap_or_default()
    }
}

impl fmt::Display for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..self.items.len()).try_for_each(|index| f.write_str(self.span(index, index + 1)))
    }
}
