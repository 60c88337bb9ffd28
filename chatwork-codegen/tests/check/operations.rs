use serde_json::json;

use crate::common::{LIST, PUT, small};
use crate::{Edit, fault, remove, set};

const ORDER: &str = "operationId, summary, x-summary-ja, description, x-description-ja, externalDocs, tags, security, \
                     x-rate-limits, x-retry-safety, parameters, requestBody, responses";
const SUMMARY: &str = "expected a summary of one line without a full stop at its end";
const TAGS: &str = "expected one of the tags channels, messages, files";

/// The list of channels once more, at a path of its own.
fn copy(method: &str, id: &str) -> Edit {
    let mut operation = small().pointer(LIST).unwrap().clone();
    operation["operationId"] = json!(id);
    set("/paths", "/~1boats", json!({ method: operation }))
}

fn id(found: &str) -> String {
    let message = format!("expected a name such as `listRooms`, found `{found}`");
    fault(LIST, "/operationId", &message)
}

broken! {
    no_operation:
        set("", "/paths", json!({}))
        => fault("", "/paths", "expected at least one operation, found none");
    a_method_that_the_client_has_no_function_for:
        copy("trace", "traceBoats")
        => fault(
            "",
            "/paths/~1boats/trace",
            "expected one of the methods delete, get, head, patch, post, put"
        );
    no_operation_id:
        remove(LIST, "/operationId") => id("");
    an_operation_id_in_snake_case:
        set(LIST, "/operationId", "list_Channels") => id("list_Channels");
    an_operation_id_that_begins_with_a_capital:
        set(LIST, "/operationId", "ListChannels") => id("ListChannels");
    an_operation_id_of_one_word:
        set(LIST, "/operationId", "move") => id("move");
    no_summary:
        remove(LIST, "/summary") => fault(LIST, "/summary", SUMMARY);
    a_summary_with_a_full_stop:
        set(LIST, "/summary", "List your channels.") => fault(LIST, "/summary", SUMMARY);
    a_summary_with_a_japanese_full_stop:
        set(LIST, "/summary", "一覧。") => fault(LIST, "/summary", SUMMARY);
    a_summary_of_two_lines:
        set(LIST, "/summary", "List\nyour channels") => fault(LIST, "/summary", SUMMARY);
    no_description:
        remove(LIST, "/description")
        => fault(LIST, "/description", "expected a description, found none");
    no_reference_page:
        remove(LIST, "/externalDocs/url")
        => fault(LIST, "/externalDocs", "expected the url of the operation's reference page");
    no_tag:
        set(LIST, "/tags", json!([])) => fault(LIST, "/tags", TAGS);
    two_tags:
        set(LIST, "/tags/-", "files") => fault(LIST, "/tags", TAGS);
    a_tag_that_is_not_declared:
        set(LIST, "/tags/0", "boats") => fault(LIST, "/tags", TAGS);
    a_tag_that_is_not_ascii:
        set("", "/tags/-", json!({ "name": "船", "description": "Boats" })),
        set(LIST, "/tags/0", "船")
        => fault(LIST, "/tags", &format!("{TAGS}, 船"));
    a_key_that_no_operation_has:
        set(LIST, "/deprecated", true)
        => fault(LIST, "/deprecated", "`deprecated` is no key of an operation here");
    a_key_that_stands_too_late:
        remove(PUT, "/summary"),
        set(PUT, "/summary", "Change a channel")
        => fault(PUT, "/summary", &format!("`summary` stands too late: the order is {ORDER}"));
    an_operation_id_that_is_taken:
        copy("get", "listChannels")
        => fault(
            "/paths/~1boats/get",
            "/operationId",
            &format!("`listChannels` is the operationId of #{LIST} already: expected another")
        );
}
