//! The span of a call. It holds nothing private.

use std::time::Duration;

use chatwork_api::Operation;
use tokio::time::Instant;
use tracing::{Span, field};

pub(super) fn span(operation: &'static Operation) -> Span {
    tracing::debug_span!(
        "chatwork",
        operation = operation.id,
        attempt = field::Empty,
        status = field::Empty,
        duration_ms = field::Empty,
        wait_ms = field::Empty,
    )
}

/// Returns the time if the span records durations.
pub(super) fn timer(span: &Span) -> Option<Instant> {
    (!span.is_disabled()).then(Instant::now)
}

/// Records the time since then in a field of the span.
pub(super) fn record(span: &Span, field: &str, since: Option<Instant>) {
    if let Some(since) = since {
        span.record(field, millis(since.elapsed()));
    }
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
