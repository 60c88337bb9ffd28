/// The id of a boat.
#[derive(
    ::serde::Deserialize,
    ::serde::Serialize,
    Clone,
    Copy,
    Debug,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd
)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct BoatId(pub i64);

/// A boat.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
pub struct Boat {
    /// The id of a boat.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<BoatId>,
}
