//! Japanese or English.

use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;

use crate::http::form::Form;

/// The cookie that keeps the choice of a person.
const COOKIE_NAME: &str = "chatwork_sandbox_language";

/// A language of the page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Language {
    English,
    Japanese,
}

impl Language {
    pub(super) const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// The language of a request, and whether its address names it: `?lang=ja`. Otherwise the cookie
    /// counts, then `Accept-Language`.
    pub(super) fn of(parts: &Parts) -> (Self, bool) {
        let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let named = query.text("lang").ok().flatten();
        if let Some(language) = named.and_then(Self::from_code) {
            return (language, true);
        }
        let cookies = values(parts, &COOKIE).flat_map(|value| value.split(';'));
        let kept = cookies.filter_map(|pair| pair.trim().split_once('='));
        let kept = kept.filter(|(name, _)| *name == COOKIE_NAME);
        let kept = kept.filter_map(|(_, code)| Self::from_code(code)).next();
        let language = kept.or_else(|| {
            let accepted = values(parts, &ACCEPT_LANGUAGE).flat_map(|value| value.split(','));
            preferred(accepted)
        });
        (language.unwrap_or(Self::English), false)
    }

    /// The code, as in `lang`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The cookie that keeps the language for a year.
    pub(super) fn cookie(self) -> String {
        let code = self.code();
        format!("{COOKIE_NAME}={code}; Path=/_sandbox; Max-Age=31536000; SameSite=Strict")
    }
}

/// The values of a header that are text.
fn values<'a>(parts: &'a Parts, name: &'a axum::http::HeaderName) -> impl Iterator<Item = &'a str> {
    parts.headers.get_all(name).iter().filter_map(|value| value.to_str().ok())
}

/// The language of the highest weight; the first one of equals.
fn preferred<'a>(accepted: impl Iterator<Item = &'a str>) -> Option<Language> {
    let mut best = None;
    for range in accepted {
        let (tag, weight) = match range.split_once(';') {
            Some((tag, weight)) => (tag, weight.trim().strip_prefix("q=").unwrap_or("0")),
            None => (range, "1"),
        };
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let code = tag.trim().split('-').next().unwrap_or_default();
        let language = Language::from_code(code).filter(|_| weight > 0.0);
        if let Some(language) = language
            && best.is_none_or(|(_, highest)| weight > highest)
        {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn of(uri: &str, headers: &[(&str, &str)]) -> Language {
        let builder = headers.iter().fold(Request::builder().uri(uri), |builder, (name, value)| {
            builder.header(*name, *value)
        });
        Language::of(&builder.body(()).unwrap().into_parts().0).0
    }

    #[test]
    fn the_browser_s_first_choice_among_the_two_languages_counts() {
        for (accepted, code) in [
            ("ja", "ja"),
            ("ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", "ja"),
            ("en-US,en;q=0.9,ja;q=0.8", "en"),
            ("fr, ja;q=0.5", "ja"),
            ("en;q=0.2, ja;q=0.9", "ja"),
            ("ja;q=0, en;q=0.1", "en"),
            ("fr", "en"),
            ("", "en"),
        ] {
            assert_eq!(of("/", &[("accept-language", accepted)]).code(), code, "{accepted}");
        }
    }

    #[test]
    fn the_cookie_counts_more_than_the_browser() {
        let headers = [("cookie", "a=b; chatwork_sandbox_language=ja"), ("accept-language", "en")];
        assert_eq!(of("/", &headers), Language::Japanese);
    }

    #[test]
    fn the_address_counts_more_than_the_cookie() {
        let headers = [("cookie", "chatwork_sandbox_language=ja")];
        assert_eq!(of("/?lang=en", &headers), Language::English);
        assert_eq!(of("/?lang=fr", &headers), Language::Japanese);
    }
}
