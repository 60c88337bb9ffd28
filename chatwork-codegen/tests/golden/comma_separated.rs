/// Ids with commas between them.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct BoatIdList(pub ::std::string::String);

impl ::std::iter::FromIterator<BoatId> for BoatIdList {
    fn from_iter<I: ::std::iter::IntoIterator<Item = BoatId>>(ids: I) -> Self {
        use ::std::fmt::Write;
        let mut list = ::std::string::String::new();
        for id in ids {
            let comma = if list.is_empty() { "" } else { "," };
            let _ = ::std::write!(list, "{comma}{id}");
        }
        Self(list)
    }
}
