//! A list without its newest entries, as one that lags behind.

/// Drops entries of a JSON array: the last ones of messages, which come oldest first, and the first ones
/// of other lists. Returns `None` if the text is no array.
pub(super) fn without(text: &str, count: usize, oldest_first: bool) -> Option<(String, usize)> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let entries = entries(inner);
    let left = entries.len().saturating_sub(count);
    let kept = match oldest_first {
        true => entries.get(..left),
        false => entries.get(entries.len() - left..),
    };
    let kept = kept.unwrap_or_default();
    Some((format!("[{}]", kept.join(",")), kept.len()))
}

/// The entries of an array, without its brackets. The sandbox has written it, so it is valid.
fn entries(inner: &str) -> Vec<&str> {
    let (mut entries, mut begin) = (Vec::new(), 0);
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                entries.extend(inner.get(begin..at));
                begin = at + 1;
            }
            _ => {}
        }
    }
    let last = inner.get(begin..).unwrap_or_default();
    if !last.trim().is_empty() {
        entries.push(last);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_entries_are_dropped() {
        let text = r#"[{"a":"x,]\"}"},{"a":[1,2]},{"a":3}]"#;
        let expected = (r#"[{"a":"x,]\"}"},{"a":[1,2]}]"#.to_owned(), 2);
        assert_eq!(without(text, 1, true), Some(expected));
        assert_eq!(without(text, 2, false), Some((r#"[{"a":3}]"#.to_owned(), 1)));
        assert_eq!(without(text, 9, true), Some(("[]".to_owned(), 0)));
        assert_eq!(without("[]", 1, true), Some(("[]".to_owned(), 0)));
        assert_eq!(without(r#"{"a":1}"#, 1, true), None);
    }
}
