/// The color of a boat.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Color {
    /// `red`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "red"))]
    Red,
    /// `dark-blue`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "dark-blue"))]
    DarkBlue,
}

impl ::std::fmt::Display for Color {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Red => f.write_str("red"),
            Self::DarkBlue => f.write_str("dark-blue"),
        }
    }
}

impl ::std::str::FromStr for Color {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "red" => Ok(Self::Red),
            "dark-blue" => Ok(Self::DarkBlue),
            _ => Err("expected one of: red, dark-blue".into()),
        }
    }
}

crate::wire::wire_enum! {
    Color
}
