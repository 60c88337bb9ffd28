//! `contacts` and `requests`.

use chatwork_app::one_line;
use chatwork_sdk::RequestId;

use super::items;
use crate::args::Requests;
use crate::ask;
use crate::context::Context;
use crate::failure::Done;
use crate::out::{item, note, shape};
use crate::words;

pub(super) async fn contacts(context: &Context) -> Done {
    let contacts = context.client().await?.contacts().await?;
    context.out.list(&shape::CONTACTS, &items(&contacts))
}

pub(super) async fn requests(context: &Context, requests: Requests) -> Done {
    let client = context.client().await?;
    match requests {
        Requests::List => {
            let requests = client.incoming_requests().await?;
            context.out.list(&shape::REQUESTS, &items(&requests))
        }
        Requests::Accept { id } => {
            let contact = client.incoming_request(RequestId(id)).accept().await?;
            let written = context.out.detail(&shape::CONTACTS, &item(&contact, &[]));
            written.map_err(|failure| failure.behind_write(Vec::new()))
        }
        Requests::Decline { id } => {
            context.out.refuse_csv()?;
            let request = shown(context, id).await;
            ask::confirm(context.yes, &words::ASK_DECLINE.fill(&[("request", &request)]))?;
            client.incoming_request(RequestId(id)).decline().await?;
            note(&words::DECLINED.fill(&[("request", &id)]));
            Ok(())
        }
    }
}

/// Returns how a question names a request: by its id, and by who made it if a person is asked, which
/// costs a request.
async fn shown(context: &Context, id: i64) -> String {
    if ask::is_asked(context.yes)
        && let Ok(client) = context.client().await
        && let Ok(requests) = client.incoming_requests().await
        && let Some(found) = requests.iter().find(|request| request.request_id.0 == id)
    {
        return format!("{id} ({})", one_line(&found.name));
    }
    id.to_string()
}
