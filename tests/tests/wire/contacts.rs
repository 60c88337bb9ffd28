//! `/contacts`.

use tests::calls;
use tests::sent::Sent;

calls! {
    contacts_are_asked_for_by_their_path_alone: LIST_CONTACTS,
        |client| client.list_contacts(),
        Sent::get("/contacts");
}
