use std::pin::pin;

use chatwork_api::operations::GET_ME;
use tokio::time::timeout;

use super::*;
use crate::pace::{LimitKey, Pacing};

const ROOM: LimitKey = LimitKey { room: Some(RoomId(1)) };

async fn granted(limiter: &RateLimiter) -> Permit<'_> {
    let mut permit = limiter.permit(ROOM);
    permit.acquire(Instant::now(), None, &GET_ME).await.unwrap();
    permit
}

/// Whether a new call gets a permit without waiting.
async fn is_free(limiter: &RateLimiter) -> bool {
    let mut permit = limiter.permit(ROOM);
    let acquire = permit.acquire(Instant::now(), None, &GET_ME);
    timeout(std::time::Duration::ZERO, acquire).await.is_ok()
}

#[tokio::test(start_paused = true)]
async fn a_permit_given_to_a_call_that_is_dropped_before_it_looks_is_given_back() {
    let limiter = RateLimiter::new(Pacing::default());
    let mut permits = Vec::new();
    for _ in 0..10 {
        permits.push(granted(&limiter).await);
    }
    {
        let mut dropped = limiter.permit(ROOM);
        let mut acquire = pin!(dropped.acquire(Instant::now(), None, &GET_ME));
        assert!(timeout(std::time::Duration::ZERO, &mut acquire).await.is_err());
        // Its permit goes to the call that waits.
        drop(permits.pop());
        assert_eq!(limiter.lock().queue_len(), 0);
    }
    assert!(is_free(&limiter).await);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_cancelled_after_sending_counts_as_a_post() {
    let limiter = RateLimiter::new(Pacing::default());
    for _ in 0..10 {
        granted(&limiter).await.mark_sent();
    }
    assert!(!is_free(&limiter).await);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_cancelled_before_sending_counts_nowhere() {
    let limiter = RateLimiter::new(Pacing::default());
    for _ in 0..10 {
        drop(granted(&limiter).await);
    }
    assert!(is_free(&limiter).await);
}
