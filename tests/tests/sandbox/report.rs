//! What came of the scenarios.

use std::collections::BTreeSet;

use chatwork_sdk::Error;

use crate::calls::{Call, Running};
use crate::place::Place;
use crate::stage::Stage;

/// The results of the scenarios so far. A failure does not end the test: the end reports all.
#[derive(Default)]
pub(crate) struct Report {
    /// The operations with the statuses that they answered with as they should.
    pub(crate) reached: BTreeSet<(&'static str, u16)>,
    /// What went wrong, each with the name of its scenario.
    pub(crate) failures: Vec<String>,
}

impl Report {
    /// Makes a call as Hanako, which must end with a status.
    pub(crate) async fn call(
        &mut self,
        scenario: &str,
        stage: &Stage,
        call: &Call,
        place: &Place,
        status: u16,
    ) {
        let running = (call.run)(&stage.client("hanako"), place);
        let name = format!("{scenario}: {}", call.name);
        self.expect(&name, stage, (call.operation.id, status), running).await;
    }

    /// Makes a call that must end with a reply of an operation, which the document admits and the
    /// client understands.
    pub(crate) async fn expect(
        &mut self,
        scenario: &str,
        stage: &Stage,
        expected: (&'static str, u16),
        call: Running,
    ) {
        // What went before belongs to what the scenario needed.
        let mut faults = faults(&stage.proxy.take());
        let result = call.await;
        let seen = stage.proxy.take();
        faults.extend(self::faults(&seen));
        let last = seen.last().and_then(|seen| Some((seen.operation?, seen.status)));
        if last != Some(expected) {
            faults.push(format!("expected {expected:?}, and the sandbox answered {last:?}"));
        }
        if let Some(wrong) = misunderstood(&result, expected.1) {
            faults.push(wrong);
        }
        if faults.is_empty() {
            self.reached.insert(expected);
        }
        let told = faults.iter().map(|fault| format!("{scenario}: {fault}"));
        self.failures.extend(told);
    }
}

fn faults(seen: &[tests::proxy::Seen]) -> Vec<String> {
    let each = seen.iter().flat_map(|seen| {
        let what = format!("{} {}", seen.operation.unwrap_or("no operation"), seen.status);
        seen.faults.iter().map(move |fault| format!("{what}: {fault}"))
    });
    each.collect()
}

/// What the client made of a status, if that is wrong.
fn misunderstood(result: &Result<(), Error>, status: u16) -> Option<String> {
    let right = match result {
        Ok(()) => status < 300,
        Err(Error::RateLimited(error)) => {
            status == 429 && error.status().is_some_and(|given| given == 429)
        }
        Err(Error::Api(error)) => {
            status >= 400 && error.status() == status && !error.errors().is_empty()
        }
        Err(_) => false,
    };
    (!right).then(|| format!("the client makes {result:?} of {status}"))
}
