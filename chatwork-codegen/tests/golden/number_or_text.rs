/// A receipt.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// Text first.
    #[serde(deserialize_with = "crate::number_or_text::read")]
    #[serde(serialize_with = "crate::number_or_text::write_text")]
    #[cfg_attr(feature = "schemars-1", schemars(with = "String"))]
    pub boat_id: BoatId,
    /// Number first.
    #[serde(deserialize_with = "crate::number_or_text::read")]
    pub seconds: i64,
}
