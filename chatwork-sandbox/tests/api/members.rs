//! Who is in a room.

use serde_json::json;

use crate::support::{ALEX, BOT, DIRECT, HANAKO, MISAKI, act, sandbox};

const PATH: &str = "/rooms/93207172/members";

#[tokio::test]
async fn members_come_with_their_roles() {
    let sandbox = sandbox().await;
    let members = act(&sandbox, "alex").get(PATH).await;
    let roles: Vec<_> = members.each("account_id").into_iter().zip(members.each("role")).collect();
    assert!(roles.contains(&(json!(HANAKO), json!("admin"))));
    assert!(roles.contains(&(json!(BOT), json!("member"))));
    assert!(roles.contains(&(json!(ALEX), json!("readonly"))));
}

#[tokio::test]
async fn the_three_lists_are_the_whole_membership() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form = [("members_admin_ids", "1484814"), ("members_readonly_ids", "3318824,2861671")];
    let reply = hanako.put(PATH, &form).await;
    let expected = json!({ "admin": [HANAKO], "member": [], "readonly": [MISAKI, ALEX] });
    assert_eq!(reply.json, expected);
    assert_eq!(act(&sandbox, "ken").get("/rooms/93207172").await.status, 403);
}

#[tokio::test]
async fn new_leaving_and_changed_members_are_announced() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form =
        [("members_admin_ids", "1484814,3318824,2739132"), ("members_readonly_ids", "2861671")];
    hanako.put(PATH, &form).await;
    let bodies = hanako.get("/rooms/93207172/messages?force=1").await.each("body");
    for (account, key) in [(BOT, "chatroom_removed"), (MISAKI, "chatroom_priv_changed")] {
        let said =
            format!("[info][dtext:chatroom_member_is][piconname:{account}][dtext:{key}][/info]");
        assert!(bodies.contains(&json!(said)), "{said}");
    }
}

#[tokio::test]
async fn a_member_that_stays_keeps_its_unread_messages() {
    let sandbox = sandbox().await;
    let (hanako, misaki) = (act(&sandbox, "hanako"), act(&sandbox, "misaki"));
    let before = misaki.get("/rooms/93207172").await.json["unread_num"].as_i64().unwrap();
    let form = [
        ("members_admin_ids", "1484814"),
        ("members_member_ids", "2739132,3318824,4520017"),
        ("members_readonly_ids", "2861671"),
    ];
    hanako.put(PATH, &form).await;
    let after = misaki.get("/rooms/93207172").await.json["unread_num"].as_i64().unwrap();
    assert_eq!(after, before + 1, "the message of the change is new");
}

#[tokio::test]
async fn a_contact_of_another_account_may_stay_but_not_join() {
    let sandbox = sandbox().await;
    let ken = act(&sandbox, "ken");
    let stay = [("members_admin_ids", "2739132,1484814"), ("members_readonly_ids", "2861671")];
    assert_eq!(ken.put(PATH, &stay).await.status, 200, "Alex is no contact of Ken's, but inside");
    let go = [("members_admin_ids", "2739132,1484814")];
    assert_eq!(ken.put(PATH, &go).await.status, 200);
    let come = ken.put(PATH, &stay).await;
    assert_eq!(come.status, 400);
    assert!(come.error().contains("'members_readonly_ids'"), "{}", come.error());
}

#[tokio::test]
async fn lists_that_make_no_sense_are_named() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let (admin, member) = ("members_admin_ids", "members_member_ids");
    for (form, named) in [
        (vec![], admin),
        (vec![(admin, "")], admin),
        (vec![(admin, "1484814,abc")], admin),
        (vec![(admin, "1484814, 2739132")], admin),
        (vec![(admin, "1484814,424242")], admin),
        (vec![(admin, "1484814,99999999999999999999")], admin),
        (vec![(admin, "1484814,5105230")], admin),
        (vec![(admin, "1484814"), (member, "1484814")], member),
        (vec![(admin, "1484814"), (admin, "2739132")], admin),
    ] {
        for path in [PATH, "/rooms"] {
            let mut form = form.clone();
            form.push(("name", "x"));
            let reply = match path {
                PATH => hanako.put(path, &form).await,
                _ => hanako.post(path, &form).await,
            };
            assert_eq!(reply.status, 400, "{path} {form:?}");
            assert!(reply.error().contains(&format!("'{named}'")), "{}", reply.error());
        }
    }
    assert_eq!(hanako.get(PATH).await.json.as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn an_id_that_comes_twice_in_one_list_counts_once() {
    let sandbox = sandbox().await;
    let reply =
        act(&sandbox, "hanako").put(PATH, &[("members_admin_ids", "1484814,1484814")]).await;
    assert_eq!(reply.json["admin"], json!([HANAKO]));
}

#[tokio::test]
async fn a_direct_chat_has_always_the_same_two() {
    let sandbox = sandbox().await;
    let form = [("members_admin_ids", "1484814,2739132")];
    let reply = act(&sandbox, "hanako").put(&format!("/rooms/{DIRECT}/members"), &form).await;
    assert_eq!(reply.status, 403);
}
