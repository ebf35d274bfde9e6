//! Signing in and out.

use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;
use story::Role;

use super::{
    problem::{Kind, Problem},
    read::{SignedIn, json_text, parse},
};
use crate::{
    db::{accounts::TokenRow, millis},
    newsroom::Shared,
    secrets,
};

const TOKEN_DAYS: TimeDelta = TimeDelta::days(90);
const MAX_REQUEST: usize = 16 * 1024;

#[derive(Deserialize)]
struct Credentials {
    user: String,
    password: String,
    #[serde(default)]
    device: String,
}

/// `POST /api/v1/tokens`
pub(super) async fn sign_in(State(newsroom): State<Shared>, request: Request) -> Result<Response, Problem> {
    let credentials: Credentials = parse(&json_text(request, MAX_REQUEST).await?)?;
    let now = newsroom.now();
    if let Some(seconds) = newsroom.attempts.wait(&credentials.user, now) {
        let problem = Problem::new(Kind::TooManyRequests, "too many wrong passwords for this account");
        return Err(problem.after(seconds));
    }
    let account = newsroom.db.account(&credentials.user).await?;
    let hash = account.map(|account| account.password_hash).unwrap_or_default();
    if !is_password(credentials.password, hash).await {
        newsroom.attempts.failed(&credentials.user, now);
        return Err(Problem::new(Kind::SignedOut, "the name or the password is wrong"));
    }
    newsroom.attempts.succeeded(&credentials.user);
    let token = secrets::token();
    let expires_at = now + TOKEN_DAYS;
    let hash = secrets::token_hash(&token);
    let (user, device) = (&credentials.user, &credentials.device);
    let row = TokenRow { hash: &hash, user, device, expires_at: millis(expires_at) };
    newsroom.db.add_token(row).await?;
    Ok((StatusCode::CREATED, Json(json!({ "token": token, "expires_at": expires_at }))).into_response())
}

/// Off the threads that serve: the hash is slow on purpose.
async fn is_password(password: String, hash: String) -> bool {
    tokio::task::spawn_blocking(move || secrets::is_password(&password, &hash)).await.unwrap_or(false)
}

/// `DELETE /api/v1/tokens/current`
pub(super) async fn sign_out(State(newsroom): State<Shared>, who: SignedIn) -> Result<StatusCode, Problem> {
    newsroom.db.drop_token(&who.token_hash).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/v1/me`
pub(super) async fn me(State(newsroom): State<Shared>, who: SignedIn) -> Result<Response, Problem> {
    let sections: Vec<String> =
        newsroom.db.sections().await?.into_iter().map(|section| section.slug).collect();
    let answer = json!({
        "user": who.user,
        "name": who.name,
        "byline": who.name,
        "role": who.role,
        "one_person": newsroom.one_person && who.role == Role::Editor,
        "sections": sections,
    });
    Ok(Json(answer).into_response())
}
