use crate::{diagnostic, remove, set};

const POST: &str = "/x-webhooks/messageSent/post";
const CONTENT: &str = "/requestBody/content/application~1json";
const BODY: &str = "expected `application/json` with a schema and a named example";

broken! {
    no_operation_id:
        remove(POST, "/operationId")
        => diagnostic(POST, "/operationId", "expected `operationId`, found none");
    no_summary:
        remove(POST, "/summary") => diagnostic(POST, "/summary", "expected `summary`, found none");
    no_description:
        remove(POST, "/description")
        => diagnostic(POST, "/description", "expected `description`, found none");
    no_schema:
        remove(POST, CONTENT) => diagnostic(POST, "/requestBody", BODY);
    no_example:
        remove(POST, &format!("{CONTENT}/examples")) => diagnostic(POST, "/requestBody", BODY);
    an_id_that_an_operation_has:
        set("/x-webhooks", "/messageSent/post/operationId", "listChannels")
        => diagnostic(
            "/x-webhooks",
            "/messageSent/post/operationId",
            "the operationId is already used: expected another name"
        );
}
