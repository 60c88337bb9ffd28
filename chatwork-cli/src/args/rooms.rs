//! `rooms` and `link`.

use clap::{Args, Subcommand, ValueEnum};

use super::complete;

#[derive(Debug, Subcommand)]
pub(crate) enum Rooms {
    /// Lists the rooms that you are in.
    List {
        /// Rooms of this kind alone.
        #[arg(long = "type", value_name = "TYPE", value_enum)]
        kind: Option<RoomKind>,
        /// Rooms with unread messages alone.
        #[arg(long)]
        unread: bool,
    },
    /// Shows a room.
    View {
        /// A room: id, address, alias, `my` or exact name.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
    },
    /// Makes a group chat.
    Create(Create),
    /// Changes the name, description or icon of a group chat.
    Edit(Edit),
    /// Leaves a group chat. Your tasks in it are deleted.
    Leave {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
    },
    /// Deletes a group chat with all that is in it, for everybody.
    Delete {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
    },
    /// Lists the members of a room.
    Members {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
    },
    /// Adds people to a group chat.
    Add {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// The people: account ids, aliases or exact names of contacts.
        #[arg(value_name = "PERSON", required = true, add = complete::people())]
        people: Vec<String>,
        /// Their role, also of those who are members already. Without it new ones become members, and
        /// the others keep their role.
        #[arg(long, value_name = "ROLE", value_enum)]
        role: Option<RoleName>,
    },
    /// Removes people from a group chat.
    Remove {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// The people: account ids, aliases or exact names of members.
        #[arg(value_name = "PERSON", required = true, add = complete::people())]
        people: Vec<String>,
    },
    /// Gives members of a group chat another role.
    Role {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
        /// The role.
        #[arg(value_name = "ROLE", value_enum)]
        role: RoleName,
        /// The people: account ids, aliases or exact names of members.
        #[arg(value_name = "PERSON", required = true, add = complete::people())]
        people: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The name.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// An administrator; without any, you.
    #[arg(long = "admin", value_name = "PERSON", add = complete::people())]
    pub(crate) admins: Vec<String>,
    /// A member.
    #[arg(long = "member", value_name = "PERSON", add = complete::people())]
    pub(crate) members: Vec<String>,
    /// A member who may only read.
    #[arg(long = "readonly", value_name = "PERSON", add = complete::people())]
    pub(crate) readonly: Vec<String>,
    /// The description.
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,
    /// The icon, such as group, project, meeting or star.
    #[arg(long, value_name = "ICON")]
    pub(crate) icon: Option<String>,
    /// Makes an invitation link.
    #[arg(long)]
    pub(crate) link: bool,
    /// The code of the link: the last part of its address.
    #[arg(long, value_name = "CODE", requires = "link")]
    pub(crate) link_code: Option<String>,
    /// Lets people in without an administrator's consent.
    #[arg(long, requires = "link")]
    pub(crate) link_open: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The room.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) room: String,
    /// The new name.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The new description.
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,
    /// The new icon.
    #[arg(long, value_name = "ICON")]
    pub(crate) icon: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoomKind {
    My,
    Direct,
    Group,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RoleName {
    Admin,
    Member,
    Readonly,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Link {
    /// Shows the invitation link of a room.
    Show {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
    },
    /// Makes an invitation link.
    Create(LinkOptions),
    /// Changes the invitation link. What is not given stays.
    Edit(LinkOptions),
    /// Deletes the invitation link.
    Delete {
        /// The room.
        #[arg(value_name = "ROOM", add = complete::rooms())]
        room: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct LinkOptions {
    /// The room.
    #[arg(value_name = "ROOM", add = complete::rooms())]
    pub(crate) room: String,
    /// The code: the last part of the address.
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// The description.
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,
    /// Lets people in without an administrator's consent.
    #[arg(long)]
    pub(crate) open: bool,
    /// Lets people in with an administrator's consent.
    #[arg(long, conflicts_with = "open")]
    pub(crate) closed: bool,
}
