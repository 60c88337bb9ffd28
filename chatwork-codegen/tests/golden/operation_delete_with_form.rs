impl Client {
    pub async fn sink_boat<'a>(
        &'a self,
        boat_id: types::BoatId,
        body: &'a types::SinkBoatBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(
            &self.base,
            &format!(
                "/boats/{}", crate ::path::segment("boat_id", & boat_id.to_string()) ?
            ),
        )?;
        let request = self.client.delete(url).form_urlencoded(&body)?.build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}

/// The body of `DELETE /boats/{boat_id}`: what [`Client::sink_boat`](crate::Client::sink_boat) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SinkBoatBody {
    /// The length.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub length: ::std::option::Option<i64>,
    /// The name.
    pub name: ::std::string::String,
}
