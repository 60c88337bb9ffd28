//! A keyring that works: that of GNOME, on a bus of its own.
//!
//! They need `dbus-daemon` and `gnome-keyring-daemon`, so `.ci/full` runs them.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::DirBuilderExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::accounts::consent_with;
use crate::support::{Desk, Ran, finish, holders};

const TOKEN: &str = "hanako-sandbox-token";
const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";

/// A bus with an open keyring, which end when this is dropped.
struct Keyring {
    bus: Child,
    service: Child,
    address: String,
}

impl Keyring {
    fn start(desk: &Desk) -> Self {
        let (bus, address) = bus(desk);
        let folder = desk.home().join("run");
        std::fs::DirBuilder::new().mode(0o700).create(&folder).unwrap();
        let mut command = Command::new("gnome-keyring-daemon");
        desk.isolate(&mut command);
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        command.env(BUS, &address).env("XDG_RUNTIME_DIR", folder);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut service = command.spawn().expect("gnome-keyring is installed");
        // The password with which it makes the keyring.
        service.stdin.take().unwrap().write_all(b"password").unwrap();
        let mut keyring = Self { bus, service, address };
        while !keyring.is_ready(desk) {
            assert!(keyring.service.try_wait().unwrap().is_none(), "the keyring has ended");
        }
        keyring
    }

    /// Asks the bus whether the service is there.
    fn is_ready(&self, desk: &Desk) -> bool {
        let mut command = Command::new("dbus-send");
        desk.isolate(&mut command);
        command.env(BUS, &self.address).args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ]);
        finish(command, b"").out.contains("boolean true")
    }

    fn run(&self, desk: &Desk, args: &[&str], input: &str) -> Ran {
        let mut command = desk.command(args);
        command.env(BUS, &self.address);
        finish(command, input.as_bytes())
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        for child in [&mut self.service, &mut self.bus] {
            // An error means that it has already ended.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts a bus. Returns it with its address.
fn bus(desk: &Desk) -> (Child, String) {
    let mut command = Command::new("dbus-daemon");
    desk.isolate(&mut command);
    command.args(["--session", "--nofork", "--nopidfile", "--print-address"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut bus = command.spawn().expect("dbus is installed");
    let mut address = String::new();
    BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
    (bus, address.trim().to_owned())
}

/// Puts the profile back that a sign-out has removed. If its token were still there, it would work.
fn restore(desk: &Desk, config: &str) {
    std::fs::write(desk.config().join("config.toml"), config).unwrap();
}

#[ignore = "needs gnome-keyring"]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_in_the_keyring_until_the_person_signs_out() {
    let desk = Desk::new().await;
    let keyring = Keyring::start(&desk);
    let base_url = desk.sandbox.base_url();
    let login = ["auth", "login", "--base-url", &base_url];
    let ran = keyring.run(&desk, &login, &format!("{TOKEN}\n"));
    assert!(ran.code == 0 && ran.err.contains("in the keyring of the system"), "{ran:?}");
    assert_eq!(holders(desk.home(), TOKEN), Vec::<std::path::PathBuf>::new());

    let status = keyring.run(&desk, &["auth", "status", "--json"], "").json();
    assert_eq!((&status[0]["storage"], &status[0]["signed_in"]), (&"keyring".into(), &true.into()));
    assert!(keyring.run(&desk, &["me"], "").ok().contains("1484814"));
    // A keyring that does not work any more is named.
    assert!(desk.run(&["me"]).fails(1).contains("keyring"));

    let config = std::fs::read_to_string(desk.config().join("config.toml")).unwrap();
    keyring.run(&desk, &["auth", "logout", "--yes"], "").ok();
    restore(&desk, &config);
    keyring.run(&desk, &["me"], "").fails(4);
}

#[ignore = "needs gnome-keyring"]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_the_file_leaves_none_in_the_keyring() {
    let desk = Desk::new().await;
    let keyring = Keyring::start(&desk);
    let base_url = desk.sandbox.base_url();
    let login = |storage: &str| {
        let args = ["auth", "login", "--base-url", &base_url, "--storage", storage];
        keyring.run(&desk, &args, &format!("{TOKEN}\n")).ok();
        std::fs::read_to_string(desk.config().join("config.toml")).unwrap()
    };
    let in_keyring = login("keyring");
    login("file");
    assert_eq!(holders(desk.home(), TOKEN), [desk.config().join("credentials.toml")]);
    assert!(keyring.run(&desk, &["me"], "").ok().contains("1484814"));
    restore(&desk, &in_keyring);
    keyring.run(&desk, &["me"], "").fails(4);
}

#[ignore = "needs gnome-keyring"]
#[tokio::test(flavor = "multi_thread")]
async fn the_tokens_of_a_consent_are_in_the_keyring_also_after_a_refresh() {
    let desk = Desk::new().await;
    let keyring = Keyring::start(&desk);
    let (told, is_done) = consent_with(&desk, &[(BUS, &keyring.address)]).await;
    assert!(is_done && told.contains("in the keyring of the system"), "{told}");
    for text in ["access_token", "refresh_token"] {
        assert_eq!(holders(desk.home(), text), Vec::<std::path::PathBuf>::new(), "{text}");
    }
    let status = keyring.run(&desk, &["auth", "status", "--json"], "").json();
    assert_eq!(status[0]["storage"], "keyring");
    assert_eq!(status[0]["oauth"], "sandbox-public-app");
    // An access token lasts half an hour. The sandbox accepts each refresh token once, so the second
    // refresh succeeds only if the first one was stored.
    for _ in 0..2 {
        desk.sandbox.clock().advance(Duration::from_secs(3_600));
        assert!(keyring.run(&desk, &["me"], "").ok().contains("1484814"));
    }

    let config = std::fs::read_to_string(desk.config().join("config.toml")).unwrap();
    keyring.run(&desk, &["auth", "logout", "--yes"], "").ok();
    restore(&desk, &config);
    let err = keyring.run(&desk, &["me", "--json"], "").fails(4);
    assert!(err.contains("consent_needed"), "{err}");
}
