//! Adds and removes members of a room, and gives them roles. All other members stay.

use std::collections::BTreeMap;

use chatwork_api::operations;
use chatwork_sdk::types::RoomMember;
use chatwork_sdk::{AccountId, Role, RoomHandle};

use super::draft::Draft;
use super::written::ids;
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::fence::subject::{Found, Question};
use crate::options::{Toolset, Words};
use crate::schema::{Kind, Param};

pub(super) const CHANGE_ROOM_MEMBERS: Spec = Spec {
    name: "change_room_members",
    title: Words { en: "Change members", ja: "メンバーの変更" },
    about: "Add or remove members of a group chat, or change their role. All others stay. The \
            person is asked before someone is removed or may do less.",
    toolset: Toolset::Admin,
    effect: Effect::Change,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[
        operations::REPLACE_ROOM_MEMBERS.id,
        operations::LIST_ROOM_MEMBERS.id,
        operations::GET_ROOM.id,
    ],
    params: &[
        params::ROOM,
        Param::new("change", Kind::Choice(&["add", "remove", "role"]), "").required(),
        Param::new(
            "people",
            Kind::Ids,
            "Account ids, or exact names: of contacts for `add`, else of members.",
        )
        .required(),
        Param::new(
            "role",
            Kind::Choice(&["admin", "member", "readonly"]),
            "`add`: `member` without it. `role`: required.",
        ),
        params::DRY_RUN,
    ],
    run: |call| Box::pin(change_room_members(call)),
};

/// What is changed.
enum Change {
    Add(Role),
    Remove,
    Role(Role),
}

/// A change, and whom it concerns.
struct Plan {
    room: RoomHandle,
    change: Change,
    people: Vec<AccountId>,
    /// A word about the others.
    left_out: String,
    members: Vec<RoomMember>,
}

async fn change_room_members(call: Call) -> Result<String, Stop> {
    let found = plan(&call).await?;
    if found.value.people.is_empty() {
        return Ok(format!("nothing to do{}", found.value.left_out));
    }
    if call.is_dry_run() {
        return Ok(found.value.draft().render(&call));
    }
    let Plan { room, change, people, left_out, .. } = call.consent(found, plan(&call)).await?;
    let what = words(&change, &people, room.id().0);
    let subject = format!("members/{}", room.id().0);
    let write = async move {
        let changed = match change {
            Change::Remove => room.remove_members(people).await?,
            Change::Add(role) | Change::Role(role) => room.add_members(role, people).await?,
        };
        let (admins, all) = (changed.admin.len(), changed.count());
        Ok(format!(
            "done: {what}{left_out}. The room has {all} members, {admins} of them administrators"
        ))
    };
    call.write(&subject, write).await
}

/// Finds whom the change concerns. Before members are removed, and before members may do less than
/// now, the person is asked.
async fn plan(call: &Call) -> Result<Found<Plan>, Stop> {
    let room = call.room_to_write().await?;
    let change = change(call)?;
    let from = if matches!(change, Change::Add(_)) { None } else { Some(room.id()) };
    let people = call.people("people", from).await?;
    let members = room.members().await?.into_vec();
    let roles = members.iter().map(|it| (it.account_id, it.role.clone())).collect();
    let me = call.me().await?.account_id;
    let (people, left_out) = concerned(&change, people, &roles, me)?;
    let plan = Plan { room, change, people, left_out, members };
    let losers: Vec<_> = plan.losers().collect();
    if losers.is_empty() {
        return Ok(Found::harmless(plan));
    }
    let (id, who) = (plan.room.id().0, losers.iter().map(|it| it.account_id).collect::<Vec<_>>());
    let who = ids(&who);
    let question = match &plan.change {
        Change::Role(role) => Question::new(
            format!("Let members {who} of room {id} do less, as {}?", role.as_str()),
            format!("チャット {id} のメンバー {who} の権限を {} に下げますか？", role.as_str()),
        ),
        _ => Question::new(
            format!("Remove members {who} from room {id}?"),
            format!("チャット {id} からメンバー {who} を外しますか？"),
        ),
    };
    let question = question.quote(id, call.name_to_ask(&plan.room).await?);
    let quote = |all: Question, it: &&RoomMember| all.quote(it.account_id.0, &it.name);
    let question = losers.iter().fold(question, quote);
    Ok(Found::asking(plan, question))
}

impl Plan {
    /// Returns who is removed or may do less.
    fn losers(&self) -> impl Iterator<Item = &RoomMember> {
        let loses = |role: &Role| match &self.change {
            Change::Add(_) => false,
            Change::Remove => true,
            Change::Role(to) => rank(role) > rank(to),
        };
        self.members
            .iter()
            .filter(move |it| self.people.contains(&it.account_id) && loses(&it.role))
    }

    /// Shows what would be sent: all members, with the role that each has then.
    fn draft(&self) -> Draft {
        let what = words(&self.change, &self.people, self.room.id().0);
        let draft = Draft::new(format!("{what}{}", self.left_out));
        let fields = [
            ("members_admin_ids", Role::Admin),
            ("members_member_ids", Role::Member),
            ("members_readonly_ids", Role::Readonly),
        ];
        fields
            .into_iter()
            .fold(draft, |draft, (name, role)| draft.accounts(name, &self.then(&role)))
    }

    /// Returns who has a role after the change.
    fn then(&self, role: &Role) -> Vec<AccountId> {
        let stays = |it: &&RoomMember| it.role == *role && !self.people.contains(&it.account_id);
        let mut then: Vec<_> = self.members.iter().filter(stays).map(|it| it.account_id).collect();
        match &self.change {
            Change::Add(to) | Change::Role(to) if to == role => then.extend(&self.people),
            _ => {}
        }
        then
    }
}

/// What a role may do, beside that of other roles. One that is not known here may do most.
fn rank(role: &Role) -> u8 {
    match role {
        Role::Readonly => 0,
        Role::Member => 1,
        _ => 2,
    }
}

fn change(call: &Call) -> Result<Change, Fault> {
    let role = call.arguments.text("role").map(Role::from);
    match (call.arguments.text("change"), role) {
        (Some("add"), role) => Ok(Change::Add(role.unwrap_or(Role::Member))),
        (Some("remove"), None) => Ok(Change::Remove),
        (Some("remove"), Some(_)) => {
            Err(Fault::new("`role` has no meaning for `remove`", "Leave it out."))
        }
        (_, Some(role)) => Ok(Change::Role(role)),
        (_, None) => Err(Fault::new("`role` is missing: expected admin, member or readonly", "")),
    }
}

/// Returns whom the change concerns, and a word about the others. To remove oneself is to leave the
/// room, which has a tool of its own.
fn concerned(
    change: &Change,
    people: Vec<AccountId>,
    roles: &BTreeMap<AccountId, Role>,
    me: AccountId,
) -> Result<(Vec<AccountId>, String), Fault> {
    if matches!(change, Change::Remove) && people.contains(&me) {
        let what = "To remove oneself is to leave the room";
        return Err(Fault::new(what, "Use leave_room."));
    }
    let is_concerned = |id: &AccountId| match (change, roles.get(id)) {
        (Change::Add(_), there) => there.is_none(),
        (Change::Remove, there) => there.is_some(),
        (Change::Role(role), there) => there.is_some_and(|there| there != role),
    };
    let (concerned, others): (Vec<_>, Vec<_>) = people.into_iter().partition(is_concerned);
    let strangers: Vec<_> = others.iter().filter(|id| !roles.contains_key(id)).collect();
    if let (Change::Role(_), Some(stranger)) = (change, strangers.first()) {
        let what = format!("{} is not a member of the room", stranger.0);
        return Err(Fault::new(what, "Use `add` for it."));
    }
    let word = match (change, others.is_empty()) {
        (_, true) => String::new(),
        (Change::Add(_), _) => format!("; members already, unchanged: {}", ids(&others)),
        (Change::Remove, _) => format!("; not members: {}", ids(&others)),
        (Change::Role(_), _) => format!("; have the role already: {}", ids(&others)),
    };
    Ok((concerned, word))
}

fn words(change: &Change, people: &[AccountId], room: i64) -> String {
    let people = ids(people);
    match change {
        Change::Add(role) => format!("add {people} to room {room} as {}", role.as_str()),
        Change::Remove => format!("remove {people} from room {room}"),
        Change::Role(role) => format!("make {people} {} of room {room}", role.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles() -> BTreeMap<AccountId, Role> {
        BTreeMap::from([(AccountId(1), Role::Admin), (AccountId(2), Role::Member)])
    }

    fn run(change: &Change, people: &[i64]) -> Result<(Vec<AccountId>, String), String> {
        let people = people.iter().copied().map(AccountId).collect();
        concerned(change, people, &roles(), AccountId(1)).map_err(|fault| fault.text())
    }

    #[test]
    fn to_add_a_member_does_not_change_its_role() {
        let (people, word) = run(&Change::Add(Role::Readonly), &[2, 3]).unwrap();
        assert_eq!(people, [AccountId(3)]);
        assert_eq!(word, "; members already, unchanged: 2");
    }

    #[test]
    fn no_one_removes_oneself() {
        assert!(run(&Change::Remove, &[2, 1]).unwrap_err().contains("leave_room"));
    }

    #[test]
    fn a_role_is_given_to_members_only() {
        assert!(run(&Change::Role(Role::Admin), &[3]).unwrap_err().contains("not a member"));
        assert_eq!(run(&Change::Role(Role::Admin), &[1, 2]).unwrap().0, [AccountId(2)]);
    }
}
