//! Exchanges codes for tokens.

use super::{Issued, OAuthRefusal, PresentedClient, pkce};
use crate::state::State;
use crate::state::oauth::authorize::Code;

/// The parameters of the grant `authorization_code`.
#[derive(Clone, Copy, Default)]
pub(crate) struct CodeForm<'a> {
    pub(crate) code: Option<&'a str>,
    pub(crate) redirect_uri: Option<&'a str>,
    pub(crate) code_verifier: Option<&'a str>,
}

impl State {
    /// Exchanges a code for tokens. A code that comes twice was seen by another program, so it ends
    /// the grant that it was exchanged for (RFC 6749, 4.1.2).
    pub(crate) fn exchange(
        &mut self,
        client: &PresentedClient<'_>,
        form: CodeForm<'_>,
        now: i64,
    ) -> Result<Issued, OAuthRefusal> {
        let app = self.client(client)?;
        let text = form.code.ok_or_else(|| OAuthRefusal::missing("code"))?;
        let code = self.oauth.codes.get(text).filter(|code| code.client_id == app.client_id);
        let Some(code) = code.cloned() else {
            return Err(OAuthRefusal::grant("The code is unknown for this client"));
        };
        if let Some(grant) = code.grant {
            self.end_grant(grant);
            return Err(OAuthRefusal::grant("The code was used before"));
        }
        check(&code, form, now)?;
        let grant = self.begin_grant(&app.client_id, code.account, code.scopes.clone());
        if let Some(known) = self.oauth.codes.get_mut(text) {
            known.grant = Some(grant);
        }
        let issued = self.issue(grant, &code.scopes, now);
        issued.ok_or_else(|| OAuthRefusal::grant("The grant was revoked"))
    }
}

fn check(code: &Code, form: CodeForm<'_>, now: i64) -> Result<(), OAuthRefusal> {
    if code.expires <= now {
        return Err(OAuthRefusal::grant("The code expired"));
    }
    let same = match (&code.redirect_uri, form.redirect_uri) {
        (Some(asked), Some(given)) => asked == given,
        (Some(_), None) => {
            let text = "redirect_uri is required: the authorization request had one";
            return Err(OAuthRefusal::grant(text));
        }
        (None, Some(given)) => code.uri == given,
        (None, None) => true,
    };
    if !same {
        return Err(OAuthRefusal::grant(
            "redirect_uri differs from that of the authorization request",
        ));
    }
    pkce::verify(code.challenge.as_deref(), form.code_verifier)
}
