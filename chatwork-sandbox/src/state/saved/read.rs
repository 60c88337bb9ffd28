//! A state from the types of the format.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chatwork_api::types::OrganizationId;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::people::{Account, ContactRequest};
use super::room::{File, Link, Member, Message, Room, Task};
use super::{Saved, VERSION, check};
use crate::state::credential::CredentialId;
use crate::state::ids::Ids;
use crate::state::mentions::Mentions;
use crate::state::{self, State};
use crate::world::{LimitSeeds, WebhookSeed, WorldError};

/// A saved state, ready to start with.
#[derive(Clone, Debug)]
pub(crate) struct Restored {
    pub(crate) state: State,
    /// The keys of the accounts, in the order of the file.
    pub(crate) keys: Vec<String>,
    pub(crate) limits: LimitSeeds,
    pub(crate) webhooks: Vec<WebhookSeed>,
}

/// What tells a saved state from a world.
#[derive(Deserialize)]
struct Peek {
    version: Option<Version>,
}

#[derive(Deserialize, PartialEq)]
#[serde(untagged)]
enum Version {
    Number(u32),
    Other(IgnoredAny),
}

impl Version {
    fn shown(version: Option<Self>) -> String {
        match version {
            Some(Self::Number(number)) => number.to_string(),
            Some(Self::Other(_)) => "not a number".to_owned(),
            None => "missing".to_owned(),
        }
    }
}

impl Restored {
    /// Whether a text is JSON with a `version`, which a world does not have.
    pub(crate) fn is_saved(text: &str) -> bool {
        text.trim_start().starts_with('{')
            && serde_json::from_str(text).is_ok_and(|peek: Peek| peek.version.is_some())
    }

    /// Reads a saved state. Webhooks may go to these hosts besides this machine.
    pub(crate) fn parse(text: &str, hosts: &[String]) -> Result<Self, WorldError> {
        let invalid = |error: serde_json::Error| WorldError::State(error.to_string());
        let peek: Peek = serde_json::from_str(text).map_err(invalid)?;
        // A later version migrates the earlier ones here, before the fields are read.
        if peek.version != Some(Version::Number(VERSION)) {
            let version = Version::shown(peek.version);
            let text = format!("its version is {version}: this sandbox reads version {VERSION}");
            return Err(WorldError::State(text));
        }
        let saved: Saved = serde_json::from_str(text).map_err(invalid)?;
        let faults = check::faults(&saved, hosts);
        match faults.is_empty() {
            true => Ok(restore(saved)),
            false => Err(WorldError::Faults(faults)),
        }
    }
}

/// The state of a saved one without faults.
fn restore(saved: Saved) -> Restored {
    let Saved {
        version: _,
        time: _,
        next_ids,
        limits,
        accounts,
        tokens,
        oauth,
        apps,
        grants,
        contact_requests,
        webhooks,
        rooms,
    } = saved;
    let mut state = State { ids: Ids::from_next(&next_ids), ..State::default() };
    let keys = accounts.iter().map(|account| account.key.clone()).collect();
    state.accounts = accounts.into_iter().map(account).map(|it| (it.id, it)).collect();
    for token in &tokens {
        state.credentials.restore(token);
    }
    state.oauth.apps = apps;
    state.oauth.refresh = oauth.refresh_tokens;
    for grant in grants {
        state.credentials.id_taken(grant.id);
        let access = tokens.iter().filter(|token| token.id == grant.id);
        state.oauth.restore(&grant, access);
    }
    state.requests = contact_requests.into_iter().map(request).map(|it| (it.id, it)).collect();
    for saved in rooms {
        let room = room(saved);
        state.ids.in_use(&room);
        state.rooms.insert(room.id, Arc::new(room));
    }
    Restored { state, keys, limits, webhooks }
}

fn account(saved: Account) -> state::Account {
    let mut account = state::Account::new(&saved.seed(), saved.room_id, &[]);
    account.organization_id = OrganizationId(saved.organization_id.0);
    account.organization_name = saved.organization_name;
    account
}

fn request(saved: ContactRequest) -> state::ContactRequest {
    let ContactRequest { request_id: id, from, to, message } = saved;
    state::ContactRequest { id, from, to, message }
}

fn room(saved: Room) -> state::Room {
    let members = saved.members.into_iter().map(member).collect();
    let mut room = state::Room::new(saved.room_id, saved.kind, members, saved.last_update_time);
    room.name = saved.name;
    room.description = saved.description;
    room.icon = saved.icon;
    room.link = saved.link.map(link);
    room.tasks = saved.tasks.into_iter().map(task).map(|it| (it.id, it)).collect();
    room.files = saved.files.into_iter().map(file).map(|it| (it.id, it)).collect();
    room.messages = saved.messages.unwrap_or_default().into_iter().map(message).collect();
    let cursors = saved.cursors.into_iter().map(|(id, message)| (CredentialId(id), message));
    room.cursors = cursors.collect::<BTreeMap<_, _>>();
    room
}

fn member(saved: Member) -> state::Member {
    let mut member = state::Member::new(saved.account_id, saved.role);
    member.sticky = saved.sticky;
    member.unread = saved.unread.into_iter().collect();
    member.mentions = saved.mentions.into_iter().collect();
    member
}

fn link(saved: Link) -> state::Link {
    let Link { code, public, need_acceptance, description } = saved;
    state::Link { code, public, need_acceptance, description }
}

fn task(saved: Task) -> state::Task {
    state::Task {
        id: saved.task_id,
        assignee: saved.account_id,
        requester: saved.assigned_by_account_id,
        message: saved.message_id,
        body: saved.body,
        limit: saved.limit_time,
        limit_type: saved.limit_type,
        status: saved.status,
    }
}

fn file(saved: File) -> state::StoredFile {
    let bytes = saved.base64.as_deref().and_then(content).unwrap_or_default();
    state::StoredFile {
        id: saved.file_id,
        account: saved.account_id,
        message: saved.message_id,
        name: saved.filename,
        bytes,
        uploaded: saved.upload_time,
    }
}

/// The content of a file; `None` if it is not Base64.
pub(super) fn content(base64: &str) -> Option<Bytes> {
    STANDARD.decode(base64).ok().map(Bytes::from)
}

fn message(saved: Message) -> state::Message {
    let mentions = match saved.system || saved.deleted {
        true => Mentions::default(),
        false => Mentions::read(&saved.body),
    };
    state::Message {
        id: saved.message_id,
        account: saved.account_id,
        body: saved.body,
        sent: saved.send_time,
        updated: saved.update_time,
        system: saved.system,
        deleted: saved.deleted,
        mentions,
    }
}
