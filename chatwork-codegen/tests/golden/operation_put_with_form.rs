impl Client {
    pub async fn change_boat<'a>(
        &'a self,
        boat_id: types::BoatId,
        body: &'a types::ChangeBoatBody,
    ) -> Result<ResponseValue<types::BoatId>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/boats/{}", crate ::path::segment("boat_id", & boat_id.to_string()) ?
            ),
        )?;
        let request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            200u16 => response.json(),
            _ => Err(response.refused()),
        }
    }
}

/// The body of `PUT /boats/{boat_id}`: what [`Client::change_boat`](crate::Client::change_boat) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChangeBoatBody {
    /// The length.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub length: ::std::option::Option<i64>,
    /// The name.
    pub name: ::std::string::String,
}
