//! 401, and the 403 of an access token that lacks the scope.

use chatwork_sandbox::{BearerSeed, World};
use chatwork_sdk::Client;

use crate::calls::all;
use crate::place::Place;
use crate::report::Report;
use crate::stage::Stage;

/// An access token without scopes.
const POWERLESS: &str = "powerless";

pub(crate) async fn run(report: &mut Report) {
    let mut world = World::standard().unwrap();
    world.bearer_tokens.push(BearerSeed {
        token: POWERLESS.to_owned(),
        account: "hanako".to_owned(),
        scopes: vec!["offline_access".to_owned()],
        expires_in: None,
    });
    let stage = Stage::of(world).await;
    let bearer = |token| stage.builder().bearer(token).build().unwrap();
    let wrong = stage.builder().token("wrong").build().unwrap();
    everywhere(report, &stage, "wrong token", &wrong, 401).await;
    everywhere(report, &stage, "expired", &bearer("hanako-bearer-expired"), 401).await;
    everywhere(report, &stage, "no scope", &bearer(POWERLESS), 403).await;
}

/// Makes every call with a client that gets one status only.
async fn everywhere(
    report: &mut Report,
    stage: &Stage,
    scenario: &str,
    client: &Client,
    status: u16,
) {
    let place = Place::project(&stage.sandbox);
    for call in all() {
        let name = format!("{scenario}: {}", call.name);
        let running = (call.run)(client, &place);
        report.expect(&name, stage, (call.operation.id, status), running).await;
    }
}
