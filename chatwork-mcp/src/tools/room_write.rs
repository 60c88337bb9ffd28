//! Creates, changes, leaves and deletes rooms.

use chatwork_api::limits::{create_room, update_room};
use chatwork_api::operations;
use chatwork_sdk::calls::CreateRoom;
use chatwork_sdk::{AccountId, IconPreset, Request};

use super::written::{dry_run, quoted};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop, cut};
use crate::options::{Toolset, Words};
use crate::schema::{Kind, Param};

/// The ready-made icons.
const ICONS: &[&str] = &[
    "group", "check", "document", "meeting", "event", "project", "business", "study", "security",
    "star", "idea", "heart", "magcup", "beer", "music", "sports", "travel",
];
const DESCRIPTION: Param = Param::new("description", Kind::Text { min: 0, max: 65_535 }, "");
const ICON: Param = Param::new("icon", Kind::Choice(ICONS), "");
const PEOPLE: &str = "Account ids, or exact names of contacts.";

pub(super) const CREATE_ROOM: Spec = Spec {
    name: "create_room",
    title: Words { en: "Create a room", ja: "チャットの作成" },
    about: "Create a group chat. I am an administrator of it. Its members are notified.",
    toolset: Toolset::Admin,
    effect: Effect::Add,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::CREATE_ROOM.id],
    params: &[
        Param::new(
            "name",
            Kind::Text { min: create_room::NAME_MIN_LENGTH, max: create_room::NAME_MAX_LENGTH },
            "",
        )
        .required(),
        DESCRIPTION,
        ICON,
        Param::new(
            "admins",
            Kind::Ids,
            "More administrators. Account ids, or exact names of contacts.",
        ),
        Param::new("members", Kind::Ids, PEOPLE),
        Param::new(
            "readonly",
            Kind::Ids,
            "Who may only read. Account ids, or exact names of contacts.",
        ),
        Param::new("invite_link", Kind::Flag, "With an invitation link; none without it."),
        Param::new(
            "link_code",
            Kind::Code {
                min: create_room::LINK_CODE_MIN_LENGTH,
                max: create_room::LINK_CODE_MAX_LENGTH,
                pattern: create_room::LINK_CODE_PATTERN,
            },
            "The last part of the link's address; random without it.",
        ),
        Param::new(
            "link_needs_acceptance",
            Kind::Flag,
            "Whether I approve who comes by the link; yes without it.",
        ),
        params::DRY_RUN,
        params::AGAIN,
    ],
    run: |call| Box::pin(create_room(call)),
};

pub(super) const UPDATE_ROOM: Spec = Spec {
    name: "update_room",
    title: Words { en: "Change a room", ja: "チャットの変更" },
    about: "Change the name, the description or the icon of a group chat.",
    toolset: Toolset::Admin,
    effect: Effect::Change,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::UPDATE_ROOM.id],
    params: &[
        params::ROOM,
        Param::new(
            "name",
            Kind::Text { min: update_room::NAME_MIN_LENGTH, max: update_room::NAME_MAX_LENGTH },
            "",
        ),
        DESCRIPTION,
        ICON,
        params::DRY_RUN,
    ],
    run: |call| Box::pin(update_room(call)),
};

pub(super) const LEAVE_ROOM: Spec = Spec {
    name: "leave_room",
    title: Words { en: "Leave a room", ja: "チャットから退席" },
    about: "Leave a group chat. My tasks in it are deleted, and I cannot come back by myself.",
    toolset: Toolset::Admin,
    effect: Effect::Delete,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::DELETE_OR_LEAVE_ROOM.id, operations::GET_ROOM.id],
    params: &[params::ROOM, params::DRY_RUN],
    run: |call| Box::pin(end(call, false)),
};

pub(super) const DELETE_ROOM: Spec = Spec {
    name: "delete_room",
    title: Words { en: "Delete a room", ja: "チャットの削除" },
    about: "Delete a group chat with all its messages, tasks and files, for all members.",
    toolset: Toolset::Admin,
    effect: Effect::Delete,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::DELETE_OR_LEAVE_ROOM.id, operations::GET_ROOM.id],
    params: &[params::ROOM, params::DRY_RUN],
    run: |call| Box::pin(end(call, true)),
};

/// Who is in a new room.
struct People {
    admins: Vec<AccountId>,
    members: Vec<AccountId>,
    readonly: Vec<AccountId>,
}

impl People {
    async fn of(call: &Call) -> Result<Self, Fault> {
        let mut admins = vec![call.me().await?.account_id];
        admins.extend(call.people("admins", None).await?);
        let members = call.people("members", None).await?;
        Ok(Self { admins, members, readonly: call.people("readonly", None).await? })
    }

    fn words(&self) -> String {
        let Self { admins, members, readonly } = self;
        let [admins, members, readonly] = [admins, members, readonly].map(|ids| list(ids));
        format!("administrators {admins}; members {members}; read only {readonly}")
    }
}

async fn create_room(call: Call) -> Result<String, Stop> {
    if !call.arguments.is_set("invite_link")
        && call.arguments.has_any(&["link_code", "link_needs_acceptance"])
    {
        let what = "`link_code` and `link_needs_acceptance` are of an invitation link";
        return Err(Fault::new(what, "Set `invite_link` to true as well.").into());
    }
    let name = call.arguments.text("name").unwrap_or_default();
    let people = People::of(&call).await?;
    let words = people.words();
    if call.is_dry_run() {
        return Ok(dry_run(&format!("create a room: {words};"), name));
    }
    let key = call.write_key(&[name.as_bytes(), words.as_bytes()]);
    let request = new_room(&call, name, people)?;
    let create = async move {
        let room = request.await?;
        Ok(format!("created room {}: {words}", room.0))
    };
    call.write_once(key, create).await
}

/// Returns the request with all options that are given.
fn new_room(call: &Call, name: &str, people: People) -> Result<Request<CreateRoom>, Fault> {
    let People { admins, members, readonly } = people;
    let mut request = call.client().create_room(name, admins).members(members).readonly(readonly);
    if let Some(text) = call.arguments.text("description") {
        request = request.description(text);
    }
    if let Some(icon) = icon(call)? {
        request = request.icon(icon);
    }
    if let Some(link) = call.arguments.flag("invite_link") {
        request = request.invite_link(link);
    }
    if let Some(code) = call.arguments.text("link_code") {
        request = request.link_code(code);
    }
    if let Some(needs) = call.arguments.flag("link_needs_acceptance") {
        request = request.link_needs_acceptance(needs);
    }
    Ok(request)
}

fn list(accounts: &[AccountId]) -> String {
    let ids: Vec<_> = accounts.iter().map(|id| id.0.to_string()).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

fn icon(call: &Call) -> Result<Option<IconPreset>, Fault> {
    let icon = call.arguments.text("icon").map(str::parse).transpose();
    icon.map_err(|_| Fault::new("`icon` is not an icon of Chatwork", ""))
}

async fn update_room(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    if !call.arguments.has_any(&["name", "description", "icon"]) {
        let what = "There is nothing to change: expected `name`, `description` or `icon`";
        return Err(Fault::new(what, "").into());
    }
    let mut request = room.update();
    let mut what = format!("change room {}:", room.id().0);
    if let Some(name) = call.arguments.text("name") {
        request = request.name(name);
        what.push_str(&format!(" name {};", quoted(name)));
    }
    if let Some(text) = call.arguments.text("description") {
        request = request.description(text);
        what.push_str(&format!(" description of {} characters;", text.chars().count()));
    }
    if let Some(icon) = icon(&call)? {
        request = request.icon(icon);
        what.push_str(&format!(" icon {icon};"));
    }
    if call.is_dry_run() {
        return Ok(dry_run(&what, ""));
    }
    let update = async move {
        request.await?;
        Ok(format!("changed room {}", room.id().0))
    };
    call.write(update).await
}

/// Leaves or deletes a room.
async fn end(call: Call, is_deletion: bool) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let details = room.get().await?;
    let (verb, done) = if is_deletion { ("delete", "deleted") } else { ("leave", "left") };
    let id = room.id().0;
    if call.is_dry_run() {
        return Ok(dry_run(&format!("{verb} room {id}"), &cut(&details.name, 255)));
    }
    let name = quoted(&details.name);
    let messages = details.message_num;
    let (en, ja) = match is_deletion {
        true => (
            format!("Delete room {id} {name} with all its {messages} messages, for all members?"),
            format!("チャット {id} {name} を、{messages} 件のメッセージごと全員から削除しますか？"),
        ),
        false => (
            format!("Leave room {id} {name}? You cannot come back by yourself."),
            format!("チャット {id} {name} から退席しますか？自分では戻れません。"),
        ),
    };
    call.consent(&en, &ja).await?;
    let end = async move {
        if is_deletion {
            room.delete().await?
        } else {
            room.leave().await?
        }
        Ok(format!("{done} room {id}"))
    };
    call.write(end).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_icon_is_one_of_the_document() {
        for icon in ICONS {
            assert!(icon.parse::<IconPreset>().is_ok(), "{icon}");
        }
    }
}
