//! The person's consent to what cannot be undone.
//!
//! Up to protocol 2025-11-25 the server asks the client during the call. Since 2026-07-28 the call
//! ends with a question, and the client calls again with the answer. The answer counts once, for
//! the same tool, account and arguments, and for ten minutes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, ElicitRequest, ElicitRequestParams, ElicitResult, ElicitationAction,
    ElicitationSchema, InputRequest, InputRequests, InputRequiredResult, InputResponses,
    JsonObject, ProtocolVersion,
};
use rmcp::service::{Peer, RequestContext};
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
    key: Key,
    asked: Instant,
}

impl Questions {
    /// Opens a question for a call, and returns its name.
    fn open(&self, key: Key) -> String {
        let mut open = self.lock();
        open.retain(|_, question| question.asked.elapsed() < VALID);
        if open.len() >= MOST {
            let oldest = open.iter().min_by_key(|(_, question)| question.asked);
            if let Some(oldest) = oldest.map(|(name, _)| name.clone()) {
                open.remove(&oldest);
            }
        }
        let name = rng::token();
        open.insert(name.clone(), Question { key, asked: Instant::now() });
        name
    }

    /// Closes a question. Returns whether it was open for this call.
    fn close(&self, name: &str, key: Key) -> bool {
        let closed = self.lock().remove(name);
        closed.is_some_and(|it| it.key == key && it.asked.elapsed() < VALID)
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
        key: Key,
        question: &str,
        deadline: Instant,
    ) -> Result<(), Stop> {
        let agreed = match self.means {
            Means::None => {
                let what = "This cannot be undone, and your client cannot ask the person";
                return Err(Fault::new(what, "Ask the person to do it in Chatwork.").into());
            }
            Means::Request => self.request(question, deadline).await?,
            Means::Result => match self.answer(questions, key) {
                Some(agreed) => agreed,
                None => return Err(Stop::Ask(Box::new(asking(questions, key, question)))),
            },
        };
        match agreed {
            true => Ok(()),
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
            Err(_) => Err(Fault::new(
                "The person did not answer in time, and nothing was done",
                "Call again when the person is there.",
            )),
        }
    }

    /// Returns the answer that the client brought. `None` if it brought none to an open question.
    fn answer(&self, questions: &Questions, key: Key) -> Option<bool> {
        let (state, responses) = (self.state.as_ref()?, self.responses.as_ref()?);
        if !questions.close(state, key) {
            return None;
        }
        let answer = responses.get(QUESTION)?;
        let result = serde_json::from_value::<ElicitResult>(answer.clone());
        Some(result.is_ok_and(|result| is_yes(&result)))
    }
}

fn asking(questions: &Questions, key: Key, question: &str) -> InputRequiredResult {
    let request = InputRequest::Elicitation(ElicitRequest::new(form(question)));
    let requests = InputRequests::from([(QUESTION.to_owned(), request)]);
    InputRequiredResult::new(Some(requests), Some(questions.open(key)))
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
    use super::*;

    const KEY: Key = [1; 32];

    #[tokio::test(start_paused = true)]
    async fn a_question_counts_once_for_its_call_and_for_a_while() {
        let questions = Questions::default();
        let name = questions.open(KEY);
        assert!(!questions.close("other", KEY));
        assert!(questions.close(&name, KEY));
        assert!(!questions.close(&name, KEY));

        let name = questions.open(KEY);
        assert!(!questions.close(&name, [2; 32]));
        let name = questions.open(KEY);
        tokio::time::advance(VALID).await;
        assert!(!questions.close(&name, KEY));
    }

    #[tokio::test(start_paused = true)]
    async fn open_questions_are_few() {
        let questions = Questions::default();
        let first = questions.open(KEY);
        for _ in 0..MOST {
            tokio::time::advance(Duration::from_secs(1)).await;
            questions.open(KEY);
        }
        assert_eq!(questions.lock().len(), MOST);
        assert!(!questions.close(&first, KEY));
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
