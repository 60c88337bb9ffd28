//! The tools: one table, from which everything is made that knows them.
//!
//! Each file has tools of one kind: their rows of the table first, then their handlers. The order
//! of the table is that of the list that clients get.

mod draft;
mod file_save;
mod files;
mod lacks;
mod link;
mod marks;
mod me;
mod members;
mod message;
mod message_row;
mod message_write;
mod messages;
// Without an archive, there is less to say of one.
#[cfg_attr(not(feature = "archive"), allow(dead_code))]
mod older;
mod params;
mod people;
mod replies;
mod requests;
mod room_order;
mod room_write;
mod rooms;
#[cfg(feature = "archive")]
mod search;
mod spec;
mod task_write;
mod tasks;
mod unanswered;
mod unread;
mod upload;
mod written;

use rmcp::model::Tool;

use crate::call::Call;
use crate::error::ServerError;
use crate::options::Options;

pub use spec::ToolInfo;
pub(crate) use spec::{Effect, Spec, Wants};

/// All tools, in the order of the list.
pub(crate) const TABLE: &[&Spec] = &[
    &me::GET_ME,
    &rooms::LIST_ROOMS,
    &rooms::GET_ROOM,
    &people::LIST_ROOM_MEMBERS,
    &people::LIST_CONTACTS,
    &messages::LIST_ROOM_MESSAGES,
    &message::GET_ROOM_MESSAGE,
    &unread::LIST_UNREAD,
    #[cfg(feature = "archive")]
    &search::SEARCH_MESSAGES,
    &tasks::LIST_TASKS,
    &files::LIST_ROOM_FILES,
    &files::GET_ROOM_FILE,
    &message_write::POST_ROOM_MESSAGE,
    &message_write::UPDATE_ROOM_MESSAGE,
    &message_write::DELETE_ROOM_MESSAGE,
    &marks::SET_READ_STATE,
    &task_write::CREATE_ROOM_TASK,
    &task_write::UPDATE_ROOM_TASK_STATUS,
    &upload::UPLOAD_ROOM_FILE,
    &room_write::CREATE_ROOM,
    &room_write::UPDATE_ROOM,
    &room_write::LEAVE_ROOM,
    &room_write::DELETE_ROOM,
    &members::CHANGE_ROOM_MEMBERS,
    &link::GET_ROOM_LINK,
    &link::SET_ROOM_LINK,
    &link::DELETE_ROOM_LINK,
    &requests::LIST_INCOMING_REQUESTS,
    &requests::ANSWER_INCOMING_REQUEST,
];

/// What decides about tools besides the options.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Has {
    /// An account has an archive.
    pub(crate) archive: bool,
    /// The client can ask the person.
    pub(crate) asks: bool,
}

/// Returns the tools that a client may call.
pub(crate) fn registered(options: &Options, has: Has) -> Vec<&'static Spec> {
    TABLE.iter().copied().filter(|spec| is_registered(spec, options, has)).collect()
}

/// Returns whether there is a tool of this name, registered or not.
pub(crate) fn is_tool(name: &str) -> bool {
    TABLE.iter().any(|spec| spec.has_name(name))
}

/// Returns an advice that names a tool which reads, if the server has the tool.
fn advice(call: &Call, spec: &Spec, advice: &'static str) -> Option<&'static str> {
    let has = Has { archive: call.shared.has_archive(), asks: false };
    is_registered(spec, &call.shared.options, has).then_some(advice)
}

fn is_registered(spec: &Spec, options: &Options, has: Has) -> bool {
    let named =
        |names: &std::collections::BTreeSet<String>| names.iter().any(|name| spec.has_name(name));
    let is_chosen = match options.tools.is_empty() {
        true => options.toolsets.contains(&spec.toolset),
        false => named(&options.tools),
    };
    let is_possible = match spec.wants {
        Wants::Nothing => true,
        Wants::Archive => has.archive,
        Wants::Uploads => options.upload_dir.is_some(),
    };
    let is_allowed = match spec.effect {
        Effect::Read => true,
        Effect::Delete => !options.read_only && (options.allow_destructive || has.asks),
        _ => !options.read_only,
    };
    is_chosen && is_possible && is_allowed && !named(&options.exclude_tools)
}

/// Refuses options that name a tool which does not exist.
pub(crate) fn check_names(options: &Options) -> Result<(), ServerError> {
    let known = |name: &String| TABLE.iter().any(|spec| spec.has_name(name));
    let mut names = options.tools.iter().chain(&options.exclude_tools);
    match names.find(|name| !known(name)) {
        None => Ok(()),
        Some(name) => Err(ServerError::NoTool {
            name: name.clone(),
            known: TABLE.iter().map(|spec| spec.name).collect(),
        }),
    }
}

/// Returns all tools that exist, in their order.
pub fn all_tools() -> Vec<ToolInfo> {
    TABLE.iter().map(|spec| spec.info()).collect()
}

/// Returns the tools that a server of one account has with these options, with their schemas, in
/// their order.
///
/// Tools that delete or leave are among them only with [`Options::allow_destructive`]: whether a
/// client can ask the person is known when it connects.
pub fn tools(options: &Options, has_archive: bool) -> Vec<Tool> {
    let has = Has { archive: has_archive, asks: false };
    registered(options, has).into_iter().map(|spec| spec.tool(options, &[])).collect()
}

/// Returns the earlier names of tools, each with the name that it has now.
pub fn aliases() -> Vec<(&'static str, &'static str)> {
    let of = |spec: &&'static Spec| spec.aliases.iter().map(|alias| (*alias, spec.name));
    TABLE.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_write_names_a_tool_that_shows_whether_it_was_done() {
        for spec in TABLE.iter().filter(|spec| spec.writes()) {
            let look = TABLE.iter().find(|it| it.name == spec.look()).unwrap();
            assert!(!look.writes() && look.toolset <= spec.toolset, "{}", spec.name);
        }
    }
}
