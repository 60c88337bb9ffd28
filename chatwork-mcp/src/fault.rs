//! Why a tool did not do what was asked: one sentence, and the next step.

use std::fmt;

use chatwork_app::{AppError, one_line};
use chatwork_sdk::error::Effect;
use chatwork_sdk::{Error, UnixTime};
use rmcp::model::InputRequiredResult;

use crate::time::iso;

/// Why a tool did not do what was asked. `Debug` does not show the text, which may hold names.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    what: String,
    next: String,
    /// What a person or the model can choose from. It holds foreign names.
    choices: String,
    /// Whether a write may have been done all the same.
    pub(crate) is_unsure: bool,
}

impl Fault {
    /// A fault with the next step, which may be empty.
    pub(crate) fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), next: next.into(), choices: String::new(), is_unsure: false }
    }

    /// Adds what can be chosen from, behind the next step.
    pub(crate) fn choices(self, choices: String) -> Self {
        Self { choices, ..self }
    }

    /// Leaves out each sentence of the next step that names a tool which this client does not have.
    pub(crate) fn advising(mut self, has: impl Fn(&str) -> bool) -> Self {
        let is_word = |it: char| it.is_ascii_lowercase() || it == '_';
        let can = |sentence: &&str| {
            let mut words = sentence.split(|it| !is_word(it));
            words.all(|word| !crate::tools::is_tool(word) || has(word))
        };
        let kept: Vec<_> = self.next.split_inclusive(". ").filter(can).collect();
        self.next = kept.concat().trim_end().to_owned();
        self
    }

    /// Marks a write that may have been done.
    pub(crate) fn unsure(self) -> Self {
        Self { is_unsure: true, ..self }
    }

    /// Says first which tool shows whether a write was done.
    pub(crate) fn look_with(self, tool: &str) -> Self {
        let next =
            format!("Look with {tool} whether it was done, before anything else. {}", self.next);
        Self { next: next.trim_end().to_owned(), ..self }
    }

    /// Returns the text for the model.
    pub(crate) fn text(&self) -> String {
        let parts = [self.next.as_str(), self.choices.as_str()];
        let parts = parts.iter().filter(|part| !part.is_empty());
        parts.fold(format!("{}.", self.what), |text, part| format!("{text} {part}"))
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault").field("is_unsure", &self.is_unsure).finish_non_exhaustive()
    }
}

/// Why a tool stops.
pub(crate) enum Stop {
    /// It failed.
    Fault(Fault),
    /// The client has to ask the person, and to call again.
    Ask(Box<InputRequiredResult>),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Fault(error.into())
    }
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        Self::Fault(error.into())
    }
}

const ASK_PERSON: &str = "Ask the person to sign in again.";
const MAYBE: &str = "It may have been done.";

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let is_unsure = error.effect() != Effect::None;
        let (what, next) = describe(&error);
        let next = if is_unsure { MAYBE.to_owned() } else { next };
        Self { what: said(what, &error), next, choices: String::new(), is_unsure }
    }
}

fn describe(error: &Error) -> (String, String) {
    let text = |what: &str, next: &str| (what.to_owned(), next.to_owned());
    match error {
        Error::RateLimited(limited) => {
            let seconds = limited.retry_after().as_secs_f64().ceil();
            let at = UnixTime::try_from(limited.until()).map(iso).unwrap_or_default();
            let what = match limited.limit().per() {
                "account" => "The rate limit of the account is used up",
                _ => "The room takes 10 messages and tasks in 10 seconds, and they are used up",
            };
            (what.to_owned(), format!("Call again in {seconds} s, at {at}."))
        }
        _ if error.is_unauthorized() => text("Chatwork refused the token (401)", ASK_PERSON),
        Error::Token(_) => text("There is no valid token", ASK_PERSON),
        _ if error.is_forbidden() => text(
            "Chatwork refused (403): the room does not exist, this account is not in it, or may \
             not do this",
            "Look at list_rooms for the rooms and the role in each.",
        ),
        _ if error.is_hidden() => text("The plan hides this message (404)", ""),
        _ if error.is_not_found() => text(
            "There is no such message, task, file or request (404)",
            "Check the id and the room.",
        ),
        Error::Input(input) => {
            let what = one_line(&input.to_string()).into_owned();
            (format!("Chatwork would refuse this: {what}"), "Correct it and call again.".to_owned())
        }
        Error::Api(api) => (format!("Chatwork refused ({})", api.status().as_u16()), String::new()),
        Error::Network(_) => text("The connection to Chatwork failed", "Try again in a minute."),
        other if other.is_timeout() => text("Chatwork took too long", "Try again in a minute."),
        Error::Decode(_) => text("The reply of Chatwork cannot be read", ""),
        other => (one_line(&other.to_string()).into_owned(), String::new()),
    }
}

/// Adds what the API says. It is foreign text.
fn said(what: String, error: &Error) -> String {
    let said: Vec<_> = error.api_errors().iter().map(|text| one_line(text)).collect();
    match said.is_empty() {
        true => what,
        false => format!("{what}; Chatwork says \"{}\"", cut(&said.join(" / "), 500)),
    }
}

/// Cuts a text behind so many characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Api(error) => error.into(),
            AppError::Name(fault) => {
                let known: Vec<_> = fault
                    .candidates
                    .iter()
                    .map(|it| format!("{} ({})", it.id, cut(&one_line(&it.name), 60)))
                    .collect();
                let choices = match known.is_empty() {
                    true => String::new(),
                    false => format!("With such a name: {}.", known.join(", ")),
                };
                Self::new(cut(&fault.to_string(), 400), "Give the id.").choices(choices)
            }
            other => Self::new(one_line(&other.to_string()).into_owned(), ""),
        }
    }
}

#[cfg(feature = "archive")]
impl From<chatwork_archive::ArchiveError> for Fault {
    fn from(error: chatwork_archive::ArchiveError) -> Self {
        use chatwork_archive::ArchiveError;
        match error {
            ArchiveError::Cursor => Self::new(
                "The cursor is of another search",
                "Use it with the same arguments, or begin without a cursor.",
            ),
            other => {
                Self::new(format!("The archive: {}", cut(&one_line(&other.to_string()), 500)), "")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_one_sentence_and_the_next_step() {
        assert_eq!(Fault::new("No room", "Give the id.").text(), "No room. Give the id.");
        assert_eq!(Fault::new("No room", "").text(), "No room.");
    }

    #[test]
    fn a_step_with_a_tool_that_is_not_there_is_left_out() {
        let fault = || Fault::new("No room", "Give the id. See list_rooms.");
        assert_eq!(fault().advising(|_| true).text(), "No room. Give the id. See list_rooms.");
        assert_eq!(fault().advising(|name| name != "list_rooms").text(), "No room. Give the id.");
        let fault = Fault::new("No room", "Look at list_rooms for the role.");
        assert_eq!(fault.advising(|_| false).text(), "No room.");
    }

    /// A room may have the name of a tool.
    #[test]
    fn what_can_be_chosen_from_is_never_left_out() {
        let fault = Fault::new("Two rooms", "Give the id. See list_rooms.");
        let fault = fault.choices("With such a name: 1 (list_rooms), 2 (list_rooms).".to_owned());
        let text = fault.advising(|_| false).text();
        assert_eq!(
            text,
            "Two rooms. Give the id. With such a name: 1 (list_rooms), 2 (list_rooms)."
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("あいう", 2), "あい…");
        assert_eq!(cut("あい", 2), "あい");
    }
}
