//! Objects with their fields in the order of the shape, whichever features serde_json has.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::Item;

/// An entry with some fields, in this order. A field that the entry does not have is `null`.
pub(super) struct Ordered<'a> {
    pub(super) item: &'a Item,
    pub(super) names: &'a [&'static str],
}

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.names.len()))?;
        for name in self.names {
            map.serialize_entry(name, self.item.get(*name).unwrap_or(&Value::Null))?;
        }
        map.end()
    }
}

/// A list of entries.
pub(super) struct List<'a> {
    pub(super) items: &'a [Item],
    pub(super) names: &'a [&'static str],
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.items.len()))?;
        for item in self.items {
            list.serialize_element(&Ordered { item, names: self.names })?;
        }
        list.end()
    }
}

/// A page of a list, with what else belongs to it.
#[cfg(feature = "archive")]
pub(super) struct Page<'a> {
    pub(super) name: &'a str,
    pub(super) list: List<'a>,
    pub(super) more: &'a [(&'a str, Value)],
}

#[cfg(feature = "archive")]
impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.more.len() + 1))?;
        map.serialize_entry(self.name, &self.list)?;
        for (name, value) in self.more {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
