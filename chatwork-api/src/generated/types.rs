// Written by `cargo xtask codegen` from spec/chatwork.yaml. Do not edit: change the document and
// run the command again.

//! The types of bodies, parameters and replies.
/// The id of an account (アカウントID).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct AccountId(pub i64);
crate::wire::wire_newtype! {
    AccountId
}
impl ::std::ops::Deref for AccountId {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<AccountId> for i64 {
    fn from(value: AccountId) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for AccountId {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for AccountId {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for AccountId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for AccountId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// Account ids with commas between them and no spaces, at least one.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct AccountIdList(pub ::std::string::String);
crate::wire::wire_newtype! {
    AccountIdList
}
impl ::std::convert::From<&str> for AccountIdList {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
impl ::std::ops::Deref for AccountIdList {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<AccountIdList> for ::std::string::String {
    fn from(value: AccountIdList) -> Self {
        value.0
    }
}
impl ::std::convert::From<::std::string::String> for AccountIdList {
    fn from(value: ::std::string::String) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for AccountIdList {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for AccountIdList {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.to_string()))
    }
}
/// An account, in short.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AccountSummary {
    /// The id of an account (アカウントID).
    pub account_id: AccountId,
    /// The address of the profile picture.
    pub avatar_image_url: ::std::string::String,
    /// The name shown to others (表示名).
    pub name: ::std::string::String,
}
crate::wire::wire_struct! {
    AccountSummary { account_id : 0 "account_id" required, avatar_image_url : 1
    "avatar_image_url" required, name : 2 "name" required, }
}
impl AccountSummary {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account_id",
        "avatar_image_url",
        "name",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for AccountSummary {
    fn default() -> Self {
        Self {
            account_id: AccountId(::std::default::Default::default()),
            avatar_image_url: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
        }
    }
}
/// An account that you are in contact with (コンタクト).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Contact {
    /// The id of an account (アカウントID).
    pub account_id: AccountId,
    /// The address of the profile picture.
    pub avatar_image_url: ::std::string::String,
    /// The Chatwork ID, a name that the account has chosen for itself.
    pub chatwork_id: ::std::string::String,
    /// The department in the organization (所属).
    pub department: ::std::string::String,
    /// The name shown to others (表示名).
    pub name: ::std::string::String,
    /// The id of an organization (組織ID).
    pub organization_id: OrganizationId,
    /// The name of the organization (組織名).
    pub organization_name: ::std::string::String,
    /// The direct chat with this contact (ダイレクトチャット).
    pub room_id: RoomId,
}
crate::wire::wire_struct! {
    Contact { account_id : 0 "account_id" required, avatar_image_url : 1
    "avatar_image_url" required, chatwork_id : 2 "chatwork_id" required, department : 3
    "department" required, name : 4 "name" required, organization_id : 5
    "organization_id" required, organization_name : 6 "organization_name" required,
    room_id : 7 "room_id" required, }
}
impl Contact {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account_id",
        "avatar_image_url",
        "chatwork_id",
        "department",
        "name",
        "organization_id",
        "organization_name",
        "room_id",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for Contact {
    fn default() -> Self {
        Self {
            account_id: AccountId(::std::default::Default::default()),
            avatar_image_url: ::std::default::Default::default(),
            chatwork_id: ::std::default::Default::default(),
            department: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
            organization_id: OrganizationId(::std::default::Default::default()),
            organization_name: ::std::default::Default::default(),
            room_id: RoomId(::std::default::Default::default()),
        }
    }
}
/// The body of `POST /rooms`: what [`Client::create_room`](crate::Client::create_room) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreateRoomBody {
    /// What the chat is about (チャットの概要).
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub description: ::std::option::Option<::std::string::String>,
    /// Which of the ready-made icons a group chat has (チャットのアイコンの種類).
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub icon_preset: ::std::option::Option<IconPreset>,
    /// 1 makes an invitation link (招待リンク), 0 makes none. The server takes 0 when it is left out.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub link: ::std::option::Option<crate::Flag>,
    /// The last part of the link's address. Left out, it becomes a random one. A code that is taken already, or that has a character that is not allowed, is answered with 400.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub link_code: ::std::option::Option<::std::string::String>,
    /// 1 lets people in by the link only after an administrator has approved, 0 at once. The server takes 1 when it is left out.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub link_need_acceptance: ::std::option::Option<crate::Flag>,
    /// The administrators (管理者), at least one. Each is a contact of yours or in your organization.
    pub members_admin_ids: AccountIdList,
    /// The ordinary members (メンバー). Each is a contact of yours or in your organization.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub members_member_ids: ::std::option::Option<AccountIdList>,
    /// The members who may only read (閲覧のみ). Each is a contact of yours or in your organization.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub members_readonly_ids: ::std::option::Option<AccountIdList>,
    /// The name of the chat.
    pub name: ::std::string::String,
}
crate::wire::wire_struct! {
    CreateRoomBody { description : 0 "description" optional, icon_preset : 1
    "icon_preset" optional, link : 2 "link" optional, link_code : 3 "link_code" optional,
    link_need_acceptance : 4 "link_need_acceptance" optional, members_admin_ids : 5
    "members_admin_ids" required, members_member_ids : 6 "members_member_ids" optional,
    members_readonly_ids : 7 "members_readonly_ids" optional, name : 8 "name" required, }
}
impl CreateRoomBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(
        name: impl ::std::convert::Into<::std::string::String>,
        members_admin_ids: AccountIdList,
    ) -> Self {
        Self {
            description: ::std::option::Option::None,
            icon_preset: ::std::option::Option::None,
            link: ::std::option::Option::None,
            link_code: ::std::option::Option::None,
            link_need_acceptance: ::std::option::Option::None,
            members_admin_ids,
            members_member_ids: ::std::option::Option::None,
            members_readonly_ids: ::std::option::Option::None,
            name: name.into(),
        }
    }
    /// Sets `description`.
    #[must_use]
    pub fn description(
        mut self,
        description: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.description = ::std::option::Option::Some(description.into());
        self
    }
    /// Sets `icon_preset`.
    #[must_use]
    pub fn icon_preset(mut self, icon_preset: IconPreset) -> Self {
        self.icon_preset = ::std::option::Option::Some(icon_preset);
        self
    }
    /// Sets `link`.
    #[must_use]
    pub fn link(mut self, link: impl ::std::convert::Into<crate::Flag>) -> Self {
        self.link = ::std::option::Option::Some(link.into());
        self
    }
    /// Sets `link_code`.
    #[must_use]
    pub fn link_code(
        mut self,
        link_code: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.link_code = ::std::option::Option::Some(link_code.into());
        self
    }
    /// Sets `link_need_acceptance`.
    #[must_use]
    pub fn link_need_acceptance(
        mut self,
        link_need_acceptance: impl ::std::convert::Into<crate::Flag>,
    ) -> Self {
        self.link_need_acceptance = ::std::option::Option::Some(
            link_need_acceptance.into(),
        );
        self
    }
    /// Sets `members_member_ids`.
    #[must_use]
    pub fn members_member_ids(mut self, members_member_ids: AccountIdList) -> Self {
        self.members_member_ids = ::std::option::Option::Some(members_member_ids);
        self
    }
    /// Sets `members_readonly_ids`.
    #[must_use]
    pub fn members_readonly_ids(mut self, members_readonly_ids: AccountIdList) -> Self {
        self.members_readonly_ids = ::std::option::Option::Some(members_readonly_ids);
        self
    }
}
/// The optional parameters of `POST /rooms/{room_id}/link`, for [`Client::create_room_link_with`](crate::Client::create_room_link_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreateRoomLinkOptions {
    /// The last part of the link's address. Left out, it becomes a new random one.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub code: ::std::option::Option<::std::string::String>,
    /// The text shown with the link.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub description: ::std::option::Option<::std::string::String>,
    /// 1 lets people in by the link only after an administrator has approved, 0 at once. The server takes 1 when it is left out.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub need_acceptance: ::std::option::Option<crate::Flag>,
}
crate::wire::wire_struct! {
    CreateRoomLinkOptions { code : 0 "code" optional, description : 1 "description"
    optional, need_acceptance : 2 "need_acceptance" optional, }
}
impl CreateRoomLinkOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            code: ::std::option::Option::None,
            description: ::std::option::Option::None,
            need_acceptance: ::std::option::Option::None,
        }
    }
    /// Sets `code`.
    #[must_use]
    pub fn code(
        mut self,
        code: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.code = ::std::option::Option::Some(code.into());
        self
    }
    /// Sets `description`.
    #[must_use]
    pub fn description(
        mut self,
        description: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.description = ::std::option::Option::Some(description.into());
        self
    }
    /// Sets `need_acceptance`.
    #[must_use]
    pub fn need_acceptance(
        mut self,
        need_acceptance: impl ::std::convert::Into<crate::Flag>,
    ) -> Self {
        self.need_acceptance = ::std::option::Option::Some(need_acceptance.into());
        self
    }
}
/// The body of `POST /rooms/{room_id}/messages`: what [`Client::create_room_message`](crate::Client::create_room_message) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreateRoomMessageBody {
    /// The text, with Chatwork's message notation such as `[To:1484814]`.
    pub body: ::std::string::String,
    /// 1 leaves the message unread for yourself, 0 counts it as read. The server takes 0 when it is left out.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub self_unread: ::std::option::Option<crate::Flag>,
}
crate::wire::wire_struct! {
    CreateRoomMessageBody { body : 0 "body" required, self_unread : 1 "self_unread"
    optional, }
}
impl CreateRoomMessageBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(body: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            body: body.into(),
            self_unread: ::std::option::Option::None,
        }
    }
    /// Sets `self_unread`.
    #[must_use]
    pub fn self_unread(
        mut self,
        self_unread: impl ::std::convert::Into<crate::Flag>,
    ) -> Self {
        self.self_unread = ::std::option::Option::Some(self_unread.into());
        self
    }
}
/// The body of `POST /rooms/{room_id}/tasks`: what [`Client::create_room_task`](crate::Client::create_room_task) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CreateRoomTaskBody {
    /// What is to be done.
    pub body: ::std::string::String,
    /// When the task is due (期限).
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub limit: ::std::option::Option<UnixTime>,
    /// Whether `limit` means a day, a point in time, or nothing. The server takes `time` when it is left out.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub limit_type: ::std::option::Option<TaskLimitType>,
    /// The assignees (担当者), each a member of the room.
    pub to_ids: AccountIdList,
}
crate::wire::wire_struct! {
    CreateRoomTaskBody { body : 0 "body" required, limit : 1 "limit" optional, limit_type
    : 2 "limit_type" optional, to_ids : 3 "to_ids" required, }
}
impl CreateRoomTaskBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(
        body: impl ::std::convert::Into<::std::string::String>,
        to_ids: AccountIdList,
    ) -> Self {
        Self {
            body: body.into(),
            limit: ::std::option::Option::None,
            limit_type: ::std::option::Option::None,
            to_ids,
        }
    }
    /// Sets `limit`.
    #[must_use]
    pub fn limit(mut self, limit: UnixTime) -> Self {
        self.limit = ::std::option::Option::Some(limit);
        self
    }
    /// Sets `limit_type`.
    #[must_use]
    pub fn limit_type(mut self, limit_type: TaskLimitType) -> Self {
        self.limit_type = ::std::option::Option::Some(limit_type);
        self
    }
}
/// The body of `DELETE /rooms/{room_id}`: what [`Client::delete_or_leave_room`](crate::Client::delete_or_leave_room) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeleteOrLeaveRoomBody {
    /// What to do with a group chat (操作の種類).
    pub action_type: RoomActionType,
}
crate::wire::wire_struct! {
    DeleteOrLeaveRoomBody { action_type : 0 "action_type" required, }
}
impl DeleteOrLeaveRoomBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(action_type: RoomActionType) -> Self {
        Self { action_type }
    }
}
/// What went wrong. The texts are English and may change; most of those in the examples of this document are made up.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ErrorResponse {
    /// One text or several.
    pub errors: ::std::vec::Vec<::std::string::String>,
}
crate::wire::wire_struct! {
    ErrorResponse { errors : 0 "errors" required, }
}
impl ErrorResponse {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["errors"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for ErrorResponse {
    fn default() -> Self {
        Self {
            errors: ::std::default::Default::default(),
        }
    }
}
/// The id of a file (ファイルID).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct FileId(pub i64);
crate::wire::wire_newtype! {
    FileId
}
impl ::std::ops::Deref for FileId {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<FileId> for i64 {
    fn from(value: FileId) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for FileId {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for FileId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for FileId {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for FileId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for FileId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// The file that was uploaded.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FileRef {
    /// The id of a file (ファイルID).
    pub file_id: FileId,
}
crate::wire::wire_struct! {
    FileRef { file_id : 0 "file_id" required, }
}
impl FileRef {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["file_id"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for FileRef {
    fn default() -> Self {
        Self {
            file_id: FileId(::std::default::Default::default()),
        }
    }
}
/// Which of the ready-made icons a group chat has (チャットのアイコンの種類).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum IconPreset {
    /// `group`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "group"))]
    Group,
    /// `check`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "check"))]
    Check,
    /// `document`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "document"))]
    Document,
    /// `meeting`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "meeting"))]
    Meeting,
    /// `event`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "event"))]
    Event,
    /// `project`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "project"))]
    Project,
    /// `business`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "business"))]
    Business,
    /// `study`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "study"))]
    Study,
    /// `security`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "security"))]
    Security,
    /// `star`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "star"))]
    Star,
    /// `idea`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "idea"))]
    Idea,
    /// `heart`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "heart"))]
    Heart,
    /// `magcup`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "magcup"))]
    Magcup,
    /// `beer`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "beer"))]
    Beer,
    /// `music`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "music"))]
    Music,
    /// `sports`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "sports"))]
    Sports,
    /// `travel`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "travel"))]
    Travel,
}
crate::wire::wire_enum! {
    IconPreset
}
impl ::std::fmt::Display for IconPreset {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Group => f.write_str("group"),
            Self::Check => f.write_str("check"),
            Self::Document => f.write_str("document"),
            Self::Meeting => f.write_str("meeting"),
            Self::Event => f.write_str("event"),
            Self::Project => f.write_str("project"),
            Self::Business => f.write_str("business"),
            Self::Study => f.write_str("study"),
            Self::Security => f.write_str("security"),
            Self::Star => f.write_str("star"),
            Self::Idea => f.write_str("idea"),
            Self::Heart => f.write_str("heart"),
            Self::Magcup => f.write_str("magcup"),
            Self::Beer => f.write_str("beer"),
            Self::Music => f.write_str("music"),
            Self::Sports => f.write_str("sports"),
            Self::Travel => f.write_str("travel"),
        }
    }
}
impl ::std::str::FromStr for IconPreset {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "group" => Ok(Self::Group),
            "check" => Ok(Self::Check),
            "document" => Ok(Self::Document),
            "meeting" => Ok(Self::Meeting),
            "event" => Ok(Self::Event),
            "project" => Ok(Self::Project),
            "business" => Ok(Self::Business),
            "study" => Ok(Self::Study),
            "security" => Ok(Self::Security),
            "star" => Ok(Self::Star),
            "idea" => Ok(Self::Idea),
            "heart" => Ok(Self::Heart),
            "magcup" => Ok(Self::Magcup),
            "beer" => Ok(Self::Beer),
            "music" => Ok(Self::Music),
            "sports" => Ok(Self::Sports),
            "travel" => Ok(Self::Travel),
            _ => {
                Err(
                    "expected one of: group, check, document, meeting, event, project, business, study, security, star, idea, heart, magcup, beer, music, sports, travel"
                        .into(),
                )
            }
        }
    }
}
impl ::std::convert::TryFrom<&str> for IconPreset {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for IconPreset {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
/// The request of another account to become a contact of yours (コンタクト承認依頼).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IncomingRequest {
    /// The account that asks.
    pub account_id: AccountId,
    /// The address of the profile picture.
    pub avatar_image_url: ::std::string::String,
    /// The Chatwork ID, a name that the account has chosen for itself.
    pub chatwork_id: ::std::string::String,
    /// The department in the organization (所属).
    pub department: ::std::string::String,
    /// What the account wrote with the request.
    pub message: ::std::string::String,
    /// The name shown to others (表示名).
    pub name: ::std::string::String,
    /// The id of an organization (組織ID).
    pub organization_id: OrganizationId,
    /// The name of the organization (組織名).
    pub organization_name: ::std::string::String,
    /// The id of a contact request (コンタクト承認依頼ID).
    pub request_id: RequestId,
}
crate::wire::wire_struct! {
    IncomingRequest { account_id : 0 "account_id" required, avatar_image_url : 1
    "avatar_image_url" required, chatwork_id : 2 "chatwork_id" required, department : 3
    "department" required, message : 4 "message" required, name : 5 "name" required,
    organization_id : 6 "organization_id" required, organization_name : 7
    "organization_name" required, request_id : 8 "request_id" required, }
}
impl IncomingRequest {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account_id",
        "avatar_image_url",
        "chatwork_id",
        "department",
        "message",
        "name",
        "organization_id",
        "organization_name",
        "request_id",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for IncomingRequest {
    fn default() -> Self {
        Self {
            account_id: AccountId(::std::default::Default::default()),
            avatar_image_url: ::std::default::Default::default(),
            chatwork_id: ::std::default::Default::default(),
            department: ::std::default::Default::default(),
            message: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
            organization_id: OrganizationId(::std::default::Default::default()),
            organization_name: ::std::default::Default::default(),
            request_id: RequestId(::std::default::Default::default()),
        }
    }
}
/// The optional parameters of `PUT /rooms/{room_id}/messages/read`, for [`Client::mark_room_messages_read_with`](crate::Client::mark_room_messages_read_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MarkRoomMessagesReadOptions {
    /// The last message to mark as read; those before it are marked as well. Answered with 400 when it is read already. Left out, all messages of the room are marked (assumed).
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub message_id: ::std::option::Option<MessageId>,
}
crate::wire::wire_struct! {
    MarkRoomMessagesReadOptions { message_id : 0 "message_id" optional, }
}
impl MarkRoomMessagesReadOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            message_id: ::std::option::Option::None,
        }
    }
    /// Sets `message_id`.
    #[must_use]
    pub fn message_id(
        mut self,
        message_id: impl ::std::convert::Into<MessageId>,
    ) -> Self {
        self.message_id = ::std::option::Option::Some(message_id.into());
        self
    }
}
/// The body of `PUT /rooms/{room_id}/messages/unread`: what [`Client::mark_room_messages_unread`](crate::Client::mark_room_messages_unread) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MarkRoomMessagesUnreadBody {
    /// The first message to mark as unread; those after it are marked as well. Answered with 400 when it is unread already.
    pub message_id: MessageId,
}
crate::wire::wire_struct! {
    MarkRoomMessagesUnreadBody { message_id : 0 "message_id" required, }
}
impl MarkRoomMessagesUnreadBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(message_id: impl ::std::convert::Into<MessageId>) -> Self {
        Self {
            message_id: message_id.into(),
        }
    }
}
/// The profile of your own account.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Me {
    /// The id of an account (アカウントID).
    pub account_id: AccountId,
    /// The address of the profile picture.
    pub avatar_image_url: ::std::string::String,
    /// The Chatwork ID, a name that the account has chosen for itself.
    pub chatwork_id: ::std::string::String,
    /// The department in the organization (所属).
    pub department: ::std::string::String,
    /// The Facebook name.
    pub facebook: ::std::string::String,
    /// What you say about yourself (自己紹介).
    pub introduction: ::std::string::String,
    /// The mail address that the account logs in with.
    pub login_mail: ::std::string::String,
    /// The mail address shown in the profile.
    pub mail: ::std::string::String,
    /// The name shown to others (表示名).
    pub name: ::std::string::String,
    /// The id of an organization (組織ID).
    pub organization_id: OrganizationId,
    /// The name of the organization (組織名).
    pub organization_name: ::std::string::String,
    /// The room of your own My Chat (マイチャット).
    pub room_id: RoomId,
    /// The Skype name.
    pub skype: ::std::string::String,
    /// The extension number at work (内線).
    pub tel_extension: ::std::string::String,
    /// The mobile telephone number.
    pub tel_mobile: ::std::string::String,
    /// The telephone number at work.
    pub tel_organization: ::std::string::String,
    /// The position in the organization (役職).
    pub title: ::std::string::String,
    /// The Twitter name.
    pub twitter: ::std::string::String,
    /// The address of a web page.
    pub url: ::std::string::String,
}
crate::wire::wire_struct! {
    Me { account_id : 0 "account_id" required, avatar_image_url : 1 "avatar_image_url"
    required, chatwork_id : 2 "chatwork_id" required, department : 3 "department"
    required, facebook : 4 "facebook" required, introduction : 5 "introduction" required,
    login_mail : 6 "login_mail" required, mail : 7 "mail" required, name : 8 "name"
    required, organization_id : 9 "organization_id" required, organization_name : 10
    "organization_name" required, room_id : 11 "room_id" required, skype : 12 "skype"
    required, tel_extension : 13 "tel_extension" required, tel_mobile : 14 "tel_mobile"
    required, tel_organization : 15 "tel_organization" required, title : 16 "title"
    required, twitter : 17 "twitter" required, url : 18 "url" required, }
}
impl Me {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account_id",
        "avatar_image_url",
        "chatwork_id",
        "department",
        "facebook",
        "introduction",
        "login_mail",
        "mail",
        "name",
        "organization_id",
        "organization_name",
        "room_id",
        "skype",
        "tel_extension",
        "tel_mobile",
        "tel_organization",
        "title",
        "twitter",
        "url",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for Me {
    fn default() -> Self {
        Self {
            account_id: AccountId(::std::default::Default::default()),
            avatar_image_url: ::std::default::Default::default(),
            chatwork_id: ::std::default::Default::default(),
            department: ::std::default::Default::default(),
            facebook: ::std::default::Default::default(),
            introduction: ::std::default::Default::default(),
            login_mail: ::std::default::Default::default(),
            mail: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
            organization_id: OrganizationId(::std::default::Default::default()),
            organization_name: ::std::default::Default::default(),
            room_id: RoomId(::std::default::Default::default()),
            skype: ::std::default::Default::default(),
            tel_extension: ::std::default::Default::default(),
            tel_mobile: ::std::default::Default::default(),
            tel_organization: ::std::default::Default::default(),
            title: ::std::default::Default::default(),
            twitter: ::std::default::Default::default(),
            url: ::std::default::Default::default(),
        }
    }
}
/// A message that is addressed to you.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MentionEventBody {
    /// The text with its message notation.
    pub body: ::std::string::String,
    /// Who posted the message.
    pub from_account_id: AccountId,
    /// The id of a message (メッセージID). A string, since the number in it exceeds 2^53 and many programs would round it.
    pub message_id: MessageId,
    /// The id of a room (ルームID).
    pub room_id: RoomId,
    /// When the message was sent.
    pub send_time: UnixTime,
    /// Who is addressed, the account that owns the webhook.
    pub to_account_id: AccountId,
    /// When the message was last edited. 0 means never.
    pub update_time: UnixTime,
}
crate::wire::wire_struct! {
    MentionEventBody { body : 0 "body" required, from_account_id : 1 "from_account_id"
    required, message_id : 2 "message_id" required, room_id : 3 "room_id" required,
    send_time : 4 "send_time" required, to_account_id : 5 "to_account_id" required,
    update_time : 6 "update_time" required, }
}
impl MentionEventBody {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "body",
        "from_account_id",
        "message_id",
        "room_id",
        "send_time",
        "to_account_id",
        "update_time",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MentionEventBody {
    fn default() -> Self {
        Self {
            body: ::std::default::Default::default(),
            from_account_id: AccountId(::std::default::Default::default()),
            message_id: MessageId(::std::default::Default::default()),
            room_id: RoomId(::std::default::Default::default()),
            send_time: UnixTime(::std::default::Default::default()),
            to_account_id: AccountId(::std::default::Default::default()),
            update_time: UnixTime(::std::default::Default::default()),
        }
    }
}
/// Another account addressed a message to you.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MentionToMeEvent {
    /// A message that is addressed to you.
    pub webhook_event: MentionEventBody,
    /// When the event was sent.
    pub webhook_event_time: UnixTime,
    /// What happened; always `mention_to_me` here.
    pub webhook_event_type: ::std::string::String,
    /// The id of the webhook, a string.
    pub webhook_setting_id: ::std::string::String,
}
crate::wire::wire_struct! {
    MentionToMeEvent { webhook_event : 0 "webhook_event" required, webhook_event_time : 1
    "webhook_event_time" required, webhook_event_type : 2 "webhook_event_type" required,
    webhook_setting_id : 3 "webhook_setting_id" required, }
}
impl MentionToMeEvent {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "webhook_event",
        "webhook_event_time",
        "webhook_event_type",
        "webhook_setting_id",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MentionToMeEvent {
    fn default() -> Self {
        Self {
            webhook_event: ::std::default::Default::default(),
            webhook_event_time: UnixTime(::std::default::Default::default()),
            webhook_event_type: ::std::default::Default::default(),
            webhook_setting_id: ::std::default::Default::default(),
        }
    }
}
/// A message in a room (メッセージ).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Message {
    /// Who posted the message.
    pub account: AccountSummary,
    /// The text with its message notation. `[deleted]` for a message that was deleted.
    pub body: ::std::string::String,
    /// The id of a message (メッセージID). A string, since the number in it exceeds 2^53 and many programs would round it.
    pub message_id: MessageId,
    /// When the message was sent.
    pub send_time: UnixTime,
    /// When the message was last edited. 0 means never.
    pub update_time: UnixTime,
}
crate::wire::wire_struct! {
    Message { account : 0 "account" required, body : 1 "body" required, message_id : 2
    "message_id" required, send_time : 3 "send_time" required, update_time : 4
    "update_time" required, }
}
impl Message {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account",
        "body",
        "message_id",
        "send_time",
        "update_time",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for Message {
    fn default() -> Self {
        Self {
            account: ::std::default::Default::default(),
            body: ::std::default::Default::default(),
            message_id: MessageId(::std::default::Default::default()),
            send_time: UnixTime(::std::default::Default::default()),
            update_time: UnixTime(::std::default::Default::default()),
        }
    }
}
/// A message was posted to a room.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MessageCreatedEvent {
    /// A message that was posted or edited.
    pub webhook_event: MessageEventBody,
    /// When the event was sent.
    pub webhook_event_time: UnixTime,
    /// What happened; always `message_created` here.
    pub webhook_event_type: ::std::string::String,
    /// The id of the webhook, a string.
    pub webhook_setting_id: ::std::string::String,
}
crate::wire::wire_struct! {
    MessageCreatedEvent { webhook_event : 0 "webhook_event" required, webhook_event_time
    : 1 "webhook_event_time" required, webhook_event_type : 2 "webhook_event_type"
    required, webhook_setting_id : 3 "webhook_setting_id" required, }
}
impl MessageCreatedEvent {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "webhook_event",
        "webhook_event_time",
        "webhook_event_type",
        "webhook_setting_id",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MessageCreatedEvent {
    fn default() -> Self {
        Self {
            webhook_event: ::std::default::Default::default(),
            webhook_event_time: UnixTime(::std::default::Default::default()),
            webhook_event_type: ::std::default::Default::default(),
            webhook_setting_id: ::std::default::Default::default(),
        }
    }
}
/// A message that was posted or edited.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MessageEventBody {
    /// Who posted the message.
    pub account_id: AccountId,
    /// The text with its message notation.
    pub body: ::std::string::String,
    /// The id of a message (メッセージID). A string, since the number in it exceeds 2^53 and many programs would round it.
    pub message_id: MessageId,
    /// The id of a room (ルームID).
    pub room_id: RoomId,
    /// When the message was sent.
    pub send_time: UnixTime,
    /// When the message was last edited. 0 means never.
    pub update_time: UnixTime,
}
crate::wire::wire_struct! {
    MessageEventBody { account_id : 0 "account_id" required, body : 1 "body" required,
    message_id : 2 "message_id" required, room_id : 3 "room_id" required, send_time : 4
    "send_time" required, update_time : 5 "update_time" required, }
}
impl MessageEventBody {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account_id",
        "body",
        "message_id",
        "room_id",
        "send_time",
        "update_time",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MessageEventBody {
    fn default() -> Self {
        Self {
            account_id: AccountId(::std::default::Default::default()),
            body: ::std::default::Default::default(),
            message_id: MessageId(::std::default::Default::default()),
            room_id: RoomId(::std::default::Default::default()),
            send_time: UnixTime(::std::default::Default::default()),
            update_time: UnixTime(::std::default::Default::default()),
        }
    }
}
/// The id of a message (メッセージID). A string, since the number in it exceeds 2^53 and many programs would round it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct MessageId(pub ::std::string::String);
crate::wire::wire_newtype! {
    MessageId
}
impl ::std::convert::From<&str> for MessageId {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
impl ::std::ops::Deref for MessageId {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<MessageId> for ::std::string::String {
    fn from(value: MessageId) -> Self {
        value.0
    }
}
impl ::std::convert::From<::std::string::String> for MessageId {
    fn from(value: ::std::string::String) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for MessageId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for MessageId {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.to_string()))
    }
}
/// The message that was posted, edited or deleted.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MessageRef {
    /// The id of a message (メッセージID). A string, since the number in it exceeds 2^53 and many programs would round it.
    pub message_id: MessageId,
}
crate::wire::wire_struct! {
    MessageRef { message_id : 0 "message_id" required, }
}
impl MessageRef {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["message_id"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MessageRef {
    fn default() -> Self {
        Self {
            message_id: MessageId(::std::default::Default::default()),
        }
    }
}
/// A message of a room was edited.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MessageUpdatedEvent {
    /// A message that was posted or edited.
    pub webhook_event: MessageEventBody,
    /// When the event was sent.
    pub webhook_event_time: UnixTime,
    /// What happened; always `message_updated` here.
    pub webhook_event_type: ::std::string::String,
    /// The id of the webhook, a string.
    pub webhook_setting_id: ::std::string::String,
}
crate::wire::wire_struct! {
    MessageUpdatedEvent { webhook_event : 0 "webhook_event" required, webhook_event_time
    : 1 "webhook_event_time" required, webhook_event_type : 2 "webhook_event_type"
    required, webhook_setting_id : 3 "webhook_setting_id" required, }
}
impl MessageUpdatedEvent {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "webhook_event",
        "webhook_event_time",
        "webhook_event_type",
        "webhook_setting_id",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MessageUpdatedEvent {
    fn default() -> Self {
        Self {
            webhook_event: ::std::default::Default::default(),
            webhook_event_time: UnixTime(::std::default::Default::default()),
            webhook_event_type: ::std::default::Default::default(),
            webhook_setting_id: ::std::default::Default::default(),
        }
    }
}
/// Your unread messages, mentions and tasks in all rooms.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MyStatus {
    /// Unread messages addressed to you.
    pub mention_num: i64,
    /// Rooms with unread messages addressed to you.
    pub mention_room_num: i64,
    /// Tasks assigned to you.
    pub mytask_num: i64,
    /// Rooms with tasks of yours.
    pub mytask_room_num: i64,
    /// Unread messages.
    pub unread_num: i64,
    /// Rooms with unread messages.
    pub unread_room_num: i64,
}
crate::wire::wire_struct! {
    MyStatus { mention_num : 0 "mention_num" required, mention_room_num : 1
    "mention_room_num" required, mytask_num : 2 "mytask_num" required, mytask_room_num :
    3 "mytask_room_num" required, unread_num : 4 "unread_num" required, unread_room_num :
    5 "unread_room_num" required, }
}
impl MyStatus {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "mention_num",
        "mention_room_num",
        "mytask_num",
        "mytask_room_num",
        "unread_num",
        "unread_room_num",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MyStatus {
    fn default() -> Self {
        Self {
            mention_num: ::std::default::Default::default(),
            mention_room_num: ::std::default::Default::default(),
            mytask_num: ::std::default::Default::default(),
            mytask_room_num: ::std::default::Default::default(),
            unread_num: ::std::default::Default::default(),
            unread_room_num: ::std::default::Default::default(),
        }
    }
}
/// A task assigned to you.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MyTask {
    /// Who requested the task (依頼者).
    pub assigned_by_account: AccountSummary,
    /// What is to be done.
    pub body: ::std::string::String,
    /// When the task is due (期限). 0 means that it has no limit.
    pub limit_time: UnixTime,
    /// What the time limit of a task means (期限の種類). New values may come.
    pub limit_type: TaskLimitType,
    /// The message by which the task was added.
    pub message_id: MessageId,
    /// The room that a task of yours is in.
    pub room: TaskRoom,
    /// Whether a task is done (完了状態). New values may come.
    pub status: TaskStatus,
    /// The id of a task (タスクID).
    pub task_id: TaskId,
}
crate::wire::wire_struct! {
    MyTask { assigned_by_account : 0 "assigned_by_account" required, body : 1 "body"
    required, limit_time : 2 "limit_time" required, limit_type : 3 "limit_type" required,
    message_id : 4 "message_id" required, room : 5 "room" required, status : 6 "status"
    required, task_id : 7 "task_id" required, }
}
impl MyTask {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "assigned_by_account",
        "body",
        "limit_time",
        "limit_type",
        "message_id",
        "room",
        "status",
        "task_id",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for MyTask {
    fn default() -> Self {
        Self {
            assigned_by_account: ::std::default::Default::default(),
            body: ::std::default::Default::default(),
            limit_time: UnixTime(::std::default::Default::default()),
            limit_type: TaskLimitType::None,
            message_id: MessageId(::std::default::Default::default()),
            room: ::std::default::Default::default(),
            status: TaskStatus::Open,
            task_id: TaskId(::std::default::Default::default()),
        }
    }
}
/// The error reply of the OAuth 2.0 token endpoint. An error without a body has been seen, too.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OAuthError {
    /// What is wrong, as a code such as `invalid_grant` or `invalid_client`.
    pub error: ::std::string::String,
    /// What is wrong, for people.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub error_description: ::std::option::Option<::std::string::String>,
    /// The address of a page about the error. Always null.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub error_uri: ::std::option::Option<::std::string::String>,
}
crate::wire::wire_struct! {
    OAuthError { error : 0 "error" required, error_description : 1 "error_description"
    optional, error_uri : 2 "error_uri" optional, }
}
impl OAuthError {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "error",
        "error_description",
        "error_uri",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for OAuthError {
    fn default() -> Self {
        Self {
            error: ::std::default::Default::default(),
            error_description: ::std::default::Default::default(),
            error_uri: ::std::default::Default::default(),
        }
    }
}
/// The reply of the OAuth 2.0 token endpoint.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OAuthToken {
    /// The access token, for `Authorization: Bearer`.
    pub access_token: crate::Secret,
    /// How many seconds the access token is valid. It has been seen as a number and as a string; accept both.
    pub expires_in: i64,
    /// The token that gets the next access token. It is valid for 14 days, or with the scope `offline_access` until it is revoked.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub refresh_token: ::std::option::Option<crate::Secret>,
    /// The scopes that were granted, with spaces between them.
    pub scope: ::std::string::String,
    /// Always `Bearer`.
    pub token_type: ::std::string::String,
}
crate::wire::wire_struct! {
    OAuthToken { access_token : 0 "access_token" required, expires_in : 1 "expires_in"
    number_or_text, refresh_token : 2 "refresh_token" optional, scope : 3 "scope"
    required, token_type : 4 "token_type" required, }
}
impl OAuthToken {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "access_token",
        "expires_in",
        "refresh_token",
        "scope",
        "token_type",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for OAuthToken {
    fn default() -> Self {
        Self {
            access_token: ::std::default::Default::default(),
            expires_in: ::std::default::Default::default(),
            refresh_token: ::std::default::Default::default(),
            scope: ::std::default::Default::default(),
            token_type: ::std::default::Default::default(),
        }
    }
}
/// The id of an organization (組織ID).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct OrganizationId(pub i64);
crate::wire::wire_newtype! {
    OrganizationId
}
impl ::std::ops::Deref for OrganizationId {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<OrganizationId> for i64 {
    fn from(value: OrganizationId) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for OrganizationId {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for OrganizationId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for OrganizationId {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for OrganizationId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for OrganizationId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// The optional parameters of `PUT /rooms/{room_id}/link`, for [`Client::replace_room_link_with`](crate::Client::replace_room_link_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReplaceRoomLinkOptions {
    /// The last part of the link's address. Left out, it becomes a new random one.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub code: ::std::option::Option<::std::string::String>,
    /// The text shown with the link.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub description: ::std::option::Option<::std::string::String>,
    /// 1 lets people in by the link only after an administrator has approved, 0 at once. The server takes 1 when it is left out.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub need_acceptance: ::std::option::Option<crate::Flag>,
}
crate::wire::wire_struct! {
    ReplaceRoomLinkOptions { code : 0 "code" optional, description : 1 "description"
    optional, need_acceptance : 2 "need_acceptance" optional, }
}
impl ReplaceRoomLinkOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            code: ::std::option::Option::None,
            description: ::std::option::Option::None,
            need_acceptance: ::std::option::Option::None,
        }
    }
    /// Sets `code`.
    #[must_use]
    pub fn code(
        mut self,
        code: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.code = ::std::option::Option::Some(code.into());
        self
    }
    /// Sets `description`.
    #[must_use]
    pub fn description(
        mut self,
        description: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.description = ::std::option::Option::Some(description.into());
        self
    }
    /// Sets `need_acceptance`.
    #[must_use]
    pub fn need_acceptance(
        mut self,
        need_acceptance: impl ::std::convert::Into<crate::Flag>,
    ) -> Self {
        self.need_acceptance = ::std::option::Option::Some(need_acceptance.into());
        self
    }
}
/// The body of `PUT /rooms/{room_id}/members`: what [`Client::replace_room_members`](crate::Client::replace_room_members) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReplaceRoomMembersBody {
    /// The administrators (管理者), at least one. Each is a contact of yours or in your organization.
    pub members_admin_ids: AccountIdList,
    /// The ordinary members (メンバー). Each is a contact of yours or in your organization.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub members_member_ids: ::std::option::Option<AccountIdList>,
    /// The members who may only read (閲覧のみ). Each is a contact of yours or in your organization.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub members_readonly_ids: ::std::option::Option<AccountIdList>,
}
crate::wire::wire_struct! {
    ReplaceRoomMembersBody { members_admin_ids : 0 "members_admin_ids" required,
    members_member_ids : 1 "members_member_ids" optional, members_readonly_ids : 2
    "members_readonly_ids" optional, }
}
impl ReplaceRoomMembersBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(members_admin_ids: AccountIdList) -> Self {
        Self {
            members_admin_ids,
            members_member_ids: ::std::option::Option::None,
            members_readonly_ids: ::std::option::Option::None,
        }
    }
    /// Sets `members_member_ids`.
    #[must_use]
    pub fn members_member_ids(mut self, members_member_ids: AccountIdList) -> Self {
        self.members_member_ids = ::std::option::Option::Some(members_member_ids);
        self
    }
    /// Sets `members_readonly_ids`.
    #[must_use]
    pub fn members_readonly_ids(mut self, members_readonly_ids: AccountIdList) -> Self {
        self.members_readonly_ids = ::std::option::Option::Some(members_readonly_ids);
        self
    }
}
/// The id of a contact request (コンタクト承認依頼ID).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct RequestId(pub i64);
crate::wire::wire_newtype! {
    RequestId
}
impl ::std::ops::Deref for RequestId {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<RequestId> for i64 {
    fn from(value: RequestId) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for RequestId {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for RequestId {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for RequestId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for RequestId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// A room as the list of rooms shows it (チャット).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Room {
    /// Files in all.
    pub file_num: i64,
    /// The address of the room's icon.
    pub icon_path: ::std::string::String,
    /// When something last changed in the room.
    pub last_update_time: UnixTime,
    /// Unread messages addressed to you.
    pub mention_num: i64,
    /// Messages in all.
    pub message_num: i64,
    /// Tasks assigned to you.
    pub mytask_num: i64,
    /// The name of the room.
    pub name: ::std::string::String,
    /// Your own role in the room (権限).
    pub role: RoomRole,
    /// The id of a room (ルームID).
    pub room_id: RoomId,
    /// Whether you have pinned the room to the top (ピン).
    pub sticky: bool,
    /// Tasks in all.
    pub task_num: i64,
    /// What kind of chat a room is (チャットの種類). New values may come.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "type"))]
    pub type_: RoomType,
    /// Unread messages.
    pub unread_num: i64,
}
crate::wire::wire_struct! {
    Room { file_num : 0 "file_num" required, icon_path : 1 "icon_path" required,
    last_update_time : 2 "last_update_time" required, mention_num : 3 "mention_num"
    required, message_num : 4 "message_num" required, mytask_num : 5 "mytask_num"
    required, name : 6 "name" required, role : 7 "role" required, room_id : 8 "room_id"
    required, sticky : 9 "sticky" required, task_num : 10 "task_num" required, type_ : 11
    "type" required, unread_num : 12 "unread_num" required, }
}
impl Room {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "file_num",
        "icon_path",
        "last_update_time",
        "mention_num",
        "message_num",
        "mytask_num",
        "name",
        "role",
        "room_id",
        "sticky",
        "task_num",
        "type",
        "unread_num",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for Room {
    fn default() -> Self {
        Self {
            file_num: ::std::default::Default::default(),
            icon_path: ::std::default::Default::default(),
            last_update_time: UnixTime(::std::default::Default::default()),
            mention_num: ::std::default::Default::default(),
            message_num: ::std::default::Default::default(),
            mytask_num: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
            role: RoomRole::Admin,
            room_id: RoomId(::std::default::Default::default()),
            sticky: ::std::default::Default::default(),
            task_num: ::std::default::Default::default(),
            type_: RoomType::My,
            unread_num: ::std::default::Default::default(),
        }
    }
}
/// What to do with a group chat (操作の種類).
///
/// - `leave`: leave it; the other members keep it (退席)
/// - `delete`: delete it for all members (削除)
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum RoomActionType {
    /// `leave`: leave it; the other members keep it (退席).
    #[cfg_attr(feature = "schemars-1", schemars(rename = "leave"))]
    Leave,
    /// `delete`: delete it for all members (削除).
    #[cfg_attr(feature = "schemars-1", schemars(rename = "delete"))]
    Delete,
}
crate::wire::wire_enum! {
    RoomActionType
}
impl ::std::fmt::Display for RoomActionType {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Leave => f.write_str("leave"),
            Self::Delete => f.write_str("delete"),
        }
    }
}
impl ::std::str::FromStr for RoomActionType {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "leave" => Ok(Self::Leave),
            "delete" => Ok(Self::Delete),
            _ => Err("expected one of: leave, delete".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for RoomActionType {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for RoomActionType {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
/// A room with its description (チャット).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RoomDetails {
    /// What the chat is about (チャットの概要).
    pub description: ::std::string::String,
    /// Files in all.
    pub file_num: i64,
    /// The address of the room's icon.
    pub icon_path: ::std::string::String,
    /// When something last changed in the room.
    pub last_update_time: UnixTime,
    /// Unread messages addressed to you.
    pub mention_num: i64,
    /// Messages in all.
    pub message_num: i64,
    /// Tasks assigned to you.
    pub mytask_num: i64,
    /// The name of the room.
    pub name: ::std::string::String,
    /// Your own role in the room (権限).
    pub role: RoomRole,
    /// The id of a room (ルームID).
    pub room_id: RoomId,
    /// Whether you have pinned the room to the top (ピン).
    pub sticky: bool,
    /// Tasks in all.
    pub task_num: i64,
    /// What kind of chat a room is (チャットの種類). New values may come.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "type"))]
    pub type_: RoomType,
    /// Unread messages.
    pub unread_num: i64,
}
crate::wire::wire_struct! {
    RoomDetails { description : 0 "description" required, file_num : 1 "file_num"
    required, icon_path : 2 "icon_path" required, last_update_time : 3 "last_update_time"
    required, mention_num : 4 "mention_num" required, message_num : 5 "message_num"
    required, mytask_num : 6 "mytask_num" required, name : 7 "name" required, role : 8
    "role" required, room_id : 9 "room_id" required, sticky : 10 "sticky" required,
    task_num : 11 "task_num" required, type_ : 12 "type" required, unread_num : 13
    "unread_num" required, }
}
impl RoomDetails {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "description",
        "file_num",
        "icon_path",
        "last_update_time",
        "mention_num",
        "message_num",
        "mytask_num",
        "name",
        "role",
        "room_id",
        "sticky",
        "task_num",
        "type",
        "unread_num",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for RoomDetails {
    fn default() -> Self {
        Self {
            description: ::std::default::Default::default(),
            file_num: ::std::default::Default::default(),
            icon_path: ::std::default::Default::default(),
            last_update_time: UnixTime(::std::default::Default::default()),
            mention_num: ::std::default::Default::default(),
            message_num: ::std::default::Default::default(),
            mytask_num: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
            role: RoomRole::Admin,
            room_id: RoomId(::std::default::Default::default()),
            sticky: ::std::default::Default::default(),
            task_num: ::std::default::Default::default(),
            type_: RoomType::My,
            unread_num: ::std::default::Default::default(),
        }
    }
}
/// A file in a room (ファイル).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RoomFile {
    /// Who uploaded the file.
    pub account: AccountSummary,
    /// The id of a file (ファイルID).
    pub file_id: FileId,
    /// The name of the file.
    pub filename: ::std::string::String,
    /// The size of the file in bytes.
    pub filesize: i64,
    /// The message that the file came with.
    pub message_id: MessageId,
    /// When the file was uploaded.
    pub upload_time: UnixTime,
}
crate::wire::wire_struct! {
    RoomFile { account : 0 "account" required, file_id : 1 "file_id" required, filename :
    2 "filename" required, filesize : 3 "filesize" required, message_id : 4 "message_id"
    required, upload_time : 5 "upload_time" required, }
}
impl RoomFile {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account",
        "file_id",
        "filename",
        "filesize",
        "message_id",
        "upload_time",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for RoomFile {
    fn default() -> Self {
        Self {
            account: ::std::default::Default::default(),
            file_id: FileId(::std::default::Default::default()),
            filename: ::std::default::Default::default(),
            filesize: ::std::default::Default::default(),
            message_id: MessageId(::std::default::Default::default()),
            upload_time: UnixTime(::std::default::Default::default()),
        }
    }
}
/// A file in a room, with its download address if one was asked for (ファイル).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RoomFileDetails {
    /// Who uploaded the file.
    pub account: AccountSummary,
    /// Where to download the file. It works for 30 seconds and without a token, which must not be sent there. Present only when it was asked for.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub download_url: ::std::option::Option<::std::string::String>,
    /// The id of a file (ファイルID).
    pub file_id: FileId,
    /// The name of the file.
    pub filename: ::std::string::String,
    /// The size of the file in bytes.
    pub filesize: i64,
    /// The message that the file came with.
    pub message_id: MessageId,
    /// When the file was uploaded.
    pub upload_time: UnixTime,
}
crate::wire::wire_struct! {
    RoomFileDetails { account : 0 "account" required, download_url : 1 "download_url"
    optional, file_id : 2 "file_id" required, filename : 3 "filename" required, filesize
    : 4 "filesize" required, message_id : 5 "message_id" required, upload_time : 6
    "upload_time" required, }
}
impl RoomFileDetails {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account",
        "download_url",
        "file_id",
        "filename",
        "filesize",
        "message_id",
        "upload_time",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for RoomFileDetails {
    fn default() -> Self {
        Self {
            account: ::std::default::Default::default(),
            download_url: ::std::default::Default::default(),
            file_id: FileId(::std::default::Default::default()),
            filename: ::std::default::Default::default(),
            filesize: ::std::default::Default::default(),
            message_id: MessageId(::std::default::Default::default()),
            upload_time: UnixTime(::std::default::Default::default()),
        }
    }
}
/// The id of a room (ルームID).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct RoomId(pub i64);
crate::wire::wire_newtype! {
    RoomId
}
impl ::std::ops::Deref for RoomId {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<RoomId> for i64 {
    fn from(value: RoomId) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for RoomId {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for RoomId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for RoomId {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for RoomId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for RoomId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// The invitation link of a group chat (招待リンク).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RoomLink {
    /// The text shown with the link.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub description: ::std::option::Option<::std::string::String>,
    /// Whether an administrator has to approve each person who joins by the link.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub need_acceptance: ::std::option::Option<bool>,
    /// Whether the link is open. When it is not, the other fields may be absent.
    pub public: bool,
    /// The address of the link.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub url: ::std::option::Option<::std::string::String>,
}
crate::wire::wire_struct! {
    RoomLink { description : 0 "description" optional, need_acceptance : 1
    "need_acceptance" optional, public : 2 "public" required, url : 3 "url" optional, }
}
impl RoomLink {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "description",
        "need_acceptance",
        "public",
        "url",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for RoomLink {
    fn default() -> Self {
        Self {
            description: ::std::default::Default::default(),
            need_acceptance: ::std::default::Default::default(),
            public: ::std::default::Default::default(),
            url: ::std::default::Default::default(),
        }
    }
}
/// A member of a room.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RoomMember {
    /// The id of an account (アカウントID).
    pub account_id: AccountId,
    /// The address of the profile picture.
    pub avatar_image_url: ::std::string::String,
    /// The Chatwork ID, a name that the account has chosen for itself.
    pub chatwork_id: ::std::string::String,
    /// The department in the organization (所属).
    pub department: ::std::string::String,
    /// The name shown to others (表示名).
    pub name: ::std::string::String,
    /// The id of an organization (組織ID).
    pub organization_id: OrganizationId,
    /// The name of the organization (組織名).
    pub organization_name: ::std::string::String,
    /// The role of this member in the room (権限).
    pub role: RoomRole,
}
crate::wire::wire_struct! {
    RoomMember { account_id : 0 "account_id" required, avatar_image_url : 1
    "avatar_image_url" required, chatwork_id : 2 "chatwork_id" required, department : 3
    "department" required, name : 4 "name" required, organization_id : 5
    "organization_id" required, organization_name : 6 "organization_name" required, role
    : 7 "role" required, }
}
impl RoomMember {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account_id",
        "avatar_image_url",
        "chatwork_id",
        "department",
        "name",
        "organization_id",
        "organization_name",
        "role",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for RoomMember {
    fn default() -> Self {
        Self {
            account_id: AccountId(::std::default::Default::default()),
            avatar_image_url: ::std::default::Default::default(),
            chatwork_id: ::std::default::Default::default(),
            department: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
            organization_id: OrganizationId(::std::default::Default::default()),
            organization_name: ::std::default::Default::default(),
            role: RoomRole::Admin,
        }
    }
}
/// The whole membership of a room, by role.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RoomMemberIds {
    /// The administrators (管理者).
    pub admin: ::std::vec::Vec<AccountId>,
    /// The ordinary members (メンバー).
    pub member: ::std::vec::Vec<AccountId>,
    /// The members who may only read (閲覧のみ).
    pub readonly: ::std::vec::Vec<AccountId>,
}
crate::wire::wire_struct! {
    RoomMemberIds { admin : 0 "admin" required, member : 1 "member" required, readonly :
    2 "readonly" required, }
}
impl RoomMemberIds {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["admin", "member", "readonly"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for RoomMemberIds {
    fn default() -> Self {
        Self {
            admin: ::std::default::Default::default(),
            member: ::std::default::Default::default(),
            readonly: ::std::default::Default::default(),
        }
    }
}
/// The room that was created or changed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RoomRef {
    /// The id of a room (ルームID).
    pub room_id: RoomId,
}
crate::wire::wire_struct! {
    RoomRef { room_id : 0 "room_id" required, }
}
impl RoomRef {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["room_id"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for RoomRef {
    fn default() -> Self {
        Self {
            room_id: RoomId(::std::default::Default::default()),
        }
    }
}
/// What a member may do in a room (権限). New values may come.
///
/// - `admin`: an administrator, who may also change the room and its members (管理者)
/// - `member`: an ordinary member (メンバー)
/// - `readonly`: a member who may only read (閲覧のみ)
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum RoomRole {
    /// `admin`: an administrator, who may also change the room and its members (管理者).
    Admin,
    /// `member`: an ordinary member (メンバー).
    Member,
    /// `readonly`: a member who may only read (閲覧のみ).
    Readonly,
    /// A value that this version of the crate does not know.
    Unknown(::std::string::String),
}
impl RoomRole {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
            Self::Readonly => "readonly",
            Self::Unknown(value) => value,
        }
    }
}
impl ::std::convert::From<&str> for RoomRole {
    fn from(value: &str) -> Self {
        match value {
            "admin" => Self::Admin,
            "member" => Self::Member,
            "readonly" => Self::Readonly,
            other => Self::Unknown(other.to_owned()),
        }
    }
}
impl ::std::str::FromStr for RoomRole {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
        Ok(Self::from(value))
    }
}
impl ::std::fmt::Display for RoomRole {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}
impl ::serde::Serialize for RoomRole {
    fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
    where
        S: ::serde::Serializer,
    {
        serializer.serialize_str(self.as_str())
    }
}
impl<'de> ::serde::Deserialize<'de> for RoomRole {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        crate::open_enum::deserialize(
            deserializer,
            "a string such as admin, member, readonly",
        )
    }
}
#[cfg(feature = "schemars-1")]
impl ::schemars::JsonSchema for RoomRole {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        stringify!(RoomRole).into()
    }
    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!(
            { "type" : "string", "examples" : ["admin", "member", "readonly"] }
        )
    }
}
/// What kind of chat a room is (チャットの種類). New values may come.
///
/// - `my`: your own My Chat, which has no other member (マイチャット)
/// - `direct`: a chat of two accounts (ダイレクトチャット)
/// - `group`: a group chat (グループチャット)
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum RoomType {
    /// `my`: your own My Chat, which has no other member (マイチャット).
    My,
    /// `direct`: a chat of two accounts (ダイレクトチャット).
    Direct,
    /// `group`: a group chat (グループチャット).
    Group,
    /// A value that this version of the crate does not know.
    Unknown(::std::string::String),
}
impl RoomType {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::My => "my",
            Self::Direct => "direct",
            Self::Group => "group",
            Self::Unknown(value) => value,
        }
    }
}
impl ::std::convert::From<&str> for RoomType {
    fn from(value: &str) -> Self {
        match value {
            "my" => Self::My,
            "direct" => Self::Direct,
            "group" => Self::Group,
            other => Self::Unknown(other.to_owned()),
        }
    }
}
impl ::std::str::FromStr for RoomType {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
        Ok(Self::from(value))
    }
}
impl ::std::fmt::Display for RoomType {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}
impl ::serde::Serialize for RoomType {
    fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
    where
        S: ::serde::Serializer,
    {
        serializer.serialize_str(self.as_str())
    }
}
impl<'de> ::serde::Deserialize<'de> for RoomType {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        crate::open_enum::deserialize(deserializer, "a string such as my, direct, group")
    }
}
#[cfg(feature = "schemars-1")]
impl ::schemars::JsonSchema for RoomType {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        stringify!(RoomType).into()
    }
    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!(
            { "type" : "string", "examples" : ["my", "direct", "group"] }
        )
    }
}
/// A task in a room (タスク).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Task {
    /// Who is to do the task (担当者).
    pub account: AccountSummary,
    /// Who requested the task (依頼者).
    pub assigned_by_account: AccountSummary,
    /// What is to be done.
    pub body: ::std::string::String,
    /// When the task is due (期限). 0 means that it has no limit.
    pub limit_time: UnixTime,
    /// What the time limit of a task means (期限の種類). New values may come.
    pub limit_type: TaskLimitType,
    /// The message by which the task was added.
    pub message_id: MessageId,
    /// Whether a task is done (完了状態). New values may come.
    pub status: TaskStatus,
    /// The id of a task (タスクID).
    pub task_id: TaskId,
}
crate::wire::wire_struct! {
    Task { account : 0 "account" required, assigned_by_account : 1 "assigned_by_account"
    required, body : 2 "body" required, limit_time : 3 "limit_time" required, limit_type
    : 4 "limit_type" required, message_id : 5 "message_id" required, status : 6 "status"
    required, task_id : 7 "task_id" required, }
}
impl Task {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &[
        "account",
        "assigned_by_account",
        "body",
        "limit_time",
        "limit_type",
        "message_id",
        "status",
        "task_id",
    ];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for Task {
    fn default() -> Self {
        Self {
            account: ::std::default::Default::default(),
            assigned_by_account: ::std::default::Default::default(),
            body: ::std::default::Default::default(),
            limit_time: UnixTime(::std::default::Default::default()),
            limit_type: TaskLimitType::None,
            message_id: MessageId(::std::default::Default::default()),
            status: TaskStatus::Open,
            task_id: TaskId(::std::default::Default::default()),
        }
    }
}
/// The id of a task (タスクID).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct TaskId(pub i64);
crate::wire::wire_newtype! {
    TaskId
}
impl ::std::ops::Deref for TaskId {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<TaskId> for i64 {
    fn from(value: TaskId) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for TaskId {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for TaskId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for TaskId {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for TaskId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for TaskId {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// What the time limit of a task means (期限の種類). New values may come.
///
/// - `none`: there is no limit (期限なし)
/// - `date`: the task is due on a day, which is the one in Japan (日付)
/// - `time`: the task is due at a point in time (時間)
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum TaskLimitType {
    /// `none`: there is no limit (期限なし).
    None,
    /// `date`: the task is due on a day, which is the one in Japan (日付).
    Date,
    /// `time`: the task is due at a point in time (時間).
    Time,
    /// A value that this version of the crate does not know.
    Unknown(::std::string::String),
}
impl TaskLimitType {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::None => "none",
            Self::Date => "date",
            Self::Time => "time",
            Self::Unknown(value) => value,
        }
    }
}
impl ::std::convert::From<&str> for TaskLimitType {
    fn from(value: &str) -> Self {
        match value {
            "none" => Self::None,
            "date" => Self::Date,
            "time" => Self::Time,
            other => Self::Unknown(other.to_owned()),
        }
    }
}
impl ::std::str::FromStr for TaskLimitType {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
        Ok(Self::from(value))
    }
}
impl ::std::fmt::Display for TaskLimitType {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}
impl ::serde::Serialize for TaskLimitType {
    fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
    where
        S: ::serde::Serializer,
    {
        serializer.serialize_str(self.as_str())
    }
}
impl<'de> ::serde::Deserialize<'de> for TaskLimitType {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        crate::open_enum::deserialize(deserializer, "a string such as none, date, time")
    }
}
#[cfg(feature = "schemars-1")]
impl ::schemars::JsonSchema for TaskLimitType {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        stringify!(TaskLimitType).into()
    }
    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!(
            { "type" : "string", "examples" : ["none", "date", "time"] }
        )
    }
}
/// The tasks that were added.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TaskRefs {
    /// One id for each assignee.
    pub task_ids: ::std::vec::Vec<TaskId>,
}
crate::wire::wire_struct! {
    TaskRefs { task_ids : 0 "task_ids" required, }
}
impl TaskRefs {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["task_ids"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for TaskRefs {
    fn default() -> Self {
        Self {
            task_ids: ::std::default::Default::default(),
        }
    }
}
/// The room that a task of yours is in.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TaskRoom {
    /// The address of the room's icon.
    pub icon_path: ::std::string::String,
    /// The name of the room.
    pub name: ::std::string::String,
    /// The id of a room (ルームID).
    pub room_id: RoomId,
}
crate::wire::wire_struct! {
    TaskRoom { icon_path : 0 "icon_path" required, name : 1 "name" required, room_id : 2
    "room_id" required, }
}
impl TaskRoom {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["icon_path", "name", "room_id"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for TaskRoom {
    fn default() -> Self {
        Self {
            icon_path: ::std::default::Default::default(),
            name: ::std::default::Default::default(),
            room_id: RoomId(::std::default::Default::default()),
        }
    }
}
/// Whether a task is done (完了状態). New values may come.
///
/// - `open`: still to be done (未完了)
/// - `done`: finished (完了)
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum TaskStatus {
    /// `open`: still to be done (未完了).
    Open,
    /// `done`: finished (完了).
    Done,
    /// A value that this version of the crate does not know.
    Unknown(::std::string::String),
}
impl TaskStatus {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Unknown(value) => value,
        }
    }
}
impl ::std::convert::From<&str> for TaskStatus {
    fn from(value: &str) -> Self {
        match value {
            "open" => Self::Open,
            "done" => Self::Done,
            other => Self::Unknown(other.to_owned()),
        }
    }
}
impl ::std::str::FromStr for TaskStatus {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
        Ok(Self::from(value))
    }
}
impl ::std::fmt::Display for TaskStatus {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}
impl ::serde::Serialize for TaskStatus {
    fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
    where
        S: ::serde::Serializer,
    {
        serializer.serialize_str(self.as_str())
    }
}
impl<'de> ::serde::Deserialize<'de> for TaskStatus {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        crate::open_enum::deserialize(deserializer, "a string such as open, done")
    }
}
#[cfg(feature = "schemars-1")]
impl ::schemars::JsonSchema for TaskStatus {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        stringify!(TaskStatus).into()
    }
    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!({ "type" : "string", "examples" : ["open", "done"] })
    }
}
/// A point in time, in seconds since 1970-01-01 00:00:00 UTC.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct UnixTime(pub i64);
crate::wire::wire_newtype! {
    UnixTime
}
impl ::std::ops::Deref for UnixTime {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<UnixTime> for i64 {
    fn from(value: UnixTime) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for UnixTime {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for UnixTime {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for UnixTime {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for UnixTime {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for UnixTime {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// What is unread in a room.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnreadCounts {
    /// Unread messages addressed to you.
    pub mention_num: i64,
    /// Unread messages.
    pub unread_num: i64,
}
crate::wire::wire_struct! {
    UnreadCounts { mention_num : 0 "mention_num" required, unread_num : 1 "unread_num"
    required, }
}
impl UnreadCounts {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["mention_num", "unread_num"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for UnreadCounts {
    fn default() -> Self {
        Self {
            mention_num: ::std::default::Default::default(),
            unread_num: ::std::default::Default::default(),
        }
    }
}
/// The optional parameters of `PUT /rooms/{room_id}`, for [`Client::update_room_with`](crate::Client::update_room_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdateRoomOptions {
    /// The new description of the chat (チャットの概要).
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub description: ::std::option::Option<::std::string::String>,
    /// Which of the ready-made icons a group chat has (チャットのアイコンの種類).
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub icon_preset: ::std::option::Option<IconPreset>,
    /// The new name of the chat.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub name: ::std::option::Option<::std::string::String>,
}
crate::wire::wire_struct! {
    UpdateRoomOptions { description : 0 "description" optional, icon_preset : 1
    "icon_preset" optional, name : 2 "name" optional, }
}
impl UpdateRoomOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            description: ::std::option::Option::None,
            icon_preset: ::std::option::Option::None,
            name: ::std::option::Option::None,
        }
    }
    /// Sets `description`.
    #[must_use]
    pub fn description(
        mut self,
        description: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.description = ::std::option::Option::Some(description.into());
        self
    }
    /// Sets `icon_preset`.
    #[must_use]
    pub fn icon_preset(mut self, icon_preset: IconPreset) -> Self {
        self.icon_preset = ::std::option::Option::Some(icon_preset);
        self
    }
    /// Sets `name`.
    #[must_use]
    pub fn name(
        mut self,
        name: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.name = ::std::option::Option::Some(name.into());
        self
    }
}
/// The body of `PUT /rooms/{room_id}/messages/{message_id}`: what [`Client::update_room_message`](crate::Client::update_room_message) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdateRoomMessageBody {
    /// The text that takes the place of the old one.
    pub body: ::std::string::String,
}
crate::wire::wire_struct! {
    UpdateRoomMessageBody { body : 0 "body" required, }
}
impl UpdateRoomMessageBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(body: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { body: body.into() }
    }
}
/// The body of `PUT /rooms/{room_id}/tasks/{task_id}/status`: what [`Client::update_room_task_status`](crate::Client::update_room_task_status) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdateRoomTaskStatusBody {
    /// The new state; the field is called `body` all the same.
    pub body: TaskStatus,
}
crate::wire::wire_struct! {
    UpdateRoomTaskStatusBody { body : 0 "body" required, }
}
impl UpdateRoomTaskStatusBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(body: TaskStatus) -> Self {
        Self { body }
    }
}
/// The task whose state was set.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdatedTask {
    /// The id of the task. The reference shows it as a string, and an older version of it as a number; accept both.
    #[cfg_attr(feature = "schemars-1", schemars(with = "String"))]
    pub task_id: TaskId,
}
crate::wire::wire_struct! {
    UpdatedTask { task_id : 0 "task_id" text_or_number, }
}
impl UpdatedTask {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["task_id"];
}
/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for UpdatedTask {
    fn default() -> Self {
        Self {
            task_id: TaskId(::std::default::Default::default()),
        }
    }
}
/// The body of `POST /rooms/{room_id}/files`: what [`Client::upload_room_file`](crate::Client::upload_room_file) sends.
#[derive(Debug)]
#[non_exhaustive]
#[cfg(feature = "client")]
pub struct UploadRoomFileBody {
    /// The bytes of the file, at most 5 MB.
    pub file: crate::FilePart,
    /// The text of the message that goes with the file.
    pub message: ::std::option::Option<::std::string::String>,
}
#[cfg(feature = "client")]
impl UploadRoomFileBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(file: crate::FilePart) -> Self {
        Self {
            file,
            message: ::std::option::Option::None,
        }
    }
    /// Sets `message`.
    #[must_use]
    pub fn message(
        mut self,
        message: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.message = ::std::option::Option::Some(message.into());
        self
    }
}
/// A webhook event. `webhook_event_type` says which of the three it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[cfg(feature = "json")]
pub enum WebhookEvent {
    /// `message_created`.
    MessageCreated(MessageCreatedEvent),
    /// `message_updated`.
    MessageUpdated(MessageUpdatedEvent),
    /// `mention_to_me`.
    MentionToMe(MentionToMeEvent),
    /// A kind that this version of the crate does not know, with its JSON.
    Unknown(::serde_json::Value),
}
#[cfg(feature = "json")]
impl ::std::convert::From<MessageCreatedEvent> for WebhookEvent {
    fn from(payload: MessageCreatedEvent) -> Self {
        Self::MessageCreated(payload)
    }
}
#[cfg(feature = "json")]
impl ::std::convert::From<MessageUpdatedEvent> for WebhookEvent {
    fn from(payload: MessageUpdatedEvent) -> Self {
        Self::MessageUpdated(payload)
    }
}
#[cfg(feature = "json")]
impl ::std::convert::From<MentionToMeEvent> for WebhookEvent {
    fn from(payload: MentionToMeEvent) -> Self {
        Self::MentionToMe(payload)
    }
}
#[cfg(feature = "json")]
impl ::serde::Serialize for WebhookEvent {
    fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
    where
        S: ::serde::Serializer,
    {
        match self {
            Self::MessageCreated(payload) => payload.serialize(serializer),
            Self::MessageUpdated(payload) => payload.serialize(serializer),
            Self::MentionToMe(payload) => payload.serialize(serializer),
            Self::Unknown(payload) => payload.serialize(serializer),
        }
    }
}
#[cfg(feature = "json")]
impl<'de> ::serde::Deserialize<'de> for WebhookEvent {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        use ::serde::de::Error;
        let payload = ::serde_json::Value::deserialize(deserializer)?;
        match payload.get("webhook_event_type").and_then(::serde_json::Value::as_str) {
            Some("message_created") => {
                ::serde_json::from_value(payload)
                    .map(Self::MessageCreated)
                    .map_err(D::Error::custom)
            }
            Some("message_updated") => {
                ::serde_json::from_value(payload)
                    .map(Self::MessageUpdated)
                    .map_err(D::Error::custom)
            }
            Some("mention_to_me") => {
                ::serde_json::from_value(payload)
                    .map(Self::MentionToMe)
                    .map_err(D::Error::custom)
            }
            Some(_) => Ok(Self::Unknown(payload)),
            None => Err(D::Error::missing_field("webhook_event_type")),
        }
    }
}
#[cfg(feature = "schemars-1")]
#[cfg(feature = "json")]
impl ::schemars::JsonSchema for WebhookEvent {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        stringify!(WebhookEvent).into()
    }
    fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!(
            { "oneOf" : [generator.subschema_for:: < MessageCreatedEvent > (), generator
            .subschema_for:: < MessageUpdatedEvent > (), generator.subschema_for:: <
            MentionToMeEvent > ()] }
        )
    }
}
/// Errors of conversions from text.
pub mod error {
    /// Error from a `TryFrom` or `FromStr` implementation.
    pub struct ConversionError(::std::borrow::Cow<'static, str>);
    impl ::std::error::Error for ConversionError {}
    impl ::std::fmt::Display for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Display::fmt(&self.0, f)
        }
    }
    impl ::std::fmt::Debug for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Debug::fmt(&self.0, f)
        }
    }
    impl From<&'static str> for ConversionError {
        fn from(value: &'static str) -> Self {
            Self(value.into())
        }
    }
    impl From<String> for ConversionError {
        fn from(value: String) -> Self {
            Self(value.into())
        }
    }
}
#[cfg(feature = "client")]
impl UploadRoomFileBody {
    /// The form, with its parts in the order of the document.
    pub(crate) fn into_form(self) -> Result<reqwest::multipart::Form, crate::Error> {
        let form = crate::file_part::form();
        let form = form.part("file", self.file.into_part()?);
        let form = match self.message {
            Some(value) => form.text("message", value.to_string()),
            None => form,
        };
        Ok(form)
    }
}
impl ::std::iter::FromIterator<AccountId> for AccountIdList {
    fn from_iter<I: ::std::iter::IntoIterator<Item = AccountId>>(ids: I) -> Self {
        use ::std::fmt::Write;
        let mut list = ::std::string::String::new();
        for id in ids {
            let comma = if list.is_empty() { "" } else { "," };
            let _ = ::std::write!(list, "{comma}{id}");
        }
        Self(list)
    }
}
/// The optional parameters of `GET /my/tasks`, for [`Client::list_my_tasks_with`](crate::Client::list_my_tasks_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListMyTasksOptions {
    /// Only tasks that this account requested.
    pub assigned_by_account_id: Option<AccountId>,
    /// Only tasks in this state. Send it: what the server returns without it is not certain. Older official texts say open tasks; the current reference names no default, and one client expects both.
    pub status: Option<TaskStatus>,
}
impl ListMyTasksOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            assigned_by_account_id: ::std::option::Option::None,
            status: ::std::option::Option::None,
        }
    }
    /// Sets `assigned_by_account_id`.
    #[must_use]
    pub fn assigned_by_account_id(mut self, assigned_by_account_id: AccountId) -> Self {
        self.assigned_by_account_id = ::std::option::Option::Some(
            assigned_by_account_id,
        );
        self
    }
    /// Sets `status`.
    #[must_use]
    pub fn status(mut self, status: TaskStatus) -> Self {
        self.status = ::std::option::Option::Some(status);
        self
    }
}
/// The optional parameters of `GET /rooms/{room_id}/messages`, for [`Client::list_room_messages_with`](crate::Client::list_room_messages_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListRoomMessagesOptions {
    /// 1 returns the newest messages, up to 100, also those that were returned before. 0 returns only what is new since the last request. The server takes 0 when it is left out. Whether a request with 1 moves the cursor of 0 is not documented.
    pub force: Option<crate::Flag>,
}
impl ListRoomMessagesOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            force: ::std::option::Option::None,
        }
    }
    /// Sets `force`.
    #[must_use]
    pub fn force(mut self, force: impl ::std::convert::Into<crate::Flag>) -> Self {
        self.force = ::std::option::Option::Some(force.into());
        self
    }
}
/// The optional parameters of `GET /rooms/{room_id}/tasks`, for [`Client::list_room_tasks_with`](crate::Client::list_room_tasks_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListRoomTasksOptions {
    /// Only tasks assigned to this account (担当者).
    pub account_id: Option<AccountId>,
    /// Only tasks that this account requested (依頼者).
    pub assigned_by_account_id: Option<AccountId>,
    /// Only tasks in this state. Send it: what the server returns without it is not certain. Older official texts say open tasks; the current reference names no default, and one client expects both.
    pub status: Option<TaskStatus>,
}
impl ListRoomTasksOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            account_id: ::std::option::Option::None,
            assigned_by_account_id: ::std::option::Option::None,
            status: ::std::option::Option::None,
        }
    }
    /// Sets `account_id`.
    #[must_use]
    pub fn account_id(mut self, account_id: AccountId) -> Self {
        self.account_id = ::std::option::Option::Some(account_id);
        self
    }
    /// Sets `assigned_by_account_id`.
    #[must_use]
    pub fn assigned_by_account_id(mut self, assigned_by_account_id: AccountId) -> Self {
        self.assigned_by_account_id = ::std::option::Option::Some(
            assigned_by_account_id,
        );
        self
    }
    /// Sets `status`.
    #[must_use]
    pub fn status(mut self, status: TaskStatus) -> Self {
        self.status = ::std::option::Option::Some(status);
        self
    }
}
/// The optional parameters of `GET /rooms/{room_id}/files`, for [`Client::list_room_files_with`](crate::Client::list_room_files_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListRoomFilesOptions {
    /// Only files that this account uploaded.
    pub account_id: Option<AccountId>,
}
impl ListRoomFilesOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            account_id: ::std::option::Option::None,
        }
    }
    /// Sets `account_id`.
    #[must_use]
    pub fn account_id(mut self, account_id: AccountId) -> Self {
        self.account_id = ::std::option::Option::Some(account_id);
        self
    }
}
/// The optional parameters of `GET /rooms/{room_id}/files/{file_id}`, for [`Client::get_room_file_with`](crate::Client::get_room_file_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetRoomFileOptions {
    /// 1 adds a download address that works for 30 seconds, 0 adds none. The server takes 0 when it is left out.
    pub create_download_url: Option<crate::Flag>,
}
impl GetRoomFileOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            create_download_url: ::std::option::Option::None,
        }
    }
    /// Sets `create_download_url`.
    #[must_use]
    pub fn create_download_url(
        mut self,
        create_download_url: impl ::std::convert::Into<crate::Flag>,
    ) -> Self {
        self.create_download_url = ::std::option::Option::Some(
            create_download_url.into(),
        );
        self
    }
}
