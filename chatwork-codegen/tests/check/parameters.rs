use serde_json::json;

use crate::common::{GET, LIST, PUT, small};
use crate::{Edit, diagnostic, remove, set};

const MARKUP: &str = "/parameters/3";
const PATH: &str = "expected a path of parts such as `/rooms` and `/{room_id}`";

/// The list of channels, under another path.
fn under(path: &str) -> Edit {
    let mut operation = small().pointer(LIST).unwrap().clone();
    operation["operationId"] = json!("listBoats");
    set("/paths/", path, json!({ "get": operation }))
}

broken! {
    no_description:
        remove(GET, "/parameters/3/description")
        => diagnostic(
            GET,
            MARKUP,
            "expected a description of the parameter, found none"
        );
    a_parameter_in_a_header:
        set(GET, &format!("{MARKUP}/in"), "header")
        => diagnostic(
            GET,
            "/parameters/3/in",
            "expected `in: path` or `in: query`, found `header`"
        );
    a_parameter_that_is_a_list:
        set(
            GET,
            &format!("{MARKUP}/schema"),
            json!({ "type": "array", "items": { "$ref": "#/components/schemas/Markup" } })
        )
        => diagnostic(
            GET,
            "/parameters/3/schema",
            "expected a schema of type string, integer or boolean"
        );
    a_file_as_a_parameter:
        set(GET, &format!("{MARKUP}/schema"), json!({ "type": "string", "format": "binary" }))
        => diagnostic(
            GET,
            "/parameters/3/schema",
            "a file is sent in a body: expected a format other than `binary`"
        );
    a_secret_in_the_path:
        set(GET, "/parameters/1/schema", json!({ "type": "string", "format": "password" }))
        => diagnostic(
            GET,
            "/parameters/1/schema",
            "a path is written to logs: expected a format other than `password`, \
             or the secret in the body"
        );
    a_secret_in_the_query_is_valid:
        set(GET, &format!("{MARKUP}/schema"), json!({ "type": "string", "format": "password" }))
        => ;
    a_part_of_the_path_that_may_be_left_out:
        set(GET, "/parameters/1/required", false)
        => diagnostic(
            GET,
            "/parameters/1/required",
            "expected `required: true`: a part of the path cannot be left out"
        );
    a_path_parameter_that_is_not_declared:
        set(PUT, "/parameters", json!([]))
        => diagnostic(
            PUT,
            "/parameters",
            "the path has {channel_id}: expected a path parameter of that name"
        );
    a_path_parameter_that_the_path_does_not_have:
        set(
            PUT,
            "/parameters/-",
            json!({
                "name": "boat_id",
                "in": "path",
                "required": true,
                "description": "The boat.",
                "schema": { "type": "string" },
            })
        )
        => diagnostic(
            PUT,
            "/parameters",
            "`boat_id` is not in the path: expected {boat_id} in /channels/{channel_id}"
        );
    a_path_without_a_slash_in_front:
        under("boats") => diagnostic("", "/paths/boats", PATH);
    a_path_with_an_empty_part:
        under("~1boats~1") => diagnostic("", "/paths/~1boats~1", PATH);
    a_path_with_a_brace_that_is_not_closed:
        under("~1{boat") => diagnostic("", "/paths/~1{boat", PATH);
    a_path_with_a_name_beside_a_word:
        under("~1boat-{boat_id}") => diagnostic("", "/paths/~1boat-{boat_id}", PATH);
    a_parameter_that_is_required_in_a_word:
        set(GET, "/parameters/2/required", "yes")
        => diagnostic(GET, "/parameters/2/required", "expected true or false, found a string");
    a_parameter_without_name:
        set(GET, "/parameters/2/name", ""),
        set(GET, "/x-retry-safety", "unsafe")
        => diagnostic(GET, "/parameters/2/name", "expected the name of the parameter, found none");
    a_shared_parameter_without_description_is_told_once:
        remove("/components/parameters", "/ChannelIdPath/description")
        => diagnostic(
            "/components/parameters",
            "/ChannelIdPath",
            "expected a description of the parameter, found none"
        );
    a_path_with_a_query:
        under("~1search?mode=all") => diagnostic("/paths", "/~1search?mode=all", PATH);
    a_path_with_a_fragment:
        under("~1a#b") => diagnostic("/paths", "/~1a#b", PATH);
    a_path_with_what_is_encoded:
        under("~1部屋") => diagnostic("/paths", "/~1部屋", PATH);
    a_path_that_leads_up:
        under("~1a~1..") => diagnostic("/paths", "/~1a~1..", PATH);
    a_path_with_one_parameter_twice:
        under("~1u~1{a}~1x~1{a}")
        => diagnostic(
            "/paths",
            "/~1u~1{a}~1x~1{a}",
            "the path has {a} twice: expected another name"
        ),
        diagnostic(
            "/paths/~1u~1{a}~1x~1{a}/get",
            "/parameters",
            "the path has {a}: expected a path parameter of that name"
        );
}

#[test]
fn two_paths_that_differ_in_the_names_of_their_parameters_are_one() {
    let mut operation = small().pointer(PUT).unwrap().clone();
    operation["operationId"] = json!("renameBoat");
    operation["parameters"] = json!([{
        "name": "other", "in": "path", "required": true, "description": "The channel.",
        "schema": { "$ref": "#/components/schemas/ChannelId" },
    }]);
    let edit = set("/paths", "/~1channels~1{other}", json!({ "put": operation }));
    let message = "the same path as `/channels/{channel_id}`: expected the operations there";
    crate::assert_diagnostics(vec![edit], &[diagnostic("/paths", "/~1channels~1{other}", message)]);
}
