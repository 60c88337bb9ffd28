//! Commands to a bot.

use std::ops::ControlFlow;

use chatwork_api::types::AccountId;

use super::kind::Kind;
use super::node::{Node, Nodes};
use super::tree::Tree;

/// A command to an account: see [`Tree::command`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Command<'a> {
    name: &'a str,
    rest: &'a str,
    body: &'a str,
}

impl<'a> Command<'a> {
    /// Returns the name without the slash: `deploy`.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Returns the words after the name on its line, split at white space.
    pub fn arguments(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.rest.split_whitespace()
    }

    /// Returns the notation after the name on its line, trimmed.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// Returns the notation after the command's line.
    pub fn body(&self) -> &'a str {
        self.body
    }
}

impl<'a> Tree<'a> {
    /// Returns the command for an account, or `None` if the message has no such command.
    ///
    /// The command is the first line after the account's mention (`[To:…]` or a reply) if that
    /// line begins with `/` or `／`. Only these may stand between the mention and the command:
    /// a name on the mention's line, other mentions with their names, icons, rules, quotes and
    /// empty lines. The command may also follow the tag directly. A slash elsewhere, such as a
    /// path in a sentence, does not begin a command.
    ///
    /// Mentions within boxes and quotes do not count. The line may contain tags. If it contains a
    /// code block, all lines of the block belong to it.
    ///
    /// ```
    /// use chatwork_notation::AccountId;
    /// use chatwork_notation::parse;
    ///
    /// let tree = parse("[To:1]Bot さん\n/deploy prod --now\nsecond line");
    /// let command = tree.command(AccountId(1)).ok_or("no command")?;
    /// assert_eq!(command.name(), "deploy");
    /// assert!(command.arguments().eq(["prod", "--now"]));
    /// assert_eq!(command.body(), "second line");
    ///
    /// assert!(tree.command(AccountId(2)).is_none());
    /// assert!(parse("[To:1]Bot, see /etc/hosts").command(AccountId(1)).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn command(&self, account: AccountId) -> Option<Command<'a>> {
        let mut nodes = self.nodes();
        nodes.find(|node| node.kind().addressee() == Some(account))?;
        self.find_command(nodes, Place { at_start: true, in_mention: true, is_bare: false })
    }

    /// Returns the command at the start of a message without a mention before it. Users write such
    /// commands in a direct chat, or in a room in which a bot reads all messages.
    ///
    /// Quotes, icons, rules and empty lines may precede the command.
    ///
    /// ```
    /// use chatwork_notation::{AccountId, parse};
    ///
    /// let tree = parse("/deploy prod");
    /// assert_eq!(tree.bare_command().map(|command| command.name()), Some("deploy"));
    /// assert!(parse("[To:2]Anna\n/deploy").bare_command().is_none());
    ///
    /// // With a mention of the bot, or without any:
    /// let command = tree.command(AccountId(1)).or_else(|| tree.bare_command());
    /// assert!(command.is_some());
    /// ```
    pub fn bare_command(&self) -> Option<Command<'a>> {
        let place = Place { at_start: true, in_mention: false, is_bare: true };
        self.find_command(self.nodes(), place)
    }

    /// Finds the command in the nodes that follow a place.
    fn find_command(&self, mut nodes: Nodes<'_, 'a>, mut place: Place) -> Option<Command<'a>> {
        let (text, start) = nodes.try_for_each(|node| place.look(&node)).break_value()??;
        let (name, _) = cut_at_space(self.source.get(start..text.offset() + text.source().len())?);
        let behind = start + name.len();
        let line = self.line_end(behind, std::iter::once(text).chain(nodes));
        let name = without_slash(name).filter(|name| !name.is_empty())?;
        let rest = self.source.get(behind..line)?.trim();
        let body = self.source.get(line + 1..).unwrap_or_default();
        Some(Command { name, rest, body })
    }

    /// Returns the end of the line at `from`: the first line break in a text after it.
    fn line_end<'t>(&self, from: usize, mut nodes: impl Iterator<Item = Node<'t, 'a>>) -> usize
    where
        'a: 't,
    {
        let end = |node: Node<'_, '_>| {
            let Kind::Text(text) = node.kind() else { return None };
            let skipped = from.saturating_sub(node.offset());
            Some(node.offset() + skipped + text.get(skipped..)?.find('\n')?)
        };
        nodes.find_map(end).unwrap_or(self.source.len())
    }
}

/// The state of the search for a command.
struct Place {
    /// True if only white space and tags came since the start of the line or the last mention.
    at_start: bool,
    /// True on the line of a mention: text on this line is a name.
    in_mention: bool,
    /// True if a mention ends the search.
    is_bare: bool,
}

impl Place {
    /// Checks the next node. Breaks with the text node of the command and the command's start, or
    /// with `None` if the message has no command.
    fn look<'t, 'a>(&mut self, node: &Node<'t, 'a>) -> Search<(Node<'t, 'a>, usize)> {
        match node.kind() {
            Kind::Text(text) => self
                .look_at_lines(text)
                .map_break(|found| found.map(|offset| (*node, node.offset() + offset))),
            Kind::To(_) | Kind::Reply(_) | Kind::ToAll if self.is_bare => ControlFlow::Break(None),
            Kind::To(_) | Kind::Reply(_) | Kind::ToAll => {
                (self.at_start, self.in_mention) = (true, true);
                ControlFlow::Continue(())
            }
            Kind::Name(_) if self.in_mention => {
                self.at_start = false;
                ControlFlow::Continue(())
            }
            Kind::Icon(_) | Kind::IconAndName(_) | Kind::Rule | Kind::Quote(_) => {
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Break(None),
        }
    }

    fn look_at_lines(&mut self, text: &str) -> Search<usize> {
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_start();
            if self.at_start && without_slash(trimmed).is_some() {
                return ControlFlow::Break(Some(offset + line.len() - trimmed.len()));
            }
            if !trimmed.is_empty() && !self.in_mention {
                return ControlFlow::Break(None);
            }
            self.at_start &= trimmed.is_empty();
            if line.ends_with('\n') {
                (self.at_start, self.in_mention) = (true, false);
            }
            offset += line.len();
        }
        ControlFlow::Continue(())
    }
}

/// Continues the search, or breaks with its result.
type Search<T> = ControlFlow<Option<T>>;

fn without_slash(text: &str) -> Option<&str> {
    text.strip_prefix(['/', '／'])
}

fn cut_at_space(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
