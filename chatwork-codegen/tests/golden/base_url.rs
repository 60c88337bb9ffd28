/// The client: one method for each operation of Harbour.
///
/// Boats.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::Settings,
    pub(crate) base: ::std::sync::Arc<crate::path::BaseUrl>,
}

impl Client {
    pub async fn get_ping<'a>(&'a self) -> Result<ResponseValue<()>, Error> {
        let url = crate::path::below(&self.base, "/ping")?;
        let request = self.client.get(url).build()?;
        let response = crate::reply::exchange(self, request).await?;
        match response.status().as_u16() {
            204u16 => Ok(response.empty()),
            _ => Err(response.refused()),
        }
    }
}
