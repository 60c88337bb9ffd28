//! The person's consent to what cannot be undone.
//!
//! Up to protocol 2025-11-25 the server asks the client during the call. Since 2026-07-28 the call
//! ends with a question, and the client calls again with the answer. The answer counts once and for
//! ten minutes, for the same tool, account and arguments, and for the same subject: if a name means
//! another room by then, the person is asked again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, ElicitRequest, ElicitRequestParams, ElicitResult, ElicitationAction,
    ElicitationSchema, InputRequest, InputRequests, InputRequiredResult, InputResponses,
    JsonObject, ProtocolVersion,
};
use rmcp::service::{Peer, RequestContext, ServiceError};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::fault::{Fault, Stop};
use crate::repeat::Key;
use crate::rng;

/// The key of the question among the requests for input.
const QUESTION: &str = "consent";
/// The field of the form.
const AGREE: &str = "agree";
/// How long a question is valid.
const VALID: Duration = Duration::from_secs(10 * 60);
/// The most open questions. The oldest ones go first.
const MOST: usize = 100;

/// The questions that the client has not brought back yet.
#[derive(Default)]
pub(crate) struct Questions(Mutex<HashMap<String, Question>>);

struct Question {
    call: Key,
    subject: Key,
    asked: Instant,
}

/// What the person is asked.
pub(crate) struct About<'a> {
    /// The key of the call.
    pub(crate) call: Key,
    /// The key of what the call is about: of ids and names, after names were looked up.
    pub(crate) subject: Key,
    pub(crate) text: &'a str,
    /// What the person is told first if the subject is another one than that of the last question.
    pub(crate) changed: &'static str,
}

/// When the person agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreed {
    /// During an earlier call. What it is about was found out after that, and is the same.
    Before,
    /// During this call. What it is about may have changed since it was found out.
    Now,
}

/// What an answer counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closed {
    /// For this call.
    Valid,
    /// It was for this call, about another subject.
    Changed,
    /// For no open question of this call.
    Unknown,
}

impl Questions {
    /// Opens a question, and returns its name.
    fn open(&self, about: &About<'_>) -> String {
        let mut open = self.lock();
        open.retain(|_, question| question.asked.elapsed() < VALID);
        if open.len() >= MOST {
            let oldest = open.iter().min_by_key(|(_, question)| question.asked);
            if let Some(oldest) = oldest.map(|(name, _)| name.clone()) {
                open.remove(&oldest);
            }
        }
        let name = rng::token();
        let (call, subject) = (about.call, about.subject);
        open.insert(name.clone(), Question { call, subject, asked: Instant::now() });
        name
    }

    /// Closes a question, and returns what its answer counts for.
    fn close(&self, name: &str, about: &About<'_>) -> Closed {
        let closed = self.lock().remove(name);
        match closed.filter(|it| it.call == about.call && it.asked.elapsed() < VALID) {
            Some(question) if question.subject == about.subject => Closed::Valid,
            Some(_) => Closed::Changed,
            None => Closed::Unknown,
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Question>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How the person of one call is asked.
pub(crate) struct Asker {
    peer: Peer<RoleServer>,
    means: Means,
    responses: Option<InputResponses>,
    state: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    /// The client cannot ask.
    None,
    /// By a request to the client, during the call.
    Request,
    /// By a result that asks for input.
    Result,
}

impl Asker {
    /// Returns how the person of a call is asked.
    pub(crate) fn new(
        context: &RequestContext<RoleServer>,
        request: &mut CallToolRequestParams,
    ) -> Self {
        let means = match (can_ask(context), context.protocol_version()) {
            (false, _) => Means::None,
            (true, Some(version)) if version >= ProtocolVersion::V_2026_07_28 => Means::Result,
            (true, _) => Means::Request,
        };
        let (responses, state) = (request.input_responses.take(), request.request_state.take());
        Self { peer: context.peer.clone(), means, responses, state }
    }

    /// Asks the person. Any answer but yes is no.
    pub(crate) async fn ask(
        &self,
        questions: &Questions,
        about: &About<'_>,
        deadline: Instant,
    ) -> Result<Agreed, Stop> {
        let (when, agreed) = match self.means {
            Means::None => {
                let what = "This needs the person's consent, and your client cannot ask for it";
                return Err(Fault::new(what, "Ask the person to do it in Chatwork.").into());
            }
            Means::Request => (Agreed::Now, self.request(about.text, deadline).await?),
            Means::Result => match self.answer(questions, about) {
                (Closed::Valid, Some(agreed)) => (Agreed::Before, agreed),
                (Closed::Changed, _) => {
                    let text = format!("{}\n{}", about.changed, about.text);
                    return Err(Stop::Ask(Box::new(asking(questions, about, &text))));
                }
                _ => return Err(Stop::Ask(Box::new(asking(questions, about, about.text)))),
            },
        };
        match agreed {
            true => Ok(when),
            false => {
                let what = "The person did not agree, and nothing was done";
                Err(Fault::new(what, "Do not try again unless the person asks for it.").into())
            }
        }
    }

    async fn request(&self, question: &str, deadline: Instant) -> Result<bool, Fault> {
        let left = deadline.saturating_duration_since(Instant::now());
        // What remains is for the write itself.
        let wait = left.saturating_sub(Duration::from_secs(10));
        let asked = self.peer.create_elicitation_with_timeout(form(question), Some(wait)).await;
        match asked {
            Ok(result) => Ok(is_yes(&result)),
            Err(error) => Err(unasked(&error)),
        }
    }

    /// Returns what the answer that the client brought counts for, and whether it is a yes. `None` if
    /// it brought none.
    fn answer(&self, questions: &Questions, about: &About<'_>) -> (Closed, Option<bool>) {
        let (Some(state), Some(responses)) = (&self.state, &self.responses) else {
            return (Closed::Unknown, None);
        };
        let closed = questions.close(state, about);
        let agreed = responses.get(QUESTION).map(|answer| {
            let result = serde_json::from_value::<ElicitResult>(answer.clone());
            result.is_ok_and(|result| is_yes(&result))
        });
        (closed, agreed)
    }
}

/// Says why the person could not be asked.
fn unasked(error: &ServiceError) -> Fault {
    let what = match error {
        ServiceError::Timeout { .. } => {
            let what = "The person did not answer in time, and nothing was done";
            return Fault::new(what, "Call again when the person is there.");
        }
        // The message is foreign text, and says nothing that the code does not.
        ServiceError::McpError(error) => {
            format!(
                "Your client did not ask the person (error {}), and nothing was done",
                error.code.0
            )
        }
        _ => "The connection to your client broke, and nothing was done".to_owned(),
    };
    Fault::new(what, "Ask the person to do it in Chatwork.")
}

fn asking(questions: &Questions, about: &About<'_>, text: &str) -> InputRequiredResult {
    let request = InputRequest::Elicitation(ElicitRequest::new(form(text)));
    let requests = InputRequests::from([(QUESTION.to_owned(), request)]);
    InputRequiredResult::new(Some(requests), Some(questions.open(about)))
}

/// Returns whether the client can show the person a form.
pub(crate) fn can_ask(context: &RequestContext<RoleServer>) -> bool {
    let capabilities = context.client_capabilities();
    let elicitation = capabilities.and_then(|capabilities| capabilities.elicitation);
    // A client that names no mode has forms: it is older than the modes.
    elicitation.is_some_and(|it| it.form.is_some() || it.url.is_none())
}

fn form(question: &str) -> ElicitRequestParams {
    ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: question.to_owned(),
        requested_schema: form_schema(),
    }
}

fn form_schema() -> ElicitationSchema {
    let about = json!({
        "type": "boolean", "title": "OK", "default": false,
    });
    let schema = json!({
        "type": "object", "properties": { AGREE: about }, "required": [AGREE],
    });
    let schema: JsonObject = match schema {
        Value::Object(schema) => schema,
        _ => JsonObject::new(),
    };
    // An empty form has no field to agree by: then no answer is a yes.
    ElicitationSchema::from_json_schema(schema)
        .unwrap_or_else(|_| ElicitationSchema::new(Default::default()))
}

fn is_yes(result: &ElicitResult) -> bool {
    let agrees = result.content.as_ref().and_then(|content| content.get(AGREE));
    result.action == ElicitationAction::Accept && agrees == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use rmcp::ErrorData;

    use super::*;

    /// A question about a room, by the bytes of its keys.
    const fn about(call: u8, subject: u8) -> About<'static> {
        About { call: [call; 32], subject: [subject; 32], text: "Delete?", changed: "Changed." }
    }

    const ABOUT: About<'_> = about(1, 1);

    #[tokio::test(start_paused = true)]
    async fn an_answer_counts_once_for_its_call_and_for_a_while() {
        let questions = Questions::default();
        let name = questions.open(&ABOUT);
        assert_eq!(questions.close("other", &ABOUT), Closed::Unknown);
        assert_eq!(questions.close(&name, &ABOUT), Closed::Valid);
        assert_eq!(questions.close(&name, &ABOUT), Closed::Unknown);

        let name = questions.open(&ABOUT);
        assert_eq!(questions.close(&name, &about(2, 1)), Closed::Unknown);
        let name = questions.open(&ABOUT);
        tokio::time::advance(VALID).await;
        assert_eq!(questions.close(&name, &ABOUT), Closed::Unknown);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_does_not_count_for_another_subject() {
        let questions = Questions::default();
        let name = questions.open(&ABOUT);
        assert_eq!(questions.close(&name, &about(1, 2)), Closed::Changed);
        assert_eq!(questions.close(&name, &ABOUT), Closed::Unknown);
    }

    #[test]
    fn why_the_person_was_not_asked_is_said() {
        let text = |error: &ServiceError| unasked(error).text();
        let late = ServiceError::Timeout { timeout: Duration::from_secs(1) };
        assert!(text(&late).contains("did not answer in time"));
        let refused = ServiceError::McpError(ErrorData::internal_error("at your orders", None));
        assert!(text(&refused).contains("(error -32603)") && !text(&refused).contains("orders"));
        assert!(text(&ServiceError::TransportClosed).contains("connection"));
    }

    #[tokio::test(start_paused = true)]
    async fn open_questions_are_few() {
        let questions = Questions::default();
        let first = questions.open(&ABOUT);
        for _ in 0..MOST {
            tokio::time::advance(Duration::from_secs(1)).await;
            questions.open(&ABOUT);
        }
        assert_eq!(questions.lock().len(), MOST);
        assert_eq!(questions.close(&first, &ABOUT), Closed::Unknown);
    }

    #[test]
    fn the_form_has_one_field_and_it_is_required() {
        let schema = serde_json::to_value(form_schema()).unwrap();
        assert_eq!(schema["properties"][AGREE]["type"], "boolean");
        assert_eq!(schema["required"], json!([AGREE]));
    }

    #[test]
    fn only_a_plain_yes_is_a_yes() {
        let answer = |action, content| is_yes(&ElicitResult::new(action).with_content(content));
        assert!(answer(ElicitationAction::Accept, json!({ "agree": true })));
        assert!(!answer(ElicitationAction::Accept, json!({ "agree": false })));
        assert!(!answer(ElicitationAction::Accept, json!({ "agree": "true" })));
        assert!(!answer(ElicitationAction::Accept, json!({})));
        assert!(!answer(ElicitationAction::Decline, json!({ "agree": true })));
        assert!(!answer(ElicitationAction::Cancel, json!({ "agree": true })));
        assert!(!is_yes(&ElicitResult::new(ElicitationAction::Accept)));
    }
}
