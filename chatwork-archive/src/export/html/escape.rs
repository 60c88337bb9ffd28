//! Foreign text in a page.

use super::super::markdown::is_hidden;

/// Escapes a text for elements and attributes in quotes. Control and direction marks are shown as
/// their code points, so that no text changes the order of what is around it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // A line break of Windows; the LF behind it is the break.
            '\r' => {}
            _ if is_hidden(character) => {
                escaped.push_str(&format!("<i>U+{:04X}</i>", u32::from(character)));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Escapes a text and makes links of the addresses in it.
pub(super) fn linked(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = next_address(rest) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|it: char| !is_of_address(it)).unwrap_or(from.len());
        // A sign at the end belongs to the sentence.
        let address = from.get(..length).unwrap_or_default();
        let address = address.trim_end_matches(['.', ',', ')', ':', ';', '!', '?', '\'']);
        html.push_str(&escape(before));
        let escaped = escape(address);
        html.push_str(&format!("<a href=\"{escaped}\" rel=\"noreferrer\">{escaped}</a>"));
        rest = from.get(address.len()..).unwrap_or_default();
    }
    html.push_str(&escape(rest));
    html
}

/// Finds an address with a host or a mailbox behind its scheme. Each character is looked at once: a
/// message may be a megabyte of addresses.
fn next_address(text: &str) -> Option<usize> {
    text.match_indices(':').find_map(|(colon, _)| {
        let (scheme, rest) = (text.get(..colon)?, text.get(colon + 1..)?);
        let web = ["https", "http"].into_iter().map(|name| (name, "//"));
        let mut schemes = web.chain([("mailto", "")]);
        let found = schemes.find_map(|(name, slashes)| {
            let before = scheme.strip_suffix(name)?;
            Some((before, rest.strip_prefix(slashes)?))
        });
        let (before, behind) = found?;
        let begins = before.chars().next_back().is_none_or(|it| !it.is_ascii_alphanumeric());
        let leads = behind.chars().next().is_some_and(|it| it.is_ascii_alphanumeric());
        (begins && leads).then_some(before.len())
    })
}

fn is_of_address(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(escape("<b a=\"'\">&"), "&lt;b a=&quot;&#39;&quot;&gt;&amp;");
        assert_eq!(escape("a\u{202e}b\0"), "a<i>U+202E</i>b<i>U+0000</i>");
        assert_eq!(escape("a\r\nb"), "a\nb");
    }

    #[test]
    fn addresses_of_the_web_are_links() {
        assert_eq!(
            linked("見て https://a.example/x?y=1&z=(2). です"),
            "見て <a href=\"https://a.example/x?y=1&amp;z=(2\" rel=\"noreferrer\">\
             https://a.example/x?y=1&amp;z=(2</a>). です"
        );
        assert!(linked("mailto:a@b.example").starts_with("<a href=\"mailto:a@b.example\""));
    }

    /// Looking for each scheme to the end of the text took minutes.
    #[test]
    fn a_megabyte_of_addresses_becomes_links() {
        let html = linked(&"https://a ".repeat(100_000));
        assert_eq!(html.matches("<a href").count(), 100_000);
    }

    #[test]
    fn other_schemes_are_text() {
        for text in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://"] {
            assert_eq!(linked(text), escape(text));
        }
        assert!(!linked("javascript:x//https://a").contains("href=\"javascript"));
    }
}
