//! `/_sandbox/accounts`: makes and changes accounts.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use chatwork_api::types::AccountId;
use serde_json::Value;

use super::super::Shared;
use super::read::{Id, account_of, by_key, check, everybody, fields, part};
use super::{Fields, Refused, answer};
use crate::http::Whole;
use crate::state::{self, saved};
use crate::world::{AccountSeed, Organization, World};

/// `POST /_sandbox/accounts`: an account as in a world. `id` may be left out. A new organization needs
/// `organization_name`.
pub(super) async fn create(State(app): Shared, body: Whole) -> Response<Body> {
    answer(&app, |core, now| {
        let state = &mut core.state;
        let mut fields = fields(&body)?;
        let organization_name = take_text(&mut fields, "organization_name")?;
        let next = state.next_account_id().0;
        fields.entry("id").or_insert_with(|| next.into());
        let seed: AccountSeed = part(fields)?;
        let organizations = valid(state, &seed, organization_name)?;
        if by_key(state, &seed.key).is_some() {
            return Err(format!("`key`: another account has the key `{}`", seed.key).into());
        }
        if state.account(AccountId(seed.id)).is_some() {
            return Err(format!("`id`: {} is taken by another account", seed.id).into());
        }
        Ok(saved::Account::new(state.create_account(&seed, &organizations, now)))
    })
}

/// `POST /_sandbox/accounts/ACCOUNT`: changes the given fields. `"token": null` takes the API tokens
/// away.
pub(super) async fn change(State(app): Shared, account: Id, body: Whole) -> Response<Body> {
    answer(&app, |core, _| {
        let state = &mut core.state;
        let id = account_of(state, &account)?;
        let mut changes = fields(&body)?;
        let organization_name = take_text(&mut changes, "organization_name")?;
        let token = changes.contains_key("token");
        let known = state.account(id).map(|account| account.profile.clone()).unwrap_or_default();
        let seed = overlaid(&known, changes)?;
        if (seed.id, &seed.key) != (known.id, &known.key) {
            return Err("`id` and `key` cannot be changed".to_owned().into());
        }
        let organizations = valid(state, &seed, organization_name)?;
        let unknown = || Refused::missing("Unknown account");
        let changed = state.change_account(&seed, token, &organizations).ok_or_else(unknown)?;
        Ok(saved::Account::new(changed))
    })
}

/// The profile with the fields of a body in place of its own.
fn overlaid(known: &AccountSeed, changes: Fields) -> Result<AccountSeed, String> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(known) else {
        return Err("The account cannot be read".to_owned());
    };
    fields.extend(changes);
    part(fields)
}

/// Checks an account, and returns the organizations that are known with it.
fn valid(
    state: &state::State,
    seed: &AccountSeed,
    organization_name: Option<String>,
) -> Result<Vec<Organization>, String> {
    let mut organizations = everybody(state).organizations;
    let known = seed.organization.filter(|id| organizations.iter().any(|known| known.id == *id));
    match (organization_name, seed.organization) {
        (Some(_), None) => return Err("`organization_name` needs `organization`".to_owned()),
        (Some(_), Some(id)) if known.is_some() => {
            let text = "`organization_name`: the organization has a name already";
            return Err(format!("{text}: leave it out for organization {id}"));
        }
        (Some(name), Some(id)) => organizations.push(Organization { id, name }),
        (None, _) => {}
    }
    let world = World {
        organizations: organizations.clone(),
        accounts: vec![seed.clone()],
        ..World::default()
    };
    check(&world, "accounts[0]")?;
    let taken = seed.token.as_deref().and_then(|token| state.credentials().account_of(token));
    match taken.is_some_and(|owner| owner.0 != seed.id) {
        true => Err("`token`: another account or access token has it".to_owned()),
        false => Ok(organizations),
    }
}

fn take_text(fields: &mut Fields, name: &str) -> Result<Option<String>, String> {
    match fields.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err(format!("Invalid `{name}`: expected a text")),
    }
}
