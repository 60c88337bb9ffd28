//! `/contacts`.

use tests::calls;
use tests::sent::Sent;

calls! {
    contacts_are_requested_by_path_only: LIST_CONTACTS,
        |client| client.list_contacts(),
        Sent::get("/contacts");
}
