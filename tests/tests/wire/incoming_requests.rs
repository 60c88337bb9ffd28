//! `/incoming_requests`.

use chatwork_api::types::RequestId;
use tests::calls;
use tests::sent::Sent;

calls! {
    contact_requests_are_requested_by_path_only: LIST_INCOMING_REQUESTS,
        |client| client.list_incoming_requests(),
        Sent::get("/incoming_requests");

    a_contact_request_is_accepted_by_a_put_without_fields: ACCEPT_INCOMING_REQUEST,
        |client| client.accept_incoming_request(RequestId(1204857)),
        Sent::put("/incoming_requests/1204857").header("content-length", "0");

    a_contact_request_is_declined_by_a_delete_without_a_body: DECLINE_INCOMING_REQUEST,
        |client| client.decline_incoming_request(RequestId(1204857)),
        Sent::delete("/incoming_requests/1204857").header("accept", "*/*");
}
