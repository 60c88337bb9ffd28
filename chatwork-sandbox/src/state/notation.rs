//! The texts that the system writes, in the service's notation.
//!
//! The keys of `[dtext:…]` and the shapes of the three examples (file, task, member) are known from
//! the service; how the other texts are put together is an assumption.

use chatwork_api::types::{AccountId, FileId};

use super::task::Task;

/// The longest body that a message has.
const LONGEST: usize = 65_535;

/// `[info][title][dtext:task_added][/title][task …]…[/task][/info]`, one `[task]` for all
/// assignees, as the service does.
pub(super) fn task_added(task: &Task, assignees: &[AccountId]) -> String {
    task_message("task_added", task, assignees)
}

/// Like [`task_added`], with the key `task_done` or, for a task that was reopened, `task_edited`.
pub(super) fn task_changed(task: &Task) -> String {
    let key = match task.status {
        super::TaskStatus::Done => "task_done",
        super::TaskStatus::Open => "task_edited",
    };
    task_message(key, task, &[task.assignee])
}

fn task_message(key: &str, task: &Task, assignees: &[AccountId]) -> String {
    let ids: Vec<_> = assignees.iter().map(ToString::to_string).collect();
    let head = format!(
        "[info][title][dtext:{key}][/title][task aid={} st={} lt={} ltype={}]",
        ids.join(","),
        task.status.as_str(),
        task.limit,
        task.limit_type.as_str(),
    );
    wrap(&head, &task.body, "[/task][/info]")
}

/// `[info][title][dtext:file_uploaded][/title][preview …][download:…]NAME (SIZE)[/download][/info]`
/// with the text of the upload between title and file.
pub(super) fn file_uploaded(id: FileId, name: &str, size: usize, text: Option<&str>) -> String {
    let preview = match is_image(name) {
        true => format!("[preview id={id} ht={PREVIEW_HEIGHT}]"),
        false => String::new(),
    };
    let file = format!("{preview}[download:{id}]{name} ({})[/download][/info]", in_words(size));
    let head = "[info][title][dtext:file_uploaded][/title]";
    match text {
        Some(text) => wrap(head, text, &format!("\n{file}")),
        None => format!("{head}{file}"),
    }
}

/// How high the preview of an image is drawn, in pixels.
const PREVIEW_HEIGHT: u32 = 150;

fn is_image(name: &str) -> bool {
    mime_guess::from_path(name).first().is_some_and(|kind| kind.type_() == "image")
}

/// A size as people read it.
fn in_words(bytes: usize) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes / 1_024),
        _ => format!("{}.{:02} MB", bytes / 1_048_576, bytes % 1_048_576 * 100 / 1_048_576),
    }
}

/// `[info][dtext:KEY][/info]`.
pub(super) fn plain(key: &str) -> String {
    format!("[info][dtext:{key}][/info]")
}

/// A group has another name.
pub(super) fn renamed(name: &str) -> String {
    let tail = "[dtext:chatroom_set][/info]";
    wrap("[info][dtext:chatroom_chatname_is]", name, tail)
}

/// A group has another description.
pub(super) fn described(description: &str) -> String {
    let tail = "[dtext:chatroom_changed][/info]";
    wrap("[info][dtext:chatroom_description_is]", description, tail)
}

/// Members joined, left, or have another role: `[info][dtext:chatroom_member_is]` names
/// `[dtext:KEY][/info]`.
pub(super) fn members(accounts: &[AccountId], key: &str) -> String {
    let names: String = accounts.iter().map(|id| format!("[piconname:{id}]")).collect();
    wrap("[info][dtext:chatroom_member_is]", &names, &format!("[dtext:{key}][/info]"))
}

/// Puts a text between two others. Shortens the text if the message would be too long.
fn wrap(head: &str, text: &str, tail: &str) -> String {
    let room = LONGEST.saturating_sub(head.chars().count() + tail.chars().count());
    let mut body = String::with_capacity(head.len() + text.len() + tail.len());
    body.push_str(head);
    body.extend(text.chars().take(room));
    body.push_str(tail);
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_announced_as_the_service_does() {
        assert_eq!(
            file_uploaded(FileId(1_341_384_457), "a.png", 12_288, None),
            "[info][title][dtext:file_uploaded][/title][preview id=1341384457 ht=150]\
             [download:1341384457]a.png (12 KB)[/download][/info]"
        );
    }

    #[test]
    fn only_an_image_has_a_preview() {
        let body = file_uploaded(FileId(7), "見積書.pdf", 5, Some("どうぞ"));
        assert_eq!(
            body,
            "[info][title][dtext:file_uploaded][/title]どうぞ\n[download:7]見積書.pdf (5 B)\
             [/download][/info]"
        );
    }

    #[test]
    fn members_are_named_as_the_service_does() {
        assert_eq!(
            members(&[AccountId(123)], "chatroom_added"),
            "[info][dtext:chatroom_member_is][piconname:123][dtext:chatroom_added][/info]"
        );
    }

    #[test]
    fn no_text_is_longer_than_a_message_may_be() {
        let long = "長".repeat(65_535);
        assert_eq!(renamed(&long).chars().count(), 65_535);
    }
}
