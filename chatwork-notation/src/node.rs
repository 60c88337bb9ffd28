//! The nodes of a tree, and two iterators over them.

use super::kind::Kind;
use super::tree::Tree;

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Node<'t, 'a> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) index: usize,
}

impl<'t, 'a> Node<'t, 'a> {
    /// Returns the kind: text, or a tag with its values.
    pub fn kind(&self) -> Kind<'a> {
        self.tree.kind(self.index)
    }

    /// Returns the node's text with its tags and children.
    pub fn source(&self) -> &'a str {
        self.tree.span(self.index, self.after())
    }

    /// Returns the text between the opening and the closing tag. For a text node, returns the text;
    /// for a single tag, an empty string.
    pub fn inner(&self) -> &'a str {
        match self.kind() {
            Kind::Text(text) | Kind::Code(text) => text,
            Kind::Download(download) => download.label(),
            kind if kind.container().is_some() => self.tree.span(self.index + 1, self.after() - 1),
            _ => "",
        }
    }

    /// Returns the children. Only an info, a title, a quote and a task can have children.
    pub fn children(&self) -> Nodes<'t, 'a> {
        let end = self.after().saturating_sub(1).max(self.index + 1);
        Nodes { tree: self.tree, next: self.index + 1, end }
    }

    /// Returns the start of the node in the text, in bytes.
    pub fn offset(&self) -> usize {
        self.tree.start(self.index)
    }

    /// Returns the index of the item after the node and its children.
    pub(super) fn after(&self) -> usize {
        self.tree.items.get(self.index).map_or(self.index, |item| item.partner) + 1
    }
}

/// The nodes of one level: see [`Tree::nodes`] and [`Node::children`].
#[derive(Clone, Debug)]
pub struct Nodes<'t, 'a> {
    tree: &'t Tree<'a>,
    next: usize,
    end: usize,
}

impl<'t, 'a> Nodes<'t, 'a> {
    pub(super) fn of(tree: &'t Tree<'a>) -> Self {
        Self { tree, next: 0, end: tree.items.len() }
    }
}

impl<'t, 'a> Iterator for Nodes<'t, 'a> {
    type Item = Node<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let node = Node { tree: self.tree, index: self.next };
        (self.next < self.end).then(|| self.next = node.after())?;
        Some(node)
    }
}

/// All nodes: see [`Tree::walk`].
#[derive(Clone, Debug)]
pub struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    next: usize,
    end: usize,
}

impl<'t, 'a> Walk<'t, 'a> {
    pub(super) fn of(tree: &'t Tree<'a>) -> Self {
        Self { tree, next: 0, end: tree.items.len() }
    }

    /// Skips the children of the last returned node.
    ///
    /// ```
    /// use chatwork_notation::{Kind, parse};
    ///
    /// let tree = parse("[qt][hr][/qt][toall]");
    /// let mut walk = tree.walk();
    /// assert!(matches!(walk.next().map(|node| node.kind()), Some(Kind::Quote(_))));
    /// walk.skip_children();
    /// assert_eq!(walk.next().map(|node| node.kind()), Some(Kind::ToAll));
    /// ```
    pub fn skip_children(&mut self) {
        if let Some(index) = self.next.checked_sub(1) {
            self.next = self.next.max(Node { tree: self.tree, index }.after());
        }
    }
}

impl<'t, 'a> Iterator for Walk<'t, 'a> {
    type Item = Node<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.next < self.end {
            let index = self.next;
            self.next += 1;
            // A closing item is the end of a node, not a node.
            if self.tree.items.get(index).is_some_and(|item| item.partner >= index) {
                return Some(Node { tree: self.tree, index });
            }
        }
        None
    }
}
