//! Posts Markdown as message notation, as far as that has a counterpart.
//!
//! ```sh
//! cargo run --example markdown
//! ```
//!
//! It needs no account: it starts a sandbox, a Chatwork in its own process, posts the Markdown
//! below to it, and prints the notation, what had no counterpart, and what a person reads. With a
//! token in `CHATWORK_API_TOKEN` it posts Markdown of yours, from a file or from the standard
//! input:
//!
//! ```sh
//! CHATWORK_API_TOKEN=… cargo run --example markdown -- <room id> [<file>]
//! ```
//!
//! `CHATWORK_API_BASE_URL` sends it to another server.
//!
//! | Markdown | notation |
//! |---|---|
//! | code block | `[code]…[/code]` |
//! | block quote | `[info]…[/info]`: a quote of Chatwork names its author, which Markdown does not |
//! | thematic break | `[hr]` |
//! | link, picture | its text and its address, which Chatwork makes a link of |
//! | line break within a paragraph | a line break: lines of Chatwork are lines |
//! | lists | lines with `・`, or with numbers, indented |
//! | headings, bold, italics, strikethrough, `code` in a line, tables, HTML | none: the text stays |
//!
//! What looks like a tag in the Markdown is only text: it mentions no account.

use std::collections::BTreeSet;
use std::io::Read;
use std::process::ExitCode;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::notation::{MessageText, parse};
use chatwork_sdk::{Client, RoomHandle, RoomId};
use examples::{Result, client, exit, has_token};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

const SAMPLE: &str = r#"# Release 1.2

The build is **green**. [Notes](https://example.com/notes)
for [To:1] and [toall] follow.

> Ship it
> on Friday.

1. Tag
2. Publish
   - to the `registry`

---

```sh
cargo publish # [/code]
```
"#;

#[tokio::main]
async fn main() -> ExitCode {
    let done = if has_token() { with_token().await } else { in_sandbox().await };
    exit("markdown", done)
}

async fn with_token() -> Result<()> {
    let usage = "usage: markdown <room id> [<file>]";
    let mut arguments = std::env::args().skip(1);
    let id: RoomId = arguments.next().ok_or(usage)?.parse().map_err(|_| usage)?;
    let mut markdown = String::new();
    match arguments.next() {
        Some(file) => markdown = std::fs::read_to_string(file)?,
        None => drop(std::io::stdin().read_to_string(&mut markdown)?),
    }
    post(&Client::from_env()?.room(id), &markdown).await
}

async fn in_sandbox() -> Result<()> {
    println!("No token in CHATWORK_API_TOKEN: this is a sandbox, in this process.");
    let sandbox = Sandbox::start().await?;
    let client = client(&sandbox, "hanako")?;
    let me = client.me().await?;
    let room = client.room(me.room_id);
    post(&room, SAMPLE).await?;

    println!("\nAs a person reads it:");
    if let Some(message) = room.latest_messages().await?.last() {
        println!("{}", parse(&message.body).plain_text(|_| None));
    }
    Ok(())
}

async fn post(room: &RoomHandle, markdown: &str) -> Result<()> {
    let (text, lost) = convert(markdown);
    println!("\n{text}\n");
    for what in lost {
        println!("No counterpart, the text stays: {what}");
    }
    let ids = room.post_all(text).await?;
    println!("Posted as {} message(s)", ids.len());
    Ok(())
}

/// The notation of some Markdown, and what of it has no counterpart.
fn convert(markdown: &str) -> (MessageText, BTreeSet<&'static str>) {
    let mut converter = Converter::default();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    Parser::new_ext(markdown, options).for_each(|event| converter.take(event));
    (converter.text, converter.lost)
}

#[derive(Default)]
struct Converter {
    text: MessageText,
    /// What the boxes stand in, from the outermost on.
    outside: Vec<MessageText>,
    /// The number of the next item of each list; none where they are not numbered.
    lists: Vec<Option<u64>>,
    /// The addresses of links and pictures.
    addresses: Vec<String>,
    /// The code block, as far as it was read.
    code: Option<String>,
    /// An address has just ended, and what follows is not part of it.
    after_address: bool,
    /// Line breaks that are due before the next text.
    breaks: usize,
    lost: BTreeSet<&'static str>,
}

impl Converter {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.write(&text),
            },
            Event::Code(code) => {
                self.lost.insert("code in a line");
                self.write(&format!("`{code}`"));
            }
            Event::SoftBreak | Event::HardBreak => self.breaks = self.breaks.max(1),
            Event::Rule => {
                self.breaks = 1;
                self.add(MessageText::rule);
                self.breaks = 1;
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.lost.insert("HTML");
                self.write(&html);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => drop(self.lost.insert("headings")),
            Tag::Strong => drop(self.lost.insert("bold")),
            Tag::Emphasis => drop(self.lost.insert("italics")),
            Tag::Strikethrough => drop(self.lost.insert("strikethrough")),
            Tag::Table(_) => drop(self.lost.insert("tables")),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.code = Some(String::new());
            }
            Tag::BlockQuote(_) => {
                self.add(|text| text);
                self.outside.push(std::mem::take(&mut self.text));
            }
            Tag::List(first) => {
                self.breaks = self.breaks.max(1);
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.addresses.push(dest_url.into_string());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock => self.breaks = 2,
            TagEnd::List(_) => {
                self.lists.pop();
                self.breaks = if self.lists.is_empty() { 2 } else { 1 };
            }
            TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => self.breaks = 1,
            TagEnd::Table => self.breaks = 2,
            TagEnd::TableCell => self.write(" "),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.add(|text| text.code(code.trim_end()));
                self.breaks = 1;
            }
            TagEnd::BlockQuote(_) => {
                let inside = std::mem::take(&mut self.text);
                self.text = self.outside.pop().unwrap_or_default().info(inside);
                self.breaks = 1;
            }
            TagEnd::Link | TagEnd::Image => {
                let address = self.addresses.pop().unwrap_or_default();
                self.write(&format!(" {address}"));
                self.after_address = true;
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "・".to_owned(),
        };
        self.write(&("　".repeat(depth) + &mark));
    }

    /// Adds text, which is escaped.
    fn write(&mut self, text: &str) {
        let touches = std::mem::take(&mut self.after_address) && self.breaks == 0;
        let gap = if touches && !text.starts_with(' ') { " " } else { "" };
        self.add(|all| all.text(gap).text(text));
    }

    /// Adds something, after the line breaks that are due before it.
    fn add(&mut self, what: impl FnOnce(MessageText) -> MessageText) {
        let breaks = std::mem::take(&mut self.breaks);
        let mut text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            text = text.text("\n".repeat(breaks));
        }
        self.text = what(text);
    }
}
