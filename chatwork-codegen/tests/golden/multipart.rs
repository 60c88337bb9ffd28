impl Client {
    pub async fn add_photo<'a>(
        &'a self,
        body: types::AddPhotoBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(&self.base, "/boats/photo")?;
        let request = self.client.post(url).multipart(body.into_form()?).build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}

/// The body of `POST /boats/photo`: what [`Client::add_photo`](crate::Client::add_photo) sends.
#[derive(Debug)]
#[non_exhaustive]
#[cfg(feature = "client")]
pub struct AddPhotoBody {
    /// A drawing besides.
    pub drawing: ::std::option::Option<crate::FilePart>,
    /// The icon.
    pub icon_kind: ::std::option::Option<Icon>,
    /// The bytes.
    pub photo: crate::FilePart,
    /// The title.
    pub title: ::std::string::String,
    /// A flag called as a keyword of Rust.
    pub type_: ::std::option::Option<crate::Flag>,
}

#[cfg(feature = "client")]
impl AddPhotoBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(
        title: impl ::std::convert::Into<::std::string::String>,
        photo: crate::FilePart,
    ) -> Self {
        Self {
            drawing: ::std::option::Option::None,
            icon_kind: ::std::option::Option::None,
            photo,
            title: title.into(),
            type_: ::std::option::Option::None,
        }
    }
    /// Sets `drawing`.
    #[must_use]
    pub fn drawing(mut self, drawing: crate::FilePart) -> Self {
        self.drawing = ::std::option::Option::Some(drawing);
        self
    }
    /// Sets `icon_kind`.
    #[must_use]
    pub fn icon_kind(mut self, icon_kind: Icon) -> Self {
        self.icon_kind = ::std::option::Option::Some(icon_kind);
        self
    }
    /// Sets `type_`.
    #[must_use]
    pub fn type_(mut self, type_: impl ::std::convert::Into<crate::Flag>) -> Self {
        self.type_ = ::std::option::Option::Some(type_.into());
        self
    }
}
#[cfg(feature = "client")]
impl AddPhotoBody {
    /// The form, with its parts in the order of the document.
    pub(crate) fn into_form(self) -> Result<reqwest::multipart::Form, crate::Error> {
        let form = crate::file_part::form();
        let form = form.text("title", self.title.to_string());
        let form = form.part("photo", self.photo.into_part()?);
        let form = match self.drawing {
            Some(value) => form.part("drawing", value.into_part()?),
            None => form,
        };
        let form = match self.icon_kind {
            Some(value) => form.text("iconKind", value.to_string()),
            None => form,
        };
        let form = match self.type_ {
            Some(value) => form.text("type", value.to_string()),
            None => form,
        };
        Ok(form)
    }
}

/// Limits of `POST /boats/photo`.
pub mod add_photo {
    /// The most bytes of `photo`.
    pub const PHOTO_MAX_BYTES: u64 = 1000;
    /// The most bytes of `drawing`.
    pub const DRAWING_MAX_BYTES: u64 = 10;
}
