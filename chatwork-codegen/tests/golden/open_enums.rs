/// The color of a boat.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Color {
    /// `red`.
    Red,
    /// `dark-blue`.
    DarkBlue,
    /// `unknown`.
    Unknown,
    /// A value that this version of the crate does not know.
    Unrecognized(::std::string::String),
}

impl Color {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::DarkBlue => "dark-blue",
            Self::Unknown => "unknown",
            Self::Unrecognized(value) => value,
        }
    }
}

impl ::std::convert::From<&str> for Color {
    fn from(value: &str) -> Self {
        match value {
            "red" => Self::Red,
            "dark-blue" => Self::DarkBlue,
            "unknown" => Self::Unknown,
            other => Self::Unrecognized(other.to_owned()),
        }
    }
}

impl ::std::str::FromStr for Color {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
        Ok(Self::from(value))
    }
}

impl ::std::fmt::Display for Color {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ::serde::Serialize for Color {
    fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
    where
        S: ::serde::Serializer,
    {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> ::serde::Deserialize<'de> for Color {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        crate::open_enum::deserialize(
            deserializer,
            "a string such as red, dark-blue, unknown",
        )
    }
}

#[cfg(feature = "schemars-1")]
impl ::schemars::JsonSchema for Color {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        stringify!(Color).into()
    }
    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!(
            { "type" : "string", "examples" : ["red", "dark-blue", "unknown"] }
        )
    }
}
