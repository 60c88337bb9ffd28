/// A key.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Key {
    /// The word before, null if there was none.
    pub former: ::std::option::Option<crate::Secret>,
    /// The word after.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub next: ::std::option::Option<crate::Secret>,
    /// The word.
    pub secret: crate::Secret,
}
