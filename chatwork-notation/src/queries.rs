//! Mentions, replies and quotes of a message.

use super::kind::{Kind, Reply};
use super::mentions::Mentions;
use super::node::Node;
use super::tree::Tree;

impl<'a> Tree<'a> {
    /// Returns the accounts mentioned by `[To:…]` or a reply, and whether `[toall]` mentions all.
    ///
    /// Mentions in a quote do not count: they belong to the quoted message.
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

    /// Returns the replies of the message, without those in quotes.
    pub fn replies(&self) -> impl Iterator<Item = Reply<'a>> {
        self.own_nodes().filter_map(|node| match node.kind() {
            Kind::Reply(reply) => Some(reply),
            _ => None,
        })
    }

    /// Returns the first of [`Tree::replies`]. Most messages have at most one reply.
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

    /// Returns the outermost quotes. A nested quote is a child of the outer quote.
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

    /// Returns the notation without its quotes: the text that the author wrote.
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

    /// Returns all nodes except quotes and their children.
    pub(super) fn own_nodes(&self) -> impl Iterator<Item = Node<'_, 'a>> {
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
    /// Returns true if the node is a quote.
    pub fn is_quote(&self) -> bool {
        matches!(self.kind(), Kind::Quote(_))
    }
}
