//! What each command writes, to check the fields of `--json` before anything is done.

use crate::args::{Auth, Command, Config, Files, Messages, Requests, Rooms, Tasks};
use crate::out::shape::{self, Shape};

/// Which fields a command writes as JSON.
pub(super) enum Written {
    /// These.
    Fields(&'static Shape),
    /// Those of a reply, which are not known before.
    Reply,
    /// None that could be chosen: it writes nothing, or what has a form of its own, such as a file.
    NoFields,
}

impl From<&'static Shape> for Written {
    fn from(shape: &'static Shape) -> Self {
        Self::Fields(shape)
    }
}

/// Returns what a command writes.
pub(super) fn of(command: &Command) -> Written {
    match command {
        Command::Auth(Auth::Login(_) | Auth::Status) => (&shape::PROFILES).into(),
        Command::Auth(Auth::Switch { .. } | Auth::Logout { .. }) => Written::NoFields,
        Command::Me => (&shape::ME).into(),
        Command::Status => (&shape::MY_STATUS).into(),
        Command::Limits => (&shape::LIMITS).into(),
        Command::Rooms(rooms) => of_rooms(rooms),
        Command::Messages(messages) => of_messages(messages).into(),
        Command::Send(send) => posted(send.text.dry_run).into(),
        Command::Tasks(tasks) => of_tasks(tasks).into(),
        Command::Files(files) => of_files(files),
        Command::Link(_) => (&shape::LINK).into(),
        Command::Contacts(_) => (&shape::CONTACTS).into(),
        Command::Requests(Requests::List) => (&shape::REQUESTS).into(),
        Command::Requests(Requests::Accept { .. }) => (&shape::CONTACTS).into(),
        Command::Requests(Requests::Decline { .. }) => Written::NoFields,
        #[cfg(feature = "archive")]
        Command::Archive(archive) => of_archive(archive),
        #[cfg(feature = "mcp")]
        Command::Mcp(mcp) => of_mcp(mcp),
        Command::Config(Config::List) => (&shape::SETTINGS).into(),
        Command::Config(
            Config::Get { .. } | Config::Set { .. } | Config::Unset { .. } | Config::Path,
        ) => Written::NoFields,
        Command::Api(_) => Written::Reply,
        // Each kind of event has fields of its own.
        Command::Watch(_) | Command::Webhooks(_) => Written::NoFields,
        #[cfg(feature = "sandbox")]
        Command::Sandbox(_) => Written::NoFields,
        Command::Completion { .. } | Command::Man(_) | Command::Help { .. } => Written::NoFields,
    }
}

fn of_rooms(rooms: &Rooms) -> Written {
    match rooms {
        Rooms::List { .. } => (&shape::ROOMS).into(),
        Rooms::View { .. } => (&shape::ROOM).into(),
        Rooms::Create(_) | Rooms::Edit(_) => (&shape::ROOM_ID).into(),
        Rooms::Leave { .. } | Rooms::Delete { .. } => Written::NoFields,
        Rooms::Members { .. } => (&shape::MEMBERS).into(),
        Rooms::Add { .. } | Rooms::Remove { .. } | Rooms::Role { .. } => {
            (&shape::MEMBER_IDS).into()
        }
    }
}

fn of_messages(messages: &Messages) -> &'static Shape {
    match messages {
        Messages::List { .. } => &shape::MESSAGES,
        Messages::View { .. } => &shape::MESSAGE,
        Messages::Send(send) => posted(send.text.dry_run),
        Messages::Reply { text, .. } | Messages::Edit { text, .. } => posted(text.dry_run),
        Messages::Delete { .. } => &shape::MESSAGE_ID,
        Messages::Read { .. } | Messages::Unread { .. } => &shape::COUNTS,
    }
}

fn posted(is_dry_run: bool) -> &'static Shape {
    if is_dry_run { &shape::DRY_RUN } else { &shape::MESSAGE_ID }
}

fn of_tasks(tasks: &Tasks) -> &'static Shape {
    match tasks {
        Tasks::List { room: None, .. } => &shape::MY_TASKS,
        Tasks::List { room: Some(_), .. } | Tasks::View { .. } => &shape::TASKS,
        Tasks::Add(add) if add.dry_run => &shape::DRY_TASK,
        Tasks::Add(_) | Tasks::Done { .. } | Tasks::Reopen { .. } => &shape::TASK_IDS,
    }
}

fn of_files(files: &Files) -> Written {
    match files {
        Files::List { .. } | Files::View { .. } => (&shape::FILES).into(),
        Files::Put(put) if put.dry_run => (&shape::DRY_FILES).into(),
        Files::Put(_) => (&shape::FILE_ID).into(),
        // The file itself.
        Files::Get(get) if get.output.as_ref().is_some_and(|path| path.as_os_str() == "-") => {
            Written::NoFields
        }
        Files::Get(_) => (&shape::SAVED).into(),
    }
}

#[cfg(feature = "archive")]
fn of_archive(archive: &crate::args::Archive) -> Written {
    use crate::args::Archive as A;
    match archive {
        A::Sync { .. } => (&shape::archive::SYNCED).into(),
        A::Status { .. } => (&shape::archive::ROOMS).into(),
        A::Search { .. } => (&shape::archive::HITS).into(),
        A::Show { .. } => (&shape::archive::SHOWN).into(),
        A::Verify { .. } => (&shape::archive::VERIFIED).into(),
        A::Forget { .. } => (&shape::archive::FORGOTTEN).into(),
        A::Follow { .. } | A::Export { .. } | A::Import { .. } | A::Backup { .. } => {
            Written::NoFields
        }
    }
}

#[cfg(feature = "mcp")]
fn of_mcp(mcp: &crate::args::Mcp) -> Written {
    use crate::args::Mcp as M;
    match mcp {
        M::Tools(_) => (&shape::mcp::TOOLS).into(),
        M::Install(_) => (&shape::mcp::INSTALLED).into(),
        // The protocol.
        M::Serve(_) => Written::NoFields,
    }
}
