//! `mcp`.

mod install;
mod options;
mod serve;
mod tools;

pub(crate) use self::options::unknown_tool;
use crate::args;
use crate::context::Context;
use crate::failure::Done;

pub(super) async fn run(context: &Context, mcp: args::Mcp) -> Done {
    match mcp {
        args::Mcp::Serve(serve) => serve::run(context, *serve).await,
        args::Mcp::Tools(tools) => tools::run(context, &tools),
        args::Mcp::Install(install) => install::run(context, &install).await,
    }
}
