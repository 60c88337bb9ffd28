//! The options of a server: from flags, and as flags again.

use std::path::{Path, PathBuf};

use chatwork_app::{RoomRef, one_line};
use chatwork_mcp::{Language, Options, PostRooms, Toolset};

use crate::args::{self, ToolArgs};
use crate::context::Context;
use crate::failure::{Done, Failure, file};
use crate::lang::{Lang, lang};
use crate::words;

/// Returns options in the language of the person: of titles, and of questions.
pub(super) fn new() -> Options {
    Options::new().language(match lang() {
        Lang::En => Language::English,
        Lang::Ja => Language::Japanese,
    })
}

/// Reads the options. Sends no request: a room is an id, an address or an alias.
pub(super) fn read(context: &Context, flags: &ToolArgs) -> Done<Options> {
    for name in flags.tools.iter().chain(&flags.exclude_tools) {
        check_tool(name)?;
    }
    let mut options = new()
        .toolsets(flags.toolsets.iter().map(|set| toolset(*set)))
        .tools(&flags.tools)
        .exclude_tools(&flags.exclude_tools)
        .read_only(flags.read_only)
        .allow_destructive(flags.allow_destructive)
        .allow_toall(flags.allow_toall);
    if let Some(rooms) = &flags.post_rooms {
        options = options.post_rooms(post_rooms(context, rooms)?);
    }
    if let Some(folder) = &flags.upload_dir {
        options = options.upload_dir(folder);
    }
    if let Some(folder) = &flags.download_dir {
        options = options.download_dir(folder);
    }
    if let Some(characters) = flags.max_chars {
        options = options.max_chars(characters);
    }
    Ok(options)
}

/// Returns the options as the flags of a command line that runs in another folder.
pub(super) fn write(context: &Context, flags: &ToolArgs) -> Done<Vec<String>> {
    let mut written = Vec::new();
    let mut value = |name: &str, value: String| written.extend([name.to_owned(), value]);
    if !flags.toolsets.is_empty() {
        let sets: Vec<_> = flags.toolsets.iter().map(|set| toolset(*set).as_str()).collect();
        value("--toolsets", sets.join(","));
    }
    if !flags.tools.is_empty() {
        value("--tools", flags.tools.join(","));
    }
    if !flags.exclude_tools.is_empty() {
        value("--exclude-tools", flags.exclude_tools.join(","));
    }
    if let Some(rooms) = &flags.post_rooms {
        value("--post-rooms", post_rooms(context, rooms)?.to_string());
    }
    for (name, path) in paths(flags) {
        value(name, absolute(path)?);
    }
    if let Some(characters) = flags.max_chars {
        value("--max-chars", characters.to_string());
    }
    let switches = [
        ("--read-only", flags.read_only),
        ("--allow-destructive", flags.allow_destructive),
        ("--allow-toall", flags.allow_toall),
    ];
    written.extend(switches.iter().filter(|(_, is_on)| *is_on).map(|(name, _)| (*name).to_owned()));
    Ok(written)
}

fn paths(flags: &ToolArgs) -> Vec<(&'static str, &PathBuf)> {
    #[cfg_attr(not(feature = "archive"), allow(unused_mut))]
    let mut paths =
        vec![("--upload-dir", &flags.upload_dir), ("--download-dir", &flags.download_dir)];
    #[cfg(feature = "archive")]
    paths.push(("--archive", &flags.archive));
    paths.into_iter().filter_map(|(name, path)| Some((name, path.as_ref()?))).collect()
}

fn absolute(path: &Path) -> Done<String> {
    let path = std::path::absolute(path).map_err(|error| file(path, &error))?;
    match path.to_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(Failure::usage(format!("{}: {}", path.display(), words::USAGE_UTF8.text()))),
    }
}

fn toolset(set: args::Toolset) -> Toolset {
    match set {
        args::Toolset::Read => Toolset::Read,
        args::Toolset::Write => Toolset::Write,
        args::Toolset::Admin => Toolset::Admin,
    }
}

fn post_rooms(context: &Context, text: &str) -> Done<PostRooms> {
    let (mark, rooms) = match text.trim().strip_prefix('!') {
        Some(rooms) => ("!", rooms),
        None => ("", text),
    };
    let id = |room: &str| -> Done<String> {
        if let RoomRef::Id(id) = RoomRef::parse(room.trim(), &context.config.rooms)? {
            return Ok(id.to_string());
        }
        let given = one_line(room).into_owned();
        Err(Failure::usage(words::ROOM_UNKNOWN.fill(&[("name", &given)]))
            .hinted(words::MCP_POST_ROOMS_HINT))
    };
    let ids: Vec<String> = rooms.split(',').map(id).collect::<Done<_>>()?;
    let parsed = format!("{mark}{}", ids.join(",")).parse::<PostRooms>();
    parsed.map_err(|error| Failure::usage(words::OTHER_FAILURE.fill(&[("reason", &error)])))
}

/// Refuses a name that no tool has or had.
fn check_tool(name: &str) -> Done {
    let tools = chatwork_mcp::all_tools();
    if tools.iter().any(|tool| tool.name == name || tool.aliases.contains(&name)) {
        return Ok(());
    }
    let known: Vec<_> = tools.iter().map(|tool| tool.name).collect();
    Err(unknown_tool(name, &known))
}

/// A name that no tool has.
pub(crate) fn unknown_tool(name: &str, known: &[&str]) -> Failure {
    let given = one_line(name);
    Failure::usage(words::MCP_NO_TOOL.fill(&[("name", &given)]))
        .hint(words::MCP_TOOLS_ARE.fill(&[("known", &known.join(", "))]))
}
