//! Invitation links.

use serde_json::json;

use crate::support::{DIRECT, PROJECT, SALES, act, http, sandbox};

fn path(room: i64) -> String {
    format!("/rooms/{room}/link")
}

#[tokio::test]
async fn a_link_is_shown_with_its_address() {
    let sandbox = sandbox().await;
    let link = act(&sandbox, "alex").get(&path(PROJECT)).await.json;
    let expected = json!({
        "public": true,
        "url": format!("{}/g/new-product_2025", sandbox.origin()),
        "need_acceptance": true,
        "description": "新製品プロジェクトへの参加はこちらから",
    });
    assert_eq!(link, expected);
}

#[tokio::test]
async fn a_link_without_a_code_gets_a_random_one() {
    let sandbox = sandbox().await;
    let ken = act(&sandbox, "ken");
    let made_up = ken.post(&path(SALES), &[]).await.json;
    assert_eq!((&made_up["public"], &made_up["need_acceptance"]), (&json!(true), &json!(true)));
    ken.delete(&path(SALES)).await;
    let form = [("code", "Sales-1_b"), ("need_acceptance", "0"), ("description", "営業")];
    let given = ken.post(&path(SALES), &form).await.json;
    assert!(given["url"].as_str().unwrap().ends_with("/g/Sales-1_b"));
    assert_eq!((&given["need_acceptance"], &given["description"]), (&json!(false), &json!("営業")));
}

#[tokio::test]
async fn a_replaced_link_keeps_no_old_value() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    hanako.put(&path(PROJECT), &[("code", "mine"), ("need_acceptance", "0")]).await;
    let link = hanako.put(&path(PROJECT), &[("description", "new")]).await.json;
    assert!(!link["url"].as_str().unwrap().ends_with("/mine"));
    assert_eq!((&link["need_acceptance"], &link["description"]), (&json!(true), &json!("new")));
}

#[tokio::test]
async fn a_link_may_keep_its_own_code() {
    let sandbox = sandbox().await;
    let form = [("code", "new-product_2025")];
    assert_eq!(act(&sandbox, "hanako").put(&path(PROJECT), &form).await.status, 200);
}

#[tokio::test]
async fn a_code_that_is_taken_or_malformed_is_named() {
    let sandbox = sandbox().await;
    let ken = act(&sandbox, "ken");
    let long = "a".repeat(51);
    for code in ["new-product_2025", "a b", "あ", "a/b", &long] {
        for room in [SALES, PROJECT] {
            let form = [("code", code)];
            let reply = match room {
                SALES => ken.post(&path(room), &form).await,
                _ if code == "new-product_2025" => continue,
                _ => ken.put(&path(room), &form).await,
            };
            assert_eq!(reply.status, 400, "{code}");
            assert!(reply.error().contains("'code'"), "{}", reply.error());
        }
    }
    let taken = ken.put(&path(PROJECT), &[("code", "sales")]).await;
    assert_eq!(taken.status, 400, "the code of a closed link is taken");
}

#[tokio::test]
async fn opening_an_open_link_and_closing_a_closed_one_are_400() {
    let sandbox = sandbox().await;
    let ken = act(&sandbox, "ken");
    assert_eq!(ken.post(&path(PROJECT), &[]).await.status, 400);
    assert_eq!(ken.put(&path(SALES), &[]).await.status, 400);
    assert_eq!(ken.delete(&path(SALES)).await.status, 400);
    assert_eq!(ken.delete(&path(PROJECT)).await.json, json!({ "public": false }));
    assert_eq!(ken.delete(&path(PROJECT)).await.status, 400);
    assert_eq!(ken.get(&path(PROJECT)).await.json, json!({ "public": false }));
}

#[tokio::test]
async fn a_code_is_free_again_once_its_link_is_deleted() {
    let sandbox = sandbox().await;
    let ken = act(&sandbox, "ken");
    ken.delete(&path(PROJECT)).await;
    assert_eq!(ken.post(&path(SALES), &[("code", "new-product_2025")]).await.status, 200);
}

#[tokio::test]
async fn only_groups_have_links() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    assert_eq!(hanako.get(&path(DIRECT)).await.json, json!({ "public": false }));
    assert_eq!(hanako.post(&path(DIRECT), &[]).await.status, 403);
}

#[tokio::test]
async fn the_address_leads_to_a_page() {
    let sandbox = sandbox().await;
    let page = http().get(format!("{}/g/new-product_2025", sandbox.origin())).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("新製品プロジェクト"));
    let closed = http().get(format!("{}/g/sales", sandbox.origin())).send().await.unwrap();
    assert_eq!(closed.status(), 404);
}

#[tokio::test]
async fn a_visit_to_the_page_is_logged_with_the_reason_if_there_is_no_such_link() {
    let sandbox = sandbox().await;
    for (code, status, refused) in
        [("new-product_2025", 200, false), ("sales", 404, true), ("%FF", 404, true)]
    {
        http().get(format!("{}/g/{code}", sandbox.origin())).send().await.unwrap();
        let logged = sandbox.requests().pop().unwrap();
        assert_eq!((logged.path, logged.status), (format!("/g/{code}"), Some(status)));
        assert_eq!(logged.reason.is_some(), refused, "{code}");
    }
}
