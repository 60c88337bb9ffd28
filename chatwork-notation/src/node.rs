//! The nodes of a tree, and two ways to go through them.

use super::kind::Kind;
use super::tree::Tree;

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Node<'t, 'a> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) index: usize,
}

impl<'t, 'a> Node<'t, 'a> {
    /// What it is.
    pub fn kind(&self) -> Kind<'a> {
        self.tree.kind(self.index)
    }

    /// All of it as it stands in the text, with its tags and its children.
    pub fn source(&self) -> &'a str {
        self.tree.span(self.index, self.after())
    }

    /// What stands between its opening and its closing tag; of a text the text, and nothing of a
    /// tag that stands alone.
    pub fn inner(&self) -> &'a str {
        match self.kind() {
            Kind::Text(text) | Kind::Code(text) => text,
            Kind::Download(download) => download.label(),
            kind if kind.container().is_some() => self.tree.span(self.index + 1, self.after() - 1),
            _ => "",
        }
    }

    /// Its children: none, unless it is an info, a title, a quote or a task.
    pub fn children(&self) -> Nodes<'t, 'a> {
        let end = self.after().saturating_sub(1).max(self.index + 1);
        Nodes { tree: self.tree, next: self.index + 1, end }
    }

    /// Where it begins in the text, in bytes.
    pub fn offset(&self) -> usize {
        self.tree.start(self.index)
    }

    /// The index of the item after it and its children.
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

    /// Passes over the children of the node that came last.
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
