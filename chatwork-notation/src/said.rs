//! The text for one account, without its mention.

use chatwork_api::types::AccountId;

use super::kind::Kind;
use super::lex;
use super::node::Node;
use super::token::Token;
use super::tree::Tree;
use super::writer::BLANKS;

/// The polite endings of a name. The web client writes the first one.
const HONORIFICS: [&str; 5] = ["さん", "様", "さま", "くん", "ちゃん"];

/// What may separate a name from the text after it.
const SEPARATORS: [char; 8] = [',', '、', '，', ':', '：', ' ', '\t', '\u{3000}'];

impl Tree<'_> {
    /// Returns the notation for an account that the message mentions: without the account's
    /// mentions (`[To:…]`, replies), and without the name after each. `None` if the message does
    /// not mention the account.
    ///
    /// Pass the account's name, as `GET /me` returns it. If the text after a mention begins with
    /// the name, or with a `[pname:…]` or `[piconname:…]` of the account, this removes the name, a
    /// `さん`, `様`, `さま`, `くん` or `ちゃん` after it, and a comma or colon. If the mention began
    /// the line, the line break after the name is removed, too. Another name stays: it could be the
    /// beginning of a sentence.
    ///
    /// All other text and tags stay, also mentions of other accounts and quotes. White space at
    /// both ends is removed.
    ///
    /// ```
    /// use chatwork_notation::{AccountId, parse};
    ///
    /// let text = |body| parse(body).text_for(AccountId(1), "Bot");
    /// assert_eq!(text("[To:1]Bot さん\nHow are you?").as_deref(), Some("How are you?"));
    /// assert_eq!(text("[rp aid=1 to=2-3]Bot\nYes [hr]").as_deref(), Some("Yes [hr]"));
    /// assert_eq!(text("[To:1] How are you?").as_deref(), Some("How are you?"));
    /// assert_eq!(text("How are you?"), None);
    /// ```
    pub fn text_for(&self, account: AccountId, name: &str) -> Option<String> {
        let is_mentioned = self.own_nodes().any(|node| node.kind().addressee() == Some(account));
        is_mentioned.then(|| self.direct_text_for(account, name))
    }

    /// Returns the notation of a message in a direct chat, where each message is for the account.
    /// Like [`Tree::text_for`], but returns the whole text if it does not mention the account.
    ///
    /// ```
    /// use chatwork_notation::{AccountId, parse};
    ///
    /// let text = |body| parse(body).direct_text_for(AccountId(1), "Bot");
    /// assert_eq!(text("How are you?"), "How are you?");
    /// assert_eq!(text("[To:1]Bot さん\nHow are you?"), "How are you?");
    /// ```
    pub fn direct_text_for(&self, account: AccountId, name: &str) -> String {
        let mut text = String::with_capacity(self.source.len());
        let (mut done, mut is_blank_line) = (0, true);
        for node in self.own_nodes().filter(|node| node.kind().addressee() == Some(account)) {
            let before = self.source.get(done..node.offset()).unwrap_or_default();
            is_blank_line = match before.rsplit_once('\n') {
                Some((_, line)) => line.trim().is_empty(),
                None => is_blank_line && before.trim().is_empty(),
            };
            text.push_str(before);
            done = self.end_of_name(node, account, name.trim());
            if is_blank_line {
                done += line_break(self.rest(done));
            }
        }
        text.push_str(self.rest(done));
        text.trim().to_owned()
    }

    /// Returns the end of the name after a mention. Without a name, returns the end of the mention
    /// and the white space after it.
    fn end_of_name(&self, mention: Node<'_, '_>, account: AccountId, name: &str) -> usize {
        let end = mention.offset() + mention.source().len();
        let start = end + blanks(self.rest(end));
        let rest = self.rest(start);
        let name_tags = [Kind::Name(account), Kind::IconAndName(account)];
        let length = match lex::tag(rest) {
            Some((Token::Single(kind), length)) if name_tags.contains(&kind) => Some(length),
            _ => (!name.is_empty() && rest.starts_with(name)).then_some(name.len()),
        };
        let end = length.and_then(|length| Some(length + address(rest.get(length..)?)?));
        start + end.unwrap_or_default()
    }

    /// Returns the source from a position on.
    fn rest(&self, from: usize) -> &str {
        self.source.get(from..).unwrap_or_default()
    }
}

/// Returns the length of what belongs to the name before it: a polite ending and separators. `None`
/// if a word continues there, so that the text before it is not a name.
fn address(text: &str) -> Option<usize> {
    let polite = text.get(blanks(text)..)?;
    let after = HONORIFICS.iter().find_map(|ending| polite.strip_prefix(ending)).unwrap_or(text);
    let ends = !after.starts_with(char::is_alphanumeric);
    ends.then(|| text.len() - after.trim_start_matches(SEPARATORS).len())
}

/// Returns the length of the white space at the start of a line.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(BLANKS).len()
}

/// Returns the length of a line break at the start.
fn line_break(text: &str) -> usize {
    ["\r\n", "\n"].iter().find(|it| text.starts_with(**it)).map_or(0, |it| it.len())
}
