//! `mcp tools`.

use chatwork_mcp::{Options, ToolInfo, Toolset, all_tools};
use serde_json::Value;

use super::options;
use crate::args::Tools;
use crate::context::Context;
use crate::failure::Done;
use crate::out::{Item, item, shape};

pub(super) fn run(context: &Context, arguments: &Tools) -> Done {
    let options = match arguments.all {
        true => everything(),
        false => options::read(context, &arguments.tools)?,
    };
    let known = all_tools();
    let tools = chatwork_mcp::tools(&options, arguments.all || has_archive(context, arguments));
    let items: Vec<Item> = tools
        .iter()
        .map(|tool| {
            let info = known.iter().find(|info| info.name == tool.name);
            entry(&item(tool, &[]), info)
        })
        .collect();
    context.out.list(&shape::mcp::TOOLS, &items)
}

/// Returns options with which every tool has all of its arguments. The folders are not looked at.
fn everything() -> Options {
    options::new()
        .toolsets(Toolset::ALL)
        .allow_destructive(true)
        .allow_toall(true)
        .upload_dir("uploads")
        .download_dir("downloads")
}

/// Returns what is shown of a tool. `tool` is what a client sees.
fn entry(tool: &Item, info: Option<&ToolInfo>) -> Item {
    let of = |name: &str| tool.get(name).cloned().unwrap_or(Value::Null);
    Item::from_iter([
        ("name".to_owned(), of("name")),
        ("title".to_owned(), of("title")),
        ("toolset".to_owned(), info.map(|info| info.toolset.as_str()).into()),
        ("destructive".to_owned(), info.map(|info| info.is_destructive).into()),
        ("description".to_owned(), of("description")),
        ("input_schema".to_owned(), of("inputSchema")),
        ("annotations".to_owned(), of("annotations")),
    ])
}

/// Returns whether there is an archive: the named one, or one of any account.
#[cfg(feature = "archive")]
fn has_archive(context: &Context, arguments: &Tools) -> bool {
    arguments.tools.archive.is_some() || !crate::run::archive::known(context).is_empty()
}

#[cfg(not(feature = "archive"))]
fn has_archive(_: &Context, _: &Tools) -> bool {
    false
}
