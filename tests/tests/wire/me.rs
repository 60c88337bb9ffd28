//! `/me`.

use tests::calls;
use tests::sent::Sent;

calls! {
    the_own_profile_is_asked_for_by_its_path_alone: GET_ME,
        |client| client.get_me(),
        Sent::get("/me");
}
