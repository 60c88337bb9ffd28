//! What system messages report.

use super::*;

fn events(body: &str) -> Vec<SystemEvent<'_>> {
    parse(body).system_events()
}

#[test]
fn members_added_removed_and_left_are_named() {
    let body = |key| {
        format!("[info][dtext:chatroom_member_is][piconname:1], [piconname:2][dtext:{key}][/info]")
    };
    let people = accounts(&[1, 2]);
    for (key, expected) in [
        ("chatroom_added", SystemEvent::MembersAdded(people.clone())),
        ("chatroom_deleted", SystemEvent::MembersRemoved(people.clone())),
        ("chatroom_leaved", SystemEvent::MembersLeft(people.clone())),
        ("chatroom_priv_changed", SystemEvent::RolesChanged(people.clone())),
    ] {
        let body = body(key);
        let found = events(&body);
        assert_eq!(found, [expected], "{key}");
        assert_eq!(found[0].people(), people);
    }
}

#[test]
fn a_sentence_needs_no_subject() {
    let body = "[info][piconname:1][dtext:nickname_suffix][dtext:chatroom_leaved][/info]";
    assert_eq!(events(body), [SystemEvent::MembersLeft(accounts(&[1]))]);
}

#[test]
fn an_account_with_icon_and_name_is_named_once() {
    let body = "[dtext:chatroom_member_is][picon:1][pname:1][dtext:chatroom_added]";
    assert_eq!(events(body), [SystemEvent::MembersAdded(accounts(&[1]))]);
}

#[test]
fn the_author_who_joins_is_not_named() {
    let joined = events("[info][dtext:chatroom_chat_joined][/info]");
    assert_eq!(joined, [SystemEvent::Joined]);
    assert_eq!(joined[0].people(), []);
}

#[test]
fn a_new_room_has_its_name_and_its_members() {
    let body = "[info][title][dtext:chatroom_groupchat_created][/title]\
                [dtext:chatroom_chatname_is]test[dtext:chatroom_set]\n\n\
                [dtext:chatroom_member_is][piconname:1][dtext:chatroom_added][/info]";
    let expected = [
        SystemEvent::RoomCreated,
        SystemEvent::NameChanged("test"),
        SystemEvent::MembersAdded(accounts(&[1])),
    ];
    assert_eq!(events(body), expected);
}

#[test]
fn an_edited_room_says_what_was_changed() {
    let body = "[info][title][dtext:chatroom_chat_edited][/title]\
                [dtext:chatroom_description_is]see [hr][dtext:chatroom_changed]\
                [dtext:chatroom_chatname_is]new[dtext:chatroom_changed]\
                [dtext:chatroom_description_is]old[dtext:chatroom_set]\
                [dtext:chatroom_icon_updated][/info]";
    let expected = [
        SystemEvent::RoomEdited,
        SystemEvent::DescriptionChanged("see [hr]"),
        SystemEvent::NameChanged("new"),
        SystemEvent::DescriptionChanged("old"),
        SystemEvent::IconChanged,
    ];
    assert_eq!(events(body), expected);
}

#[test]
fn people_of_one_sentence_do_not_count_in_the_next() {
    let body = "[piconname:1][dtext:chatroom_leaved][dtext:chatroom_member_is][piconname:2]\
                [dtext:chatroom_added][piconname:3][dtext:chatroom_member_is]\
                [dtext:chatroom_priv_changed]";
    let expected = [
        SystemEvent::MembersLeft(accounts(&[1])),
        SystemEvent::MembersAdded(accounts(&[2])),
        SystemEvent::RolesChanged(vec![]),
    ];
    assert_eq!(events(body), expected);
}

/// A message of the system about a task of the accounts 1 and 2.
macro_rules! task_message {
    ($key:literal) => {
        concat!("[info][title][dtext:", $key, "][/title][task aid=1,2 st=open]a[/task][/info]")
    };
}

#[test]
fn a_task_event_has_the_task_and_its_assignees() {
    let task = events(task_message!("task_added"))[0].task();
    assert!(task.is_some());
    for (body, expected) in [
        (task_message!("task_added"), SystemEvent::TaskAdded(task)),
        (task_message!("task_edited"), SystemEvent::TaskEdited(task)),
        (task_message!("task_done"), SystemEvent::TaskDone(task)),
        (task_message!("task_reverted"), SystemEvent::TaskReopened(task)),
        (task_message!("task_deleted"), SystemEvent::TaskDeleted(task)),
    ] {
        let found = events(body);
        assert_eq!(found, [expected], "{body}");
        assert_eq!(found[0].people(), accounts(&[1, 2]), "{body}");
    }
}

#[test]
fn a_task_event_without_its_task_has_none() {
    assert_eq!(events("[dtext:task_deleted]"), [SystemEvent::TaskDeleted(None)]);
    assert_eq!(events("[task aid=1]a[/task][dtext:task_done]"), [SystemEvent::TaskDone(None)]);
}

#[test]
fn the_first_task_after_the_sentence_counts() {
    let found = events("[dtext:task_added][task aid=1]a[/task][task aid=2]b[/task]").remove(0);
    assert_eq!(found.people(), accounts(&[1]));
}

#[test]
fn an_upload_has_its_file() {
    let body = "[info][title][dtext:file_uploaded][/title][preview id=1 ht=16]\
                [download:1]a.png (12 KB)[/download][download:2]b[/download][/info]";
    let file = Download { file: FileId(1), label: "a.png (12 KB)" };
    assert_eq!(events(body), [SystemEvent::FileUploaded(Some(file))]);
    assert_eq!(events(body)[0].task(), None);
}

#[test]
fn a_contact_that_was_added_is_an_event() {
    assert_eq!(events("[dtext:chatroom_contact_added]"), [SystemEvent::ContactAdded]);
}

#[test]
fn an_unknown_key_is_kept_with_the_people_before_it() {
    let found = events("[piconname:1][dtext:yet_to_come][dtext:chatroom_set]");
    let other = |key, people: &[i64]| SystemEvent::Other { key, people: accounts(people) };
    assert_eq!(found, [other("yet_to_come", &[1]), other("chatroom_set", &[])]);
    assert_eq!(found[0].people(), accounts(&[1]));
}

#[test]
fn messages_of_people_and_quotes_report_nothing() {
    assert_eq!(events("[To:1]Anna\nhello [piconname:2]"), []);
    assert_eq!(events("[qt][dtext:chatroom_chat_joined][/qt]"), []);
}
