/// What is in the harbour.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg(feature = "json")]
pub struct Fleet {
    /// The boats.
    pub boats: ::std::vec::Vec<Boat>,
    /// A name, which is no JSON.
    pub name: Harbour,
}

#[cfg(feature = "json")]
crate::wire::wire_struct! {
    Fleet { boats : 0 "boats" required, name : 1 "name" required, }
}

/// A name, which is no JSON.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct Harbour(pub ::std::string::String);

/// A boat.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[cfg(feature = "json")]
pub enum Boat {
    /// `sail`.
    Sail(SailingBoat),
    /// `oar`.
    Oar(RowingBoat),
    /// A kind that this version of the crate does not know, with its JSON.
    Unknown(::serde_json::Value),
}

/// A boat with a sail.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SailingBoat {
    /// Always `sail`.
    pub kind: ::std::string::String,
}
