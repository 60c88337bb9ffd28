//! Descriptions of the document as rustdoc: the same words, escaped where rustdoc misreads them.
//!
//! Rustdoc takes brackets for links to items, code without a language for Rust, and tags for HTML.
//! A Markdown parser finds the characters that are text, so that code spans and links stay as they
//! are.

use std::ops::Range;

use proc_macro2::TokenStream;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use quote::quote;

/// Returns the doc attributes for a text, one for each line, as `///` would make them.
pub(crate) fn attributes(text: &str) -> TokenStream {
    let lines = text.trim().lines().map(|line| match line.trim_end() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Escapes what is text in the document and markup to rustdoc.
///
/// - Brackets, angle brackets and single backticks get a backslash, unless they are Markdown.
/// - A link to anything but a web address becomes text: rustdoc would look for an item.
/// - Bare addresses are put in angle brackets.
/// - Code blocks are fenced, closed, and of the language `text` unless they name another language.
pub(crate) fn escape(text: &str) -> String {
    let text = without_html(text);
    let mut edits = Vec::new();
    let mut links: Vec<bool> = Vec::new();
    let mut code: Option<(CodeBlockKind<'_>, String)> = None;
    for (event, range) in merged(&text) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let web =
                    ["https://", "http://", "mailto:"].iter().any(|s| dest_url.starts_with(s));
                links.push(web || link_type == LinkType::Email);
                if !web && link_type != LinkType::Email {
                    edits.push((range.start..range.start, "\\".to_owned()));
                }
            }
            Event::End(TagEnd::Link) => {
                links.pop();
            }
            Event::Start(Tag::CodeBlock(kind)) => code = Some((kind, String::new())),
            Event::End(TagEnd::CodeBlock) => {
                if let Some((kind, content)) = code.take() {
                    edits.push(fenced(&text, &kind, &content, range));
                }
            }
            Event::Text(content) => match &mut code {
                Some((_, block)) => block.push_str(&content),
                None if links.last() == Some(&true) => {}
                None => prose(&text, range, &mut edits),
            },
            _ => {}
        }
    }
    apply(&text, edits)
}

/// Whether a text is one paragraph: no heading, list, quotation, code block or HTML, which would
/// take in what follows it in a sentence.
pub(crate) fn is_paragraph(text: &str) -> bool {
    let mut events = parser(text);
    matches!(events.next(), Some(Event::Start(Tag::Paragraph)))
        && events.any(|event| event == Event::End(TagEnd::Paragraph))
        && events.next().is_none()
}

type Edit = (Range<usize>, String);

/// A parser that reads tables, as rustdoc does.
fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The events of a text; parts of a text that follow each other are one.
fn merged(text: &str) -> Vec<(Event<'_>, Range<usize>)> {
    let mut events: Vec<(Event<'_>, Range<usize>)> = Vec::new();
    for (event, range) in parser(text).into_offset_iter() {
        if let (Event::Text(more), Some((Event::Text(before), place))) = (&event, events.last_mut())
            && place.end == range.start
        {
            *before = format!("{before}{more}").into();
            place.end = range.end;
        } else {
            events.push((event, range));
        }
    }
    events
}

/// Escapes every tag and comment of HTML. What it encloses is Markdown afterwards, so it is parsed
/// again.
fn without_html(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let html = parser(&text).into_offset_iter().find_map(|(event, range)| match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                let place = text.get(range.clone())?.find('<')?;
                Some(range.start + place)
            }
            _ => None,
        });
        match html {
            Some(place) => text.insert(place, '\\'),
            None => return text,
        }
    }
}

/// Escapes a piece of plain text.
fn prose(text: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    let piece = text.get(range.clone()).unwrap_or_default();
    let mut rest = piece;
    while let Some(first) = rest.chars().next() {
        let at = range.end - rest.len();
        let address = address(rest);
        if address > 0 {
            edits.push((at..at, "<".to_owned()));
            edits.push((at + address..at + address, ">".to_owned()));
            rest = rest.get(address..).unwrap_or_default();
            continue;
        }
        let escaped = at == range.start && text.get(..at).is_some_and(|t| t.ends_with('\\'));
        if "[]<>`".contains(first) && !escaped {
            edits.push((at..at, "\\".to_owned()));
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
}

/// The length of a bare address at the start of a text, 0 for anything else.
fn address(text: &str) -> usize {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return 0;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>()[]`*".contains(c) || !c.is_ascii());
    let whole = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let address = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"']);
    if address.ends_with("//") { 0 } else { address.len() }
}

/// A code block with a fence, a language and an end.
fn fenced(text: &str, kind: &CodeBlockKind<'_>, content: &str, range: Range<usize>) -> Edit {
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let (start, prefix) = match kind {
        CodeBlockKind::Fenced(_) => (range.start, line),
        // The four spaces that make the block go.
        CodeBlockKind::Indented => {
            let indent = line.len() - line.trim_end_matches(' ').len();
            let kept = line.get(..line.len() - indent.min(4)).unwrap_or_default();
            (range.start - indent.min(4), kept)
        }
    };
    let prefix: String = prefix.chars().map(|c| if c == '>' { c } else { ' ' }).collect();
    let language = match kind {
        CodeBlockKind::Fenced(info) if !is_rust(info) => info.trim(),
        _ => "text",
    };
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let mut block = format!("{fence}{language}\n");
    content.lines().for_each(|line| block.push_str(&format!("{prefix}{line}\n")));
    block.push_str(&format!("{prefix}{fence}"));
    if text.get(range.clone()).is_some_and(|block| block.ends_with('\n')) {
        block.push('\n');
    }
    (start..range.end, block)
}

/// Whether rustdoc takes a code block with this info string for Rust, and runs it.
fn is_rust(info: &str) -> bool {
    let words = [
        "rust",
        "ignore",
        "no_run",
        "should_panic",
        "compile_fail",
        "test_harness",
        "standalone",
        "standalone_crate",
        "custom",
    ];
    info.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-' && c != '+').all(
        |word| {
            word.is_empty()
                || words.contains(&word)
                || word.starts_with("edition")
                || word.starts_with("ignore-")
                || (word.starts_with('E')
                    && word.get(1..).is_some_and(|n| n.parse::<u32>().is_ok()))
        },
    )
}

/// Makes changes that do not overlap.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, by) in edits {
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(&by);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_block_of_code_without_a_language_is_no_doc_test() {
        let text = "as in\n```\n[To:1]\n```\nor\n```json\n{}\n```";
        let expected = "as in\n```text\n[To:1]\n```\nor\n```json\n{}\n```";
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn a_block_of_rust_is_no_doc_test_either() {
        for info in ["rust", "no_run", "should_panic,E0123", "edition2021"] {
            assert_eq!(escape(&format!("```{info}\nx\n```")), "```text\nx\n```", "{info}");
        }
    }

    #[test]
    fn an_indented_block_of_code_is_fenced() {
        let text = "as in\n\n    [To:1] <b>\n\n    ```\n\nor";
        let expected = "as in\n\n````text\n[To:1] <b>\n\n```\n````\n\nor";
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn a_block_of_code_with_tildes_is_fenced_with_backticks() {
        assert_eq!(escape("~~~\n[To:1]\n~~~\nor"), "```text\n[To:1]\n```\nor");
    }

    #[test]
    fn a_block_of_code_that_is_not_closed_is_closed() {
        assert_eq!(escape("a\n\n```\n[x]"), "a\n\n```text\n[x]\n```");
    }

    #[test]
    fn a_block_of_code_in_a_list_stays_in_it() {
        assert_eq!(escape("- a\n  ~~~\n  [x]\n  ~~~"), "- a\n  ```text\n  [x]\n  ```");
    }

    #[test]
    fn what_follows_a_link_is_text_again() {
        assert_eq!(escape("[here](https://a.b) or [x]"), r"[here](https://a.b) or \[x\]");
    }

    #[test]
    fn a_single_backtick_opens_no_code() {
        assert_eq!(escape("a ` b [To:1] <b>"), r"a \` b \[To:1\] \<b\>");
    }

    #[test]
    fn a_code_span_may_have_two_backticks() {
        assert_eq!(escape("``a`[x]`` and [y]"), r"``a`[x]`` and \[y\]");
    }

    #[test]
    fn a_link_that_leads_to_no_address_is_text() {
        assert_eq!(escape("[a](b) and [c](#d)"), r"\[a](b) and \[c](#d)");
    }

    #[test]
    fn what_is_escaped_stays_escaped_once() {
        assert_eq!(escape(r"\[x\] \<b\> \\[y]"), r"\[x\] \<b\> \\\[y\]");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(escape("<div>\n[x]\n</div>"), "\\<div\\>\n\\[x\\]\n\\</div\\>");
        assert_eq!(escape("a <!-- b"), r"a \<!-- b");
    }

    #[test]
    fn a_tag_of_the_notation_is_no_link() {
        assert_eq!(escape("write [To:1] or <b>"), r"write \[To:1\] or \<b\>");
    }

    #[test]
    fn a_link_stays_a_link() {
        let text = "see [the page](https://example.com/a) first";
        assert_eq!(escape(text), text);
    }

    #[test]
    fn code_stays_as_it_is() {
        assert_eq!(escape("`[info]` and [x]"), r"`[info]` and \[x\]");
    }

    #[test]
    fn a_bare_address_is_put_in_angle_brackets() {
        assert_eq!(escape("at https://example.com/a."), "at <https://example.com/a>.");
    }

    #[test]
    fn a_single_backtick_in_a_cell_of_a_table_opens_no_code() {
        let text = "| a ` | b ` [x] |\n| --- | --- |\n| c | <d> |";
        let expected = "| a \\` | b \\` \\[x\\] |\n| --- | --- |\n| c | \\<d\\> |";
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn japanese_text_passes_through() {
        assert_eq!(escape("a room [チャット]"), r"a room \[チャット\]");
    }
}
