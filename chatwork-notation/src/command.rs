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
    /// Its name, without the slash: `deploy`.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The words behind it on its line, cut at white space.
    pub fn arguments(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.rest.split_whitespace()
    }

    /// What stands behind it on its line, as notation.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// The lines after it, as notation.
    pub fn body(&self) -> &'a str {
        self.body
    }
}

impl<'a> Tree<'a> {
    /// Returns the command of the message for an account, if there is one.
    ///
    /// It is the first line after the account's mention (`[To:…]` or a reply) if that line begins
    /// with a slash, which may be `／`. What stands between the two may be only what Chatwork puts
    /// there: the rest of the mention's own line, which is a name; other mentions with their names;
    /// icons, rules, quotes and empty lines. The command may also stand right behind the tag. A
    /// slash elsewhere begins no command: a path in a sentence is not a command.
    ///
    /// Mentions within boxes and quotes do not count. The line may hold tags; a code block in it
    /// belongs to it with all its lines.
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

    /// Returns the command at the start of a message that mentions no account before it, as people
    /// write in a direct chat, or in a room in which a bot listens to all messages.
    ///
    /// Quotes, icons, rules and empty lines may stand before it.
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

    /// Where the line ends that holds a place: at the first line break in a text from there on.
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

/// How far the search for a command has come.
struct Place {
    /// Nothing but white space and tags since the line or the last mention began.
    at_start: bool,
    /// On the line of a mention: what stands there is a name.
    in_mention: bool,
    /// A mention ends the search.
    is_bare: bool,
}

impl Place {
    /// Looks at one more node, and breaks off at the end of the search: with the text that holds
    /// the command and where in the message it begins, or without.
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

/// Whether to search on, or what was found.
type Search<T> = ControlFlow<Option<T>>;

fn without_slash(text: &str) -> Option<&str> {
    text.strip_prefix(['/', '／'])
}

fn cut_at_space(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
