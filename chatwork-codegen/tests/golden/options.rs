impl Client {
    pub async fn list_boats<'a>(
        &'a self,
        kind: &'a str,
    ) -> Result<ResponseValue<()>, Error> {
        self.list_boats_with(kind, &types::ListBoatsOptions::default()).await
    }
}

impl Client {
    /// Do it.
    ///
    /// Does it.
    ///
    /// `GET /boats` ([reference](https://harbour.example/reference)).
    ///
    /// Sends no optional parameter: [`Client::list_boats_with`] takes them.
    ///
    /// # Arguments
    ///
    /// - `kind`: The kind.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with one of these statuses:
    ///
    /// - 401: It did not work.
    /// - 429: It did not work.
    ///
    /// Any other [`Error`] when the call fails on its way.
    pub async fn list_boats<'a>(
        &'a self,
        kind: &'a str,
    ) -> Result<ResponseValue<()>, Error> {}
}

impl Client {
    pub async fn list_boats_with<'a>(
        &'a self,
        kind: &'a str,
        options: &'a types::ListBoatsOptions,
    ) -> Result<ResponseValue<()>, Error> {
        let types::ListBoatsOptions { options, from_id, .. } = options;
        let url = crate::path::below(&self.base, "/boats")?;
        let request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("fromId", &from_id))
            .query(&progenitor_client::QueryParam::new("kind", &kind))
            .query(&progenitor_client::QueryParam::new("options", &options))
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}

impl Client {
    /// As [`Client::list_boats`], with the optional parameters that are set in [`types::ListBoatsOptions`].
    ///
    /// # Errors
    ///
    /// As [`Client::list_boats`].
    pub async fn list_boats_with<'a>(
        &'a self,
        kind: &'a str,
        options: &'a types::ListBoatsOptions,
    ) -> Result<ResponseValue<()>, Error> {}
}

/// The optional parameters of `GET /boats`, for [`Client::list_boats_with`](crate::Client::list_boats_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListBoatsOptions {
    /// A parameter called as the argument.
    pub options: Option<::std::string::String>,
    /// The first boat.
    pub from_id: Option<BoatId>,
}

impl ListBoatsOptions {
    /// Makes a value without any of the fields.
    pub fn new() -> Self {
        Self {
            options: ::std::option::Option::None,
            from_id: ::std::option::Option::None,
        }
    }
    /// Sets `options`.
    #[must_use]
    pub fn options(
        mut self,
        options: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.options = ::std::option::Option::Some(options.into());
        self
    }
    /// Sets `from_id`.
    #[must_use]
    pub fn from_id(mut self, from_id: BoatId) -> Self {
        self.from_id = ::std::option::Option::Some(from_id);
        self
    }
}

impl Client {
    pub async fn paint_boats_with<'a>(
        &'a self,
        options: &'a types::PaintBoatsOptions,
    ) -> Result<ResponseValue<()>, Error> {
        let body = options;
        let types::PaintBoatsOptions { dry_run, .. } = options;
        let url = crate::path::below(&self.base, "/boats")?;
        let request = self
            .client
            .put(url)
            .form_urlencoded(&body)?
            .query(&progenitor_client::QueryParam::new("dry_run", &dry_run))
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}

/// The optional parameters of `PUT /boats`, for [`Client::paint_boats_with`](crate::Client::paint_boats_with).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PaintBoatsOptions {
    /// The color of the hull.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub hull: ::std::option::Option<::std::string::String>,
    /// 1 paints nothing.
    #[cfg_attr(feature = "schemars-1", schemars(skip))]
    pub dry_run: Option<crate::Flag>,
}

impl Client {
    pub async fn add_photo<'a>(&'a self) -> Result<ResponseValue<()>, Error> {
        self.add_photo_with(types::AddPhotoOptions::default()).await
    }
}

impl Client {
    pub async fn add_photo_with<'a>(
        &'a self,
        options: types::AddPhotoOptions,
    ) -> Result<ResponseValue<()>, Error> {
        let body = options;
        let title = body.title.clone();
        let url = crate::path::below(&self.base, "/boats")?;
        let request = self
            .client
            .post(url)
            .multipart(body.into_form()?)
            .query(&progenitor_client::QueryParam::new("title", &title))
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}

/// The optional parameters of `POST /boats`, for [`Client::add_photo_with`](crate::Client::add_photo_with).
#[derive(Debug)]
#[derive(Default)]
#[non_exhaustive]
#[cfg(feature = "client")]
pub struct AddPhotoOptions {
    /// The bytes.
    pub photo: ::std::option::Option<crate::FilePart>,
    /// The title.
    pub title: Option<::std::string::String>,
}
