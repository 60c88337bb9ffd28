impl Client {
    pub async fn add_photo<'a>(
        &'a self,
        body: types::AddPhotoBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(&self.base, "/boats/photo")?;
        let request = self.client.post(url).multipart(body.into_form()?).build()?;
        let response = crate::reply::exchange(self, request, "add_photo").await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}

/// What `POST /boats/photo` sends: the body of [`Client::add_photo`](crate::Client::add_photo).
#[derive(Debug)]
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
