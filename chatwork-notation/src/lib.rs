//! Builds and parses Chatwork's message notation.
//!
//! The text of a message can hold tags in square brackets. `[To:123]` mentions an account,
//! `[info]…[/info]` draws a box ([reference][tags]). Tasks and room descriptions use the same tags.
//!
//! [tags]: https://developer.chatwork.com/docs/message-notation
//!
//! The crate needs neither HTTP nor an async runtime. `chatwork-sdk` re-exports it as `notation`,
//! and its `post` takes a [`MessageText`].
//!
//! ```
//! use chatwork_notation::{AccountId, MessageText};
//!
//! let text = MessageText::new().to(AccountId(123)).text("Anna\nThe build is green.");
//! assert_eq!(text.to_string(), "[To:123]Anna\nThe build is green.");
//! ```
//!
//! # Building
//!
//! [`MessageText`] writes the tags. It escapes every string that you add with
//! [`MessageText::text`]. To add notation, use [`MessageText::notation`].
//!
//! ```
//! use chatwork_notation::{AccountId, MessageText};
//!
//! let log = "[toall] is only text here";
//! let text = MessageText::new()
//!     .to(AccountId(123))
//!     .text("Anna\n")
//!     .titled_info("Build 7 failed", MessageText::new().text(log).rule().code("exit 1"));
//! assert!(!text.tree().mentions().all());
//! ```
//!
//! ## How text is escaped, and what it costs
//!
//! The notation has no escape of its own. The crate inserts a word joiner (U+2060) behind every `[`
//! that could begin a tag, known or not: `[To:1]` becomes `[`, U+2060, `To:1]`. The joiner is
//! invisible and has no width. A `[` before an ASCII digit, a space, a tab, a line break, or ASCII
//! punctuation other than `/` cannot begin a tag and is not escaped. In `[code]`, tags have no
//! effect, so only a `[/code]` is escaped.
//!
//! Assumption: Chatwork keeps the joiner in the message. No page documents it.
//!
//! In a web address, the brackets are percent-encoded instead, so that the link works:
//! `https://host/?f[a]=1` becomes `https://host/?f%5Ba%5D=1`. Parsing does not decode them.
//!
//! Each joiner counts as one character of the message limit. Text that a user copies out of the
//! chat contains the joiners, so a search for `[ERROR]` in the copy finds no match.
//! [`Tree::plain_text`] removes the joiners. Emoticons such as `:)` are not tags and are not
//! escaped.
//!
//! # Reading
//!
//! [`parse`] parses any string into a [`Tree`]. An invalid tag is text. Writing the tree returns
//! the same string, byte for byte.
//!
//! ```
//! use chatwork_notation::{AccountId, parse};
//!
//! let tree = parse("[To:1]Bot さん\n/deploy prod [hr");
//! assert!(tree.mentions().contains(AccountId(1)));
//! let command = tree.command(AccountId(1)).ok_or("no command")?;
//! assert_eq!((command.name(), command.rest()), ("deploy", "prod [hr"));
//! assert_eq!(tree.to_string(), "[To:1]Bot さん\n/deploy prod [hr");
//! # Ok::<(), &str>(())
//! ```
//!
//! Time and memory are proportional to the length of the text. The crate uses no recursion, so a
//! message cannot overflow the stack.
//!
//! | question | answer |
//! |---|---|
//! | What does a person read? | [`Tree::plain_text`], with a function for names |
//! | Which accounts are mentioned? | [`Tree::mentions`]: without quotes, `[toall]` apart |
//! | Which message is answered? | [`Tree::reply`] |
//! | What is quoted, and what is the rest? | [`Tree::quotes`], [`Tree::without_quotes`] |
//! | Which command must a bot run? | [`Tree::command`], [`Tree::bare_command`] |
//! | What was said to one account, without the mention? | [`Tree::text_for`], [`Tree::direct_text_for`] |
//! | Who was added, left, or got another role? | [`Tree::system_events`] |
//! | Which room or message does a link show? | [`Address`] |
//! | Everything else | [`Tree::nodes`], [`Tree::walk`] |
//!
//! ## How tags are recognised
//!
//! - Names of tags and attributes are case-insensitive. Attributes can have any order. Unknown
//!   attributes are ignored. A tag is on one line and has at most 8 KiB.
//! - An id has 1 to 19 digits. An unknown tag is text, and so is a tag without a required value.
//! - A closing tag closes the nearest open tag of its kind. Tags that were opened in between and
//!   not closed become text. A closing tag without an open tag is text.
//! - `[title]` is valid in `[info]` only. Elsewhere its tags are text.
//! - The text of `[code]` and the name in `[download:…]` are literal and end at the first closing
//!   tag.
//!
//! # What goes wrong in practice
//!
//! - **`format!` with a name or a log line.** `room.post(format!("…{name}…"))` is notation: if a
//!   user is called `[toall]`, the message notifies every member. Add foreign text with
//!   [`MessageText::text`].
//! - **Two bots that mention each other without end.** A raw copy of a message repeats its
//!   mentions. [`MessageText::quote`] escapes them. Ignore your own messages, too
//!   (`Watch::own_messages` with the feature `watch`).
//! - **A search for `[To:…]` with `contains`.** It also matches quotes and code, and it misses
//!   `[rp …]`, which mentions, too. Use [`Tree::mentions`].
//! - **A bot that answers every `[toall]`.** [`Mentions::contains`] ignores `[toall]`;
//!   [`Mentions::all`] reports it.
//! - **`[info]` without an end, `[hr` without a bracket** are text, and users see the brackets.
//!   [`MessageText::tree`] shows which tags are valid before you send the text.
//! - **Bold, italics, links with another text, tables** do not exist. Addresses become links
//!   without a tag. `examples/markdown.rs` converts Markdown to the tags that exist.
//! - **More than 65,535 characters**: the API rejects the message. [`MessageText::parts`] splits a
//!   text into parts that fit.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod address;
mod attributes;
mod command;
mod content;
mod escape;
mod events;
mod kind;
mod lex;
mod mentions;
mod node;
mod parse;
mod plain;
mod queries;
mod said;
mod split;
mod tags;
mod text;
mod token;
mod tree;
mod writer;

#[cfg(test)]
mod tests;

pub use address::{Address, InvalidAddress, Site};
pub use command::Command;
pub use content::Content;
pub use events::SystemEvent;
pub use kind::{Download, Kind, Preview, Quote, Reply, Task};
pub use mentions::Mentions;
pub use node::{Node, Nodes, Walk};
pub use parse::parse;
pub use text::MessageText;
pub use tree::Tree;

pub use chatwork_api::types::{
    AccountId, FileId, Message, MessageId, RoomId, TaskLimitType, TaskStatus, UnixTime,
};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
