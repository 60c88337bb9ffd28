//! What integration platforms call their actions, and the tool for each.

use std::collections::BTreeSet;

use chatwork_mcp::{Account, Accounts, Options, Server, Toolset, tools};
use chatwork_sdk::RoomId;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::agent::Agent;
use crate::jobs;
use crate::page::{self, Words};

/// The room of the actions.
const ROOM: RoomId = RoomId(93_207_172);

/// An action of a platform.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Action {
    pub(crate) title: Words,
    /// The platforms that have it.
    pub(crate) platforms: Vec<String>,
    pub(crate) tool: String,
    pub(crate) arguments: Map<String, Value>,
}

fn actions() -> Vec<Action> {
    serde_json::from_str(include_str!("../actions.json")).unwrap()
}

/// Options with which every tool has all of its arguments.
fn everything() -> Options {
    Options::new()
        .toolsets(Toolset::ALL)
        .allow_destructive(true)
        .allow_toall(true)
        .upload_dir("uploads")
        .download_dir("downloads")
}

/// Says what is wrong with a value for a schema of one argument.
fn fault(schema: &Value, value: &Value) -> Option<String> {
    let fits = match schema["type"].as_str()? {
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
        _ => false,
    };
    let is_chosen = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    (!fits || !is_chosen).then(|| format!("{value} does not fit {schema}"))
}

#[test]
fn every_action_has_a_tool_with_these_arguments() {
    let tools = tools(&everything(), true);
    for action in actions() {
        let title = &action.title.en;
        let tool = tools.iter().find(|tool| tool.name == action.tool);
        let tool = tool.unwrap_or_else(|| panic!("{title}: there is no tool {}", action.tool));
        let properties = tool.input_schema["properties"].as_object().unwrap();
        for (name, value) in &action.arguments {
            let schema = properties.get(name);
            let schema = schema.unwrap_or_else(|| panic!("{title}: {} has no {name}", tool.name));
            assert_eq!(fault(schema, value), None, "{title}: {name}");
        }
        let required = tool.input_schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten() {
            let name = name.as_str().unwrap();
            assert!(action.arguments.contains_key(name), "{title}: {} needs {name}", tool.name);
        }
    }
}

/// Writes are tried with `dry_run`, so that no action needs what another one leaves.
#[tokio::test(flavor = "multi_thread")]
async fn every_action_can_be_called() {
    let folder = tempfile::tempdir().unwrap();
    let (up, down) = (folder.path().join("up"), folder.path().join("down"));
    std::fs::create_dir(&up).unwrap();
    std::fs::create_dir(&down).unwrap();
    std::fs::write(up.join("report.pdf"), "%PDF-1.7\n").unwrap();
    let options = everything().upload_dir(up).download_dir(down);
    let tools = tools(&options, false);
    let sandbox = jobs::sandbox().await;
    let client = jobs::client(&sandbox);
    let own = client.room(ROOM).post("my own").await.unwrap();
    let accounts = Accounts::one(Account::new("hanako", client));
    let mut agent = Agent::connect(Server::new(options, accounts).unwrap()).await;
    for action in actions() {
        let tool = tools.iter().find(|tool| tool.name == action.tool).unwrap();
        let arguments = Value::Object(action.arguments).to_string();
        let arguments = arguments.replace("{message}", &format!("{ROOM}-{own}"));
        let mut arguments: Value = serde_json::from_str(&arguments).unwrap();
        if tool.input_schema["properties"].get("dry_run").is_some() {
            arguments["dry_run"] = true.into();
        }
        let text = agent.call(&action.tool, &arguments).await;
        assert!(!text.is_empty(), "{}", action.title.en);
    }
}

#[test]
fn the_page_lists_more_than_thirty_actions_each_once() {
    let actions = actions();
    assert!(actions.len() > 30, "{}", actions.len());
    let titles: BTreeSet<_> = actions.iter().map(|action| &action.title.en).collect();
    assert_eq!(titles.len(), actions.len());
    assert!(actions.iter().all(|action| !action.platforms.is_empty()));
    page::check("actions", |lang| page::actions(&actions, lang));
}
