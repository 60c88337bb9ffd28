//! Creates, changes, leaves and deletes rooms.

use chatwork_api::limits::{create_room, update_room};
use chatwork_api::operations;
use chatwork_sdk::calls::CreateRoom;
use chatwork_sdk::{AccountId, IconPreset, Request};

use super::written::{Draft, foreign_line, ids};
use super::{Effect, Spec, Wants, params};
use crate::call::{Call, Question};
use crate::fault::{Fault, Stop};
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
        let [admins, members, readonly] = self.lists();
        format!("administrators {admins}; members {members}; read only {readonly}")
    }

    fn lists(&self) -> [String; 3] {
        [&self.admins, &self.members, &self.readonly].map(|accounts| ids(accounts))
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
    let (words, [admins, members, readonly]) = (people.words(), people.lists());
    if call.is_dry_run() {
        let draft = Draft::new("create a room").with("name", name);
        let draft =
            draft.with("admins", admins).with("members", members).with("readonly", readonly);
        return Ok(given(&call, draft, &LINK_ARGUMENTS).render(&call));
    }
    let key =
        call.resolved_key(&[("admins", &admins), ("members", &members), ("readonly", &readonly)]);
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

/// The arguments of a room that are sent as they are given.
const LINK_ARGUMENTS: [&str; 5] =
    ["description", "icon", "invite_link", "link_code", "link_needs_acceptance"];

/// Adds to a draft which of these arguments are given.
pub(super) fn given(call: &Call, draft: Draft, names: &[&'static str]) -> Draft {
    names.iter().fold(draft, |draft, name| {
        let flag = call.arguments.flag(name).map(|flag| if flag { "yes" } else { "no" });
        draft.with_some(name, call.arguments.text(name).or(flag))
    })
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
    if let Some(name) = call.arguments.text("name") {
        request = request.name(name);
    }
    if let Some(text) = call.arguments.text("description") {
        request = request.description(text);
    }
    if let Some(icon) = icon(&call)? {
        request = request.icon(icon);
    }
    if call.is_dry_run() {
        let draft = Draft::new(format!("change room {}; all else stays", room.id().0));
        return Ok(given(&call, draft, &["name", "description", "icon"]).render(&call));
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
        let draft = Draft::new(format!("{verb} room {id}")).with("its name", &details.name);
        return Ok(draft.render(&call));
    }
    let messages = details.message_num;
    let (en, ja) = match is_deletion {
        true => (
            format!("Delete room {id} with all its {messages} messages, for all members?"),
            format!("チャット {id} を、{messages} 件のメッセージごと全員から削除しますか？"),
        ),
        false => (
            format!("Leave room {id}? You cannot come back by yourself."),
            format!("チャット {id} から退席しますか？自分では戻れません。"),
        ),
    };
    let words = Question {
        en: format!("{en}\n{}", foreign_line("Its name: ", &details.name)),
        ja: format!("{ja}\n{}", foreign_line("チャット名：", &details.name)),
    };
    call.consent(&[&id.to_string(), &details.name], &words).await?;
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
