//! The values in a tag: `key=value` pairs, ids, numbers.

/// The attributes of a tag, unparsed. Every pair is well-formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// Reads the text between a tag's name and its `]`. Returns `None` if a pair is invalid.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        pairs(text).all(|(key, value)| !key.is_empty() && !value.is_empty()).then_some(Self(text))
    }

    /// Returns the value of an attribute. If it occurs twice, returns the first value.
    pub(super) fn get(self, key: &str) -> Option<&'a str> {
        pairs(self.0).find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }
}

/// Returns the pairs of a tag. A word without `=` has an empty value.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split([' ', '\t'])
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The most digits that an `i64` can have.
const MAX_DIGITS: usize = 19;

/// Parses a number of 1 to 19 digits without a sign. The limit keeps leading zeros from making a
/// tag arbitrarily long.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && text.len() <= MAX_DIGITS).then(|| text.parse().ok()).flatten()
}

/// Returns the comma-separated numbers. Skips invalid ones.
pub(super) fn ids(text: &str) -> impl Iterator<Item = i64> + use<'_> {
    text.split(',').filter_map(number)
}

/// Returns true if the text is a non-empty comma-separated list of numbers.
pub(super) fn is_ids(text: &str) -> bool {
    text.split(',').all(|id| number(id).is_some())
}
