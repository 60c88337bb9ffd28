impl Client {
    pub async fn add_photo<'a>(
        &'a self,
        body: types::AddPhotoBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = format!("{}/boats/photo", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self.client.post(url).multipart(body.into_form()?).build()?;
        let info = OperationInfo {
            operation_id: "add_photo",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            _ => Err(crate::reply::refused(response).await),
        }
    }
}

/// What `POST /boats/photo` sends: the body of [`Client::add_photo`](crate::Client::add_photo).
#[derive(Debug)]
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
