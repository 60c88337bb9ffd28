impl Client {
    pub async fn change_boat<'a>(
        &'a self,
        boat_id: types::BoatId,
        body: &'a types::ChangeBoatBody,
    ) -> Result<ResponseValue<()>, Error> {
        let url = format!(
            "{}/boats/{}", self.baseurl, crate ::path::segment("boat_id", & boat_id
            .to_string()) ?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.put(url).form_urlencoded(&body)?.build()?;
        let info = OperationInfo {
            operation_id: "change_boat",
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
