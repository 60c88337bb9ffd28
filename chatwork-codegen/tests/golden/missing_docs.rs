impl Client {
    /// Give a boat a \[new\] name.
    ///
    /// Paints over the old one.
    ///
    /// `PUT /boats/{boat_id}` ([reference](https://harbour.example/reference)).
    ///
    /// # Arguments
    ///
    /// - `boat_id`: The boat.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 404: There is no such boat.
    /// - 401: It did not work.
    /// - 429: It did not work.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn rename_boat<'a>(
        &'a self,
        boat_id: types::BoatId,
        body: &'a types::RenameBoatBody,
    ) -> Result<ResponseValue<()>, Error> {}
}

/// The body of `PUT /boats/{boat_id}`: what [`Client::rename_boat`](crate::Client::rename_boat) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RenameBoatBody {
    /// A name, see <https://harbour.example/names>.
    pub name: Name,
}

/// A name, see <https://harbour.example/names>.
///
/// Not \[too\] long.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct Name(pub ::std::string::String);

/// A boat.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Boat {
    /// Its id in another harbour.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub former_id: ::std::option::Option<BoatId>,
    /// The id of a boat.
    pub id: BoatId,
    /// What kind of boat.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "type"))]
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub type_: ::std::option::Option<Kind>,
}

/// What kind of boat.
///
/// - `ship`: a large one
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Kind {
    /// `ship`: a large one.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "ship"))]
    Ship,
    /// `canoe`.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "canoe"))]
    Canoe,
}
