//! Contacts, and the requests of others to become one.

use super::prelude::*;

impl Client {
    /// Lists your contacts.
    ///
    /// Calls `GET /contacts` ([reference](https://developer.chatwork.com/reference/get-contacts)).
    pub fn contacts(&self) -> Request<ListContacts> {
        Request::new(self, ListContacts)
    }

    /// Lists the contact requests that await your answer, at most 100.
    ///
    /// Calls `GET /incoming_requests`
    /// ([reference](https://developer.chatwork.com/reference/get-incoming_requests)).
    ///
    /// ```no_run
    /// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
    /// for request in chatwork.incoming_requests().await? {
    ///     let contact = chatwork.incoming_request(request.request_id).accept().await?;
    ///     println!("{} is a contact now", contact.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn incoming_requests(&self) -> Request<ListIncomingRequests> {
        Request::new(self, ListIncomingRequests)
    }

    /// A handle to one contact request. Asks nothing of the API.
    pub fn incoming_request(&self, id: RequestId) -> IncomingRequestHandle {
        IncomingRequestHandle { client: self.clone(), id }
    }
}

/// A contact request that can be accepted or declined.
#[derive(Clone, Debug)]
pub struct IncomingRequestHandle {
    client: Client,
    id: RequestId,
}

impl IncomingRequestHandle {
    /// Makes whoever asked a contact of yours.
    ///
    /// Calls `PUT /incoming_requests/{request_id}`
    /// ([reference](https://developer.chatwork.com/reference/put-incoming_requests-request_id)).
    ///
    /// # Errors
    ///
    /// 404 when there is no such request, 400 when you have as many contacts outside your
    /// organization as you may.
    pub fn accept(&self) -> Request<AcceptIncomingRequest> {
        Request::new(&self.client, AcceptIncomingRequest(self.id))
    }

    /// Turns the request down.
    ///
    /// Calls `DELETE /incoming_requests/{request_id}`
    /// ([reference](https://developer.chatwork.com/reference/delete-incoming_requests-request_id)).
    ///
    /// # Errors
    ///
    /// 404 when there is no such request.
    pub fn decline(&self) -> Request<DeclineIncomingRequest> {
        Request::new(&self.client, DeclineIncomingRequest(self.id))
    }
}

/// The call of [`Client::contacts`].
pub struct ListContacts;

impl Endpoint for ListContacts {
    type Reply = List<Contact>;
    type Output = Vec<Contact>;
    const OPERATION: &'static Operation = &operations::LIST_CONTACTS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.list_contacts().await?)
    }

    fn output(contacts: Self::Reply, _: Option<MessageLimitation>) -> Vec<Contact> {
        contacts.unwrap_or_default()
    }
}

/// The call of [`Client::incoming_requests`].
pub struct ListIncomingRequests;

impl Endpoint for ListIncomingRequests {
    type Reply = List<IncomingRequest>;
    type Output = Vec<IncomingRequest>;
    const OPERATION: &'static Operation = &operations::LIST_INCOMING_REQUESTS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.list_incoming_requests().await?)
    }

    fn output(requests: Self::Reply, _: Option<MessageLimitation>) -> Vec<IncomingRequest> {
        requests.unwrap_or_default()
    }
}

/// The call of [`IncomingRequestHandle::accept`].
pub struct AcceptIncomingRequest(RequestId);

impl Endpoint for AcceptIncomingRequest {
    type Reply = Contact;
    type Output = Contact;
    const OPERATION: &'static Operation = &operations::ACCEPT_INCOMING_REQUEST;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.accept_incoming_request(self.0).await?)
    }

    fn output(contact: Contact, _: Option<MessageLimitation>) -> Contact {
        contact
    }
}

/// The call of [`IncomingRequestHandle::decline`].
pub struct DeclineIncomingRequest(RequestId);

impl Endpoint for DeclineIncomingRequest {
    type Reply = ();
    type Output = ();
    const OPERATION: &'static Operation = &operations::DECLINE_INCOMING_REQUEST;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.decline_incoming_request(self.0).await?)
    }

    fn output((): (), _: Option<MessageLimitation>) {}
}
