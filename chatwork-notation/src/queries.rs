//! What people ask of a message: to whom it is, what it answers, what it quotes.

use super::kind::{Kind, Reply};
use super::mentions::Mentions;
use super::node::Node;
use super::tree::Tree;

impl<'a> Tree<'a> {
    /// Who is mentioned: by `[To:…]`, by a reply, or all by `[toall]`.
    ///
    /// What is mentioned in a quote is not: it was addressed by another message.
    ///
    /// ```
    /// use chatwork_notation::AccountId;
    /// use chatwork_notation::parse;
    ///
    /// let tree = parse("[To:1]Anna [To:2]Bob [qt][qtmeta aid=3]ask [To:4][/qt]");
    /// assert_eq!(tree.mentions().accounts(), [AccountId(1), AccountId(2)]);
    /// ```
    pub fn mentions(&self) -> Mentions {
        self.own_nodes().map(|node| node.kind()).collect()
    }

    /// What the message replies to, quotes left out.
    pub fn replies(&self) -> impl Iterator<Item = Reply<'a>> {
        self.own_nodes().filter_map(|node| match node.kind() {
            Kind::Reply(reply) => Some(reply),
            _ => None,
        })
    }

    /// The first of [`Tree::replies`]: the one that most messages have.
    ///
    /// ```
    /// use chatwork_notation::{AccountId, RoomId};
    /// use chatwork_notation::parse;
    ///
    /// let tree = parse("[rp aid=1 to=22-333]Anna\nYes.");
    /// let reply = tree.reply().ok_or("no reply")?;
    /// assert_eq!((reply.account(), reply.room()), (AccountId(1), Some(RoomId(22))));
    /// assert_eq!(reply.message().ok_or("no message")?.as_str(), "333");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn reply(&self) -> Option<Reply<'a>> {
        self.replies().next()
    }

    /// The quotes; those within another quote are its children.
    ///
    /// ```
    /// use chatwork_notation::parse;
    ///
    /// let tree = parse("[qt][qtmeta aid=1 time=2]Who comes?[/qt]\nI do.");
    /// let texts: Vec<_> = tree.quotes().map(|quote| quote.inner()).collect();
    /// assert_eq!(texts, ["Who comes?"]);
    /// ```
    pub fn quotes(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        let mut walk = self.walk();
        std::iter::from_fn(move || {
            let quote = walk.find(Node::is_quote)?;
            walk.skip_children();
            Some(quote)
        })
    }

    /// The notation without its quotes: what the author wrote.
    ///
    /// ```
    /// use chatwork_notation::parse;
    ///
    /// let tree = parse("[qt][qtmeta aid=1]Who comes?[/qt]\nI do. [hr]");
    /// assert_eq!(tree.without_quotes(), "\nI do. [hr]");
    /// ```
    pub fn without_quotes(&self) -> String {
        let mut own = String::with_capacity(self.source.len());
        let mut from = 0;
        for quote in self.quotes() {
            own.push_str(self.span(from, quote.index));
            from = quote.after();
        }
        own.push_str(self.span(from, self.items.len()));
        own
    }

    /// All nodes but quotes and what is in them.
    fn own_nodes(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        let mut walk = self.walk();
        std::iter::from_fn(move || {
            loop {
                let node = walk.next()?;
                if !node.is_quote() {
                    return Some(node);
                }
                walk.skip_children();
            }
        })
    }
}

impl Node<'_, '_> {
    /// Whether it is a quote.
    pub fn is_quote(&self) -> bool {
        matches!(self.kind(), Kind::Quote(_))
    }
}
