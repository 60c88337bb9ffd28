//! Chatwork's message notation: building it, and reading it.
//!
//! The text of a message may hold tags in square brackets: `[To:123]` mentions an account,
//! `[info]…[/info]` draws a box ([reference][tags]). Tasks and descriptions of rooms know them,
//! too.
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
//! [`MessageText`] writes the tags. A string that is put into it is text and stays text, wherever
//! it comes from; what is meant as notation says so.
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
//! ## What "literal" means here, and what it costs
//!
//! The notation has no escape. So a word joiner (U+2060), which is not visible and has no width,
//! is put behind every `[` that could begin a tag, known or not: `[To:1]` becomes `[`, U+2060,
//! `To:1]`. Left alone are only the brackets that can begin none: those before an ASCII digit, a
//! space, a tab, a line break, or ASCII punctuation other than `/`. In `[code]`, where tags do
//! nothing, only what would end it is broken.
//!
//! That Chatwork keeps the joiner in the message is an assumption: no page says so.
//!
//! In an address of the web, such brackets are percent-encoded instead, so that its link works:
//! `https://host/?f[a]=1` becomes `https://host/?f%5Ba%5D=1`. They stay encoded when the text is
//! read.
//!
//! It costs one character of the limit for each such bracket, and a text that is copied out of
//! the chat has the joiner in it: a search for `[ERROR]` in such a copy finds nothing.
//! [`Tree::plain_text`] takes the joiners out again. Emoticons such as `:)` are no tags; they are
//! not broken.
//!
//! # Reading
//!
//! [`parse`] makes a [`Tree`] of any string. Nothing is lost: what is no tag is text, and the tree
//! is written as the very string that was read.
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
//! Time and memory are proportional to the length of any text, and nothing here
//! calls itself: a message cannot overflow the stack.
//!
//! | question | answer |
//! |---|---|
//! | What does a person read? | [`Tree::plain_text`], with a function for names |
//! | Who is mentioned? | [`Tree::mentions`]: quotes left out, `[toall]` told apart |
//! | What is answered? | [`Tree::reply`] |
//! | What is quoted, and what is the rest? | [`Tree::quotes`], [`Tree::without_quotes`] |
//! | What is a bot to do? | [`Tree::command`], [`Tree::bare_command`] |
//! | Everything else | [`Tree::nodes`], [`Tree::walk`] |
//!
//! ## How tags are recognised
//!
//! - Names of tags and attributes are read in any case; attributes in any order, unknown ones are
//!   passed over. A tag stands on one line and is no longer than 8 KiB.
//! - An id is 1 to 19 digits. A tag without what it needs is text, and so is an unknown one.
//! - A closing tag closes the nearest open one of its kind. What was opened in between and not
//!   closed is text, and so is a closing tag that has nothing to close.
//! - The text of `[code]` and the name in `[download:…]` are literal; the first closing tag ends
//!   them.
//!
//! # What goes wrong in practice
//!
//! - **`format!` with a name or a log line in it.** `room.post(format!("…{name}…"))` is notation:
//!   an account called `[toall]` notifies every member. Put foreign text in by
//!   [`MessageText::text`].
//! - **A bot that mentions in a circle.** Who quotes a message quotes its mentions;
//!   [`MessageText::quote`] makes them text. Leave your own messages out, too
//!   (`Watch::own_messages` with the feature `watch`).
//! - **Looking for `[To:…]` with `contains`.** It stands in quotes and in code as well, and `[rp
//!   …]` mentions, too: [`Tree::mentions`] knows.
//! - **A bot that answers every `[toall]`.** That is [`Mentions::all`], apart from
//!   [`Mentions::contains`].
//! - **`[title]` outside `[info]`, `[info]` without an end, `[hr` without a bracket** are text, and
//!   people see the brackets. [`MessageText::tree`] shows what became a tag before it is sent.
//! - **Bold, italics, links with another text, tables**: there are none. Addresses become links by
//!   themselves. `examples/markdown.rs` turns Markdown into what there is.
//! - **More than 65,535 characters** are refused by the API. [`MessageText::parts`] cuts a
//!   text into parts that fit.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod attributes;
mod command;
mod content;
mod escape;
mod kind;
mod lex;
mod mentions;
mod node;
mod parse;
mod plain;
mod queries;
mod split;
mod tags;
mod text;
mod token;
mod tree;
mod writer;

#[cfg(test)]
mod tests;

pub use command::Command;
pub use content::Content;
pub use kind::{Download, Kind, Preview, Quote, Reply, Task};
pub use mentions::Mentions;
pub use node::{Node, Nodes, Walk};
pub use parse::parse;
pub use text::MessageText;
pub use tree::Tree;

pub use chatwork_api::types::{
    AccountId, FileId, Message, MessageId, RoomId, TaskLimitType, TaskStatus, UnixTime,
};

/// The example of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
