//! `/_sandbox/tokens`: makes and removes tokens.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use serde::Serialize;
use serde_json::Value;

use super::super::Shared;
use super::read::{account, check, fields, part};
use super::{Refused, answer};
use crate::http::Whole;
use crate::world::{AccountSeed, BearerSeed, World};

/// `POST /_sandbox/tokens`: a token of an account. With `scopes` it is an access token (OAuth 2.0),
/// without it is one of the API. `token` may be left out.
pub(super) async fn create(State(app): Shared, body: Whole) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let mut fields = fields(&body)?;
        let owner = account(state, &mut fields, "account")?;
        let (owner, key) = (owner.id, owner.profile.key.clone());
        if !fields.contains_key("token") {
            fields.insert("token".to_owned(), state.opaque_token().into());
        }
        let scoped = fields.contains_key("scopes");
        if !scoped && fields.contains_key("expires_in") {
            let text = "`expires_in` needs `scopes`: a token of the API does not expire";
            return Err(text.to_owned().into());
        }
        fields.insert("account".to_owned(), key.clone().into());
        fields.entry("scopes").or_insert_with(|| Value::Array(Vec::new()));
        let seed: BearerSeed = part(fields)?;
        let person =
            AccountSeed { key, id: owner.0, name: "x".to_owned(), ..AccountSeed::default() };
        let world =
            World { accounts: vec![person], bearer_tokens: vec![seed.clone()], ..World::default() };
        check(&world, "bearer_tokens[0]")?;
        if state.credentials().account_of(&seed.token).is_some() {
            return Err("`token`: another account or access token has it".to_owned().into());
        }
        Ok(state.create_token(owner, seed, scoped, now))
    })
}

#[derive(Serialize)]
struct Removed {
    removed: bool,
}

/// `DELETE /_sandbox/tokens` with `{"token": "…"}`: a token never stands in an address.
pub(super) async fn remove(State(app): Shared, body: Whole) -> Response<Body> {
    answer(&app, |core, _| {
        let mut fields = fields(&body)?;
        let Some(Value::String(token)) = fields.remove("token") else {
            return Err("Expected `token`: a text".to_owned().into());
        };
        super::read::nothing_else(&fields, "`token` alone")?;
        match core.state.remove_token(&token) {
            true => Ok(Removed { removed: true }),
            false => Err(Refused::missing("Unknown token")),
        }
    })
}
