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
    /// `+1`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "+1"))]
    Plus1,
}

impl ::std::fmt::Display for Color {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Red => f.write_str("red"),
            Self::DarkBlue => f.write_str("dark-blue"),
            Self::Plus1 => f.write_str("+1"),
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
            "+1" => Ok(Self::Plus1),
            _ => Err("expected one of: red, dark-blue, +1".into()),
        }
    }
}

crate::wire::wire_enum! {
    Color
}
