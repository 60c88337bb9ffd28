//! The folder of the tokens is for its owner alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::support::Desk;

fn mode(desk: &Desk) -> u32 {
    desk.config().metadata().unwrap().permissions().mode() & 0o777
}

/// A person whose folder of the configuration was made by another program.
async fn with_open_folder() -> Desk {
    let desk = Desk::new().await;
    fs::create_dir_all(desk.config()).unwrap();
    fs::set_permissions(desk.config(), Permissions::from_mode(0o755)).unwrap();
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_others_can_open_becomes_private_when_a_token_is_stored() {
    let desk = with_open_folder().await;
    desk.sign_in("hanako", "default");
    assert_eq!(mode(&desk), 0o700);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_is_no_secret_and_changes_no_rights() {
    let desk = with_open_folder().await;
    desk.run(&["config", "set", "language", "ja"]).ok();
    assert_eq!(mode(&desk), 0o755);
}
