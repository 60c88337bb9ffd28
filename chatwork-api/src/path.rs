//! Addresses of operations, and ids in them.

use std::borrow::Cow;

use reqwest::Url;

use crate::error::Error;

/// A base URL, parsed once.
#[derive(Debug)]
pub(crate) struct BaseUrl {
    text: String,
    /// `None` if the text is not the URL of a host.
    url: Option<Url>,
}

impl BaseUrl {
    pub(crate) fn new(text: &str) -> Self {
        let url = Url::parse(text).ok().filter(Url::has_host);
        Self { text: text.to_owned(), url }
    }

    /// Returns the base URL as it was given.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the base URL if it is valid.
    pub(crate) fn url(&self) -> Option<&Url> {
        self.url.as_ref()
    }
}

/// The address of a path below the base URL.
///
/// # Errors
///
/// [`Error::Invalid`] if the base URL is invalid.
pub(crate) fn below(base: &BaseUrl, path: &str) -> Result<Url, Error> {
    let Some(base) = base.url() else {
        let what = "invalid base URL: expected e.g. https://api.chatwork.com/v2";
        return Err(Error::Invalid(what.to_owned()));
    };
    let mut url = base.clone();
    let base = base.path().trim_end_matches('/');
    let mut whole = String::with_capacity(base.len() + path.len());
    whole.push_str(base);
    whole.push_str(path);
    url.set_path(&whole);
    Ok(url)
}

/// A segment of a path, percent-encoded.
///
/// # Errors
///
/// [`Error::Invalid`] for an id that would change the path: an empty one, `.` or `..`.
pub(crate) fn segment<'a>(name: &str, value: &'a str) -> Result<Cow<'a, str>, Error> {
    match value {
        "" => Err(Error::Invalid(format!("`{name}` is empty: expected an id"))),
        // Nearly every id is a number, which needs no encoding.
        _ if value.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Ok(value.into()),
        "." | ".." => Err(Error::Invalid(format!("`{name}` is `{value}`: expected an id"))),
        // A backslash is left by progenitor, and URLs take it for a slash.
        _ => Ok(crate::runtime::encode_path(value).replace('\\', "%5C").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, below, segment};

    fn at(base: &str) -> String {
        let url = below(&BaseUrl::new(base), "/rooms/1");
        url.map_or_else(|error| error.to_string(), String::from)
    }

    #[test]
    fn a_path_is_appended_to_that_of_the_base() {
        assert_eq!(at("https://api.chatwork.com/v2"), "https://api.chatwork.com/v2/rooms/1");
    }

    #[test]
    fn a_slash_at_the_end_of_the_base_is_not_doubled() {
        assert_eq!(at("https://api.chatwork.com/v2/"), "https://api.chatwork.com/v2/rooms/1");
    }

    #[test]
    fn a_base_may_have_no_path() {
        assert_eq!(at("http://127.0.0.1:8080"), "http://127.0.0.1:8080/rooms/1");
    }

    #[test]
    fn what_is_encoded_stays_encoded_once() {
        let base = BaseUrl::new("https://api.chatwork.com/v2");
        let url = below(&base, "/messages/1%2F%5C2").unwrap();
        assert_eq!(url.path(), "/v2/messages/1%2F%5C2");
    }

    #[test]
    fn a_base_that_is_none_is_refused() {
        for base in ["", "api.chatwork.com", "mailto:a@example.com"] {
            assert!(at(base).contains("invalid base URL"), "{base}");
        }
    }

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
        assert_eq!(error.to_string(), "invalid request: `message_id` is `..`: expected an id");
    }

    #[test]
    fn an_empty_id_is_refused() {
        let error = segment("message_id", "").unwrap_err();
        assert_eq!(error.to_string(), "invalid request: `message_id` is empty: expected an id");
    }
}
