//! What `codegen` makes of an operation that is added to a copy of the document.

use chatwork_codegen::Document;
use chatwork_codegen::document::get;
use serde_json::{Value, json};
use tests::spec::document;

/// A copy of the document with one more operation, as CONTRIBUTING describes it.
fn grown() -> Value {
    let mut root = document().root().clone();
    let path = &document().root()["paths"]["/rooms/{room_id}/link"];
    let mut operation = get(path, "get").clone();
    operation["operationId"] = json!("getRoomWeather");
    operation["summary"] = json!("Get the weather of a room");
    let mut added = json!({ "get": operation });
    if let Some(parameters) = path.get("parameters") {
        added["parameters"] = parameters.clone();
    }
    root["paths"]["/rooms/{room_id}/weather"] = added;
    root
}

#[test]
fn a_new_operation_in_the_document_is_a_new_row_of_the_table_with_its_path() {
    let output = chatwork_codegen::generate(&Document::from_value(grown())).unwrap();
    let table = output.file("operations.rs").unwrap();
    let count = document().operations().count() + 1;
    assert!(table.contains(&format!("pub const ALL: [Operation; {count}usize]")), "{table}");
    let row = table.split("pub const GET_ROOM_WEATHER: Operation = ").nth(1).unwrap();
    let row = row.split("};").next().unwrap();
    for line in ["id: \"getRoomWeather\"", "Method::Get", "path: \"/rooms/{room_id}/weather\""] {
        assert!(row.contains(line), "{line}: {row}");
    }
    assert!(table.split("pub const ALL").nth(1).unwrap().contains("GET_ROOM_WEATHER"), "{table}");
    assert!(output.file("client.rs").unwrap().contains("fn get_room_weather"));
}
