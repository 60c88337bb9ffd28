//! Several accounts.

use chatwork_mcp::{Account, Accounts, Options, Server, ServerError};
use serde_json::json;

use crate::support::{Agent, Desk, HANAKO, KEN, Person, ROOM, all};

fn two(desk: &Desk) -> Accounts {
    let accounts = Accounts::one(Account::new("hanako", desk.client("hanako")));
    accounts.with(Account::new("ken", desk.client("ken")))
}

#[tokio::test]
async fn with_several_accounts_each_tool_has_an_argument_for_them() {
    let desk = Desk::new().await;
    let agent = Agent::connect(all(), two(&desk), Person::absent()).await;
    for tool in agent.tools().await {
        let account = tool.schema_as_json_value()["properties"]["account"].clone();
        assert_eq!(account["enum"], json!(["hanako", "ken"]), "{}", tool.name);
    }
}

#[tokio::test]
async fn the_first_account_is_read_where_none_is_named() {
    let desk = Desk::new().await;
    let agent = Agent::connect(all(), two(&desk), Person::absent()).await;
    let who = |arguments| async { agent.json("get_me", arguments).await["account_id"].clone() };
    assert_eq!(who(json!({})).await, HANAKO.to_string());
    assert_eq!(who(json!({ "account": "ken" })).await, KEN.to_string());
    // What was learnt of one account is not used for the other.
    assert_eq!(who(json!({ "account": "hanako" })).await, HANAKO.to_string());
}

#[tokio::test]
async fn what_writes_names_its_account() {
    let desk = Desk::new().await;
    let agent = Agent::connect(all(), two(&desk), Person::absent()).await;
    let text = agent.fails("post_room_message", json!({ "room": ROOM, "text": "x" })).await;
    assert!(text.contains("names no account") && text.contains("hanako, ken"), "{text}");
    assert!(desk.operations().is_empty());
    for tool in agent.tools().await {
        let schema = tool.schema_as_json_value();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let writes = !schema["properties"]["dry_run"].is_null();
        assert_eq!(required.contains(&json!("account")), writes, "{}", tool.name);
    }
}

#[tokio::test]
async fn an_account_that_is_not_there_is_refused_and_the_others_are_named() {
    let desk = Desk::new().await;
    let agent = Agent::connect(all(), two(&desk), Person::absent()).await;
    for account in [json!("misaki"), json!(1)] {
        let text = agent.fails("get_me", json!({ "account": account })).await;
        assert!(text.ends_with("The accounts are: hanako, ken."), "{text}");
    }
}

#[tokio::test]
async fn a_single_account_has_no_argument() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let text = agent.fails("get_me", json!({ "account": "work" })).await;
    assert!(text.contains("`account` is not an argument"), "{text}");
}

#[tokio::test]
async fn the_same_text_of_two_accounts_is_two_messages() {
    let desk = Desk::new().await;
    let agent = Agent::connect(all(), two(&desk), Person::absent()).await;
    let before = desk.count(ROOM);
    for account in ["hanako", "ken"] {
        let arguments = json!({ "room": ROOM, "text": "x", "account": account });
        agent.ok("post_room_message", arguments).await;
    }
    assert_eq!(desk.count(ROOM), before + 2);
}

#[tokio::test]
async fn accounts_have_different_and_simple_names() {
    let desk = Desk::new().await;
    let account = |name: &str| Account::new(name, desk.client("hanako"));
    let refused = |accounts| Server::new(Options::new(), accounts).err().unwrap();
    assert!(matches!(refused(Accounts::default()), ServerError::NoAccount));
    let same = Accounts::one(account("a")).with(account("a"));
    assert!(matches!(refused(same), ServerError::SameName(name) if name == "a"));
    for name in ["", "a b", "あ", "a\n"] {
        let odd = Accounts::one(account(name));
        assert!(matches!(refused(odd), ServerError::AccountName(it) if it == name));
    }
}

#[tokio::test]
async fn nothing_printed_holds_a_token() {
    let desk = Desk::new().await;
    let printed = format!("{:?}", two(&desk));
    assert!(!printed.contains(desk.sandbox.token("hanako")), "{printed}");
}

#[tokio::test]
async fn names_of_the_person_are_known() {
    let desk = Desk::new().await;
    let rooms = [("shin".to_owned(), ROOM)].into();
    let people = [("boss".to_owned(), KEN)].into();
    let account = Account::new("work", desk.client("hanako")).aliases(rooms, people);
    let agent = Agent::connect(all(), Accounts::one(account), Person::absent()).await;
    agent.ok("post_room_message", json!({ "room": "shin", "text": "x", "to": ["boss"] })).await;
    assert!(desk.newest(ROOM).body.starts_with(&format!("[To:{KEN}]")));
}
