impl Client {
    pub async fn count_boats<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::Count>, Error> {
        self.count_boats_with(&types::CountBoatsOptions::default()).await
    }
}
