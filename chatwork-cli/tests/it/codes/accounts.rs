//! Codes of accounts: signing in, profiles, the configuration.

use chatwork_app::{OAuthApp, Paths, Profile};

use crate::support::{Desk, Ran, finish};

/// A person with a profile that has a consent (OAuth 2.0), whose tokens are this text.
async fn with_consent(tokens: Option<&str>) -> Desk {
    let desk = Desk::new().await;
    let (base_url, client_id, uri) =
        (desk.sandbox.base_url(), "sandbox-public-app", "com.example.sandbox:/callback");
    let config = format!(
        "version = 1\nprofile = \"default\"\n\n[profiles.default]\nbase_url = \"{base_url}\"\n\n\
         [profiles.default.oauth]\nclient_id = \"{client_id}\"\nredirect_uri = \"{uri}\"\n"
    );
    std::fs::create_dir_all(desk.config()).unwrap();
    std::fs::write(desk.config().join("config.toml"), config).unwrap();
    if let Some(tokens) = tokens {
        let app = OAuthApp::new(client_id, uri);
        let path = Paths::below(desk.home()).grant("default", &Profile::new(&base_url), &app);
        std::fs::write(desk.config().join(path.file_name().unwrap()), tokens).unwrap();
    }
    desk
}

/// Signs in with options of the consent (OAuth 2.0).
async fn sign_in(options: &[&str]) -> Ran {
    let app =
        ["auth", "login", "--oauth", "--client-id", "x", "--redirect-uri", "https://x.example/"];
    Desk::new().await.run(&[&app[..], options, &["--json"]].concat())
}

pub(super) async fn run(code: &str) -> Option<Ran> {
    let ran = match code {
        "not_signed_in" => Desk::new().await.run(&["me", "--json"]),
        "no_profile" => Desk::of("hanako").await.run(&["me", "--profile", "nobody", "--json"]),
        "other_address" => {
            let desk = Desk::of("hanako").await;
            let mut command = desk.command(&["me", "--profile", "default", "--json"]);
            command.env("CHATWORK_API_BASE_URL", "http://127.0.0.1:1/v2");
            finish(command, b"")
        }
        "unauthorized" => {
            let desk = Desk::new().await;
            let mut command = desk.command(&["me", "--json"]);
            command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
            command.env("CHATWORK_API_TOKEN", "wrong");
            finish(command, b"")
        }
        "consent_needed" => with_consent(None).await.run(&["me", "--json"]),
        "oauth" => {
            // The tokens cannot be read.
            let ran = with_consent(Some("{")).await.run(&["me", "--json"]);
            assert_eq!(ran.code, 4, "{ran:?}");
            // No address was pasted.
            let ran = sign_in(&[]).await;
            assert_eq!(ran.code, 4, "{ran:?}");
            sign_in(&["--authorization-url", "x", "--token-url", "x"]).await
        }
        "settings" => {
            let desk = Desk::new().await;
            let mut command = desk.command(&["me", "--json"]);
            command.env("CHATWORK_API_BASE_URL", "http://host.example/v2");
            command.env("CHATWORK_API_TOKEN", "token");
            finish(command, b"")
        }
        "not_a_token" => Desk::new().await.run_with(&["auth", "login", "--json"], "\n"),
        "keyring" => {
            let desk = Desk::new().await;
            let base_url = desk.sandbox.base_url();
            let args = ["auth", "login", "--storage", "keyring", "--base-url", &base_url, "--json"];
            desk.run_with(&args, "hanako-sandbox-token\n")
        }
        "open_folder" => {
            let desk = Desk::new().await;
            std::fs::create_dir_all(desk.config().parent().unwrap()).unwrap();
            // A folder whose permissions nobody can change, on any Linux.
            std::os::unix::fs::symlink("/proc/sys", desk.config()).unwrap();
            let base_url = desk.sandbox.base_url();
            let args = ["auth", "login", "--storage", "file", "--base-url", &base_url, "--json"];
            desk.run_with(&args, "hanako-sandbox-token\n")
        }
        "configuration" => {
            let desk = Desk::of("hanako").await;
            std::fs::write(desk.config().join("config.toml"), "profile = 3\n").unwrap();
            desk.run(&["me", "--json"])
        }
        _ => return None,
    };
    Some(ran)
}
