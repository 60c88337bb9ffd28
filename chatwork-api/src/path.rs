//! Ids in paths.

use crate::error::Error;

/// A segment of a path, percent-encoded.
///
/// # Errors
///
/// [`Error::Invalid`] for what would make another path of it: nothing, `.` or `..`.
pub(crate) fn segment(name: &str, value: &str) -> Result<String, Error> {
    match value {
        "" => Err(Error::Invalid(format!("`{name}` is empty: expected an id"))),
        "." | ".." => Err(Error::Invalid(format!("`{name}` is `{value}`: expected an id"))),
        // A backslash is left by progenitor, and URLs take it for a slash.
        _ => Ok(progenitor_client::encode_path(value).replace('\\', "%5C")),
    }
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn an_id_stays_as_it_is() {
        assert_eq!(segment("message_id", "1928374655918273645").unwrap(), "1928374655918273645");
    }

    #[test]
    fn a_slash_is_encoded() {
        assert_eq!(segment("message_id", "1/../2").unwrap(), "1%2F..%2F2");
    }

    #[test]
    fn a_backslash_is_encoded() {
        assert_eq!(segment("message_id", r"..\2").unwrap(), "..%5C2");
    }

    #[test]
    fn two_dots_are_refused() {
        let error = segment("message_id", "..").unwrap_err();
        assert_eq!(error.to_string(), "nothing was sent: `message_id` is `..`: expected an id");
    }

    #[test]
    fn nothing_is_refused() {
        let error = segment("message_id", "").unwrap_err();
        assert_eq!(error.to_string(), "nothing was sent: `message_id` is empty: expected an id");
    }
}
