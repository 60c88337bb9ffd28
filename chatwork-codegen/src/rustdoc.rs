//! Descriptions of the document as rustdoc: the same words, with what rustdoc would misread made
//! literal.

use proc_macro2::TokenStream;
use quote::quote;

/// The doc attributes for a text, one a line, as `///` would make them.
pub(crate) fn attributes(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#[doc = #lines])*)
}

/// The lines of a text. A block of code without a language is no Rust, so rustdoc is told so.
fn lines(text: &str) -> Vec<String> {
    let mut code = false;
    let line = |line: &str| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        match line.trim_end() {
            "" => String::new(),
            line if fence && code && line.ends_with("```") => format!(" {line}text"),
            line => format!(" {line}"),
        }
    };
    text.trim().lines().map(line).collect()
}

/// Makes literal what is prose in the document but markup to rustdoc: brackets that are no link,
/// angle brackets, and bare addresses. Code spans stay as they are.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 0 { prose(part, &mut out) } else { out.push_str(part) }
    }
    out
}

fn prose(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((link, after)) = link(rest) {
            out.push_str(link);
            rest = after;
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest.find(|c: char| c.is_whitespace() || "<>)]".contains(c));
            let (address, after) = rest.split_at(end.unwrap_or(rest.len()));
            let bare = address.trim_end_matches(['.', ',', ';', ':']);
            out.push_str(&format!("<{bare}>{}", address.get(bare.len()..).unwrap_or_default()));
            rest = after;
        } else {
            if "[]<>".contains(first) {
                out.push('\\');
            }
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
}

/// A Markdown link at the start of a text, and what comes after it.
fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let (label, target) = inner.split_once("](")?;
    let end = target.find(')')?;
    let whole = 1 + label.len() + 2 + end + 1;
    (!label.contains(['[', ']', '\n'])).then(|| text.split_at(whole))
}

#[cfg(test)]
mod tests {
    use super::{escape, lines};

    #[test]
    fn a_block_of_code_without_a_language_is_no_doc_test() {
        let text = "as in\n```\n[To:1]\n```\nor\n```json\n{}\n```";
        let expected = " as in| ```text| [To:1]| ```| or| ```json| {}| ```";
        assert_eq!(lines(text).join("|"), expected);
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
    fn japanese_text_passes_through() {
        assert_eq!(escape("a room [チャット]"), r"a room \[チャット\]");
    }
}
