//! Members of rooms, and contacts.

use chatwork_api::operations;
use chatwork_sdk::AccountId;
use serde_json::{Value, json};

use super::written::{after, unreadable};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::Stop;
use crate::options::{Toolset, Words};
use crate::output::{Form, Listing, People, Row};
use crate::schema::{Kind, Param};

const LIMIT: usize = 100;

pub(super) const LIST_ROOM_MEMBERS: Spec = Spec {
    name: "list_room_members",
    title: Words { en: "List members", ja: "メンバー一覧" },
    about: "The members of a room, with their roles.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::LIST_ROOM_MEMBERS.id],
    params: &[
        params::ROOM,
        params::QUERY,
        Param::new("role", Kind::Choice(&["admin", "member", "readonly"]), ""),
        params::limit(500, "100 without it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(list_room_members(call)),
};

pub(super) const LIST_CONTACTS: Spec = Spec {
    name: "list_contacts",
    title: Words { en: "List contacts", ja: "コンタクト一覧" },
    about: "My contacts, with the room of the direct chat with each.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::LIST_CONTACTS.id],
    params: &[params::QUERY, params::limit(500, "100 without it."), params::CURSOR, params::FORMAT],
    run: |call| Box::pin(list_contacts(call)),
};

/// A person of a list.
struct Person {
    account: AccountId,
    name: String,
    chatwork_id: String,
    organization: String,
    department: String,
    /// The role, or the room of the direct chat.
    more: (&'static str, String),
}

async fn list_room_members(call: Call) -> Result<String, Stop> {
    let room = call.room().await?;
    let members = room.members().await?;
    let lost = unreadable(members.set_aside().len());
    let role = call.arguments.text("role");
    let people = members
        .into_vec()
        .into_iter()
        .filter(|it| role.is_none_or(|role| it.role.as_str() == role));
    let people = people.map(|it| Person {
        account: it.account_id,
        name: it.name,
        chatwork_id: it.chatwork_id,
        organization: it.organization_name,
        department: it.department,
        more: ("role", it.role.as_str().to_owned()),
    });
    let listing = listing(&call, "members", people.collect())?;
    Ok(listing.fact(format!("room {}", room.id().0)).missing(lost).render(call.style()))
}

async fn list_contacts(call: Call) -> Result<String, Stop> {
    let contacts = call.client().contacts().await?;
    let lost = unreadable(contacts.set_aside().len());
    let people = contacts.into_vec().into_iter().map(|it| Person {
        account: it.account_id,
        name: it.name,
        chatwork_id: it.chatwork_id,
        organization: it.organization_name,
        department: it.department,
        more: ("room", it.room_id.0.to_string()),
    });
    let listing = listing(&call, "contacts", people.collect())?;
    Ok(listing.missing(lost).render(call.style()))
}

fn listing(
    call: &Call,
    what: &'static str,
    mut people: Vec<Person>,
) -> Result<Listing<Person>, Stop> {
    let all = people.len();
    if let Some(query) = call.arguments.text("query").map(str::to_lowercase) {
        let has = |text: &str| text.to_lowercase().contains(&query);
        people.retain(|it| has(&it.name) || has(&it.chatwork_id));
    }
    let found = people.len();
    let people = after(people, call.arguments.text("cursor"))?;
    let limit = call.arguments.count("limit").unwrap_or(LIMIT);
    Ok(Listing::new(what, people, limit).fact(format!("{found} of {all} match")))
}

impl Row for Person {
    fn text(&self, _: &mut People, most: usize) -> String {
        let (label, more) = &self.more;
        let mut line = format!("{} {label} {more}", self.account.0);
        for text in [&self.name, &self.chatwork_id, &self.organization, &self.department] {
            if !text.is_empty() {
                line.push_str(&format!(" | {}", Form::Text.cut(text, most / 8)));
            }
        }
        line
    }

    fn json(&self, most: usize) -> Value {
        let text = |text: &str| Form::Json.cut(text, most / 8);
        let (label, more) = &self.more;
        json!({
            "account_id": self.account.0.to_string(),
            "name": text(&self.name),
            "chatwork_id": text(&self.chatwork_id),
            "organization": text(&self.organization),
            "department": text(&self.department),
            *label: more,
        })
    }

    fn cursor(&self) -> String {
        self.account.0.to_string()
    }
}
