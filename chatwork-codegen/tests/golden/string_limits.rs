/// The body of `POST /boats`: what [`Client::name_boat`](crate::Client::name_boat) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NameBoatBody {
    /// A code.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub code: ::std::option::Option<Code>,
    /// The name.
    pub name: ::std::string::String,
    /// The nickname.
    pub nickname: ::std::string::String,
}

/// A code.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct Code(pub ::std::string::String);

/// A boat.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Boat {
    /// The names of the crew.
    pub crew: ::std::vec::Vec<::std::string::String>,
    /// The name.
    pub name: ::std::string::String,
}

/// Limits of `POST /boats`.
pub mod name_boat {
    /// The most characters of `note`.
    pub const NOTE_MAX_LENGTH: u64 = 5;
    /// The fewest characters of `name`.
    pub const NAME_MIN_LENGTH: u64 = 1;
    /// The most characters of `name`.
    pub const NAME_MAX_LENGTH: u64 = 20;
    /// The regular expression that `nickname` matches.
    pub const NICKNAME_PATTERN: &str = "^[a-z]+$";
    /// The most characters of `code`.
    pub const CODE_MAX_LENGTH: u64 = 3;
}
