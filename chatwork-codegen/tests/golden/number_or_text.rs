/// A receipt.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Receipt {
    /// Text first.
    #[cfg_attr(feature = "schemars-1", schemars(with = "String"))]
    pub boat_id: BoatId,
    /// Number first.
    pub seconds: i64,
}

crate::wire::wire_struct! {
    Receipt { boat_id : 0 "boat_id" text_or_number, seconds : 1 "seconds" number_or_text,
    }
}
