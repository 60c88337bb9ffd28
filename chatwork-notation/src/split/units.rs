//! The units of a text that may or may not be cut, and the open containers of each.

use crate::kind::Kind;
use crate::lex;
use crate::token::{Container, Token};
use crate::tree::{Item, Tree};

/// A range of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: Role,
    /// The innermost open context at the start and at the end.
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// May be cut between two characters.
    Text,
    /// May not be cut.
    Tag,
    /// An opening tag: a cut after it would leave an empty container.
    Opening,
    /// A closing tag: a cut before it would leave an empty container.
    Closing,
    /// A joiner is written instead of this range. It replaces the tag of a container that costs too
    /// much to reopen, so that the text on both sides does not form a new tag. It also breaks an
    /// invalid tag that could become valid in a part.
    Joiner,
}

/// A container that is closed at a cut and opened again after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// The outer context, which is closed and opened with this one.
    pub(super) outer: Option<usize>,
    pub(super) opening: &'a str,
    pub(super) closing: &'a str,
    /// Characters needed to open, and to close, this context and its outer contexts.
    pub(super) opening_length: usize,
    pub(super) closing_length: usize,
    /// True for a quote without an author: a joiner is written after its tag.
    pub(super) is_bare_quote: bool,
    /// True for a quote and every context in a quote.
    is_quoted: bool,
}

/// The units of a text. They follow each other without gaps.
#[derive(Debug)]
pub(super) struct Units<'a> {
    pub(super) units: Vec<Unit>,
    pub(super) contexts: Vec<Context<'a>>,
    /// The most characters for opening and closing containers.
    budget: usize,
    /// True if the text has tags of a title outside a box. They are text, but they have made text
    /// of tags between them. A part may have only one of the two, so each tag in text is broken.
    has_loose_titles: bool,
    /// The number of open containers that lose their tags.
    dropped: usize,
}

impl<'a> Units<'a> {
    pub(super) fn new(tree: &Tree<'a>, limit: usize) -> Self {
        let (units, contexts) = (Vec::with_capacity(tree.items.len()), Vec::new());
        let has_loose_titles = has_loose_titles(tree);
        let mut this = Self { units, contexts, budget: limit / 4, has_loose_titles, dropped: 0 };
        let mut context = None;
        // The outer context of each open container.
        let mut open = Vec::new();
        for (index, item) in tree.items.iter().copied().enumerate() {
            let before = context;
            if item.partner > index {
                open.push(context);
                context = this.enter(tree, index, item, context);
                this.dropped += usize::from(context == before);
            } else if item.partner < index {
                context = open.pop().flatten();
                this.dropped -= usize::from(context == before);
            }
            this.item(tree, index, item, (before, context));
        }
        this
    }

    /// Returns the context within a container, or `outer` if reopening it costs too much.
    fn enter(
        &mut self,
        tree: &Tree<'a>,
        index: usize,
        item: Item,
        outer: Option<usize>,
    ) -> Option<usize> {
        let opening = tree.span(index, index + 1);
        let closing = tree.span(item.partner, item.partner + 1);
        let mut context = self.context(outer, opening, closing);
        let kind = tree.kind(index);
        if matches!(kind, Kind::Quote(quote) if quote.author.is_none()) {
            context.is_bare_quote = true;
            context.opening_length += 1;
        }
        let costs_too_much = context.opening_length + context.closing_length > self.budget;
        // Mentions in a quote do not count. Without the quote they would, so always keep the
        // outermost quote.
        let is_first_quote = matches!(kind, Kind::Quote(_)) && !context.is_quoted;
        if costs_too_much && !is_first_quote {
            return outer;
        }
        context.is_quoted |= is_first_quote;
        self.contexts.push(context);
        Some(self.contexts.len() - 1)
    }

    fn context(&self, outer: Option<usize>, opening: &'a str, closing: &'a str) -> Context<'a> {
        let (before, after) = self.lengths(outer);
        let opening_length = before + opening.chars().count();
        let closing_length = after + closing.chars().count();
        let around = outer.and_then(|index| self.contexts.get(index));
        Context {
            outer,
            opening,
            closing,
            opening_length,
            closing_length,
            is_bare_quote: false,
            is_quoted: around.is_some_and(|context| context.is_quoted),
        }
    }

    /// Returns the characters needed to open a context and to close it.
    pub(super) fn lengths(&self, context: Option<usize>) -> (usize, usize) {
        let context = context.and_then(|index| self.contexts.get(index));
        context.map_or((0, 0), |context| (context.opening_length, context.closing_length))
    }

    fn item(
        &mut self,
        tree: &Tree<'a>,
        index: usize,
        item: Item,
        (before, after): (Option<usize>, Option<usize>),
    ) {
        let (start, end) = (tree.start(index), tree.start(index + 1));
        let role = match tree.kind(index) {
            Kind::Code(inner) => return self.literal((start, end), inner, tree.source, before),
            Kind::Download(file) => {
                return self.literal((start, end), file.label(), tree.source, before);
            }
            Kind::Text(_) if self.dropped > 0 || self.has_loose_titles => {
                return self.broken(tree, (start, end), before);
            }
            Kind::Text(_) => Role::Text,
            _ if item.partner != index && before == after => Role::Joiner,
            _ if item.partner > index => Role::Opening,
            _ if item.partner < index => Role::Closing,
            _ => Role::Tag,
        };
        self.units.push(Unit { start, end, role, before, after });
    }

    /// Adds a literal. It is always reopened, otherwise tags in its text would work. Literals do
    /// not nest and their tags are short, so the budget is not checked.
    fn literal(
        &mut self,
        (start, end): (usize, usize),
        inner: &str,
        source: &'a str,
        outer: Option<usize>,
    ) {
        let closing_length = source.get(start..end).and_then(|all| all.rfind("[/")).unwrap_or(0);
        let close = start + closing_length;
        let open = close - inner.len();
        let opening = source.get(start..open).unwrap_or_default();
        let closing = source.get(close..end).unwrap_or_default();
        self.contexts.push(self.context(outer, opening, closing));
        let within = Some(self.contexts.len() - 1);
        let unit = |start, end, role, before, after| Unit { start, end, role, before, after };
        self.units.push(unit(start, open, Role::Opening, outer, within));
        self.units.push(unit(open, close, Role::Text, within, within));
        self.units.push(unit(close, end, Role::Closing, within, outer));
    }

    /// Adds a text, and breaks each invalid tag in it that could become valid in a part: without a
    /// container that loses its tags, or without one of the tags of a title outside a box.
    fn broken(&mut self, tree: &Tree<'a>, (start, end): (usize, usize), context: Option<usize>) {
        let unit = |start, end, role| Unit { start, end, role, before: context, after: context };
        let text = tree.source.get(start..end).unwrap_or_default();
        let mut from = start;
        for (at, bracket) in text.match_indices('[') {
            if text.get(at..).and_then(lex::tag).is_some() {
                let behind = start + at + bracket.len();
                self.units.push(unit(from, behind, Role::Text));
                self.units.push(unit(behind, behind, Role::Joiner));
                from = behind;
            }
        }
        self.units.push(unit(from, end, Role::Text));
    }
}

/// Returns true if a text contains a tag of a title.
fn has_loose_titles(tree: &Tree<'_>) -> bool {
    let is_title = |text: &str| {
        let token = lex::tag(text).map(|(token, _)| token);
        matches!(token, Some(Token::Open(Kind::Title) | Token::Close(Container::Title)))
    };
    tree.walk().any(|node| match node.kind() {
        Kind::Text(text) => {
            text.match_indices('[').any(|(at, _)| text.get(at..).is_some_and(is_title))
        }
        _ => false,
    })
}
