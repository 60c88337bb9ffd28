//! Plain text without tags.

use chatwork_api::types::AccountId;

use super::escape::unescape;
use super::kind::Kind;
use super::tree::Tree;
use super::writer::{BLANKS, Writer};

impl Tree<'_> {
    /// Returns the text without tags, as a person reads it. `names` returns the name of an account;
    /// if it returns `None`, the id is written.
    ///
    /// - A mention or a reply is `@name`. If the text already continues with the name, only `@` is
    ///   added. `[toall]` is `@all`. A `[pname:…]` or `[piconname:…]` is the name.
    /// - A box, its title, code and a task are on lines of their own. A rule is `----`.
    /// - A quote has `name:` above it, and `> ` before each line, at most eight times.
    /// - A file is its name and size. Icons, previews and `[deleted]` are omitted.
    /// - A system sentence is its key in words: `file uploaded`.
    /// - The joiners of [`MessageText`](super::MessageText) are removed.
    ///
    /// The result is not escaped: if you post it as notation, escaped tags work again. Pass it to
    /// [`MessageText::text`](super::MessageText::text).
    ///
    /// ```
    /// use chatwork_notation::AccountId;
    /// use chatwork_notation::parse;
    ///
    /// let body = "[To:1]Anna [qt][qtmeta aid=2]see below[/qt][info][title]Log[/title]ok[/info]";
    /// let names = |account: AccountId| match account.0 {
    ///     1 => Some("Anna".to_owned()),
    ///     2 => Some("Bob".to_owned()),
    ///     _ => None,
    /// };
    /// assert_eq!(parse(body).plain_text(names), "@Anna \n> Bob:\n> see below\nLog\nok");
    /// ```
    pub fn plain_text(&self, names: impl FnMut(AccountId) -> Option<String>) -> String {
        let writer = Writer::with_capacity(self.source.len());
        let mut plain = Plain { tree: self, names, writer };
        for (index, item) in self.items.iter().enumerate() {
            plain.item(index, item.partner < index);
        }
        plain.writer.finish()
    }
}

struct Plain<'t, 'a, N> {
    tree: &'t Tree<'a>,
    names: N,
    writer: Writer,
}

impl<N: FnMut(AccountId) -> Option<String>> Plain<'_, '_, N> {
    fn item(&mut self, index: usize, closes: bool) {
        match self.tree.kind(index) {
            Kind::Text(text) => self.writer.text(&unescape(text)),
            Kind::To(account) => self.mention(account, index),
            Kind::Reply(reply) => self.mention(reply.account(), index),
            Kind::ToAll => self.writer.word("@all"),
            Kind::Name(account) | Kind::IconAndName(account) => {
                let name = self.name(account);
                self.writer.text(&name);
            }
            Kind::Rule => self.writer.block("----"),
            Kind::Code(code) => self.writer.block(&unescape(code)),
            Kind::Download(file) => self.writer.text(file.label()),
            Kind::SystemText(key) => self.writer.word(&words(key)),
            Kind::Icon(_) | Kind::Preview(_) | Kind::Deleted => {}
            Kind::Info | Kind::Title | Kind::Task(_) => self.writer.edge(),
            Kind::Quote(_) if closes => self.writer.leave_quote(),
            Kind::Quote(quote) => {
                self.writer.enter_quote();
                if let Some(name) = quote.author().and_then(&mut self.names) {
                    self.writer.block(&format!("{name}:"));
                }
            }
        }
    }

    fn mention(&mut self, account: AccountId, index: usize) {
        let name = self.name(account);
        let next = self.tree.span(index + 1, index + 2);
        match !name.is_empty() && next.trim_start_matches(BLANKS).starts_with(&name) {
            true => self.writer.prefix("@"),
            false => self.writer.word(&format!("@{name}")),
        }
    }

    fn name(&mut self, account: AccountId) -> String {
        (self.names)(account).unwrap_or_else(|| account.to_string())
    }
}

/// Returns the words of a key. Nearly all keys begin with `chatroom_`, so the prefix is removed.
fn words(key: &str) -> String {
    key.strip_prefix("chatroom_").unwrap_or(key).replace('_', " ")
}
