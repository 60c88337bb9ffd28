//! What may be cut, what may not, and what is open where.

use crate::kind::Kind;
use crate::lex;
use crate::tree::{Item, Tree};

/// A stretch of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: Role,
    /// What is open at its start and at its end.
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// May be cut between two characters.
    Text,
    /// May not be cut.
    Tag,
    /// A tag behind which a cut would leave something empty.
    Opening,
    /// A tag before which a cut would leave something empty.
    Closing,
    /// A mark is written, whatever stands here: in place of a tag of a container that could not be
    /// opened again, so that what is left and right of it makes no other tag; or into a tag that
    /// was text and would not be any more without that container.
    Joiner,
}

/// Something that is closed at a cut and opened again after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// What it stands in, that is closed and opened with it.
    pub(super) outer: Option<usize>,
    pub(super) opening: &'a str,
    pub(super) closing: &'a str,
    /// How many characters it takes to open it and what it stands in, and to close them.
    pub(super) opening_length: usize,
    pub(super) closing_length: usize,
    /// Whether it is a quote that names no author: a mark is written behind its tag.
    pub(super) is_bare_quote: bool,
    /// Whether it is a quote or stands in one.
    is_quoted: bool,
}

/// A text in units. They follow each other without gaps.
#[derive(Debug)]
pub(super) struct Units<'a> {
    pub(super) units: Vec<Unit>,
    pub(super) contexts: Vec<Context<'a>>,
    /// The most characters that opening and closing may take.
    budget: usize,
    /// How many containers are open that lose their tags.
    dropped: usize,
}

impl<'a> Units<'a> {
    pub(super) fn new(tree: &Tree<'a>, limit: usize) -> Self {
        let (units, contexts) = (Vec::with_capacity(tree.items.len()), Vec::new());
        let mut this = Self { units, contexts, budget: limit / 4, dropped: 0 };
        let mut context = None;
        // For each open container the context that it stands in.
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

    /// The context within a container; the same as outside, when it is too costly to open again.
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
        // A quote keeps its mentions from being mentions, so the outermost is always kept.
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

    /// How many characters it takes to open a context, and to close it.
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
            Kind::Text(_) if self.dropped > 0 => return self.broken(tree, (start, end), before),
            Kind::Text(_) => Role::Text,
            _ if item.partner != index && before == after => Role::Joiner,
            _ if item.partner > index => Role::Opening,
            _ if item.partner < index => Role::Closing,
            _ => Role::Tag,
        };
        self.units.push(Unit { start, end, role, before, after });
    }

    /// What is literal is always opened again, or its text would work as tags. There is one at a
    /// time, and its tags are short, so the budget need not be asked.
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

    /// A text of which no part may become a tag, when what made it text is gone.
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
