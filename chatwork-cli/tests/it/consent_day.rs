//! The day on which a consent (OAuth 2.0) ends.

use crate::support::Desk;

/// A person with a profile of a consent beside the one that is used.
async fn with_consent() -> Desk {
    let desk = Desk::of("hanako").await;
    let path = desk.config().join("config.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let consent = "\n[profiles.work]\nbase_url = \"https://api.chatwork.com/v2\"\n\
                   [profiles.work.oauth]\nclient_id = \"app\"\nredirect_uri = \"x:/\"\n\
                   ends_at = 1764547200\n";
    std::fs::write(&path, config + consent).unwrap();
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_shows_it_in_its_table() {
    let desk = with_consent().await;
    let out = desk.run(&["auth", "status"]).ok();
    let line = out.lines().find(|line| line.starts_with("work\t")).unwrap();
    assert!(line.ends_with("\t2025-12-01 09:00"), "{out}");
    let csv = desk.run(&["auth", "status", "--csv"]).ok();
    assert!(csv.contains("\"CONSENT ENDS\"") && csv.contains("\"2025-12-01 09:00\""), "{csv}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_has_it_as_a_unix_time_in_json() {
    let desk = with_consent().await;
    let status = desk.run(&["auth", "status", "--json=profile,consent_ends"]).json();
    let of = |name: &str| {
        let profiles = status.as_array().unwrap();
        profiles.iter().find(|it| it["profile"] == name).unwrap()["consent_ends"].clone()
    };
    assert_eq!(of("work"), 1_764_547_200);
    assert!(of("default").is_null());
}
