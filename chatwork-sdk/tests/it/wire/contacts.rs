//! Contacts and contact requests.

use chatwork_sdk::types::{Contact, IncomingRequest};

use super::{empty_on_204, gives, sends};
use crate::support::{REQUEST, example};

sends! {
    contacts_are_asked_for_without_parameters: |c| c.contacts(), ["GET /contacts"];

    requests_are_asked_for_without_parameters: |c| c.incoming_requests(),
        ["GET /incoming_requests"];

    a_request_is_accepted_by_putting_it: |c| c.incoming_request(REQUEST).accept(),
        ["PUT /incoming_requests/5"];

    a_request_is_declined_by_deleting_it: |c| c.incoming_request(REQUEST).decline(),
        ["DELETE /incoming_requests/5"];
}

gives! {
    contacts_are_a_list: |c| c.contacts(), example::<Vec<Contact>>("listContacts");

    requests_are_a_list: |c| c.incoming_requests(),
        example::<Vec<IncomingRequest>>("listIncomingRequests");

    an_accepted_request_gives_the_contact: |c| c.incoming_request(REQUEST).accept(),
        example::<Contact>("acceptIncomingRequest");

    a_declined_request_gives_nothing: |c| c.incoming_request(REQUEST).decline(), ();
}

empty_on_204! {
    no_contacts_are_an_empty_list: |c| c.contacts();

    no_requests_are_an_empty_list: |c| c.incoming_requests();
}
