//! Long replies, and the types of a person who reads them with plain serde.

use std::fmt::Write;

use serde::Deserialize;

/// So many messages, as the service writes them.
pub(crate) fn messages(count: usize) -> String {
    list(count, |list, number| {
        let id = 1_928_374_655_918_273_645 + number as u64;
        let (account, other) = (1_000_000 + number % 20, 2_000_000 + number % 20);
        let sent = 1_763_700_000 + number * 37;
        write!(list, r#"{{"message_id":"{id}","account":{{"account_id":{account},"#)?;
        write!(list, r#""name":"山田 花子","avatar_image_url":"#)?;
        write!(list, r#""https://appdata.chatwork.com/avatar/{number}/{number}.rsz.png"}},"#)?;
        write!(list, r#""body":"[To:{other}]鈴木さん\nお疲れ様です。"#)?;
        write!(list, r#"明日の会議は「10時」からです。\n資料はこちら: "#)?;
        write!(list, r#"https://example.com/docs/{number}","#)?;
        write!(list, r#""send_time":{sent},"update_time":0}}"#)
    })
}

/// So many rooms, as the service writes them.
pub(crate) fn rooms(count: usize) -> String {
    let kinds = ["group", "group", "group", "direct"];
    let roles = ["member", "admin", "readonly"];
    list(count, |list, number| {
        let kind = kinds.get(number % kinds.len()).unwrap_or(&"my");
        let role = roles.get(number % roles.len()).unwrap_or(&"admin");
        let (id, sticky) = (100_000_000 + number, number % 7 == 0);
        let (unread, mentions, tasks) = (number % 10, number % 3, number % 5);
        let (messages, files, all_tasks) = (number * 13, number % 50, number % 20);
        let updated = 1_763_700_000 + number;
        write!(list, r#"{{"room_id":{id},"name":"プロジェクト {number}","type":"{kind}","#)?;
        write!(list, r#""role":"{role}","sticky":{sticky},"unread_num":{unread},"#)?;
        write!(list, r#""mention_num":{mentions},"mytask_num":{tasks},"#)?;
        write!(list, r#""message_num":{messages},"file_num":{files},"task_num":{all_tasks},"#)?;
        write!(list, r#""icon_path":"https://appdata.chatwork.com/icon/ico_group.png","#)?;
        write!(list, r#""last_update_time":{updated}}}"#)
    })
}

fn list(count: usize, item: impl Fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut list = String::from("[");
    for number in 0..count {
        if number > 0 {
            list.push(',');
        }
        // Writing to a string does not fail.
        let _ = item(&mut list, number);
    }
    list.push(']');
    list
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read by nobody, but parsed all the same")]
pub(crate) struct PlainMessage {
    message_id: String,
    account: PlainAccount,
    body: String,
    send_time: i64,
    update_time: i64,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read by nobody, but parsed all the same")]
struct PlainAccount {
    account_id: i64,
    name: String,
    avatar_image_url: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read by nobody, but parsed all the same")]
pub(crate) struct PlainRoom {
    room_id: i64,
    name: String,
    #[serde(rename = "type")]
    kind: PlainType,
    role: PlainRole,
    sticky: bool,
    unread_num: i64,
    mention_num: i64,
    mytask_num: i64,
    message_num: i64,
    file_num: i64,
    task_num: i64,
    icon_path: String,
    last_update_time: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum PlainType {
    My,
    Direct,
    Group,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum PlainRole {
    Admin,
    Member,
    Readonly,
}
