//! `sandbox`.

use chatwork_sandbox::{Sandbox, World};

use crate::args::SandboxArgs;
use crate::context::Context;
use crate::failure::Done;
use crate::out::note;
use crate::{interruptible, words};

const PORT: u16 = 8899;

pub(in crate::run) async fn run(context: &Context, arguments: SandboxArgs) -> Done {
    context.out.refuse_csv()?;
    let mut builder =
        Sandbox::builder().port(arguments.port.unwrap_or(PORT)).limits(!arguments.no_limits);
    if let Some(path) = &arguments.world {
        builder = builder.file(path)?;
    }
    if let Some(size) = arguments.generate {
        builder = builder.world(World::generate(size));
    }
    if let Some(path) = &arguments.state {
        builder = builder.keep(path);
    }
    let sandbox = builder.start().await?;
    context.out.json_line(&sandbox.announcement()).await?;
    let ended = interruptible(async {
        note(&words::SANDBOX_LISTENING.fill(&[("address", &sandbox.base_url())]));
        std::future::pending().await
    })
    .await;
    // The last changes of a state in a file.
    sandbox.close().await?;
    ended
}
