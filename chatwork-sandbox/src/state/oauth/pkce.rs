//! Proof Key for Code Exchange (RFC 7636), with S256 only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::OAuthRefusal;

/// Returns the challenge of an authorization request, if there is one.
pub(super) fn challenge(
    challenge: Option<&str>,
    method: Option<&str>,
) -> Result<Option<String>, OAuthRefusal> {
    let Some(challenge) = challenge else {
        return match method {
            Some(_) => Err(OAuthRefusal::missing("code_challenge")),
            None => Ok(None),
        };
    };
    if method != Some("S256") {
        return Err(OAuthRefusal::request("invalid code_challenge_method: expected S256"));
    }
    let hash = URL_SAFE_NO_PAD.decode(challenge).unwrap_or_default();
    if hash.len() != 32 {
        let text = "`code_challenge` is malformed.";
        let why = "expected a SHA-256 hash in Base64url without padding";
        return Err(OAuthRefusal::request(text).of(why));
    }
    Ok(Some(challenge.to_owned()))
}

/// Checks the verifier against the challenge.
pub(super) fn verify(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), OAuthRefusal> {
    let (challenge, verifier) = match (challenge, verifier) {
        (None, None) => return Ok(()),
        (None, Some(_)) => {
            return Err(OAuthRefusal::grant(
                "code_verifier without a code_challenge in the authorization request",
            ));
        }
        (Some(_), None) => return Err(OAuthRefusal::missing("code_verifier")),
        (Some(challenge), Some(verifier)) => (challenge, verifier),
    };
    if !is_verifier(verifier) {
        return Err(OAuthRefusal::request(
            "invalid code_verifier: expected 43 to 128 of A-Z a-z 0-9 - . _ ~",
        ));
    }
    match URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge {
        true => Ok(()),
        false => Err(OAuthRefusal::grant("code_verifier does not belong to the code_challenge")),
    }
}

fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_rfc_holds() {
        let asked = challenge(Some(CHALLENGE), Some("S256")).unwrap();
        assert_eq!(verify(asked.as_deref(), Some(VERIFIER)), Ok(()));
    }

    #[test]
    fn a_verifier_has_43_to_128_characters() {
        assert!(is_verifier(&"a".repeat(43)) && is_verifier(&"~".repeat(128)));
        assert!(!is_verifier(&"a".repeat(42)) && !is_verifier(&"a".repeat(129)));
        assert!(!is_verifier(&"あ".repeat(20)) && !is_verifier(&"+".repeat(50)));
    }
}
