//! Stories that are held back, and the morning sheet, by the native contract.

use chrono::{DateTime, SecondsFormat, Utc};
use reqwest::{Method, header::CONTENT_TYPE};
use story::{Cause, Guards};
use url::form_urlencoded::Serializer;

use super::{JSON, echoed, wire};
use crate::{
    failure::Failure,
    guards::{Guarding, Sheet},
    http::{Effect, Wire},
};

/// `POST /api/v1/stories/{id}/transitions`
pub(super) async fn put(wire: &Wire, order: &Guarding<'_>) -> Result<Guards, Failure> {
    let Guarding { story, key, act, version, until, note, consent } = order;
    let request = wire.request(Method::POST, &format!("api/v1/stories/{story}/transitions"))?;
    let body = wire::GuardOrder { command: *act, hash: version, note, at: *until, consent: *consent };
    let body = serde_json::to_string(&body);
    let body = body.map_err(|error| Failure::harmless(Cause::NotTheContract, error.to_string()))?;
    let request = request.header("idempotency-key", key.to_string());
    let request = request.header(CONTENT_TYPE, JSON).body(body);
    let done: wire::Guarded = wire.fetch_json(request, Effect::Writes, &[200]).await?;
    echoed(done.id == *story, Effect::Writes)?;
    Ok(done.guards)
}

/// `GET /api/v1/sheet`
pub(super) async fn sheet(
    wire: &Wire,
    span: Option<(DateTime<Utc>, DateTime<Utc>)>,
) -> Result<Sheet, Failure> {
    let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let named = span.map(|(since, until)| [("since", moment(since)), ("until", moment(until))]);
    let query = Serializer::new(String::new()).extend_pairs(named.into_iter().flatten()).finish();
    let request = wire.request(Method::GET, &format!("api/v1/sheet?{query}"))?;
    wire.fetch_json(request, Effect::Reads, &[200]).await
}
