//! What each command writes, to check the fields of `--json` before anything is done.

use crate::args::{Auth, Command, Config, Files, Messages, Requests, Rooms, Tasks};
use crate::out::shape::{self, Shape};

/// Returns the shape of what a command writes, or `None` if it has no fields that are known before.
pub(super) fn shape(command: &Command) -> Option<&'static Shape> {
    match command {
        Command::Auth(Auth::Login(_) | Auth::Status) => Some(&shape::PROFILES),
        Command::Auth(Auth::Switch { .. } | Auth::Logout { .. }) => None,
        Command::Me => Some(&shape::ME),
        Command::Status => Some(&shape::MY_STATUS),
        Command::Limits => Some(&shape::LIMITS),
        Command::Rooms(rooms) => of_rooms(rooms),
        Command::Messages(messages) => Some(of_messages(messages)),
        Command::Send(send) => Some(posted(send.text.dry_run)),
        Command::Tasks(tasks) => Some(of_tasks(tasks)),
        Command::Files(files) => of_files(files),
        Command::Link(_) => Some(&shape::LINK),
        Command::Contacts(_) => Some(&shape::CONTACTS),
        Command::Requests(Requests::List) => Some(&shape::REQUESTS),
        Command::Requests(Requests::Accept { .. }) => Some(&shape::CONTACTS),
        Command::Requests(Requests::Decline { .. }) => None,
        #[cfg(feature = "archive")]
        Command::Archive(archive) => of_archive(archive),
        #[cfg(feature = "mcp")]
        Command::Mcp(mcp) => of_mcp(mcp),
        Command::Config(Config::List) => Some(&shape::SETTINGS),
        Command::Config(
            Config::Get { .. } | Config::Set { .. } | Config::Unset { .. } | Config::Path,
        ) => None,
        // Events, and what the API answers.
        Command::Watch(_) | Command::Webhooks(_) | Command::Api(_) => None,
        #[cfg(feature = "sandbox")]
        Command::Sandbox(_) => None,
        Command::Completion { .. } | Command::Man(_) | Command::Help { .. } => None,
    }
}

fn of_rooms(rooms: &Rooms) -> Option<&'static Shape> {
    match rooms {
        Rooms::List { .. } => Some(&shape::ROOMS),
        Rooms::View { .. } => Some(&shape::ROOM),
        Rooms::Create(_) | Rooms::Edit(_) => Some(&shape::ROOM_ID),
        Rooms::Leave { .. } | Rooms::Delete { .. } => None,
        Rooms::Members { .. } => Some(&shape::MEMBERS),
        Rooms::Add { .. } | Rooms::Remove { .. } | Rooms::Role { .. } => Some(&shape::MEMBER_IDS),
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

fn of_files(files: &Files) -> Option<&'static Shape> {
    match files {
        Files::List { .. } | Files::View { .. } => Some(&shape::FILES),
        Files::Put(_) => Some(&shape::FILE_ID),
        // The file itself.
        Files::Get(get) if get.output.as_ref().is_some_and(|path| path.as_os_str() == "-") => None,
        Files::Get(_) => Some(&shape::SAVED),
    }
}

#[cfg(feature = "archive")]
fn of_archive(archive: &crate::args::Archive) -> Option<&'static Shape> {
    use crate::args::Archive as A;
    match archive {
        A::Sync { .. } => Some(&shape::archive::SYNCED),
        A::Status { .. } => Some(&shape::archive::ROOMS),
        A::Search { .. } => Some(&shape::archive::HITS),
        A::Show { .. } => Some(&shape::archive::SHOWN),
        A::Verify { .. } => Some(&shape::archive::VERIFIED),
        A::Forget { .. } => Some(&shape::archive::FORGOTTEN),
        A::Follow { .. } | A::Export { .. } | A::Import { .. } | A::Backup { .. } => None,
    }
}

#[cfg(feature = "mcp")]
fn of_mcp(mcp: &crate::args::Mcp) -> Option<&'static Shape> {
    use crate::args::Mcp as M;
    match mcp {
        M::Tools(_) => Some(&shape::mcp::TOOLS),
        M::Install(_) => Some(&shape::mcp::INSTALLED),
        // The protocol.
        M::Serve(_) => None,
    }
}
