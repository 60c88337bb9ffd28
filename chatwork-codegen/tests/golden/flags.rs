impl Client {
    /// Do it.
    ///
    /// Does it.
    ///
    /// `PUT /boats` ([reference](https://harbour.example/reference)).
    ///
    /// Sends no optional parameter: [`Client::paint_boats_with`] takes them.
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
    ) -> Result<ResponseValue<types::Paint>, Error> {}
}

/// The optional parameters of `PUT /boats`, for [`Client::paint_boats_with`](crate::Client::paint_boats_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PaintBoatsOptions {
    /// 1 for glossy.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub glossy: ::std::option::Option<crate::Flag>,
    /// 1 for all of them.
    #[cfg_attr(feature = "schemars-1", schemars(skip))]
    pub all: Option<crate::Flag>,
}

/// The paint.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Paint {
    /// 1 when it is dry.
    pub dry: crate::Flag,
    /// 1 when it is old, null when nobody knows.
    pub old: ::std::option::Option<crate::Flag>,
}
