//! Lists, which are read item by item: one unreadable item does not fail the others.

use std::fmt;
use std::ops::Deref;

use chatwork_api::{Error as Fault, Operation, ResponseValue, Unreadable, UnreadableFault};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::prelude::{SendError, Sent};
use crate::error::json_path;

/// A list from the API: a [`Vec`] of its items, plus the items that cannot be read.
///
/// By [`Deref`] and [`IntoIterator`] a list is used like a [`Vec`]. An empty reply (204) is an empty
/// list.
///
/// An item cannot be read if a field is missing or has an undocumented type. Such an item is set
/// aside, so that one odd item does not fail the whole call. [`List::set_aside`] returns these
/// items, and a warning is logged with `tracing`.
///
/// ```no_run
/// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
/// let rooms = chatwork.rooms().await?;
/// for item in rooms.set_aside() {
///     println!("{item}"); // item 3 cannot be read at `icon_path`
/// }
/// for room in rooms {
///     println!("{}", room.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct List<T> {
    items: Vec<T>,
    set_aside: Vec<SetAside>,
}

impl<T> List<T> {
    /// Returns the items that cannot be read. Usually empty.
    pub fn set_aside(&self) -> &[SetAside] {
        &self.set_aside
    }

    /// Returns the items that were read, without those that were set aside.
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }

    pub(super) fn into_parts(self) -> (Vec<T>, Vec<SetAside>) {
        (self.items, self.set_aside)
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

/// A list without items that were set aside, for tests.
impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, set_aside: Vec::new() }
    }
}

impl<T> From<List<T>> for Vec<T> {
    fn from(list: List<T>) -> Self {
        list.items
    }
}

impl<T> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Self::Target {
        &self.items
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: PartialEq> PartialEq<Vec<T>> for List<T> {
    fn eq(&self, other: &Vec<T>) -> bool {
        self.set_aside.is_empty() && self.items == *other
    }
}

/// A list of the items that were read.
impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(serializer)
    }
}

/// An item of a list that cannot be read.
///
/// `Debug` and `Display` show the position of the item and the field that cannot be read, not its
/// content.
#[derive(Clone, PartialEq, Eq)]
pub struct SetAside {
    index: usize,
    field: String,
    json: Box<str>,
}

impl SetAside {
    /// Returns the position of the item in the reply, counted from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the field that is missing or has an undocumented type, such as `account.name`.
    /// `.` is the whole item.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns the item as the API sent it. It may hold message texts: do not log it.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Reads one field of the item, such as its id. Returns `None` if that field is missing or not a
    /// `T`.
    pub fn get<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        let mut item: serde_json::Value = serde_json::from_str(&self.json).ok()?;
        serde_json::from_value(item.get_mut(field)?.take()).ok()
    }
}

impl fmt::Display for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {} cannot be read at `{}`", self.index, self.field)
    }
}

impl fmt::Debug for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetAside")
            .field("index", &self.index)
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

/// Turns the reply of one attempt into a list. If the reply as a whole is not of the documented
/// shape, its items are read one by one.
pub(super) fn read<T, L>(
    operation: &'static Operation,
    sent: Result<ResponseValue<L>, Fault>,
) -> Sent<List<T>>
where
    T: DeserializeOwned,
    L: Into<Option<Vec<T>>>,
{
    match sent {
        Ok(reply) => read_all(Ok(reply)),
        Err(Fault::Unreadable(reply)) => {
            let Some(list) = read_each(&reply) else {
                return Err(SendError::Api(Fault::Unreadable(reply)));
            };
            if let Some(first) = list.set_aside.first() {
                let (count, at) = (list.set_aside.len(), first.field.as_str());
                tracing::warn!(operation = operation.id, count, at, "items cannot be read");
            }
            Ok(ResponseValue::new(list, reply.status(), reply.headers().clone()))
        }
        Err(fault) => Err(SendError::Api(fault)),
    }
}

/// Turns the reply of one attempt into a list. Fails if an item cannot be read.
pub(super) fn read_all<T, L>(sent: Result<ResponseValue<L>, Fault>) -> Sent<List<T>>
where
    L: Into<Option<Vec<T>>>,
{
    let reply = sent?;
    let (status, headers) = (reply.status(), reply.headers().clone());
    let items = reply.into_inner().into().unwrap_or_default();
    Ok(ResponseValue::new(List::from(items), status, headers))
}

/// Reads the items of a reply one by one, or returns `None` if the reply is not a list.
fn read_each<T: DeserializeOwned>(reply: &Unreadable) -> Option<List<T>> {
    let body = reply.body().filter(|_| reply.fault() == UnreadableFault::Shape)?;
    let raw: Vec<&RawValue> = serde_json::from_slice(body).ok()?;
    let mut list = List::default();
    for (index, json) in raw.into_iter().map(RawValue::get).enumerate() {
        // Parse bytes, as for whole replies: the compiler then generates this code once.
        match serde_json::from_slice(json.as_bytes()) {
            Ok(item) => list.items.push(item),
            Err(error) => {
                let field = field_of(json, &error);
                list.set_aside.push(SetAside { index, field, json: json.into() });
            }
        }
    }
    Some(list)
}

/// Returns the path of the field that cannot be read. If a field is missing, serde reports the
/// position of the object around it, and the name of the field in the error text.
fn field_of(json: &str, error: &serde_json::Error) -> String {
    let path = json_path::find(json.as_bytes(), error.line(), error.column());
    let text = error.to_string();
    let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    match missing {
        Some((field, _)) if path == "." => field.to_owned(),
        Some((field, _)) => format!("{path}.{field}"),
        None => path,
    }
}
