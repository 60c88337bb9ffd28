//! Where a token is, and where it is not.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use chatwork_sdk::RoomId;

use crate::accounts::consent_with;
use crate::support::{Desk, ROOM, Ran, all_below, finish, holders};

const TOKEN: &str = "hanako-sandbox-token";

/// Runs a command that would log all it can.
fn loud(desk: &Desk, args: &[&str], env: &[(&str, &str)]) -> Ran {
    let mut command = desk.command(args);
    command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1").envs(env.iter().copied());
    finish(command, TOKEN.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_output_shows_a_token() {
    let desk = Desk::of("hanako").await;
    let base_url = desk.sandbox.base_url();
    let of_env = [("CHATWORK_API_TOKEN", TOKEN), ("CHATWORK_API_BASE_URL", base_url.as_str())];
    let wrong = [("CHATWORK_API_TOKEN", "hanako-sandbox-token2"), of_env[1]];
    let nowhere = [of_env[0], ("CHATWORK_API_BASE_URL", "http://127.0.0.1:1/v2")];
    let invalid = [of_env[0], ("CHATWORK_API_BASE_URL", "no address")];
    let keyring = ["auth", "login", "--storage", "keyring", "--base-url", &base_url];
    let elsewhere = ["auth", "login", "--storage", "file", "--base-url", "http://127.0.0.1:1/v2"];
    for (args, env) in [
        (&["me"][..], &[][..]),
        (&["me"], &of_env),
        (&["me"], &wrong),
        (&["send", ROOM, "x"], &nowhere),
        (&["me"], &invalid),
        (&["auth", "status"], &[]),
        (&["auth", "status"], &of_env),
        (&["auth", "login", "--storage", "file", "--base-url", &base_url], &[]),
        (&keyring, &[]),
        (&elsewhere, &[]),
        (&["rooms", "view", "1"], &[]),
        (&["config", "list"], &[]),
        (&["api", "GET", "/me"], &[]),
        (&["archive", "sync", ROOM], &[]),
    ] {
        for form in [&[][..], &["--json"]] {
            let ran = loud(&desk, &[args, form].concat(), env);
            assert!(!ran.out.contains(TOKEN) && !ran.err.contains(TOKEN), "{args:?}: {ran:?}");
        }
    }
    // A file of credentials that is broken is named, and not quoted.
    let path = desk.config().join("credentials.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("token = ", "token = [")).unwrap();
    let ran = loud(&desk, &["me"], &[]);
    assert!(ran.code == 1 && ran.err.contains("credentials.toml"), "{ran:?}");
    assert!(!ran.err.contains(TOKEN), "{ran:?}");
}

#[test]
fn no_option_takes_a_token_or_a_secret() {
    let help = include_str!("../golden/help.en.txt");
    for value in ["<TOKEN>", "<SECRET>", "<PASSWORD>", "<KEY>"] {
        let mut options = help.lines().filter(|line| line.trim_start().starts_with('-'));
        assert!(!options.any(|line| line.contains(value)), "{value}");
    }
}

/// Runs a command for one message, which writes down its arguments, those of the program that
/// started it, and its environment. Returns these texts.
async fn seen_by_a_command(desk: &Desk, env: &[(&str, &str)]) -> (String, String) {
    let exec = "cat \"/proc/$$/cmdline\" \"/proc/$PPID/cmdline\" >arguments; env >environment; cat";
    let args = ["watch", ROOM, "--every", "1", "--limit", "1", "--exec", exec];
    let mut command = desk.command(&args);
    command.envs(env.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut watch = command.spawn().unwrap();
    let mut stderr = std::io::BufReader::new(watch.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut stderr, &mut line).unwrap();
    assert!(line.contains("Watching"), "{line}");
    desk.client("ken").room(RoomId(93_207_172)).post("x").await.unwrap();
    assert!(watch.wait().unwrap().success());
    let read = |name: &str| std::fs::read(desk.home().join(name)).unwrap();
    let read = |name: &str| String::from_utf8_lossy(&read(name)).into_owned();
    (read("arguments"), read("environment"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_gets_no_stored_token() {
    let desk = Desk::of("hanako").await;
    let (arguments, environment) = seen_by_a_command(&desk, &[]).await;
    assert!(arguments.contains("watch") && !arguments.contains(TOKEN), "{arguments}");
    assert!(environment.contains("CHATWORK_EVENT=message_created"), "{environment}");
    assert!(!environment.contains(TOKEN), "{environment}");
}

/// As the README says: it may call `chatwork` itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_inherits_a_token_of_the_environment_and_no_argument_has_it() {
    let desk = Desk::new().await;
    let base_url = desk.sandbox.base_url();
    let env = [("CHATWORK_API_TOKEN", TOKEN), ("CHATWORK_API_BASE_URL", base_url.as_str())];
    let (arguments, environment) = seen_by_a_command(&desk, &env).await;
    assert!(!arguments.contains(TOKEN), "{arguments}");
    assert!(environment.contains(&format!("CHATWORK_API_TOKEN={TOKEN}\n")), "{environment}");
    // It is kept nowhere.
    assert_eq!(holders(desk.home(), TOKEN), [desk.home().join("environment")]);
}

/// Runs a command under a mask that takes no rights away.
fn unmasked(desk: &Desk, args: &[&str]) -> Ran {
    let mut command = Command::new("sh");
    desk.isolate(&mut command);
    command.args(["-c", "umask 000; exec chatwork \"$@\"", "sh"]).args(args);
    finish(command, format!("{TOKEN}\n").as_bytes())
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_can_read_what_the_program_keeps() {
    let desk = Desk::new().await;
    let base_url = desk.sandbox.base_url();
    for args in [
        &["auth", "login", "--storage", "file", "--base-url", &base_url][..],
        &["rooms", "list"],
        &["config", "set", "rooms.sales", "93310055"],
        &["archive", "sync", ROOM, "--files"],
        &["archive", "search", "会議"],
        &["archive", "backup", "copy.chatwork"],
        &["archive", "export", "--format", "jsonl", "-o", "all.jsonl"],
    ] {
        unmasked(&desk, args).ok();
    }
    let kept = all_below(desk.home());
    assert!(kept.len() > 10, "{kept:?}");
    for path in &kept {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(path), expected, "{:o}: {}", mode(path), path.display());
    }
    assert_eq!(holders(desk.home(), TOKEN), [desk.config().join("credentials.toml")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_can_read_the_tokens_of_a_consent() {
    let desk = Desk::new().await;
    let (told, is_done) = consent_with(&desk, &[]).await;
    assert!(is_done, "{told}");
    let found = holders(desk.home(), "refresh_token");
    assert_eq!(found.len(), 1, "{found:?}");
    for path in all_below(&desk.config()) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert_eq!(mode(&desk.config()), 0o700);
}
