/// The id of a boat.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct BoatId(pub i64);

/// The id of an owner.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct OwnerId(pub i64);

/// The name of a berth, which is text and not copied.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars-1", schemars(transparent))]
pub struct Berth(pub ::std::string::String);

impl Client {
    /// Do it.
    ///
    /// Does it.
    ///
    /// `GET /boats/{boat_id}` ([reference](https://harbour.example/reference)).
    ///
    /// Sends no optional parameter: [`Client::get_boat_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `boat_id`: The boat.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 401: It did not work.
    /// - 429: It did not work.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn get_boat<'a>(
        &'a self,
        boat_id: types::BoatId,
    ) -> Result<ResponseValue<()>, Error> {}
}
