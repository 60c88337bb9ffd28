//! Signing in, profiles, and where a token goes.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use chatwork_sandbox::Fault;
use chatwork_sdk::reqwest;
use serde_json::Value;

use crate::support::{Desk, finish};

const TOKEN: &str = "hanako-sandbox-token";

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_with_a_token_on_the_standard_input() {
    let desk = Desk::new().await;
    let base_url = desk.sandbox.base_url();
    // The keyring does not work here: it is tried, and the file is taken.
    let args = ["auth", "login", "--base-url", &base_url];
    let ran = desk.run_with(&args, &format!("{TOKEN}\n"));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("山田 花子") && ran.err.contains("credentials.toml"), "{}", ran.err);
    assert!(!ran.err.contains(TOKEN) && !ran.out.contains(TOKEN));
    assert!(desk.run(&["me"]).ok().contains("account_id\t1484814\n"));

    let status = desk.run(&["auth", "status", "--json"]).json();
    assert_eq!(status[0]["profile"], "default");
    assert_eq!(status[0]["signed_in"], true);
    assert_eq!(status[0]["storage"], "file");
    assert_eq!(status[0]["limit"], 300);
    assert_eq!(status[0]["base_url"], base_url);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_can_read_what_is_stored() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::of("hanako").await;
    desk.run(&["rooms", "list"]).ok();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&desk.config()), 0o700);
    let mut holders = Vec::new();
    for entry in std::fs::read_dir(desk.config()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        if std::fs::read_to_string(&path).unwrap().contains(TOKEN) {
            holders.push(path.file_name().unwrap().to_owned());
        }
    }
    assert_eq!(holders, ["credentials.toml"]);
    assert_eq!(mode(&desk.home().join("cache/chatwork")), 0o700);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_refused_and_not_stored() {
    let desk = Desk::new().await;
    let base_url = desk.sandbox.base_url();
    let args = ["auth", "login", "--base-url", &base_url];
    let err = desk.run_with(&args, "wrong-token\n").fails(4);
    assert!(err.starts_with("error: Chatwork does not accept the token\nhint:"), "{err}");
    assert!(!err.contains("wrong-token"));
    let err = desk.run_with(&args, "\n").fails(1);
    assert!(err.contains("no token was given"), "{err}");
    desk.run(&["me"]).fails(4);
    assert!(!desk.config().join("credentials.toml").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_the_environment_beats_a_profile() {
    let desk = Desk::of("hanako").await;
    let mut command = desk.command(&["me", "--json=name"]);
    command.env("CHATWORK_API_TOKEN", desk.sandbox.token("ken"));
    command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
    let me = finish(command, b"").json();
    assert_eq!(me["name"], "佐藤 健");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_token_goes_to_no_address_of_the_environment() {
    let desk = Desk::of("hanako").await;
    let other = Desk::new().await;
    for args in [&["me"][..], &["me", "--profile", "default"]] {
        let mut command = desk.command(args);
        command.env("CHATWORK_API_BASE_URL", other.sandbox.base_url());
        let err = finish(command, b"").fails(4);
        assert!(err.contains(&other.sandbox.base_url()), "{err}");
    }
    // A file in the current folder says nothing either.
    let config = format!(
        "version = 1\nprofile = \"x\"\n[profiles.x]\nbase_url = \"{}\"\n",
        other.sandbox.base_url()
    );
    std::fs::write(desk.home().join("config.toml"), &config).unwrap();
    std::fs::write(desk.home().join(".env"), "CHATWORK_API_BASE_URL=http://127.0.0.1:1").unwrap();
    desk.run(&["me"]).ok();
    assert!(other.sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_are_switched_and_removed() {
    let desk = Desk::of("hanako").await;
    desk.sign_in("ken", "ken");
    let name = |args: &[&str]| desk.run(args).json()["name"].as_str().unwrap().to_owned();
    assert_eq!(name(&["me", "--json=name"]), "佐藤 健");
    desk.run(&["auth", "switch", "default"]).ok();
    assert_eq!(name(&["me", "--json=name"]), "山田 花子");
    assert_eq!(name(&["me", "--json=name", "--profile", "ken"]), "佐藤 健");
    let err = desk.run(&["auth", "switch", "nobody"]).fails(4);
    assert!(err.contains("default, ken"), "{err}");

    let err = desk.run(&["auth", "logout", "ken"]).fails(2);
    assert!(err.contains("--yes"), "{err}");
    desk.run(&["auth", "logout", "ken", "--yes"]).ok();
    desk.run(&["me", "--profile", "ken"]).fails(4);
    let stored = std::fs::read_to_string(desk.config().join("credentials.toml")).unwrap();
    assert!(stored.contains(TOKEN) && !stored.contains("ken-sandbox-token"));
}

/// A person with the profiles `default`, `ken` and `misaki`, of which none is the current one.
async fn without_a_current_profile() -> Desk {
    let desk = Desk::of("hanako").await;
    desk.sign_in("ken", "ken");
    desk.sign_in("misaki", "misaki");
    desk.sign_in("alex", "alex");
    desk.run(&["auth", "logout", "--yes"]).ok();
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_current_profile_the_others_are_named() {
    let desk = without_a_current_profile().await;
    for args in [&["me"][..], &["config", "set", "rooms.sales", "営業部"], &["watch"]] {
        let err = desk.run(args).fails(4);
        let message = "error: no profile is the current one\n";
        let hint = "hint: `chatwork auth switch NAME` chooses one of: default, ken, misaki\n";
        assert_eq!(err, format!("{message}{hint}"), "{args:?}");
    }
    desk.run(&["auth", "switch", "ken"]).ok();
    assert!(desk.run(&["me"]).ok().contains("佐藤 健"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alias_of_an_id_needs_no_account() {
    for desk in [without_a_current_profile().await, Desk::new().await] {
        desk.run(&["config", "set", "rooms.sales", "93310055"]).ok();
        desk.run(&["config", "set", "rooms.plan", "https://www.chatwork.com/#!rid93207172"]).ok();
        desk.run(&["config", "set", "people.ken", "2739132"]).ok();
        assert_eq!(
            desk.run(&["config", "list"]).ok(),
            "rooms.plan\t93207172\nrooms.sales\t93310055\npeople.ken\t2739132\n"
        );
        assert!(desk.operations().iter().all(|it| it == "getMe"), "{:?}", desk.operations());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_lists_the_profiles_though_none_is_the_current_one() {
    let desk = without_a_current_profile().await;
    let ran = desk.run(&["auth", "status", "--json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let profiles: Value = serde_json::from_str(&ran.out).unwrap();
    let names: Vec<_> = profiles.as_array().unwrap().iter().map(|it| &it["profile"]).collect();
    assert_eq!(names, ["default", "ken", "misaki"]);
    assert!(profiles.as_array().unwrap().iter().all(|it| it["current"] == false), "{profiles}");
    assert!(ran.err.contains("\"code\":\"no_profile\""), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_sign_out_says_which_profile_is_used_now() {
    let desk = Desk::of("hanako").await;
    desk.sign_in("ken", "ken");
    desk.sign_in("misaki", "misaki");
    let logout = |name: &str| desk.run(&["auth", "logout", name, "--yes"]).err;
    // The current one: two are left.
    let err = logout("misaki");
    assert!(err.contains("`chatwork auth switch NAME` chooses one of: default, ken"), "{err}");
    let err = logout("default");
    assert!(!err.contains("auth switch"), "{err}");
    desk.sign_in("hanako", "default");
    let err = logout("default");
    assert!(err.contains("The profile is now `ken`."), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_does_not_work_is_an_error_only_if_it_was_asked_for() {
    let desk = Desk::new().await;
    let base_url = desk.sandbox.base_url();
    let args = ["auth", "login", "--storage", "keyring", "--base-url", &base_url];
    let err = desk.run_with(&args, &format!("{TOKEN}\n")).fails(1);
    assert!(err.contains("keyring") && err.contains("--storage file"), "{err}");
    assert!(!err.contains(TOKEN));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_keeps_its_address_and_is_not_replaced_by_chance() {
    let desk = Desk::of("hanako").await;
    let (mine, other) = (desk.sandbox.base_url(), Desk::new().await);
    let elsewhere = other.sandbox.base_url();
    let status = |field: &str| desk.run(&["auth", "status", "--json"]).json()[0][field].clone();
    // The address of the profile, which is not that of the service.
    let login = ["auth", "login", "--profile", "default", "--storage", "file"];
    desk.run_with(&login, &format!("{TOKEN}\n")).ok();
    assert_eq!(status("base_url"), *mine);

    let at_other = [&login[..], &["--base-url", &elsewhere]].concat();
    let err = desk.run_with(&at_other, &format!("{TOKEN}\n")).fails(2);
    for part in ["Replace the profile `default`", "山田 花子", &mine, "--profile", "--yes"] {
        assert!(err.contains(part), "{part}: {err}");
    }
    assert!(other.sandbox.requests().is_empty());
    let err = desk.run_with(&login, "ken-sandbox-token\n").fails(2);
    assert!(err.contains("Replace the profile `default`"), "{err}");
    assert_eq!((status("account_id"), status("base_url")), (1_484_814.into(), mine.into()));

    desk.run_with(&[&at_other[..], &["--yes"]].concat(), "ken-sandbox-token\n").ok();
    assert_eq!((status("account_id"), status("base_url")), (2_739_132.into(), elsewhere.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_of_the_command_line_is_not_beaten_in_silence() {
    let desk = Desk::of("hanako").await;
    let with_token = |args: &[&str]| {
        let mut command = desk.command(args);
        command.env("CHATWORK_API_TOKEN", desk.sandbox.token("ken"));
        command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
        command
    };
    let before = desk.operations().len();
    let err = finish(with_token(&["me", "--profile", "default"]), b"").fails(2);
    assert!(err.contains("--profile") && err.contains("CHATWORK_API_TOKEN"), "{err}");
    assert_eq!(desk.operations().len(), before);
    // To sign in names the profile that is made.
    let login = with_token(&["auth", "login", "--profile", "new", "--storage", "file"]);
    finish(login, format!("{TOKEN}\n").as_bytes()).ok();
}

/// The files of consents.
fn grants(desk: &Desk) -> Vec<String> {
    let names = std::fs::read_dir(desk.config()).into_iter().flatten();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("oauth-")).collect()
}

/// Signs in by a consent. Returns what the program told, and whether it succeeded.
pub(crate) async fn consent(desk: &Desk) -> (String, bool) {
    consent_with(desk, &[]).await
}

/// The same with more variables in the environment.
pub(crate) async fn consent_with(desk: &Desk, env: &[(&str, &str)]) -> (String, bool) {
    let (base_url, authorize, token) =
        (desk.sandbox.base_url(), desk.sandbox.authorization_url(), desk.sandbox.token_url());
    let mut command = desk.command(&[
        "auth",
        "login",
        "--oauth",
        "--base-url",
        &base_url,
        "--client-id",
        "sandbox-public-app",
        "--redirect-uri",
        "com.example.sandbox:/callback",
        "--authorization-url",
        &authorize,
        "--token-url",
        &token,
    ]);
    command.envs(env.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let page = lines.find(|line| line.trim_start().starts_with("http")).unwrap();

    // What the person does in a browser.
    let mut url: reqwest::Url = page.trim().parse().unwrap();
    url.query_pairs_mut().append_pair("auto", "allow");
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let reply = browser.no_proxy().build().unwrap().get(url).send().await.unwrap();
    let address = reply.headers()["location"].to_str().unwrap().to_owned();

    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "com.example.sandbox:/callback?code=x&state=another").unwrap();
    writeln!(stdin, "{address}").unwrap();
    drop(stdin);
    let rest: Vec<String> = lines.collect();
    (rest.join("\n"), child.wait().unwrap().success())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_by_a_consent() {
    let desk = Desk::new().await;
    let (told, is_done) = consent(&desk).await;
    assert!(is_done, "{told}");
    assert!(told.contains("Signed in as") && told.contains("The consent ends on"), "{told}");

    assert_eq!(desk.run(&["me", "--json=account_id"]).json()["account_id"], 1_484_814);
    let status = desk.run(&["auth", "status", "--json"]).json();
    assert_eq!(status[0]["oauth"], "sandbox-public-app");
    assert!(status[0]["consent_ends"].as_i64().unwrap() > 0);
    desk.run(&["auth", "logout", "--yes"]).ok();
    desk.run(&["me"]).fails(4);
    assert!(grants(&desk).is_empty());
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_a_consent_is_not_spent_if_its_tokens_cannot_be_stored() {
    let desk = Desk::new().await;
    std::fs::create_dir_all(desk.config().parent().unwrap()).unwrap();
    // A folder into which nobody can write, on any Linux.
    std::os::unix::fs::symlink("/proc/sys", desk.config()).unwrap();
    let (told, is_done) = consent(&desk).await;
    assert!(!is_done && told.contains("other people can open"), "{told}");
    let is_token = |path: &str| desk.sandbox.token_url().ends_with(path);
    let requests = desk.sandbox.requests();
    assert!(!requests.iter().any(|request| is_token(&request.path)), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_is_kept_if_it_works_and_goes_to_its_own_address_alone() {
    let desk = Desk::new().await;
    desk.sandbox.faults().add(Fault::status(400).operation("getMe").times(9)).unwrap();
    let (told, is_done) = consent(&desk).await;
    assert!(!is_done && grants(&desk).is_empty(), "{told}");
    desk.sandbox.faults().clear();
    let (told, is_done) = consent(&desk).await;
    assert!(is_done && !grants(&desk).is_empty(), "{told}");

    // Somebody changes the address in the configuration, which holds no secret.
    let other = Desk::new().await;
    let path = desk.config().join("config.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let changed = config.replace(&desk.sandbox.base_url(), &other.sandbox.base_url());
    assert_ne!(config, changed);
    std::fs::write(&path, changed).unwrap();
    desk.run(&["me"]).fails(4);
    assert!(other.sandbox.requests().is_empty());
    std::fs::write(&path, config).unwrap();
    desk.run(&["me"]).ok();

    // A token in place of the consent leaves nothing of it.
    desk.sign_in("hanako", "default");
    assert!(grants(&desk).is_empty());
    desk.run(&["me"]).ok();
}
