use serde_json::json;

use crate::common::{LIST, PUT, small};
use crate::{Edit, diagnostic, remove, set};

const ORDER: &str = "operationId, summary, x-summary-ja, description, x-description-ja, \
                     externalDocs, tags, security, x-rate-limits, x-retry-safety, parameters, \
                     requestBody, responses";
const SUMMARY: &str = "expected a summary of one line without a full stop at its end";
const LINE: &str = "expected a summary that is a line of text, found another block of Markdown, \
                    such as a heading, a list or code";
const TAGS: &str = "expected one of the tags channels, messages, files";

/// The list of channels once more, at a path of its own.
fn copy(method: &str, id: &str) -> Edit {
    let mut operation = small().pointer(LIST).unwrap().clone();
    operation["operationId"] = json!(id);
    set("/paths", "/~1boats", json!({ method: operation }))
}

fn id(found: &str) -> String {
    let message = format!("expected a name such as `listRooms`, found `{found}`");
    diagnostic(LIST, "/operationId", &message)
}

broken! {
    no_operation:
        set("", "/paths", json!({}))
        => diagnostic("", "/paths", "expected at least one operation, found none");
    a_method_that_the_client_has_no_function_for:
        copy("trace", "traceBoats")
        => diagnostic(
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
        remove(LIST, "/summary") => diagnostic(LIST, "/summary", SUMMARY);
    a_summary_with_a_full_stop:
        set(LIST, "/summary", "List your channels.") => diagnostic(LIST, "/summary", SUMMARY);
    a_summary_with_a_japanese_full_stop:
        set(LIST, "/summary", "一覧。") => diagnostic(LIST, "/summary", SUMMARY);
    a_summary_of_two_lines:
        set(LIST, "/summary", "List\nyour channels") => diagnostic(LIST, "/summary", SUMMARY);
    a_blank_summary:
        set(LIST, "/summary", " ") => diagnostic(LIST, "/summary", SUMMARY);
    a_summary_that_begins_code:
        set(LIST, "/summary", "~~~") => diagnostic(LIST, "/summary", LINE);
    a_summary_that_is_indented_like_code:
        set(LIST, "/summary", "    List channels") => diagnostic(LIST, "/summary", LINE);
    a_summary_that_is_a_heading:
        set(LIST, "/summary", "# Channels") => diagnostic(LIST, "/summary", LINE);
    a_summary_that_is_a_list:
        set(LIST, "/summary", "- channels") => diagnostic(LIST, "/summary", LINE);
    a_summary_with_markdown_in_its_line:
        set(LIST, "/summary", "List `your` [channels] and *all* boats") => ;
    no_description:
        remove(LIST, "/description")
        => diagnostic(LIST, "/description", "expected a description, found none");
    no_reference_page:
        remove(LIST, "/externalDocs/url")
        => diagnostic(LIST, "/externalDocs", "expected the url of the operation's reference page");
    no_tag:
        set(LIST, "/tags", json!([])) => diagnostic(LIST, "/tags", TAGS);
    two_tags:
        set(LIST, "/tags/-", "files") => diagnostic(LIST, "/tags", TAGS);
    a_tag_that_is_not_declared:
        set(LIST, "/tags/0", "boats") => diagnostic(LIST, "/tags", TAGS);
    a_tag_that_is_not_ascii:
        set("", "/tags/-", json!({ "name": "船", "description": "Boats" })),
        set(LIST, "/tags/0", "船")
        => diagnostic(LIST, "/tags", &format!("{TAGS}, 船"));
    a_key_that_no_operation_has:
        set(LIST, "/deprecated", true)
        => diagnostic(
            LIST,
            "/deprecated",
            &format!("`deprecated` is not a valid key of an operation: expected one of {ORDER}")
        );
    a_key_that_stands_too_late:
        remove(PUT, "/summary"),
        set(PUT, "/summary", "Change a channel")
        => diagnostic(
            PUT,
            "/summary",
            &format!("`summary` is out of order: expected the order {ORDER}")
        );
    an_operation_id_that_is_taken:
        copy("get", "listChannels")
        => diagnostic(
            "/paths/~1boats/get",
            "/operationId",
            &format!("`listChannels` is already the operationId of #{LIST}: expected another name")
        );
}
