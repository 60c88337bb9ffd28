//! Escapes text, so that it stays text.
//!
//! The notation has no escape of its own. A word joiner behind a bracket keeps it from beginning a
//! tag. Assumption: Chatwork keeps the joiner in the message; no page documents it. In web
//! addresses, brackets are percent-encoded, so that the link still works.

use std::borrow::Cow;
use std::net::Ipv6Addr;

/// The word joiner that breaks a tag. It is invisible and has no width. Unlike a zero-width space,
/// it allows no line break after the bracket.
pub(super) const JOINER: char = '\u{2060}';

/// Escapes every bracket that could begin a tag, alone or with text that is appended later.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    match encode_addresses(text) {
        Cow::Borrowed(text) => join(text, begins_tag),
        Cow::Owned(text) => join(&text, begins_tag).into_owned().into(),
    }
}

/// Returns whether a bracket before this text could begin a tag. Any letter can begin a name, also
/// of a future tag. A service may skip invisible characters and a carriage return before the name.
fn begins_tag(rest: &str) -> bool {
    let is_safe = |next: char| next.is_ascii_digit() || is_harmless(next);
    !rest.starts_with(is_safe) && ipv6(rest).is_none()
}

/// Percent-encodes the brackets of each web address that has one that could begin a tag.
fn encode_addresses(text: &str) -> Cow<'_, str> {
    let mut encoded = String::new();
    let mut done = 0;
    for (at, scheme) in text.match_indices("://") {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        if at < done || !is_web(before) {
            continue;
        }
        let start = at + scheme.len();
        let rest = after.get(scheme.len()..).unwrap_or_default();
        let host = ipv6_host(rest);
        let address = rest.get(host..).unwrap_or_default();
        let end = address.find(|it| !is_in_address(it)).unwrap_or(address.len());
        if let Some(address) = address.get(..end).and_then(encode_brackets) {
            encoded.push_str(text.get(done..start + host).unwrap_or_default());
            encoded.push_str(&address);
            done = start + host + end;
        }
    }
    if done == 0 {
        return text.into();
    }
    encoded.push_str(text.get(done..).unwrap_or_default());
    encoded.into()
}

fn is_web(before: &str) -> bool {
    let ends_with = |scheme: &str| {
        let start = before.len().checked_sub(scheme.len());
        start
            .and_then(|start| before.get(start..))
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    ends_with("http") || ends_with("https")
}

/// Returns the length of a host such as `[fe80::1]`. It is not a tag, and its brackets must stay.
fn ipv6_host(text: &str) -> usize {
    text.strip_prefix('[').and_then(ipv6).map_or(0, |length| length + "[]".len())
}

/// Returns the length of an IPv6 address that ends at a closing bracket.
fn ipv6(text: &str) -> Option<usize> {
    /// The length of the longest address.
    const LONGEST: usize = 45;
    let end = text.bytes().take(LONGEST + 1).position(|byte| byte == b']')?;
    text.get(..end)?.parse::<Ipv6Addr>().is_ok().then_some(end)
}

/// Returns true if the character can be part of an address.
fn is_in_address(next: char) -> bool {
    next.is_ascii_graphic() && !matches!(next, '"' | '<' | '>' | '`')
}

/// Encodes the brackets of an address in pairs; `None` if none of them could begin a tag.
fn encode_brackets(address: &str) -> Option<String> {
    if !address.match_indices('[').any(|(at, _)| address.get(at + 1..).is_some_and(begins_tag)) {
        return None;
    }
    let (mut encoded, mut open) = (String::with_capacity(address.len() + 8), 0_usize);
    for next in address.chars() {
        match next {
            '[' => {
                open += 1;
                encoded.push_str("%5B");
            }
            ']' if open > 0 => {
                open -= 1;
                encoded.push_str("%5D");
            }
            _ => encoded.push(next),
        }
    }
    Some(encoded)
}

fn is_harmless(next: char) -> bool {
    matches!(next, ' ' | '\t' | '\n') || next.is_ascii_punctuation() && next != '/'
}

/// Escapes each `[/code`, which could end a code block.
pub(super) fn escape_code(text: &str) -> Cow<'_, str> {
    const CLOSE: &str = "/code";
    join(text, |rest| {
        let closes = rest.get(..CLOSE.len()).is_some_and(|it| it.eq_ignore_ascii_case(CLOSE));
        // `unescape` would remove a joiner that is there already.
        closes || rest.starts_with(JOINER)
    })
}

/// Removes the joiners. The inverse of [`escape_code`], and of [`escape`] except for addresses.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    const JOINED: &str = "[\u{2060}";
    if text.contains(JOINED) { text.replace(JOINED, "[").into() } else { text.into() }
}

/// Inserts a joiner behind each bracket if `asks` returns true for the text after it.
fn join(text: &str, asks: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let mut joined = String::new();
    let mut rest = text;
    let mut done = 0;
    while let Some((_, after)) = rest.split_once('[') {
        if asks(after) {
            let end = text.len() - after.len();
            joined.push_str(text.get(done..end).unwrap_or_default());
            joined.push(JOINER);
            done = end;
        }
        rest = after;
    }
    if done == 0 {
        return text.into();
    }
    joined.push_str(text.get(done..).unwrap_or_default());
    joined.into()
}
