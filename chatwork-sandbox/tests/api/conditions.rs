//! For which requests a fault happens, and what programs meet at the service.

use std::collections::BTreeSet;

use chatwork_sandbox::{Fault, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Api, PROJECT, SALES, START, act, call, http, sandbox};

async fn arm(sandbox: &Sandbox, fault: Value) -> Value {
    let (status, json) = call(sandbox, Method::POST, "faults", fault).await;
    assert_eq!(status, 200, "{json}");
    json.as_array().unwrap().last().unwrap().clone()
}

/// The status of a request, which may be one that the document does not admit.
async fn status(api: &Api, path: &str) -> u16 {
    api.request(Method::GET, path).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_fault_happens_to_one_account_alone() {
    let sandbox = sandbox().await;
    arm(&sandbox, json!({ "status": 503, "account": "ken", "times": 9 })).await;
    assert_eq!(status(&act(&sandbox, "hanako"), "/me").await, 200);
    assert_eq!(status(&act(&sandbox, "ken"), "/me").await, 503);
}

#[tokio::test]
async fn a_fault_happens_to_one_room_one_path_or_one_value_alone() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let (project, sales) = (format!("/rooms/{PROJECT}"), format!("/rooms/{SALES}"));
    for (condition, fails, works) in [
        (json!({ "room": PROJECT }), project.clone(), sales.clone()),
        (json!({ "path": format!("/v2{project}") }), project.clone(), format!("{project}/members")),
        (json!({ "path": format!("/v2{project}*") }), format!("{project}/members"), sales),
        (
            json!({ "parameters": { "force": "1" } }),
            format!("{project}/messages?force=1"),
            format!("{project}/messages"),
        ),
    ] {
        let mut fault = condition.clone();
        fault["status"] = json!(503);
        arm(&sandbox, fault).await;
        assert_ne!(status(&hanako, &works).await, 503, "{condition}");
        assert_eq!(status(&hanako, &fails).await, 503, "{condition}");
    }
}

#[tokio::test]
async fn a_fault_happens_to_one_entry_of_a_list_in_a_form() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let fault = Fault::status(503).parameter("to_ids", "2739132");
    sandbox.faults().add(fault).unwrap();
    let task = async |ids: &str| {
        let path = format!("/rooms/{PROJECT}/tasks");
        let request = hanako.request(Method::POST, &path).form(&[("body", "x"), ("to_ids", ids)]);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(task("1484814").await, 200);
    assert_eq!(task("1484814,2739132").await, 503);
}

#[tokio::test]
async fn a_fault_happens_at_a_time_of_the_sandboxes_clock() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    arm(&sandbox, json!({ "status": 503, "from": START + 10, "until": START + 20 })).await;
    for (second, expected) in [(0, 200), (10, 503), (19, 503), (20, 200)] {
        sandbox.clock().set(START + second);
        assert_eq!(status(&hanako, "/me").await, expected, "{second}");
    }
}

#[tokio::test]
async fn a_fault_happens_in_turn() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    arm(&sandbox, json!({ "status": 503, "sequence": [true, false, true] })).await;
    for expected in [503, 200, 503, 200, 200] {
        assert_eq!(status(&hanako, "/me").await, expected);
    }
}

#[tokio::test]
async fn a_fault_happens_by_chance_and_the_seed_decides() {
    let runs = async || {
        let sandbox = sandbox().await;
        let hanako = act(&sandbox, "hanako");
        arm(&sandbox, json!({ "status": 503, "probability": 0.5, "seed": 7 })).await;
        let mut seen = Vec::new();
        for _ in 0..20 {
            seen.push(status(&hanako, "/me").await);
        }
        seen
    };
    let first = runs().await;
    assert_eq!(first.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&200, &503]));
    assert_eq!(runs().await, first);
}

#[tokio::test]
async fn a_fault_has_an_id_and_is_listed_with_what_it_did() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let one = arm(&sandbox, json!({ "status": 503, "times": 3, "operation": "getMe" })).await;
    let two = arm(&sandbox, json!({ "close": true, "operation": "listRooms" })).await;
    assert_ne!(one["id"], two["id"]);
    hanako.get("/contacts").await;
    status(&hanako, "/me").await;
    status(&hanako, "/me").await;
    let (_, listed) = call(&sandbox, Method::GET, "faults", Value::Null).await;
    let listed = &listed[0];
    assert_eq!(
        (&listed["id"], &listed["happened"], &listed["times"]),
        (&one["id"], &json!(2), &json!(1))
    );
    assert_eq!(listed["requests"], json!([2, 3]));
    assert_eq!(json!(sandbox.requests()[1].fault), one["id"]);
    let path = format!("faults/{}", one["id"]);
    let (status_of, left) = call(&sandbox, Method::DELETE, &path, Value::Null).await;
    assert_eq!((status_of, left.as_array().unwrap().len()), (200, 1));
    assert_eq!(call(&sandbox, Method::DELETE, &path, Value::Null).await.0, 404);
    assert_eq!(status(&hanako, "/me").await, 200);
}

#[tokio::test]
async fn every_preset_can_be_armed_and_limited() {
    let sandbox = sandbox().await;
    let (_, names) = call(&sandbox, Method::GET, "faults/presets", Value::Null).await;
    for name in names.as_array().unwrap() {
        arm(&sandbox, json!({ "preset": name, "account": "ken", "times": 2 })).await;
    }
    assert_eq!(sandbox.faults().pending().len(), names.as_array().unwrap().len());
    assert_eq!(status(&act(&sandbox, "hanako"), "/me").await, 200);
}

#[tokio::test]
async fn the_readme_lists_every_preset() {
    let sandbox = sandbox().await;
    let (_, names) = call(&sandbox, Method::GET, "faults/presets", Value::Null).await;
    let readme = include_str!("../../README.md");
    for name in names.as_array().unwrap() {
        assert!(readme.contains(&format!("| `{}` |", name.as_str().unwrap())), "{name}");
    }
}

#[tokio::test]
async fn a_lagging_list_lacks_the_newest_message_and_the_next_one_has_it() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    ken.say(PROJECT, "the newest").await;
    arm(&sandbox, json!({ "preset": "lagging_list" })).await;
    let path = format!("/rooms/{PROJECT}/messages?force=1");
    let lagging = hanako.get(&path).await;
    assert_ne!(lagging.last()["body"], "the newest");
    let now = hanako.get(&path).await;
    assert_eq!(now.json.as_array().unwrap().len(), lagging.json.as_array().unwrap().len() + 1);
}

#[tokio::test]
async fn a_list_that_lags_by_all_of_its_entries_is_empty() {
    let sandbox = sandbox().await;
    sandbox.faults().add(Fault::lag(500).operation("listContacts")).unwrap();
    let reply = act(&sandbox, "hanako").get("/contacts").await;
    assert_eq!((reply.status, &reply.json), (204, &Value::Null));
}

#[tokio::test]
async fn the_expired_bearer_says_so_as_the_service_does() {
    let sandbox = sandbox().await;
    arm(&sandbox, json!({ "preset": "expired_bearer" })).await;
    let reply =
        http().get(format!("{}/me", sandbox.base_url())).bearer_auth("x").send().await.unwrap();
    let why = reply.headers()["www-authenticate"].to_str().unwrap();
    assert!(reply.status() == 401 && why.contains("invalid_token"), "{why}");
}

#[tokio::test]
async fn what_is_wrong_in_a_condition_is_named() {
    let sandbox = sandbox().await;
    for (fault, part) in [
        (json!({ "status": 503, "probability": 2 }), "`probability`"),
        (json!({ "status": 503, "sequence": [false] }), "`sequence`"),
        (json!({ "status": 503, "from": 9, "until": 1 }), "`until`"),
        (json!({ "status": 503, "path": "me" }), "`path`"),
        (json!({ "status": 503, "lag": 1 }), "`lag`"),
        (json!({ "status": 503, "acount": "x" }), "acount"),
        (json!({ "preset": "none" }), "expected account_limit, "),
        (json!({ "preset": "late", "status": 500 }), "status"),
    ] {
        let (status, json) = call(&sandbox, Method::POST, "faults", fault).await;
        let text = json["errors"][0].as_str().unwrap();
        assert!(status == 400 && text.contains(part), "{part}: {text}");
    }
}
