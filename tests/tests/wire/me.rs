//! `/me`.

use tests::calls;
use tests::sent::Sent;

calls! {
    the_own_profile_is_requested_by_path_only: GET_ME,
        |client| client.get_me(),
        Sent::get("/me");
}
