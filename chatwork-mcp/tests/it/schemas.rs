//! Every client takes the schemas, each is as it was, and the default list is small.

use chatwork_mcp::{Options, Toolset, tools};
use expect_test::expect_file;
use serde_json::Value;

use crate::support::sorted;

/// The words of JSON Schema that some client refuses, drops or reads otherwise.
const REFUSED: [&str; 17] = [
    "$ref",
    "$defs",
    "$schema",
    "definitions",
    "anyOf",
    "oneOf",
    "allOf",
    "not",
    "const",
    "format",
    "default",
    "nullable",
    "if",
    "patternProperties",
    "prefixItems",
    "title",
    "examples",
];

/// Options with which all tools and all their arguments are there.
fn everything() -> Options {
    let options = Options::new().toolsets(Toolset::ALL).allow_destructive(true).allow_toall(true);
    options.upload_dir("up").download_dir("down")
}

fn each_schema(mut look: impl FnMut(&str, &Value)) {
    for tool in tools(&everything(), true) {
        look(&tool.name, &tool.schema_as_json_value());
    }
}

/// Calls a function with each schema inside of a schema, itself included.
fn walk(schema: &Value, look: &mut impl FnMut(&Value)) {
    look(schema);
    if let Some(properties) = schema["properties"].as_object() {
        properties.values().for_each(|property| walk(property, look));
    }
    if schema["items"].is_object() {
        walk(&schema["items"], look);
    }
}

#[test]
fn no_schema_has_a_word_that_a_client_refuses() {
    each_schema(|name, schema| {
        walk(schema, &mut |part| {
            for word in part.as_object().unwrap().keys() {
                assert!(!REFUSED.contains(&word.as_str()), "{name} has {word}: {part}");
            }
        });
    });
}

#[test]
fn every_part_of_a_schema_has_one_type() {
    each_schema(|name, schema| {
        walk(schema, &mut |part| {
            assert!(part["type"].is_string(), "{name}: {part}");
            for word in part["enum"].as_array().into_iter().flatten() {
                assert!(word.is_string(), "{name}: {part}");
            }
        });
    });
}

#[test]
fn every_schema_is_flat_and_closed() {
    each_schema(|name, schema| {
        assert_eq!(schema["type"], "object", "{name}");
        assert_eq!(schema["additionalProperties"], false, "{name}");
        for property in schema["properties"].as_object().unwrap().values() {
            assert_ne!(property["type"], "object", "{name}");
            assert_ne!(property["items"]["type"], "object", "{name}");
        }
        for required in schema["required"].as_array().into_iter().flatten() {
            assert!(schema["properties"][required.as_str().unwrap()].is_object(), "{name}");
        }
    });
}

#[test]
fn ids_are_texts() {
    each_schema(|name, schema| {
        for id in ["room", "message", "task_id", "file_id", "request_id", "reply_to", "quote"] {
            let property = &schema["properties"][id];
            assert!(property.is_null() || property["type"] == "string", "{name}: {property}");
        }
    });
}

#[test]
fn limits_are_those_of_the_document() {
    use chatwork_api::limits::{create_room, create_room_message};
    let of = |tool: &str, argument: &str| {
        let tools = tools(&everything(), true);
        let tool = tools.iter().find(|it| it.name == tool).unwrap();
        tool.schema_as_json_value()["properties"][argument].clone()
    };
    assert_eq!(of("post_room_message", "text")["maxLength"], create_room_message::BODY_MAX_LENGTH);
    assert_eq!(of("create_room", "name")["maxLength"], create_room::NAME_MAX_LENGTH);
    assert_eq!(of("create_room", "link_code")["pattern"], create_room::LINK_CODE_PATTERN);
}

#[test]
fn every_tool_has_a_title_and_the_four_hints() {
    for tool in tools(&everything(), true) {
        assert!(tool.title.as_deref().is_some_and(|title| !title.is_empty()), "{}", tool.name);
        let hints = tool.annotations.unwrap();
        let all = [
            hints.read_only_hint,
            hints.destructive_hint,
            hints.idempotent_hint,
            hints.open_world_hint,
        ];
        assert!(all.iter().all(Option::is_some), "{}: {all:?}", tool.name);
    }
}

#[test]
fn each_tool_is_as_it_was() {
    for tool in tools(&everything(), true) {
        let text = serde_json::to_string_pretty(&sorted(&serde_json::to_value(&tool).unwrap()));
        let path = format!("{}/tests/golden/{}.json", env!("CARGO_MANIFEST_DIR"), tool.name);
        expect_file![path].assert_eq(&(text.unwrap() + "\n"));
    }
}

#[test]
fn the_default_list_costs_at_most_10_000_bytes() {
    let bytes = |tools| serde_json::to_string(&tools).unwrap().len();
    let size = bytes(tools(&Options::new(), true));
    assert!(size <= 10_000, "{size} bytes");
    let all = bytes(tools(&everything(), true));
    assert!(all <= 30_000, "{all} bytes");
}
