//! Creates, changes, leaves and deletes rooms.

use chatwork_api::limits::{create_room, update_room};
use chatwork_api::operations;
use chatwork_sdk::calls::CreateRoom;
use chatwork_sdk::{AccountId, IconPreset, Request, RoomHandle};

use super::draft::Draft;
use super::written::{allow_names, ids, set_of};
use super::{Effect, Spec, Wants, params};
use crate::arguments::OFF;
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::fence::subject::{Found, Question};
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
    about: "Create a group chat. I am an administrator of it. Its members are notified. The person is \
            asked before it gets a link without approval.",
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
        Param::new("invite_link", Kind::Flag, "With an invitation link; none without it.")
            .default(OFF),
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
    /// Finds who is to be in the room. A link by which strangers come in needs consent.
    async fn of(call: &Call) -> Result<Found<Self>, Stop> {
        let mut admins = vec![call.me().await?.account_id];
        admins.extend(call.people("admins", None).await?);
        let members = call.people("members", None).await?;
        let people = Self { admins, members, readonly: call.people("readonly", None).await? };
        if call.arguments.flag("link_needs_acceptance") != Some(false) {
            return Ok(Found::harmless(people));
        }
        let [admins, members, readonly] = people.lists();
        let question = Question::new(
            format!(
                "Create a room with a link by which everyone who has it joins without approval? \
                 Administrators: {admins}. Members: {members}. Read only: {readonly}."
            ),
            format!(
                "リンクを知る人が承認なしで参加できるチャットを作成しますか？管理者: {admins}。メンバー: \
                 {members}。閲覧のみ: {readonly}。"
            ),
        );
        let name = call.arguments.text("name").unwrap_or_default();
        Ok(Found::asking(people, question.quote("name", name)))
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
    allow_names(&call, &["name", "description"])?;
    let name = call.arguments.text("name").unwrap_or_default();
    let found = People::of(&call).await?;
    if call.is_dry_run() {
        let People { admins, members, readonly } = &found.value;
        let draft = with_texts(&call, Draft::new("create a room"));
        let draft = draft.accounts("members_admin_ids", admins);
        let draft = draft.accounts("members_member_ids", members);
        let draft = draft.accounts("members_readonly_ids", readonly);
        let draft = draft.some_flag("link", call.arguments.flag("invite_link"));
        let draft = draft.some_text("link_code", call.arguments.text("link_code"));
        let needs = call.arguments.flag("link_needs_acceptance");
        return Ok(draft.some_flag("link_need_acceptance", needs).render(&call));
    }
    let people = call.consent(found, People::of(&call)).await?;
    let words = people.words();
    let sets = [&people.admins, &people.members, &people.readonly];
    let [admins, members, readonly] = sets.map(|accounts| set_of(accounts.iter().copied()));
    // What a missing argument means is the same as that value.
    let needs = match call.arguments.flag("link_needs_acceptance") {
        Some(false) => "no",
        _ => "yes",
    };
    let key = call.resolved_key(&[
        ("admins", &admins),
        ("members", &members),
        ("readonly", &readonly),
        ("link_needs_acceptance", needs),
        ("description", call.arguments.text("description").unwrap_or_default()),
    ]);
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

/// Adds the name, the description and the icon that are given.
fn with_texts(call: &Call, draft: Draft) -> Draft {
    let text = |name| call.arguments.text(name);
    let draft = draft.some_text("name", text("name")).some_text("description", text("description"));
    draft.some_text("icon_preset", text("icon"))
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
    allow_names(&call, &["name", "description"])?;
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
        return Ok(with_texts(&call, draft).render(&call));
    }
    let subject = format!("room/{}", room.id().0);
    let update = async move {
        request.await?;
        Ok(format!("changed room {}", room.id().0))
    };
    call.write(&subject, update).await
}

/// Leaves or deletes a room.
async fn end(call: Call, is_deletion: bool) -> Result<String, Stop> {
    let found = ending(&call, is_deletion).await?;
    let (verb, done) = if is_deletion { ("delete", "deleted") } else { ("leave", "left") };
    if call.is_dry_run() {
        let (room, name) = &found.value;
        let draft = Draft::new(format!("{verb} room {}", room.id().0)).value("action_type", verb);
        return Ok(draft.about("name", name).render(&call));
    }
    let (room, _) = call.consent(found, ending(&call, is_deletion)).await?;
    let subject = format!("room/{}", room.id().0);
    let end = async move {
        if is_deletion {
            room.delete().await?
        } else {
            room.leave().await?
        }
        Ok(format!("{done} room {}", room.id().0))
    };
    call.write(&subject, end).await
}

/// Finds the room that is to be left or deleted, with its name.
async fn ending(call: &Call, is_deletion: bool) -> Result<Found<(RoomHandle, String)>, Stop> {
    let room = call.room_to_write().await?;
    let (id, name) = (room.id().0, room.get().await?.name);
    let question = match is_deletion {
        true => Question::new(
            format!("Delete room {id} with all its messages, tasks and files, for all members?"),
            format!(
                "チャット {id} を、メッセージ、タスク、ファイルごと全員から削除しますか？元には戻せません。"
            ),
        ),
        false => Question::new(
            format!("Leave room {id}? You cannot come back by yourself."),
            format!("チャット {id} から退席しますか？自分では戻れません。"),
        ),
    };
    let question = question.quote(id, &name);
    Ok(Found::asking((room, name), question))
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
