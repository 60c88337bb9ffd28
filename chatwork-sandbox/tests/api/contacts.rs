//! Contacts, and requests to become one.

use serde_json::json;

use crate::support::{DAICHI, act, sandbox};

#[tokio::test]
async fn accounts_with_a_direct_chat_are_contacts() {
    let sandbox = sandbox().await;
    let contacts = act(&sandbox, "alex").get("/contacts").await;
    assert_eq!(contacts.each("name"), ["山田 花子", "鈴木 美咲"]);
}

#[tokio::test]
async fn accepting_makes_a_contact_and_a_direct_chat() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let contact = hanako.put("/incoming_requests/1204857", &[]).await.json;
    assert_eq!((&contact["account_id"], &contact["name"]), (&json!(DAICHI), &json!("高橋 大地")));
    assert!(hanako.get("/contacts").await.each("account_id").contains(&json!(DAICHI)));
    let room = hanako.get(&format!("/rooms/{}", contact["room_id"])).await.json;
    assert_eq!((&room["type"], &room["name"]), (&json!("direct"), &json!("高橋 大地")));
    let body = hanako.newest(contact["room_id"].as_i64().unwrap()).await["body"].clone();
    assert_eq!(body, "[info][dtext:chatroom_contact_added][/info]");
    assert_eq!(hanako.put("/incoming_requests/1204857", &[]).await.status, 404, "it is answered");
}

#[tokio::test]
async fn declining_adds_no_contact() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.get("/contacts").await.json;
    assert_eq!(hanako.delete("/incoming_requests/1204857").await.status, 204);
    assert_eq!(hanako.delete("/incoming_requests/1204992").await.status, 204);
    assert_eq!(hanako.get("/incoming_requests").await.status, 204);
    assert_eq!(hanako.get("/contacts").await.json, before);
}

#[tokio::test]
async fn requests_to_other_accounts_are_404() {
    let sandbox = sandbox().await;
    let ken = act(&sandbox, "ken");
    assert_eq!(ken.get("/incoming_requests").await.status, 204);
    assert_eq!(ken.put("/incoming_requests/1204857", &[]).await.status, 404);
    assert_eq!(ken.delete("/incoming_requests/1204857").await.status, 404);
}

#[tokio::test]
async fn accepting_at_the_limit_of_outside_contacts_is_400() {
    let sandbox = sandbox().await;
    let misaki = act(&sandbox, "misaki");
    let reply = misaki.put("/incoming_requests/1205003", &[]).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.error(), "You have reached the limit of contacts outside your organization");
    assert_eq!(misaki.get("/incoming_requests").await.status, 200, "it can still be declined");
}

#[tokio::test]
async fn an_empty_list_of_contacts_is_no_content() {
    let sandbox = crate::support::sandbox_of(
        "accounts: [{ key: a, id: 1, name: A, token: a }, { key: b, id: 2, name: B }]",
    )
    .await;
    let a = act(&sandbox, "a");
    for path in ["/contacts", "/my/tasks", "/incoming_requests"] {
        assert_eq!(a.get(path).await.status, 204, "{path}");
    }
    let own = a.get("/me").await.json["room_id"].clone();
    assert_eq!(a.get("/rooms").await.each("room_id"), std::slice::from_ref(&own));
    for rest in ["messages", "tasks", "files"] {
        assert_eq!(a.get(&format!("/rooms/{own}/{rest}")).await.status, 204, "{rest}");
    }
}

#[tokio::test]
async fn an_account_without_a_picture_has_one_of_the_service() {
    let sandbox = sandbox().await;
    let me = act(&sandbox, "hanako").get("/me").await.json;
    let address = me["avatar_image_url"].as_str().unwrap();
    assert!(address.starts_with("https://appdata.chatwork.com/avatar/ico_default_"), "{address}");
}

#[tokio::test]
async fn a_colleague_can_be_added_to_a_room_without_being_a_contact() {
    let sandbox = crate::support::sandbox_of(
        "organizations: [{ id: 5, name: O }]
accounts:
  - { key: a, id: 1, name: A, token: a, organization: 5 }
  - { key: b, id: 2, name: B, organization: 5 }
  - { key: c, id: 3, name: C }",
    )
    .await;
    let a = act(&sandbox, "a");
    let with = |id| [("name", "R"), ("members_admin_ids", "1"), ("members_member_ids", id)];
    assert_eq!(a.post("/rooms", &with("2")).await.status, 200);
    assert_ne!(a.post("/rooms", &with("3")).await.status, 200);
}
