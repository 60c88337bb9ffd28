//! The person is asked before what cannot be undone.

use chatwork_mcp::{Account, Accounts, Language};
use chatwork_sdk::{AccountId, RoomId};
use rmcp::model::{CallToolResponse, ElicitResult, ElicitationAction};
use serde_json::json;

use crate::support::{Agent, Desk, HANAKO, Person, ROOM, SALES, all, request};

fn accounts(desk: &Desk) -> Accounts {
    Accounts::one(Account::new("work", desk.client("hanako")))
}

fn is_there(desk: &Desk) -> bool {
    desk.sandbox.state().room(RoomId(ROOM)).is_some()
}

/// Answers that are no consent.
fn refusals() -> Vec<ElicitResult> {
    let answer = ElicitResult::new;
    vec![
        answer(ElicitationAction::Decline),
        answer(ElicitationAction::Cancel),
        answer(ElicitationAction::Accept),
        answer(ElicitationAction::Accept).with_content(json!({ "agree": false })),
        answer(ElicitationAction::Decline).with_content(json!({ "agree": true })),
    ]
}

#[tokio::test]
async fn a_person_who_agrees_lets_a_room_be_deleted() {
    let desk = Desk::new().await;
    let agent = Agent::connect(all(), accounts(&desk), Person::agreeing()).await;
    agent.ok("delete_room", json!({ "room": ROOM })).await;
    assert!(!is_there(&desk));
    let asked = agent.person.asked.lock().unwrap().clone();
    assert!(asked.len() == 1 && asked[0].contains("「新製品プロジェクト」"), "{asked:?}");
}

#[tokio::test]
async fn the_person_is_asked_in_their_language() {
    let desk = Desk::new().await;
    let options = all().language(Language::Japanese);
    let agent = Agent::connect(options, accounts(&desk), Person::agreeing()).await;
    agent.ok("leave_room", json!({ "room": SALES })).await;
    let asked = agent.person.asked.lock().unwrap().clone();
    assert!(asked[0].contains("退席しますか"), "{asked:?}");
}

#[tokio::test]
async fn any_answer_but_yes_is_no() {
    let desk = Desk::new().await;
    for answer in refusals() {
        let agent = Agent::connect(all(), accounts(&desk), Person::answering(answer)).await;
        let text = agent.fails("delete_room", json!({ "room": ROOM })).await;
        assert!(text.contains("did not agree"), "{text}");
        assert!(is_there(&desk));
    }
}

#[tokio::test]
async fn the_person_is_asked_each_time() {
    let desk = Desk::new().await;
    let agent = Agent::connect(all(), accounts(&desk), Person::agreeing()).await;
    for text in ["one", "two"] {
        agent.ok("post_room_message", json!({ "room": ROOM, "text": text })).await;
        let message = format!("{ROOM}-{}", desk.newest(ROOM).id);
        agent.ok("delete_room_message", json!({ "message": message })).await;
    }
    assert_eq!(agent.person.asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn in_the_newest_protocol_the_result_asks_and_the_client_calls_again() {
    let desk = Desk::new().await;
    let agent = Agent::connect_2026(all(), accounts(&desk), Person::agreeing()).await;
    agent.ok("leave_room", json!({ "room": SALES })).await;
    assert_eq!(desk.room(SALES).role(AccountId(HANAKO)), None);
    assert_eq!(agent.person.asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn in_the_newest_protocol_any_answer_but_yes_is_no() {
    let desk = Desk::new().await;
    for answer in refusals() {
        let person = Person::answering(answer);
        let agent = Agent::connect_2026(all(), accounts(&desk), person).await;
        let text = agent.fails("delete_room", json!({ "room": ROOM })).await;
        assert!(text.contains("did not agree"), "{text}");
        assert!(is_there(&desk));
    }
}

#[tokio::test]
async fn an_answer_counts_for_its_own_question_alone() {
    let desk = Desk::new().await;
    let agent = Agent::connect_2026(all(), accounts(&desk), Person::agreeing()).await;
    let ask = request("leave_room", json!({ "room": SALES }));
    let asked = agent.client.call_tool_once(ask.clone()).await.unwrap();
    let CallToolResponse::InputRequired(question) = asked else { panic!("{asked:?}") };
    let state = question.request_state.unwrap();
    let key = question.input_requests.unwrap().into_keys().next().unwrap();
    let answers = rmcp::model::InputResponses::from([(
        key,
        json!({ "action": "accept", "content": { "agree": true } }),
    )]);

    // For another tool, another room or a name that was never asked, it is no answer.
    for (tool, room, state) in
        [("delete_room", SALES, &*state), ("leave_room", ROOM, "0"), ("leave_room", ROOM, &*state)]
    {
        let call = request(tool, json!({ "room": room }));
        let call = call.with_input_responses(answers.clone()).with_request_state(state);
        let again = agent.client.call_tool_once(call).await.unwrap();
        assert!(matches!(again, CallToolResponse::InputRequired(_)), "{tool} {room}");
    }
    // The attempt to use it elsewhere has used it up.
    let call = ask.with_input_responses(answers).with_request_state(state);
    let again = agent.client.call_tool_once(call).await.unwrap();
    assert!(matches!(again, CallToolResponse::InputRequired(_)));
    assert!(desk.room(SALES).role(AccountId(HANAKO)).is_some() && is_there(&desk));
}

#[tokio::test]
async fn with_the_permission_no_one_is_asked() {
    let desk = Desk::new().await;
    let options = all().allow_destructive(true);
    let agent = Agent::connect(options, accounts(&desk), Person::agreeing()).await;
    agent.ok("delete_room", json!({ "room": ROOM })).await;
    assert!(agent.person.asked.lock().unwrap().is_empty());
}
