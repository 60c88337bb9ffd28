//! The values in a tag: `key=value` pairs, ids, numbers.

/// The attributes of a tag, as they stand there. Every pair is well-formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// Takes what stands between a tag's name and its `]`; nothing when it is not pairs alone.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        pairs(text).all(|(key, value)| !key.is_empty() && !value.is_empty()).then_some(Self(text))
    }

    /// The value of an attribute; the first, when it is there twice.
    pub(super) fn get(self, key: &str) -> Option<&'a str> {
        pairs(self.0).find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }
}

/// The pairs of a tag; a word without `=` is one without a value.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split([' ', '\t'])
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The most digits that an `i64` can have.
const MAX_DIGITS: usize = 19;

/// A number of digits alone, without a sign. No number here is longer: so no tag can grow without
/// bound by zeros at its front.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && text.len() <= MAX_DIGITS).then(|| text.parse().ok()).flatten()
}

/// Parses numbers with commas between them. Skips text that is no number.
pub(super) fn ids(text: &str) -> impl Iterator<Item = i64> + use<'_> {
    text.split(',').filter_map(number)
}

/// Whether the text is numbers with commas between them, at least one.
pub(super) fn is_ids(text: &str) -> bool {
    text.split(',').all(|id| number(id).is_some())
}
