impl Client {
    pub async fn leave_berth<'a>(
        &'a self,
        boat_id: types::BoatId,
        berth: &'a str,
    ) -> Result<ResponseValue<()>, Error> {
        let url = format!(
            "{}/boats/{}/berths/{}", self.baseurl, crate ::path::segment("boat_id", &
            boat_id.to_string()) ?, crate ::path::segment("berth", & berth.to_string())
            ?,
        );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo {
            operation_id: "leave_berth",
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
