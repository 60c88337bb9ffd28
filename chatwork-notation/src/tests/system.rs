//! Each form that the system writes, by a line of its own.

use super::*;
use chatwork_api::types::{TaskLimitType, TaskStatus};

fn task(line: &str) -> Task<'_> {
    match kinds(line).first() {
        Some(Kind::Task(task)) => *task,
        other => panic!("{other:?}"),
    }
}

fn download(line: &str) -> Download<'_> {
    match kinds(line).as_slice() {
        [Kind::Download(download)] => *download,
        other => panic!("{other:?}"),
    }
}

#[test]
fn dtext_is_a_sentence_by_its_key() {
    for key in [
        "file_uploaded",
        "task_added",
        "task_edited",
        "task_done",
        "chatroom_groupchat_created",
        "chatroom_chatname_is",
        "chatroom_set",
        "chatroom_member_is",
        "chatroom_added",
        "chatroom_chat_edited",
        "chatroom_chat_joined",
        "chatroom_priv_changed",
        "chatroom_description_is",
        "chatroom_changed",
        "chatroom_contact_added",
        "a_key_that_is_yet_to_come",
    ] {
        assert_eq!(kinds(&format!("[dtext:{key}]")), [Kind::SystemText(key)]);
    }
}

#[test]
fn task_names_assignees_status_and_limit() {
    let task = task("[task aid=8638511 st=open lt=1705642989 ltype=date]buy milk[/task]");
    assert!(task.assignees().eq([AccountId(8_638_511)]));
    assert_eq!(task.status(), Some(TaskStatus::Open));
    assert_eq!(task.due(), Some(UnixTime(1_705_642_989)));
    assert_eq!(task.limit_type(), Some(TaskLimitType::Date));
}

#[test]
fn task_may_have_several_assignees_and_be_done() {
    let task = task("[task aid=1,2,3 st=done lt=1705642989 ltype=time]a[/task]");
    assert!(task.assignees().eq(accounts(&[1, 2, 3])));
    assert_eq!(task.status(), Some(TaskStatus::Done));
    assert_eq!(task.limit_type(), Some(TaskLimitType::Time));
}

#[test]
fn task_without_limit_is_never_due() {
    let task = task("[task aid=1 st=open lt=0 ltype=none]a[/task]");
    assert_eq!((task.due(), task.limit_type()), (None, Some(TaskLimitType::None)));
}

#[test]
fn an_old_task_has_no_limit_type() {
    let task = task("[task aid=1 st=open lt=1705642989]a[/task]");
    assert_eq!((task.due(), task.limit_type()), (Some(UnixTime(1_705_642_989)), None));
}

#[test]
fn the_text_of_a_task_may_hold_tags() {
    let inside = kinds("[task aid=1 st=open lt=0]see [piconname:2][/task]");
    assert_eq!(inside[1..], [Kind::Text("see "), Kind::IconAndName(AccountId(2))]);
}

#[test]
fn download_names_file_name_and_size() {
    let file = download("[download:1341384457]a.png (12 KB)[/download]");
    assert_eq!(file.file(), FileId(1_341_384_457));
    assert_eq!((file.name(), file.size()), ("a.png", Some("12 KB")));
    assert_eq!(file.label(), "a.png (12 KB)");
}

#[test]
fn a_file_name_may_hold_brackets_and_tags() {
    let file = download("[download:1][To:2] (1) (final).png (3.4 MB)[/download]");
    assert_eq!((file.name(), file.size()), ("[To:2] (1) (final).png", Some("3.4 MB")));
}

#[test]
fn a_download_without_size_is_all_name() {
    let file = download("[download:1]a.png[/download]");
    assert_eq!((file.name(), file.size()), ("a.png", None));
}

#[test]
fn deleted_stands_for_a_deleted_message() {
    assert_eq!(kinds("[deleted]"), [Kind::Deleted]);
    assert!(parse("[deleted]").is_deleted());
}

#[test]
fn a_message_with_more_than_that_is_not_deleted() {
    assert!(!parse("[deleted] it says").is_deleted());
    assert!(!parse("").is_deleted());
}

#[test]
fn an_upload_as_the_system_announces_it() {
    let line = "[info][title][dtext:file_uploaded][/title][preview id=1341384457 ht=16]\
                [download:1341384457]a.png (12 KB)[/download][/info]";
    let file = FileId(1_341_384_457);
    assert_eq!(
        kinds(line),
        [
            Kind::Info,
            Kind::Title,
            Kind::SystemText("file_uploaded"),
            Kind::Preview(Preview { file, height: Some(16) }),
            Kind::Download(Download { file, label: "a.png (12 KB)" }),
        ]
    );
}

#[test]
fn a_task_as_the_system_announces_it() {
    let line = "[info][title][dtext:task_added][/title]\
                [task aid=8638511 st=open lt=1705642989 ltype=date]buy milk[/task][/info]";
    let tree = parse(line);
    let info = tree.nodes().next().unwrap();
    let inside: Vec<_> = info.children().map(|node| node.inner()).collect();
    assert_eq!(inside, ["[dtext:task_added]", "buy milk"]);
}

#[test]
fn a_new_member_as_the_system_announces_it() {
    let line = "[info][dtext:chatroom_member_is][piconname:123][dtext:chatroom_added][/info]";
    assert_eq!(
        kinds(line),
        [
            Kind::Info,
            Kind::SystemText("chatroom_member_is"),
            Kind::IconAndName(AccountId(123)),
            Kind::SystemText("chatroom_added"),
        ]
    );
}

#[test]
fn a_task_without_limit_is_not_due_even_if_it_has_a_time() {
    assert_eq!(task("[task aid=1 st=open lt=1705642989 ltype=none]a[/task]").due(), None);
}
