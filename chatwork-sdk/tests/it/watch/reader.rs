//! What events say.

use chatwork_sdk::MessageId;
use chatwork_sdk::types::Message;
use chatwork_sdk::watch::{Event, Gap};

pub(crate) fn created(events: &[Event]) -> Vec<&Message> {
    let messages = events.iter().map(|event| match event {
        Event::MessageCreated { message, .. } => Some(message),
        _ => None,
    });
    messages.flatten().collect()
}

pub(crate) fn updated(events: &[Event]) -> Vec<&Message> {
    let messages = events.iter().map(|event| match event {
        Event::MessageUpdated { message, .. } => Some(message),
        _ => None,
    });
    messages.flatten().collect()
}

pub(crate) fn deleted(events: &[Event]) -> Vec<MessageId> {
    let messages = events.iter().map(|event| match event {
        Event::MessageDeleted { message_id, .. } => Some(message_id.clone()),
        _ => None,
    });
    messages.flatten().collect()
}

pub(crate) fn gaps(events: &[Event]) -> Vec<&Gap> {
    let gaps = events.iter().map(|event| match event {
        Event::Gap(gap) => Some(gap),
        _ => None,
    });
    gaps.flatten().collect()
}

pub(crate) fn failures(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::Failed { .. })).count()
}

/// The texts of new and edited messages.
pub(crate) fn texts(events: &[Event]) -> Vec<String> {
    let texts = events.iter().map(|event| match event {
        Event::MessageCreated { message, .. } | Event::MessageUpdated { message, .. } => {
            Some(message.body.clone())
        }
        _ => None,
    });
    texts.flatten().collect()
}

pub(crate) fn ids(messages: &[&Message]) -> Vec<MessageId> {
    messages.iter().map(|message| message.message_id.clone()).collect()
}
