//! What the scripts read and answer, as texts.

use std::time::Duration;

use chatwork_sdk::RateLimitName;
use chatwork_sdk::limits::policy::{Lease, Outcome, RateLimitHeaders, Refused, Rules, WaitSource};
use chatwork_sdk::limits::{Delay, Granted, Settled, Want};
use chatwork_sdk::types::RoomId;

use crate::error::Error;

/// The largest number that Lua adds to another one of its size and keeps exact.
const MOST: u64 = 1 << 52;

const NONE: &str = "-";

/// Returns the arguments that each script begins with. Without a time the server's clock holds.
pub(super) fn head(version: u64, now: Option<u64>, rules: &Rules) -> Vec<String> {
    let mut arguments = vec![version.to_string(), now.map(number).unwrap_or_default()];
    arguments.extend([
        number(rules.account_requests.into()),
        number(rules.account_window),
        number(rules.account_margin),
        number(rules.room_posts.into()),
        number(rules.room_window),
        number(rules.room_margin),
        number(rules.probe_patience),
    ]);
    arguments
}

pub(super) fn push_want(arguments: &mut Vec<String>, want: &Want) {
    arguments.extend([room(want.room), millis(want.hold)]);
}

pub(super) fn push_settled(arguments: &mut Vec<String>, settled: &Settled) {
    let Settled { lease, outcome } = settled;
    let Outcome { account, refused, unsent, answered } = *outcome;
    arguments.extend([lease.id.to_string(), room(lease.room), number(lease.granted)]);
    arguments.extend([flag(unsent), flag(answered)]);
    arguments.push(account.map_or_else(|| NONE.to_owned(), |report| headers(&report)));
    let [limit, wait, source] = refused.map_or_else(
        || [NONE, NONE, NONE].map(str::to_owned),
        |Refused { limit, wait, source }| [name(limit).into(), millis(wait), source_name(source)],
    );
    arguments.extend([limit, wait, source, ";".to_owned()]);
}

/// Reads the answer to one want.
pub(super) fn granted(want: &Want, answer: &[String]) -> Result<Granted, Error> {
    let words: Vec<&str> = answer.iter().map(String::as_str).collect();
    let read = match words.as_slice() {
        ["go", id, granted] => go(want, id, granted).map(Granted::Go),
        ["wait", limit, wait, exhausted, crowded] => {
            delay(limit, wait, exhausted, crowded).map(Granted::Wait)
        }
        _ => None,
    };
    read.ok_or_else(|| Error::Reply("neither a lease nor a wait".to_owned()))
}

fn go(want: &Want, id: &str, granted: &str) -> Option<Lease> {
    Some(Lease { id: id.parse().ok()?, room: want.room, granted: granted.parse().ok()? })
}

fn delay(limit: &str, wait: &str, exhausted: &str, crowded: &str) -> Option<Delay> {
    let limit = [RateLimitName::Account, RateLimitName::RoomPosting]
        .into_iter()
        .find(|known| name(*known) == limit)?;
    let wait = match wait {
        NONE => None,
        millis => Some(Duration::from_millis(millis.parse().ok()?)),
    };
    Some(Delay { limit, wait, exhausted: exhausted == "1", crowded: crowded == "1" })
}

fn headers(report: &RateLimitHeaders) -> String {
    let RateLimitHeaders { limit, remaining, reset, reset_in } = *report;
    let most = MOST as i64;
    format!("{limit} {remaining} {} {}", reset.clamp(-most, most), millis(reset_in))
}

fn name(limit: RateLimitName) -> &'static str {
    match limit {
        RateLimitName::RoomPosting => "room",
        _ => "account",
    }
}

fn source_name(source: WaitSource) -> String {
    let name = match source {
        WaitSource::Window => "window",
        WaitSource::RetryAfter => "retry_after",
        WaitSource::Guess => "guess",
    };
    name.to_owned()
}

fn room(room: Option<RoomId>) -> String {
    room.map_or_else(|| NONE.to_owned(), |id| id.0.to_string())
}

fn flag(holds: bool) -> String {
    if holds { "1" } else { NONE }.to_owned()
}

/// A part of a millisecond counts as a whole one: a reset that is still to come is not zero.
fn millis(duration: Duration) -> String {
    number(u64::try_from(duration.as_nanos().div_ceil(1_000_000)).unwrap_or(MOST))
}

fn number(number: u64) -> String {
    number.min(MOST).to_string()
}
