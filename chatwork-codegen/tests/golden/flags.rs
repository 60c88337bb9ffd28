impl Client {
    /// Do it.
    ///
    /// Does it.
    ///
    /// `PUT /boats` ([reference](https://harbour.example/reference)).
    ///
    /// # Arguments
    ///
    /// - `all`: 1 for all of them.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 401: It did not work.
    /// - 429: It did not work.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn paint_boats<'a>(
        &'a self,
        all: Option<crate::Flag>,
        body: &'a types::PaintBoatsBody,
    ) -> Result<ResponseValue<types::Paint>, Error> {}
}

/// What `PUT /boats` sends: the body of [`Client::paint_boats`](crate::Client::paint_boats).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
pub struct PaintBoatsBody {
    /// 1 for glossy.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub glossy: ::std::option::Option<crate::Flag>,
}

/// The paint.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
pub struct Paint {
    /// 1 when it is dry.
    pub dry: crate::Flag,
    /// 1 when it is old, null when nobody knows.
    pub old: ::std::option::Option<crate::Flag>,
}
