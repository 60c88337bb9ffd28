//! What a rate limit and a failure become: a sentence and the next step.

use chatwork_mcp::{Account, Accounts};
use chatwork_sandbox::{Fault, FaultLimit};
use serde_json::json;

use crate::support::{Agent, Desk, Person, ROOM, all, patient};

async fn patient_agent(desk: &Desk) -> Agent {
    let accounts = Accounts::one(Account::new("work", patient(desk, "hanako")));
    Agent::connect(all(), accounts, Person::absent()).await
}

#[tokio::test]
async fn a_limit_that_would_hold_too_long_says_when_to_come_back() {
    let desk = Desk::of_today().await;
    let limit = Fault::rate_limit(FaultLimit::Account).times(20);
    desk.sandbox.faults().add(limit).unwrap();
    let agent = patient_agent(&desk).await;
    let text = agent.fails("list_rooms", json!({})).await;
    assert!(
        text.contains("rate limit of the account") && text.contains("Call again in "),
        "{text}"
    );
    assert!(text.contains("+09:00."), "{text}");
}

#[tokio::test]
async fn a_room_that_is_not_mine_is_a_result_that_says_so() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let text = agent.fails("get_room", json!({ "room": 1 })).await;
    assert!(text.contains("(403)") && text.contains("list_rooms"), "{text}");
}

#[tokio::test]
async fn a_message_that_is_not_there_is_a_result_that_says_so() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let text = agent.fails("get_room_message", json!({ "message": format!("{ROOM}-1") })).await;
    assert!(text.contains("(404)"), "{text}");
}

#[tokio::test]
async fn a_token_that_is_refused_is_a_result_that_says_so() {
    let desk = Desk::new().await;
    desk.sandbox.faults().add(Fault::status(401).times(3)).unwrap();
    let agent = desk.writer().await;
    let text = agent.fails("list_rooms", json!({})).await;
    assert!(text.contains("(401)") && text.contains("sign in again"), "{text}");
    assert!(!text.contains(desk.sandbox.token("hanako")));
}
