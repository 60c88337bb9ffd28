//! What has one id is the same thing in every example.

use std::collections::BTreeMap;

use chatwork_codegen::document::{entries, get, text};
use serde_json::{Value, json};

use crate::collect::{Shown, shown};

/// What the examples say of one thing: each field with the first place that has it.
type Facts = BTreeMap<String, (Value, String)>;

/// Fields that say something about an account in one relation, and not about the account.
const RELATION: [&str; 3] = ["role", "message", "request_id"];

/// The thing that an object describes, and what it says of the thing.
fn facts(shown: &Shown) -> Vec<(String, Vec<(String, Value)>)> {
    let Shown { schema, value, .. } = shown;
    let thing = |kind: &str, key: &str| format!("{kind} {}", get(value, key));
    let all = |without: &[&str]| -> Vec<(String, Value)> {
        let kept = entries(value).filter(|(key, _)| !without.contains(key));
        kept.map(|(key, value)| (key.to_owned(), short(value))).collect()
    };
    match *schema {
        "Me" | "Contact" | "RoomMember" | "IncomingRequest" | "AccountSummary" => {
            let name = get(value, "organization_name").clone();
            let organization = value.get("organization_id").is_some().then(|| {
                (thing("organization", "organization_id"), vec![("name".to_owned(), name)])
            });
            let account = (thing("account", "account_id"), all(&RELATION));
            organization.into_iter().chain([account]).collect()
        }
        "Room" | "RoomDetails" | "TaskRoom" => vec![(thing("room", "room_id"), all(&[]))],
        "Task" | "MyTask" => vec![(thing("task", "task_id"), all(&[]))],
        "RoomFile" | "RoomFileDetails" => {
            vec![(thing("file", "file_id"), all(&["download_url"]))]
        }
        "Message" | "MessageEventBody" => vec![(thing("message", "message_id"), all(&[]))],
        "MentionEventBody" => {
            let mut said = all(&["from_account_id", "to_account_id"]);
            said.push(("account".to_owned(), get(value, "from_account_id").clone()));
            vec![(thing("message", "message_id"), said)]
        }
        _ => Vec::new(),
    }
}

/// A nested account or room by its id: what else is in it is a fact about that thing.
fn short(value: &Value) -> Value {
    let id = ["account_id", "room_id"].into_iter().find_map(|key| value.get(key));
    id.unwrap_or(value).clone()
}

/// The one name for a field that has several.
fn field(name: String) -> String {
    match name.as_str() {
        "account_id" => "account".to_owned(),
        "room_id" => "room".to_owned(),
        _ => name,
    }
}

/// Everything that the examples say, and the contradictions among it.
fn world() -> (BTreeMap<String, Facts>, Vec<String>) {
    let mut world: BTreeMap<String, Facts> = BTreeMap::new();
    let mut contradictions = Vec::new();
    for object in shown() {
        for (thing, said) in facts(&object) {
            let known = world.entry(thing.clone()).or_default();
            for (name, value) in said {
                let name = field(name);
                let place = object.place.clone();
                let (first, other) =
                    known.entry(name.clone()).or_insert_with(|| (value.clone(), place));
                if *first != value {
                    let here = &object.place;
                    contradictions
                        .push(format!("{thing}: {name} is {first} ({other}), {value} ({here})"));
                }
            }
        }
    }
    (world, contradictions)
}

#[test]
fn what_has_one_id_is_described_alike_everywhere() {
    let (world, contradictions) = world();
    assert_eq!(contradictions, Vec::<String>::new());
    for kind in ["account", "organization", "room", "task", "file", "message"] {
        let things = world.keys().filter(|thing| thing.starts_with(kind)).count();
        assert!(things > 1, "the examples show {things} of the kind {kind}");
    }
}

#[test]
fn a_message_id_belongs_to_one_message() {
    let mut owners: BTreeMap<String, Value> = BTreeMap::new();
    for Shown { place, schema, value } in shown() {
        // The tasks that one request adds come with one message.
        let owner = match schema {
            "Task" | "MyTask" => {
                json!([text(value, "body"), get(get(value, "assigned_by_account"), "account_id")])
            }
            "RoomFile" | "RoomFileDetails" => get(value, "file_id").clone(),
            "Message" | "MessageEventBody" | "MentionEventBody" => json!("a message of its own"),
            _ => continue,
        };
        let id = text(value, "message_id").to_owned();
        let first = owners.entry(id.clone()).or_insert_with(|| owner.clone());
        assert_eq!(*first, owner, "message {id} in {place}");
    }
    assert!(owners.keys().any(|id| id.parse::<u64>().unwrap() > 1 << 53));
}
