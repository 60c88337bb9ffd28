//! Markdown as message notation, as far as that has a counterpart.

use std::collections::BTreeSet;
use std::fmt;

use chatwork_sdk::notation::MessageText;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A form of Markdown without a counterpart. Its text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Lost {
    /// A heading.
    Heading,
    /// Bold text.
    Bold,
    /// Italic text.
    Italics,
    /// Text that is struck through.
    Strikethrough,
    /// Code within a line.
    InlineCode,
    /// A table.
    Table,
    /// HTML.
    Html,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heading => "headings",
            Self::Bold => "bold",
            Self::Italics => "italics",
            Self::Strikethrough => "strikethrough",
            Self::InlineCode => "code in a line",
            Self::Table => "tables",
            Self::Html => "HTML",
        })
    }
}

/// Returns the notation of a Markdown text, and what of it has no counterpart.
///
/// Code blocks, quotes (as boxes: a quote of Chatwork names its author), rules, lists and line breaks
/// have one. A link becomes its text and its address. No tag in the text works.
pub(crate) fn convert(markdown: &str) -> (MessageText, BTreeSet<Lost>) {
    let mut converter = Converter::default();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    Parser::new_ext(markdown, options).for_each(|event| converter.take(event));
    (converter.text, converter.lost)
}

#[derive(Default)]
struct Converter {
    text: MessageText,
    /// The texts around the open boxes, from the outermost on.
    outside: Vec<MessageText>,
    /// The number of the next item of each list; `None` where they are not numbered.
    lists: Vec<Option<u64>>,
    /// The addresses of links and pictures.
    addresses: Vec<String>,
    /// The code block, as far as it was read.
    code: Option<String>,
    /// An address has just ended, and what follows is not a part of it.
    after_address: bool,
    /// Line breaks that stand before the next text.
    breaks: usize,
    lost: BTreeSet<Lost>,
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
                self.lost.insert(Lost::InlineCode);
                self.write(&format!("`{code}`"));
            }
            Event::SoftBreak | Event::HardBreak => self.breaks = self.breaks.max(1),
            Event::Rule => {
                self.breaks = 1;
                self.add(MessageText::rule);
                self.breaks = 1;
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.lost.insert(Lost::Html);
                self.write(&html);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.lose(Lost::Heading),
            Tag::Strong => self.lose(Lost::Bold),
            Tag::Emphasis => self.lose(Lost::Italics),
            Tag::Strikethrough => self.lose(Lost::Strikethrough),
            Tag::Table(_) => self.lose(Lost::Table),
            Tag::CodeBlock(_) => self.code = Some(String::new()),
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

    fn lose(&mut self, lost: Lost) {
        self.lost.insert(lost);
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

    /// Adds something, after the line breaks that stand before it.
    fn add(&mut self, what: impl FnOnce(MessageText) -> MessageText) {
        let breaks = std::mem::take(&mut self.breaks);
        let mut text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            text = text.text("\n".repeat(breaks));
        }
        self.text = what(text);
    }
}
