//! Form bodies of all sorts.

use reqwest::Method;

use crate::support::{Api, Reply, act, sandbox};

const PATH: &str = "/rooms/93207172/messages";

async fn post(api: &Api, kind: Option<&str>, body: impl Into<reqwest::Body>) -> Reply {
    let mut request = api.request(Method::POST, PATH).body(body);
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    api.send(request).await
}

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

#[tokio::test]
async fn a_form_is_a_form_with_a_charset_and_without_a_type() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let kinds = [FORM, None, Some("Application/X-WWW-Form-Urlencoded; charset=UTF-8")];
    for kind in kinds {
        assert_eq!(post(&hanako, kind, "body=hi").await.status, 200, "{kind:?}");
    }
}

#[tokio::test]
async fn another_type_is_refused_with_a_word_why() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=X", "nonsense"] {
        let reply = post(&hanako, Some(kind), r#"{"body":"hi"}"#).await;
        assert_eq!(reply.status, 400, "{kind}");
    }
    let json = post(&hanako, Some("application/json"), r#"{"body":"hi"}"#).await;
    assert!(json.error().contains("Content-Type"), "{}", json.error());
}

#[tokio::test]
async fn a_value_that_is_not_utf_8_is_named() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for body in [b"body=%FF%FE".to_vec(), b"body=\xff\xfe".to_vec(), b"body=%E3%81".to_vec()] {
        let reply = post(&hanako, FORM, body).await;
        assert_eq!(reply.status, 400);
        assert!(reply.error().contains("'body'"), "{}", reply.error());
    }
}

#[tokio::test]
async fn a_parameter_that_comes_twice_is_named() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let reply = post(&hanako, FORM, "body=a&body=b").await;
    assert_eq!(reply.error(), "Parameter 'body' is given more than once");
}

#[tokio::test]
async fn unknown_parameters_are_ignored() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    assert_eq!(post(&hanako, FORM, "body=a&x=1&x=2&%FF=%FF&&=&=1").await.status, 200);
}

#[tokio::test]
async fn flags_are_zero_or_one() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for flag in ["true", "2", "-1", "1.0"] {
        let reply = post(&hanako, FORM, format!("body=a&self_unread={flag}")).await;
        assert_eq!(reply.status, 400, "{flag}");
        assert!(reply.error().contains("'self_unread'"));
    }
    let query = hanako.get(&format!("{PATH}?force=yes")).await;
    assert!(query.error().contains("'force'"));
}

#[tokio::test]
async fn names_have_one_to_255_characters() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let longest = "名".repeat(255);
    let admin = ("members_admin_ids", "1484814");
    assert_eq!(hanako.post("/rooms", &[("name", &longest), admin]).await.status, 200);
    let empty = hanako.post("/rooms", &[("name", ""), admin]).await;
    assert_eq!((empty.status, empty.error()), (400, "Parameter 'name' is required"));
    for name in [&format!("{longest}x")] {
        for reply in [
            hanako.post("/rooms", &[("name", name), admin]).await,
            hanako.put("/rooms/93207172", &[("name", name)]).await,
        ] {
            assert_eq!(reply.status, 400);
            assert!(reply.error().contains("'name'"));
        }
    }
}

#[tokio::test]
async fn an_empty_parameter_that_cannot_be_a_value_was_not_sent() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.get("/rooms/93207172").await.json;
    for name in ["name", "icon_preset"] {
        assert_eq!(hanako.put("/rooms/93207172", &[(name, "")]).await.status, 200, "{name}");
    }
    assert_eq!(hanako.get("/rooms/93207172").await.json["name"], before["name"]);
    let members = [
        ("members_admin_ids", "1484814,2739132"),
        ("members_member_ids", ""),
        ("members_readonly_ids", ""),
    ];
    let replaced = hanako.put("/rooms/93207172/members", &members).await;
    assert_eq!((replaced.status, replaced.json["member"].to_string()), (200, "[]".to_owned()));
    assert_eq!(post(&hanako, FORM, "body=a&self_unread=").await.status, 200);
    let task = [("body", "do"), ("to_ids", "1484814"), ("limit", ""), ("limit_type", "")];
    assert_eq!(hanako.post("/rooms/93207172/tasks", &task).await.status, 200);
    let read = [("message_id", "")];
    assert_eq!(hanako.put("/rooms/93207172/messages/read", &read).await.status, 200);
    for query in ["/my/tasks?status=&assigned_by_account_id=", "/rooms/93207172/messages?force="] {
        assert!(hanako.get(query).await.status < 300, "{query}");
    }
}

#[tokio::test]
async fn an_empty_required_parameter_is_missing_and_a_text_that_may_be_cleared_is_cleared() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form = [("members_admin_ids", "")];
    let missing = hanako.put("/rooms/93207172/members", &form).await;
    assert_eq!(missing.error(), "Parameter 'members_admin_ids' is required");
    assert_eq!(hanako.put("/rooms/93207172", &[("description", "")]).await.status, 200);
    assert_eq!(hanako.get("/rooms/93207172").await.json["description"], "");
}

#[tokio::test]
async fn words_outside_of_the_list_are_named() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let reply = hanako.put("/rooms/93207172", &[("icon_preset", "cat")]).await;
    assert_eq!(reply.status, 400);
    assert!(reply.error().contains("'icon_preset'") && reply.error().contains("beer"));
}

#[tokio::test]
async fn a_form_of_many_megabytes_is_read_to_its_end_and_refused() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let reply = post(&hanako, FORM, format!("body={}", "a".repeat(20_000_000))).await;
    assert_eq!(reply.status, 400);
}
