//! PKCE, broken in each way, against the sandbox.

use chatwork_sdk::oauth::{Authorization, ErrorCode};
use chatwork_sdk::reqwest::Url;

use super::party::{Party, SCOPES};

/// The code of the refusal when the browser's request is changed on its way.
async fn asked_with(party: &Party, name: &str, value: Option<&str>) -> Result<(), ErrorCode> {
    let Authorization { url, pending, .. } = party.app.authorize(SCOPES).unwrap();
    let callback = party.open(&changed(&url, name, value), "allow").await;
    let code = pending.check(&callback).map_err(|error| error.code().unwrap().clone())?;
    let exchanged = party.app.exchange(code).await;
    exchanged.map(drop).map_err(|error| error.code().unwrap().clone())
}

/// The address with another value of a parameter.
pub(super) fn changed(url: &Url, name: &str, value: Option<&str>) -> Url {
    let kept: Vec<_> = url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(kept);
    if let Some(value) = value {
        url.query_pairs_mut().append_pair(name, value);
    }
    url
}

#[tokio::test]
async fn nothing_broken_is_taken() {
    let party = Party::confidential().await;
    assert_eq!(asked_with(&party, "nothing", None).await, Ok(()));
}

#[tokio::test]
async fn another_verifier_is_refused() {
    let party = Party::confidential().await;
    let error = party.with("verifier", &"a".repeat(43)).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::InvalidGrant));
}

#[tokio::test]
async fn an_invalid_verifier_is_refused() {
    let party = Party::confidential().await;
    for verifier in ["", "short", &"a".repeat(129), &"+".repeat(43)] {
        let error = party.with("verifier", verifier).await.unwrap_err();
        assert_eq!(error.code(), Some(&ErrorCode::InvalidRequest), "{verifier}");
    }
}

#[tokio::test]
async fn another_challenge_is_refused_by_the_token_endpoint() {
    let party = Party::confidential().await;
    let other = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let result = asked_with(&party, "code_challenge", Some(other)).await;
    assert_eq!(result, Err(ErrorCode::InvalidGrant));
}

#[tokio::test]
async fn an_invalid_challenge_is_refused() {
    let party = Party::confidential().await;
    for challenge in [None, Some("short")] {
        let result = asked_with(&party, "code_challenge", challenge).await;
        assert_eq!(result, Err(ErrorCode::InvalidRequest), "{challenge:?}");
    }
}

#[tokio::test]
async fn another_method_is_refused() {
    let party = Party::confidential().await;
    for method in [None, Some("plain"), Some("s256")] {
        let result = asked_with(&party, "code_challenge_method", method).await;
        assert_eq!(result, Err(ErrorCode::InvalidRequest), "{method:?}");
    }
}

#[tokio::test]
async fn a_challenge_that_was_stripped_on_the_way_is_noticed() {
    let party = Party::confidential().await;
    let Authorization { url, pending, .. } = party.ask();
    let url = changed(&changed(&url, "code_challenge", None), "code_challenge_method", None);
    let code = pending.check(&party.open(&url, "allow").await).unwrap();
    let error = party.app.exchange(code).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::InvalidGrant));
}
