//! Parses text into a tree, in one pass.
//!
//! An opening tag is kept on a stack until its closing tag. If the closing tag is missing, or an
//! outer container closes first, the opening tag becomes text. Every tag is pushed once and popped
//! once, so the time is linear at any nesting depth.
//!
//! A title is valid only in a box, and a box is valid only once its closing tag was found. So a
//! title waits for the end of its box; a title that no box contains becomes text at the end.

use super::lex;
use super::token::{Container, Literal, Token};
use super::tree::{Item, ItemBody, Tree};

/// Parses a text. Never fails: an invalid tag is text.
///
/// ```
/// use chatwork_notation::{Kind, parse};
///
/// let tree = parse("[info]all is [well][/info]");
/// let info = tree.nodes().next().ok_or("no node")?;
/// assert_eq!(info.kind(), Kind::Info);
/// assert_eq!(info.inner(), "all is [well]");
/// # Ok::<(), &str>(())
/// ```
pub fn parse(text: &str) -> Tree<'_> {
    let mut parser = Parser::new(text);
    parser.run();
    parser.finish()
}

struct Parser<'a> {
    source: &'a str,
    items: Vec<Item>,
    /// Start of the text that is not yet an item.
    text: usize,
    /// The open items, outermost first.
    open: Vec<(usize, Container)>,
    /// The number of open items, by container.
    depth: [usize; 4],
    /// The opening items of the closed titles for which no box has closed yet, in the order of the
    /// text's closing tags.
    titles: Vec<usize>,
    /// True if a tag became text.
    has_dropped: bool,
    /// True for a literal whose closing tag does not occur again, so that it is not searched twice.
    no_more: [bool; 2],
}

impl<'a> Parser<'a> {
    fn new(source: &'a str) -> Self {
        let (items, open, titles) = (Vec::new(), Vec::new(), Vec::new());
        let (depth, no_more) = ([0; 4], [false; 2]);
        Self { source, items, text: 0, open, depth, titles, has_dropped: false, no_more }
    }

    fn run(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.source.get(at..) {
            // Tags often follow each other, and `starts_with` is cheaper than a search.
            let offset = if rest.starts_with('[') { Some(0) } else { rest.find('[') };
            let Some(offset) = offset else { break };
            let start = at + offset;
            at = self.tag(start).unwrap_or(start + 1);
        }
    }

    /// Adds the tag that begins at `start`. Returns its end, or `None` if it is text.
    fn tag(&mut self, start: usize) -> Option<usize> {
        let (token, length) = lex::tag(self.source.get(start..)?)?;
        let end = start + length;
        match token {
            Token::Single(_) => self.push(start, end),
            Token::Open(kind) => self.open(start, end, kind.container()?),
            Token::Close(container) => return self.close(start, end, container),
            Token::Literal(literal) => return self.literal(start, end, literal),
            Token::QuoteMeta(_) => return None,
        }
        Some(end)
    }

    /// Adds an item, after the text before it.
    fn push(&mut self, start: usize, end: usize) {
        self.flush(start);
        self.items.push(Item { start, body: ItemBody::Tag, partner: self.items.len() });
        self.text = end;
    }

    fn flush(&mut self, end: usize) {
        if self.text < end {
            let (start, partner) = (self.text, self.items.len());
            self.items.push(Item { start, body: ItemBody::Text, partner });
            self.text = end;
        }
    }

    fn open(&mut self, start: usize, end: usize, container: Container) {
        self.push(start, end);
        self.open.push((self.items.len() - 1, container));
        self.count(container, |depth| depth + 1);
    }

    fn close(&mut self, start: usize, end: usize, container: Container) -> Option<usize> {
        if self.depth.get(container as usize).is_none_or(|depth| *depth == 0) {
            return None;
        }
        let opened = loop {
            let (index, open) = self.open.pop()?;
            self.count(open, |depth| depth - 1);
            if open == container {
                break index;
            }
            self.drop(index);
        };
        self.push(start, end);
        let closed = self.items.len() - 1;
        self.items.get_mut(opened)?.partner = closed;
        self.items.get_mut(closed)?.partner = opened;
        match container {
            Container::Title => self.titles.push(opened),
            Container::Info => self.keep_titles_after(opened),
            _ => {}
        }
        Some(end)
    }

    /// Keeps the titles in a closed box. They are the latest ones: a title that began before the box
    /// and ended in it would have turned the box into text.
    fn keep_titles_after(&mut self, info: usize) {
        while self.titles.pop_if(|title| *title > info).is_some() {}
    }

    fn literal(&mut self, start: usize, inner: usize, literal: Literal) -> Option<usize> {
        let no_more = self.no_more.get_mut(usize::from(matches!(literal, Literal::Code)))?;
        if *no_more {
            return None;
        }
        let Some(length) = before_close(self.source.get(inner..)?, literal.name()) else {
            *no_more = true;
            return None;
        };
        let end = inner + length + literal.closing_length();
        self.push(start, end);
        Some(end)
    }

    fn count(&mut self, container: Container, change: impl Fn(usize) -> usize) {
        if let Some(depth) = self.depth.get_mut(container as usize) {
            *depth = change(*depth);
        }
    }

    /// Turns a tag into text.
    fn drop(&mut self, index: usize) {
        if let Some(item) = self.items.get_mut(index) {
            item.body = ItemBody::Text;
            item.partner = index;
        }
        self.has_dropped = true;
    }

    fn finish(mut self) -> Tree<'a> {
        self.flush(self.source.len());
        while let Some((index, _)) = self.open.pop() {
            self.drop(index);
        }
        while let Some(opened) = self.titles.pop() {
            let closed = self.items.get(opened).map_or(opened, |title| title.partner);
            self.drop(opened);
            self.drop(closed);
        }
        let items = if self.has_dropped { join_texts(&self.items) } else { self.items };
        Tree { source: self.source, items }
    }
}

/// Returns the length of the text before a closing tag of any case.
fn before_close(text: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find("[/")?;
        let end = at + 2 + name.len();
        let found = text.get(at + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if found && text.get(end..)?.starts_with(']') {
            return Some(at);
        }
        at += 2;
    }
}

/// Joins adjacent texts. An item ends where the next begins, so removing the later texts is enough.
fn join_texts(items: &[Item]) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    let mut moved_to = Vec::with_capacity(items.len());
    let is_text = |item: &Item| item.body == ItemBody::Text;
    for item in items {
        if !(is_text(item) && joined.last().is_some_and(is_text)) {
            joined.push(*item);
        }
        moved_to.push(joined.len() - 1);
    }
    for item in &mut joined {
        item.partner = moved_to.get(item.partner).copied().unwrap_or_default();
    }
    joined
}
