/// A boat.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Boat {
    /// The id of a boat.
    pub id: BoatId,
    /// Optional.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub note: ::std::option::Option<::std::string::String>,
    /// A name that must be present and may be null.
    pub owner: ::std::option::Option<::std::string::String>,
    /// A number that may come as text.
    #[cfg_attr(feature = "schemars-1", schemars(with = "String"))]
    pub sails: i64,
    /// A name that is a keyword.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "type"))]
    pub type_: ::std::string::String,
}

crate::wire::wire_struct! {
    Boat { id : 0 "id" required, note : 1 "note" optional, owner : 2 "owner" required,
    sails : 3 "sails" text_or_number, type_ : 4 "type" required, }
}

crate::wire::wire_newtype! {
    BoatId
}
