//! Tasks.

use serde_json::json;

use crate::support::{HANAKO, KEN, MISAKI, PROJECT, SALES, START, act, sandbox};

const PATH: &str = "/rooms/93207172/tasks";

#[tokio::test]
async fn each_assignee_gets_a_task_and_all_share_one_message() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let form = [
        ("body", "見積書"),
        ("to_ids", "2739132,3318824"),
        ("limit", "1751036399"),
        ("limit_type", "date"),
    ];
    let ids = hanako.post(PATH, &form).await.json["task_ids"].clone();
    let mut messages = Vec::new();
    for (id, assignee) in ids.as_array().unwrap().iter().zip([KEN, MISAKI]) {
        let task = hanako.get(&format!("{PATH}/{id}")).await.json;
        assert_eq!(task["account"]["account_id"], assignee);
        assert_eq!(task["assigned_by_account"]["account_id"], HANAKO);
        assert_eq!(
            (&task["limit_time"], &task["limit_type"]),
            (&json!(1_751_036_399), &json!("date"))
        );
        messages.push(task["message_id"].clone());
    }
    let newest = hanako.newest(PROJECT).await;
    assert_eq!(messages, [newest["message_id"].clone(), newest["message_id"].clone()]);
    assert_eq!(
        newest["body"],
        "[info][title][dtext:task_added][/title][task aid=2739132,3318824 st=open lt=1751036399 \
         ltype=date]見積書[/task][/info]"
    );
}

#[tokio::test]
async fn without_limit_type_a_limit_is_a_time_and_none_has_no_limit() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for (fields, limit, kind) in [
        (vec![("limit", "1751036399")], 1_751_036_399, "time"),
        (vec![], 0, "none"),
        (vec![("limit_type", "date")], 0, "none"),
        (vec![("limit", "1751036399"), ("limit_type", "none")], 0, "none"),
        (vec![("limit", "0"), ("limit_type", "time")], 0, "none"),
    ] {
        let mut form = vec![("body", "x"), ("to_ids", "1484814")];
        form.extend(fields);
        let id = hanako.post(PATH, &form).await.json["task_ids"][0].clone();
        let task = hanako.get(&format!("{PATH}/{id}")).await.json;
        assert_eq!((&task["limit_time"], &task["limit_type"]), (&json!(limit), &json!(kind)));
    }
}

#[tokio::test]
async fn tasks_are_filtered() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let ids = async |query: &str| hanako.get(&format!("{PATH}?{query}")).await.each("task_id");
    assert_eq!(ids("account_id=1484814").await, [3_071_290, 3_071_284]);
    assert_eq!(ids("assigned_by_account_id=2739132").await, [3_071_284, 3_068_902]);
    assert_eq!(ids("status=done").await, [3_070_500, 3_068_902]);
    assert_eq!(ids("account_id=2739132&status=open").await, [3_071_285]);
    assert_eq!(hanako.get(&format!("{PATH}?account_id=42")).await.status, 204);
    let mine = hanako.get("/my/tasks?assigned_by_account_id=2739132&status=open").await;
    assert_eq!(mine.each("task_id"), [3_071_284]);
    assert_eq!(mine.json[0]["room"]["room_id"], PROJECT);
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_named() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    for (query, named) in [
        ("status=closed", "status"),
        ("account_id=me", "account_id"),
        ("assigned_by_account_id=0", "assigned_by_account_id"),
        ("status=open&status=done", "status"),
    ] {
        let reply = hanako.get(&format!("{PATH}?{query}")).await;
        assert_eq!(reply.status, 400, "{query}");
        assert!(reply.error().contains(&format!("'{named}'")), "{}", reply.error());
    }
}

#[tokio::test]
async fn the_assignee_and_the_requester_finish_and_reopen() {
    let sandbox = sandbox().await;
    let path = format!("{PATH}/3071284/status");
    for (key, status, dtext) in [("hanako", "done", "task_done"), ("ken", "open", "task_edited")] {
        let api = act(&sandbox, key);
        let reply = api.put(&path, &[("body", status)]).await;
        assert_eq!(reply.json, json!({ "task_id": "3071284" }));
        assert_eq!(api.get(&format!("{PATH}/3071284")).await.json["status"], status);
        let body = api.newest(PROJECT).await["body"].as_str().unwrap().to_owned();
        assert!(body.contains(&format!("[dtext:{dtext}]")), "{body}");
    }
    assert_eq!(act(&sandbox, "misaki").put(&path, &[("body", "done")]).await.status, 403);
}

#[tokio::test]
async fn open_tasks_are_counted() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.get("/my/status").await.json["mytask_num"].as_i64().unwrap();
    hanako.put(&format!("{PATH}/3071284/status"), &[("body", "done")]).await;
    assert_eq!(hanako.get("/my/status").await.json["mytask_num"], before - 1);
    let room = hanako.get("/rooms/93207172").await.json;
    assert_eq!((&room["mytask_num"], &room["task_num"]), (&json!(1), &json!(5)));
}

#[tokio::test]
async fn setting_the_present_status_adds_no_message() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let before = hanako.newest(PROJECT).await;
    let reply = hanako.put(&format!("{PATH}/3071284/status"), &[("body", "open")]).await;
    assert_eq!((reply.status, hanako.newest(PROJECT).await), (200, before));
}

#[tokio::test]
async fn an_assignee_outside_of_the_room_is_403() {
    let sandbox = sandbox().await;
    let form = [("body", "x"), ("to_ids", "1484814,4520017")];
    let reply = act(&sandbox, "ken").post(&format!("/rooms/{SALES}/tasks"), &form).await;
    assert_eq!((reply.status, reply.error()), (403, "The assignee is not a member of this room"));
}

#[tokio::test]
async fn a_task_that_makes_no_sense_is_named() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let (body, to) = (("body", "x"), ("to_ids", "1484814"));
    for (form, named) in [
        (vec![to], "body"),
        (vec![body], "to_ids"),
        (vec![body, ("to_ids", "")], "to_ids"),
        (vec![body, ("to_ids", "me")], "to_ids"),
        (vec![body, to, to], "to_ids"),
        (vec![body, to, ("limit", "tomorrow")], "limit"),
        (vec![body, to, ("limit", "-1")], "limit"),
        (vec![body, to, ("limit", "99999999999999999999")], "limit"),
        (vec![body, to, ("limit_type", "week")], "limit_type"),
    ] {
        let reply = hanako.post(PATH, &form).await;
        assert_eq!(reply.status, 400, "{form:?}");
        assert!(reply.error().contains(&format!("'{named}'")), "{}", reply.error());
    }
    let bad = hanako.put(&format!("{PATH}/3071284/status"), &[("body", "finished")]).await;
    assert!(bad.error().contains("'body'"));
    assert_eq!(sandbox.clock().now(), START);
}

#[tokio::test]
async fn the_longest_task_still_fits_into_its_message() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let longest = "長".repeat(65_535);
    let form = [("body", longest.as_str()), ("to_ids", "1484814")];
    let id = hanako.post(PATH, &form).await.json["task_ids"][0].clone();
    assert_eq!(hanako.get(&format!("{PATH}/{id}")).await.json["body"], longest);
    let body = hanako.newest(PROJECT).await["body"].as_str().unwrap().to_owned();
    assert_eq!(body.chars().count(), 65_535);
}

#[tokio::test]
async fn my_tasks_are_those_that_are_assigned_to_me() {
    let sandbox = sandbox().await;
    let (hanako, ken) = (act(&sandbox, "hanako"), act(&sandbox, "ken"));
    let form = [("body", "for Ken"), ("to_ids", "2739132")];
    let id = hanako.post(PATH, &form).await.json["task_ids"][0].clone();
    assert!(ken.get("/my/tasks").await.each("task_id").contains(&id));
    assert!(!hanako.get("/my/tasks").await.each("task_id").contains(&id));
}
