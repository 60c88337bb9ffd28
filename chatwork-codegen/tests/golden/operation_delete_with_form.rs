impl Client {
    pub async fn sink_boat<'a>(
        &'a self,
        boat_id: types::BoatId,
        body: &'a types::SinkBoatBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = format!(
            "{}/boats/{}", self.baseurl, crate ::path::segment("boat_id", & boat_id
            .to_string()) ?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).form_urlencoded(&body)?.build()?;
        let info = OperationInfo {
            operation_id: "sink_boat",
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

/// What `DELETE /boats/{boat_id}` sends: the body of [`Client::sink_boat`](crate::Client::sink_boat).
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SinkBoatBody {
    /// The length.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub length: ::std::option::Option<i64>,
    /// The name.
    pub name: ::std::string::String,
}
