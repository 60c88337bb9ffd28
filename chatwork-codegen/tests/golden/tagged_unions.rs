/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[cfg(feature = "json")]
pub enum Event {
    /// `sunk`.
    Sunk(BoatSunk),
    /// `found`.
    Found(BoatFound),
    /// A kind that this version of the crate does not know, with its JSON.
    Unknown(::serde_json::Value),
}

#[cfg(feature = "json")]
impl ::std::convert::From<BoatSunk> for Event {
    fn from(payload: BoatSunk) -> Self {
        Self::Sunk(payload)
    }
}
#[cfg(feature = "json")]
impl ::std::convert::From<BoatFound> for Event {
    fn from(payload: BoatFound) -> Self {
        Self::Found(payload)
    }
}

#[cfg(feature = "json")]
impl ::serde::Serialize for Event {
    fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
    where
        S: ::serde::Serializer,
    {
        match self {
            Self::Sunk(payload) => payload.serialize(serializer),
            Self::Found(payload) => payload.serialize(serializer),
            Self::Unknown(payload) => payload.serialize(serializer),
        }
    }
}

#[cfg(feature = "json")]
impl<'de> ::serde::Deserialize<'de> for Event {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        use ::serde::de::Error;
        let payload = ::serde_json::Value::deserialize(deserializer)?;
        match payload.get("kind").and_then(::serde_json::Value::as_str) {
            Some("sunk") => {
                ::serde_json::from_value(payload)
                    .map(Self::Sunk)
                    .map_err(D::Error::custom)
            }
            Some("found") => {
                ::serde_json::from_value(payload)
                    .map(Self::Found)
                    .map_err(D::Error::custom)
            }
            Some(_) => Ok(Self::Unknown(payload)),
            None => Err(D::Error::missing_field("kind")),
        }
    }
}

#[cfg(feature = "schemars-1")]
#[cfg(feature = "json")]
impl ::schemars::JsonSchema for Event {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        stringify!(Event).into()
    }
    fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!(
            { "oneOf" : [generator.subschema_for:: < BoatSunk > (), generator
            .subschema_for:: < BoatFound > ()] }
        )
    }
}

/// A boat sank.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BoatSunk {
    /// Always `sunk`.
    pub kind: ::std::string::String,
}
