//! The person is asked before what cannot be undone.

use chatwork_mcp::{Account, Accounts, Language};
use chatwork_sandbox::Role;
use chatwork_sdk::{AccountId, RoomId};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ElicitResult, ElicitationAction, InputRequiredResult,
    InputResponses,
};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, HANAKO, KEN, Person, ROOM, SALES, all, request};

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

/// Calls a tool that ends with a question.
async fn asked(agent: &Agent, call: CallToolRequestParams) -> InputRequiredResult {
    match agent.client.call_tool_once(call).await.unwrap() {
        CallToolResponse::InputRequired(question) => question,
        other => panic!("{other:?}"),
    }
}

/// A yes to a question.
fn yes(question: &InputRequiredResult) -> InputResponses {
    let key = question.input_requests.as_ref().unwrap().keys().next().unwrap().clone();
    let yes = json!({ "action": "accept", "content": { "agree": true } });
    InputResponses::from([(key, yes)])
}

#[tokio::test]
async fn an_answer_does_not_count_for_a_room_that_took_over_the_name() {
    let desk = Desk::new().await;
    let hanako = desk.client("hanako");
    let other = hanako.create_room("別のチャット", [AccountId(HANAKO)]).await.unwrap();
    let agent = Agent::connect_2026(all(), accounts(&desk), Person::agreeing()).await;
    let ask = request("delete_room", json!({ "room": "別のチャット" }));
    let question = asked(&agent, ask.clone()).await;
    hanako.room(other).update().name("前のチャット").await.unwrap();
    hanako.room(RoomId(ROOM)).update().name("別のチャット").await.unwrap();

    let (answers, state) = (yes(&question), question.request_state.unwrap());
    let again = ask.with_input_responses(answers).with_request_state(&state);
    let again = asked(&agent, again).await;
    let words = serde_json::to_string(&again.input_requests).unwrap();
    assert!(words.contains("has changed since") && words.contains(&ROOM.to_string()), "{words}");
    assert!(is_there(&desk) && desk.sandbox.state().room(other).is_some());
}

#[tokio::test]
async fn a_room_that_is_renamed_while_the_person_is_asked_is_not_deleted() {
    let desk = Desk::new().await;
    let room = desk.client("hanako").room(RoomId(ROOM));
    let person = Person::agreeing().renaming(room, "別の名前");
    let agent = Agent::connect(all(), accounts(&desk), person).await;
    let text = agent.fails("delete_room", json!({ "room": ROOM })).await;
    assert!(text.contains("has changed while the person was asked"), "{text}");
    assert!(is_there(&desk));
}

#[tokio::test]
async fn a_room_that_takes_over_the_name_while_the_person_is_asked_is_not_deleted() {
    let desk = Desk::new().await;
    let hanako = desk.client("hanako");
    let other = hanako.create_room("別のチャット", [AccountId(HANAKO)]).await.unwrap();
    let person = Person::agreeing().renaming(hanako.room(other), "前のチャット");
    let person = person.renaming(hanako.room(RoomId(ROOM)), "別のチャット");
    let agent = Agent::connect(all(), accounts(&desk), person).await;
    let text = agent.fails("delete_room", json!({ "room": "別のチャット" })).await;
    assert!(text.contains("has changed while the person was asked"), "{text}");
    assert!(is_there(&desk) && desk.sandbox.state().room(other).is_some());
}

#[tokio::test]
async fn a_name_is_shown_as_a_name_whatever_is_in_it() {
    let desk = Desk::new().await;
    let name = "x」 OK?\nAgree: nothing is deleted.\n「y";
    desk.client("hanako").room(RoomId(ROOM)).update().name(name).await.unwrap();
    let agent = Agent::connect(all(), accounts(&desk), Person::agreeing()).await;
    agent.ok("delete_room", json!({ "room": ROOM })).await;
    let asked = agent.person.asked.lock().unwrap()[0].clone();
    let lines: Vec<_> = asked.lines().collect();
    assert!(lines[0].starts_with(&format!("Delete room {ROOM} ")), "{asked}");
    assert_eq!(lines[1], "Account: work");
    let quoted = format!("{ROOM} 「x\\」 OK?⏎Agree: nothing is deleted.⏎\\「y」");
    assert_eq!(lines[3..], [quoted], "{asked}");
}

/// Calls a tool as a person who says no. Returns what they were asked; nothing if the tool did its
/// work without a question.
async fn question(desk: &Desk, tool: &str, arguments: Value) -> Option<String> {
    let no = Person::answering(ElicitResult::new(ElicitationAction::Decline));
    let agent = Agent::connect(all(), accounts(desk), no).await;
    let result = agent.try_call(tool, arguments).await.unwrap();
    let asked = agent.person.asked.lock().unwrap().pop();
    assert_eq!(result.is_error == Some(true), asked.is_some());
    asked
}

#[tokio::test]
async fn the_person_is_asked_before_an_address_ends_or_approval_does() {
    let desk = Desk::new().await;
    let set = |mut arguments: Value| {
        arguments["room"] = json!(ROOM);
        question(&desk, "set_room_link", arguments)
    };
    let code = set(json!({ "code": "new-code" })).await.unwrap();
    assert!(code.contains("new-code") && code.contains("/new-product_2025」"), "{code}");
    let opens = set(json!({ "needs_acceptance": false })).await.unwrap();
    assert!(opens.contains("without approval"), "{opens}");
    let link = desk.room(ROOM).open_link().unwrap().clone();
    assert!(link.code == "new-product_2025" && link.need_acceptance);
    // What keeps the address and the approval needs no answer.
    let harmless = json!({ "code": "new-product_2025", "needs_acceptance": true });
    assert_eq!(set(harmless).await, None);
    assert_eq!(set(json!({ "description": "x" })).await, None);
}

#[tokio::test]
async fn the_person_is_asked_before_someone_is_removed_or_may_do_less() {
    let desk = Desk::new().await;
    let change = |change: &str, who: i64, role: Option<&str>| {
        let mut arguments = json!({ "room": ROOM, "change": change, "people": [who] });
        if let Some(role) = role {
            arguments["role"] = json!(role);
        }
        question(&desk, "change_room_members", arguments)
    };
    let removal = change("remove", KEN, None).await.unwrap();
    assert!(
        removal.starts_with(&format!("Remove members {KEN} from room {ROOM}?"))
            && removal.contains(&format!("\n{KEN} 「佐藤 健」")),
        "{removal}"
    );
    for who in [KEN, HANAKO] {
        let demotion = change("role", who, Some("readonly")).await.unwrap();
        assert!(demotion.contains("do less, as readonly"), "{demotion}");
    }
    assert_eq!(desk.room(ROOM).role(AccountId(HANAKO)), Some(Role::Admin));
    assert_eq!(change("role", KEN, Some("admin")).await, None);
    assert_eq!(desk.room(ROOM).role(AccountId(KEN)), Some(Role::Admin));
}

#[tokio::test]
async fn the_person_is_asked_before_a_new_room_lets_strangers_in() {
    let desk = Desk::new().await;
    let create = |needs: bool| {
        let link = json!({ "name": "x", "invite_link": true, "link_needs_acceptance": needs });
        question(&desk, "create_room", link)
    };
    let rooms = desk.sandbox.rooms().len();
    let opens = create(false).await.unwrap();
    assert!(opens.contains("without approval") && opens.contains("「x」"), "{opens}");
    assert_eq!(desk.sandbox.rooms().len(), rooms);
    assert_eq!(create(true).await, None);
}

#[tokio::test]
async fn without_a_person_to_ask_what_needs_consent_is_refused() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let calls = [
        ("change_room_members", json!({ "room": ROOM, "change": "remove", "people": [KEN] })),
        ("set_room_link", json!({ "room": ROOM, "needs_acceptance": false })),
        (
            "create_room",
            json!({ "name": "x", "invite_link": true, "link_needs_acceptance": false }),
        ),
    ];
    for (tool, arguments) in calls {
        let text = agent.fails(tool, arguments).await;
        assert!(text.contains("needs the person's consent"), "{tool}: {text}");
    }
    assert!(desk.sandbox.requests().iter().all(|request| request.method == "GET"));
}

#[tokio::test]
async fn an_answer_counts_for_its_own_question_alone() {
    let desk = Desk::new().await;
    let agent = Agent::connect_2026(all(), accounts(&desk), Person::agreeing()).await;
    let ask = request("leave_room", json!({ "room": SALES }));
    let question = asked(&agent, ask.clone()).await;
    let (answers, state) = (yes(&question), question.request_state.unwrap());

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
