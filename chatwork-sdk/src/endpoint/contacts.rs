//! Contacts, and the requests of other people to become one.

use super::prelude::*;
use chatwork_api::reqwest::header::HeaderMap;

impl Client {
    /// Lists your contacts, all of them. Returns a [`List`] of
    /// [`Contact`](crate::types::Contact)s.
    ///
    /// Calls `GET /contacts` ([reference](https://developer.chatwork.com/reference/get-contacts)).
    #[doc(alias = "get_contacts")]
    #[doc(alias = "list_contacts")]
    pub fn contacts(&self) -> Request<ListContacts> {
        Request::new(self, ListContacts)
    }

    /// Lists the contact requests that you have not answered. Returns a [`List`] of at most 100
    /// [`IncomingRequest`](crate::types::IncomingRequest)s.
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
    #[doc(alias = "get_incoming_requests")]
    #[doc(alias = "list_incoming_requests")]
    pub fn incoming_requests(&self) -> Request<ListIncomingRequests> {
        Request::new(self, ListIncomingRequests)
    }

    /// Returns a handle to one contact request. Sends no request.
    pub fn incoming_request(&self, id: RequestId) -> IncomingRequestHandle {
        IncomingRequestHandle { client: self.clone(), id }
    }
}

/// A handle to one contact request, made by [`Client::incoming_request`].
#[derive(Clone, Debug)]
pub struct IncomingRequestHandle {
    client: Client,
    id: RequestId,
}

impl IncomingRequestHandle {
    /// Accepts the request, so that the sender becomes your contact. Returns the
    /// [`Contact`](crate::types::Contact).
    ///
    /// Calls `PUT /incoming_requests/{request_id}`
    /// ([reference](https://developer.chatwork.com/reference/put-incoming_requests-request_id)).
    ///
    /// # Errors
    ///
    /// 404 if there is no such request. 400 if you have as many contacts outside of your
    /// organization as you may have.
    #[doc(alias = "accept_incoming_request")]
    #[doc(alias = "put_incoming_requests")]
    #[doc(alias = "approve")]
    pub fn accept(&self) -> Request<AcceptIncomingRequest> {
        Request::new(&self.client, AcceptIncomingRequest(self.id))
    }

    /// Declines the request. Returns `()`.
    ///
    /// Calls `DELETE /incoming_requests/{request_id}`
    /// ([reference](https://developer.chatwork.com/reference/delete-incoming_requests-request_id)).
    ///
    /// # Errors
    ///
    /// 404 if there is no such request.
    #[doc(alias = "decline_incoming_request")]
    #[doc(alias = "delete_incoming_requests")]
    #[doc(alias = "reject")]
    pub fn decline(&self) -> Request<DeclineIncomingRequest> {
        Request::new(&self.client, DeclineIncomingRequest(self.id))
    }
}

/// `GET /contacts`: the request of [`Client::contacts`].
///
/// Returns a [`List`] of [`Contact`](crate::types::Contact)s. Options: those of every [`Request`].
pub struct ListContacts;

impl Endpoint for ListContacts {
    type Reply = List<Contact>;
    type Output = List<Contact>;
    const OPERATION: &'static Operation = &operations::LIST_CONTACTS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        list::read(Self::OPERATION, api.list_contacts().await)
    }

    fn output(contacts: Self::Reply, _: &HeaderMap) -> Self::Output {
        contacts
    }
}

/// `GET /incoming_requests`: the request of [`Client::incoming_requests`].
///
/// Returns a [`List`] of [`IncomingRequest`](crate::types::IncomingRequest)s. Options: those of
/// every [`Request`].
pub struct ListIncomingRequests;

impl Endpoint for ListIncomingRequests {
    type Reply = List<IncomingRequest>;
    type Output = List<IncomingRequest>;
    const OPERATION: &'static Operation = &operations::LIST_INCOMING_REQUESTS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        list::read(Self::OPERATION, api.list_incoming_requests().await)
    }

    fn output(requests: Self::Reply, _: &HeaderMap) -> Self::Output {
        requests
    }
}

/// `PUT /incoming_requests/{request_id}`: the request of [`IncomingRequestHandle::accept`].
///
/// Returns the [`Contact`](crate::types::Contact). Options: those of every [`Request`].
pub struct AcceptIncomingRequest(RequestId);

impl Endpoint for AcceptIncomingRequest {
    type Reply = Contact;
    type Output = Contact;
    const OPERATION: &'static Operation = &operations::ACCEPT_INCOMING_REQUEST;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.accept_incoming_request(self.0).await?)
    }

    fn output(contact: Contact, _: &HeaderMap) -> Contact {
        contact
    }
}

/// `DELETE /incoming_requests/{request_id}`: the request of [`IncomingRequestHandle::decline`].
///
/// Returns `()`. Options: those of every [`Request`].
pub struct DeclineIncomingRequest(RequestId);

impl Endpoint for DeclineIncomingRequest {
    type Reply = ();
    type Output = ();
    const OPERATION: &'static Operation = &operations::DECLINE_INCOMING_REQUEST;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.decline_incoming_request(self.0).await?)
    }

    fn output((): (), _: &HeaderMap) {}
}
