//! `Authorization: Basic`.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::http::form::decode;

/// The header.
#[derive(Eq, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) enum Basic {
    None,
    /// The header is not Basic, or cannot be read.
    Unreadable,
    Pair(String, String),
}

/// Reads the header. Name and password are form-encoded in it (RFC 6749, 2.3.1).
pub(super) fn read(headers: &HeaderMap) -> Basic {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Basic::None;
    };
    let pair = value.to_str().ok().and_then(|value| {
        let (scheme, pair) = value.split_once(' ')?;
        let pair = STANDARD.decode(pair.trim()).ok()?;
        let pair = scheme.eq_ignore_ascii_case("basic").then_some(pair)?;
        let (name, password) = pair.split_at(pair.iter().position(|byte| *byte == b':')?);
        let name = String::from_utf8(decode(name)).ok()?;
        Some((name, String::from_utf8(decode(password.get(1..)?)).ok()?))
    });
    pair.map_or(Basic::Unreadable, |(name, password)| Basic::Pair(name, password))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &'static str) -> Basic {
        read(&[(AUTHORIZATION, value.parse().unwrap())].into_iter().collect())
    }

    #[test]
    fn name_and_password_are_read() {
        assert_eq!(of("Basic YTpiOmM="), Basic::Pair("a".into(), "b:c".into()));
        assert_eq!(of("basic YSUzQTpiKw=="), Basic::Pair("a:".into(), "b ".into()));
    }

    #[test]
    fn everything_else_is_unreadable() {
        for value in ["Bearer YTpi", "Basic", "Basic !", "Basic YWI=", "Basic /zo="] {
            assert_eq!(of(value), Basic::Unreadable, "{value}");
        }
        assert_eq!(read(&HeaderMap::new()), Basic::None);
    }
}
