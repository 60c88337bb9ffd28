//! Reads one tag.

use chatwork_api::types::{AccountId, FileId, RoomId, UnixTime};

use super::attributes::{Attributes, is_ids, number};
use super::kind::{Kind, Preview, Quote, Reply, Task};
use super::token::{Container, Literal, Token};

/// Returns the tag at the start of a text, and its length in bytes.
pub(super) fn tag(text: &str) -> Option<(Token<'_>, usize)> {
    let (token, length) = simple(text)?;
    if !matches!(token, Token::Open(Kind::Quote(_))) {
        return Some((token, length));
    }
    match text.get(length..).and_then(simple) {
        Some((Token::QuoteMeta(quote), more)) => {
            Some((Token::Open(Kind::Quote(quote)), length + more))
        }
        _ => Some((token, length)),
    }
}

fn simple(text: &str) -> Option<(Token<'_>, usize)> {
    let inside = text.strip_prefix('[')?;
    let closing = inside.strip_prefix('/');
    let (lower, rest) = name(closing.unwrap_or(inside))?;
    let name = lower.get(..inside.len() - rest.len() - usize::from(closing.is_some()))?;
    let (token, rest) = match (closing, rest.as_bytes().first()?) {
        (Some(_), b']') => (close(name)?, rest),
        (None, b']') => (bare(name)?, rest),
        (None, b':') => {
            let (value, rest) = before_end(rest.get(1..)?)?;
            (valued(name, value)?, rest)
        }
        (None, b' ' | b'\t') => {
            let (attributes, rest) = before_end(rest)?;
            (attributed(name, attributes)?, rest)
        }
        _ => return None,
    };
    Some((token, text.len() - rest.len() + "]".len()))
}

/// The length of `piconname`.
const LONGEST_NAME: usize = 9;

/// Returns the letters at the start of a text in lower case, and the rest.
fn name(text: &str) -> Option<([u8; LONGEST_NAME], &str)> {
    let mut lower = [0; LONGEST_NAME];
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic);
    let length = lower.iter_mut().zip(letters).map(|(to, from)| *to = from | b' ').count();
    Some((lower, text.get(length..)?))
}

/// The most bytes after a tag's name. Larger than any known tag, and small enough that a part of a
/// split text can hold the tag.
const LONGEST_TAG: usize = 8 * 1024;

/// Returns the text before the tag's `]`, and the rest from `]` on.
fn before_end(text: &str) -> Option<(&str, &str)> {
    // Another `[` ends the search, so that no byte is scanned for two tags.
    let is_end = |byte| matches!(byte, b'[' | b']' | b'\n');
    let end = text.bytes().take(LONGEST_TAG).position(is_end)?;
    text.split_at_checked(end).filter(|(_, rest)| rest.starts_with(']'))
}

fn close(name: &[u8]) -> Option<Token<'static>> {
    Some(Token::Close(match name {
        b"info" => Container::Info,
        b"title" => Container::Title,
        b"qt" => Container::Quote,
        b"task" => Container::Task,
        _ => return None,
    }))
}

fn bare(name: &[u8]) -> Option<Token<'static>> {
    Some(match name {
        b"toall" => Token::Single(Kind::ToAll),
        b"hr" => Token::Single(Kind::Rule),
        b"deleted" => Token::Single(Kind::Deleted),
        b"info" => Token::Open(Kind::Info),
        b"title" => Token::Open(Kind::Title),
        b"qt" => Token::Open(Kind::Quote(Quote::default())),
        b"code" => Token::Literal(Literal::Code),
        _ => return None,
    })
}

fn valued<'a>(name: &[u8], value: &'a str) -> Option<Token<'a>> {
    let account = || number(value).map(AccountId);
    Some(Token::Single(match name {
        b"to" => Kind::To(account()?),
        b"picon" => Kind::Icon(account()?),
        b"pname" => Kind::Name(account()?),
        b"piconname" => Kind::IconAndName(account()?),
        b"dtext" if is_key(value) => Kind::SystemText(value),
        b"download" => return Some(Token::Literal(Literal::Download(FileId(number(value)?)))),
        _ => return None,
    }))
}

/// Returns true if the text is a valid key of a system sentence.
fn is_key(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    !text.is_empty() && text.bytes().all(allowed)
}

fn attributed<'a>(name: &[u8], text: &'a str) -> Option<Token<'a>> {
    match name {
        b"rp" => reply(Attributes::read(text)?),
        b"preview" => preview(Attributes::read(text)?),
        b"task" => task(Attributes::read(text)?),
        b"qtmeta" => quote(Attributes::read(text)?),
        _ => None,
    }
}

fn reply(attributes: Attributes<'_>) -> Option<Token<'_>> {
    let account = AccountId(number(attributes.get("aid")?)?);
    let to = match attributes.get("to") {
        Some(to) => Some(message(to)?),
        None => None,
    };
    Some(Token::Single(Kind::Reply(Reply { account, to })))
}

/// `{room_id}-{message_id}`.
fn message(text: &str) -> Option<(RoomId, &str)> {
    let (room, message) = text.split_once('-')?;
    let valid = !message.is_empty() && message.bytes().all(|byte| byte.is_ascii_alphanumeric());
    valid.then_some((RoomId(number(room)?), message))
}

fn preview(attributes: Attributes<'_>) -> Option<Token<'_>> {
    let file = FileId(number(attributes.get("id")?)?);
    let height = match attributes.get("ht") {
        Some(height) => Some(u32::try_from(number(height)?).ok()?),
        None => None,
    };
    Some(Token::Single(Kind::Preview(Preview { file, height })))
}

fn task(attributes: Attributes<'_>) -> Option<Token<'_>> {
    let assigned = is_ids(attributes.get("aid")?);
    assigned.then_some(Token::Open(Kind::Task(Task { attributes })))
}

fn quote(attributes: Attributes<'_>) -> Option<Token<'_>> {
    let author = Some(AccountId(number(attributes.get("aid")?)?));
    let time = match attributes.get("time") {
        Some(time) => Some(UnixTime(number(time)?)),
        None => None,
    };
    Some(Token::QuoteMeta(Quote { author, time }))
}
