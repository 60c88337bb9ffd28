//! The notes in the log on what was ignored.

use chatwork_sandbox::Sandbox;

use crate::support::{PROJECT, act, act_with_bearer, sandbox};

/// The notes on the last request.
fn notes(sandbox: &Sandbox) -> Vec<String> {
    sandbox.requests().pop().unwrap().notes
}

/// Sends a form as Hanako and returns the status and the notes.
async fn post(path: &str, form: &[(&str, &str)]) -> (u16, Vec<String>) {
    let sandbox = sandbox().await;
    let status = act(&sandbox, "hanako").post(path, form).await.status;
    (status, notes(&sandbox))
}

fn tasks() -> String {
    format!("/rooms/{PROJECT}/tasks")
}

const ROOM: [(&str, &str); 2] = [("name", "R"), ("members_admin_ids", "1484814")];
const TASK: [(&str, &str); 2] = [("body", "do"), ("to_ids", "1484814")];

#[tokio::test]
async fn the_code_and_the_acceptance_of_a_room_without_a_link_are_ignored_with_a_note() {
    let link = [("link_code", "unused"), ("link_need_acceptance", "0")];
    for other in [&[][..], &[("link", "0")]] {
        let (status, notes) = post("/rooms", &[&ROOM[..], &link, other].concat()).await;
        assert_eq!((status, notes.len()), (200, 2), "{notes:?}");
        for (note, (name, _)) in notes.iter().zip(link) {
            assert!(note.contains(&format!("'{name}' is ignored")), "{note}");
        }
    }
    let with_link = [&ROOM[..], &link, &[("link", "1")]].concat();
    assert_eq!(post("/rooms", &with_link).await, (200, Vec::new()));
}

#[tokio::test]
async fn a_limit_with_the_type_none_is_ignored_with_a_note() {
    let limit = [("limit", "1750917600"), ("limit_type", "none")];
    let (status, notes) = post(&tasks(), &[&TASK[..], &limit].concat()).await;
    assert_eq!(status, 200);
    assert_eq!(notes, ["form field 'limit' is ignored: limit_type is none"]);
}

#[tokio::test]
async fn the_type_of_a_limit_that_was_not_sent_is_ignored_with_a_note() {
    for limit in [&[("limit_type", "date")][..], &[("limit_type", "time"), ("limit", "0")]] {
        let (status, notes) = post(&tasks(), &[&TASK[..], limit].concat()).await;
        assert_eq!((status, notes.len()), (200, 1), "{limit:?} {notes:?}");
        assert!(notes[0].contains("'limit_type' is ignored"), "{notes:?}");
    }
}

#[tokio::test]
async fn a_task_whose_parameters_all_have_an_effect_has_no_note() {
    for limit in [
        &[][..],
        &[("limit", "1750917600")],
        &[("limit", "1750917600"), ("limit_type", "date")],
        &[("limit_type", "none")],
        &[("limit", "0")],
    ] {
        let sent = [&TASK[..], limit].concat();
        assert_eq!(post(&tasks(), &sent).await, (200, Vec::new()), "{limit:?}");
    }
}

#[tokio::test]
async fn repeated_ids_have_a_note() {
    let (status, notes) = post(&tasks(), &[("body", "do"), ("to_ids", "1484814,1484814")]).await;
    assert_eq!(status, 200);
    assert_eq!(notes, ["form field 'to_ids' has an id more than once: each id counts once"]);
}

#[tokio::test]
async fn a_refused_request_names_its_unknown_and_its_empty_parameters() {
    let form = [("bodi", "do"), ("limit", ""), ("to_ids", "1484814")];
    let (status, notes) = post(&tasks(), &form).await;
    assert_eq!(status, 400);
    let expected = [
        "form field 'bodi' is ignored: this operation does not read it",
        "form field 'limit' is empty: taken as not sent",
    ];
    assert_eq!(notes, expected);
}

#[tokio::test]
async fn a_refused_request_names_no_parameter_that_its_operation_has() {
    let invalid = [&ROOM[1..], &[("name", ""), ("icon_preset", "cat")]].concat();
    let (status, notes) = post("/rooms", &invalid).await;
    assert_eq!(
        (status, notes),
        (400, vec!["form field 'name' is empty: taken as not sent".into()])
    );
}

#[tokio::test]
async fn a_message_in_the_query_is_refused_with_a_note_on_the_query() {
    let (status, notes) = post(&format!("/rooms/{PROJECT}/messages?body=hi"), &[]).await;
    assert_eq!((status, notes.len()), (400, 1), "{notes:?}");
    assert!(notes[0].contains("(only GET reads the query) 'body' is ignored"), "{notes:?}");
}

#[tokio::test]
async fn a_request_without_a_valid_token_names_its_unknown_parameters() {
    let sandbox = sandbox().await;
    assert_eq!(act_with_bearer(&sandbox, "wrong").get("/my/tasks?state=open").await.status, 401);
    let expected = "query parameter 'state' is ignored: this operation does not read it";
    assert_eq!(notes(&sandbox), [expected]);
}

#[tokio::test]
async fn a_body_that_the_operation_does_not_have_is_named_when_it_is_refused() {
    let sandbox = sandbox().await;
    let hanako = act(&sandbox, "hanako");
    let request = hanako.request(reqwest::Method::GET, "/rooms/404404").form(&[("a", "b")]);
    assert_eq!(hanako.send(request).await.status, 403);
    assert_eq!(notes(&sandbox), ["the body is ignored: the operation has none"]);
}
