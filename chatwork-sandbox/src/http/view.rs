//! The state in the types of the API.

use chatwork_api::types::{self, AccountId, OrganizationId, RoomId, TaskId, UnixTime};

use crate::complete::complete;
use crate::state::{
    Account, Contact, ContactRequest, LimitType, Link, Member, Message, Role, Room, RoomKind,
    State, Status, StoredFile, Task, TaskStatus,
};

impl Account {
    pub(super) fn me(&self) -> types::Me {
        let profile = &self.profile;
        complete!(Me {
            account_id: self.id,
            room_id: self.own_room,
            name: profile.name.clone(),
            chatwork_id: profile.chatwork_id.clone(),
            organization_id: self.organization_id,
            organization_name: self.organization_name.clone(),
            department: profile.department.clone(),
            title: profile.title.clone(),
            url: profile.url.clone(),
            introduction: profile.introduction.clone(),
            mail: profile.mail.clone(),
            tel_organization: profile.tel_organization.clone(),
            tel_extension: profile.tel_extension.clone(),
            tel_mobile: profile.tel_mobile.clone(),
            skype: profile.skype.clone(),
            facebook: profile.facebook.clone(),
            twitter: profile.twitter.clone(),
            avatar_image_url: self.avatar.clone(),
            login_mail: profile.login_mail.clone(),
        })
    }
}

impl Contact<'_> {
    pub(super) fn contact(self) -> types::Contact {
        let account = self.account;
        complete!(Contact {
            account_id: account.id,
            room_id: self.room,
            name: account.profile.name.clone(),
            chatwork_id: account.profile.chatwork_id.clone(),
            organization_id: account.organization_id,
            organization_name: account.organization_name.clone(),
            department: account.profile.department.clone(),
            avatar_image_url: account.avatar.clone(),
        })
    }
}

impl ContactRequest {
    pub(super) fn incoming(&self, from: &Account) -> types::IncomingRequest {
        complete!(IncomingRequest {
            request_id: self.id,
            account_id: from.id,
            message: self.message.clone(),
            name: from.profile.name.clone(),
            chatwork_id: from.profile.chatwork_id.clone(),
            organization_id: from.organization_id,
            organization_name: from.organization_name.clone(),
            department: from.profile.department.clone(),
            avatar_image_url: from.avatar.clone(),
        })
    }
}

impl Status {
    pub(super) fn my_status(self) -> types::MyStatus {
        complete!(MyStatus {
            unread_room_num: count(self.unread_rooms),
            mention_room_num: count(self.mention_rooms),
            mytask_room_num: count(self.task_rooms),
            unread_num: count(self.unread),
            mention_num: count(self.mentions),
            mytask_num: count(self.tasks),
        })
    }
}

impl Member {
    pub(super) fn unread_counts(&self) -> types::UnreadCounts {
        complete!(UnreadCounts {
            unread_num: count(self.unread.len()),
            mention_num: count(self.mentions.len()),
        })
    }
}

impl Room {
    pub(super) fn member_ids(&self) -> types::RoomMemberIds {
        complete!(RoomMemberIds {
            admin: self.accounts(Role::Admin),
            member: self.accounts(Role::Member),
            readonly: self.accounts(Role::Readonly),
        })
    }
}

impl Link {
    pub(super) fn shown(&self, origin: &str) -> types::RoomLink {
        complete!(RoomLink {
            public: true,
            url: Some(format!("{origin}/g/{}", self.code)),
            need_acceptance: Some(self.need_acceptance),
            description: Some(self.description.clone()),
        })
    }
}

/// The reply for a room without a link.
pub(super) fn no_link() -> types::RoomLink {
    complete!(RoomLink { public: false, url: None, need_acceptance: None, description: None })
}

/// Returns the short form of an account. Every account that is named exists.
pub(super) fn summary(state: &State, id: AccountId) -> types::AccountSummary {
    let account = state.account(id);
    complete!(AccountSummary {
        account_id: id,
        name: account.map_or_else(String::new, |account| account.name().to_owned()),
        avatar_image_url: account.map_or_else(String::new, |account| account.avatar.clone()),
    })
}

pub(super) fn room_member(state: &State, member: &Member) -> types::RoomMember {
    let account = state.account(member.account);
    let text = |of: fn(&Account) -> &str| account.map_or_else(String::new, |a| of(a).to_owned());
    complete!(RoomMember {
        account_id: member.account,
        role: role(member.role),
        name: text(Account::name),
        chatwork_id: text(|account| &account.profile.chatwork_id),
        organization_id: account.map_or(OrganizationId(0), |account| account.organization_id),
        organization_name: text(|account| &account.organization_name),
        department: text(|account| &account.profile.department),
        avatar_image_url: text(|account| &account.avatar),
    })
}

pub(super) fn room(state: &State, room: &Room, member: &Member) -> types::Room {
    complete!(Room {
        room_id: room.id,
        name: state.room_name(room, member.account),
        type_: match room.kind {
            RoomKind::My => types::RoomType::My,
            RoomKind::Direct => types::RoomType::Direct,
            RoomKind::Group => types::RoomType::Group,
        },
        role: role(member.role),
        sticky: member.sticky,
        unread_num: count(member.unread.len()),
        mention_num: count(member.mentions.len()),
        mytask_num: count(room.open_tasks(member.account)),
        message_num: count(room.messages.len()),
        file_num: count(room.files.len()),
        task_num: count(room.tasks.len()),
        icon_path: state.room_icon(room, member.account),
        last_update_time: UnixTime(room.updated),
    })
}

pub(super) fn room_details(state: &State, of: &Room, member: &Member) -> types::RoomDetails {
    let room = room(state, of, member);
    complete!(RoomDetails {
        room_id: room.room_id,
        name: room.name,
        type_: room.type_,
        role: room.role,
        sticky: room.sticky,
        unread_num: room.unread_num,
        mention_num: room.mention_num,
        mytask_num: room.mytask_num,
        message_num: room.message_num,
        file_num: room.file_num,
        task_num: room.task_num,
        icon_path: room.icon_path,
        last_update_time: room.last_update_time,
        description: of.description.clone(),
    })
}

pub(super) fn message(state: &State, message: &Message) -> types::Message {
    complete!(Message {
        message_id: message.id.into(),
        account: summary(state, message.account),
        body: message.body.clone(),
        send_time: UnixTime(message.sent),
        update_time: UnixTime(message.updated),
    })
}

pub(super) fn task(state: &State, task: &Task) -> types::Task {
    complete!(Task {
        task_id: task.id,
        account: summary(state, task.assignee),
        assigned_by_account: summary(state, task.requester),
        message_id: task.message.into(),
        body: task.body.clone(),
        limit_time: UnixTime(task.limit),
        status: status(task.status),
        limit_type: limit_type(task.limit_type),
    })
}

pub(super) fn my_task(state: &State, room: &Room, task: &Task) -> types::MyTask {
    complete!(MyTask {
        task_id: task.id,
        room: complete!(TaskRoom {
            room_id: room.id,
            name: state.room_name(room, task.assignee),
            icon_path: state.room_icon(room, task.assignee),
        }),
        assigned_by_account: summary(state, task.requester),
        message_id: task.message.into(),
        body: task.body.clone(),
        limit_time: UnixTime(task.limit),
        status: status(task.status),
        limit_type: limit_type(task.limit_type),
    })
}

pub(super) fn file(state: &State, file: &StoredFile) -> types::RoomFile {
    complete!(RoomFile {
        file_id: file.id,
        account: summary(state, file.account),
        message_id: file.message.into(),
        filename: file.name.clone(),
        filesize: count(file.bytes.len()),
        upload_time: UnixTime(file.uploaded),
    })
}

pub(super) fn file_details(
    state: &State,
    stored: &StoredFile,
    download_url: Option<String>,
) -> types::RoomFileDetails {
    let file = file(state, stored);
    complete!(RoomFileDetails {
        file_id: file.file_id,
        account: file.account,
        message_id: file.message_id,
        filename: file.filename,
        filesize: file.filesize,
        upload_time: file.upload_time,
        download_url,
    })
}

pub(super) fn room_ref(room_id: RoomId) -> types::RoomRef {
    complete!(RoomRef { room_id })
}

pub(super) fn updated_task(task_id: TaskId) -> types::UpdatedTask {
    complete!(UpdatedTask { task_id })
}

fn role(role: Role) -> types::RoomRole {
    match role {
        Role::Admin => types::RoomRole::Admin,
        Role::Member => types::RoomRole::Member,
        Role::Readonly => types::RoomRole::Readonly,
    }
}

fn status(status: TaskStatus) -> types::TaskStatus {
    match status {
        TaskStatus::Open => types::TaskStatus::Open,
        TaskStatus::Done => types::TaskStatus::Done,
    }
}

fn limit_type(kind: LimitType) -> types::TaskLimitType {
    match kind {
        LimitType::None => types::TaskLimitType::None,
        LimitType::Date => types::TaskLimitType::Date,
        LimitType::Time => types::TaskLimitType::Time,
    }
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
