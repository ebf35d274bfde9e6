//! The layer in which faults strike, outside everything else.

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Fault, Faults, Wire};

/// What a PHP portal of the trade once answered, with status 200.
const SQL_ERROR: &str =
    "Error!: SQLSTATE[42S22]: Column not found: 1054 Unknown column 'parent_cat_type' in 'field list'";
const LOGIN_PAGE: &str = "<!doctype html><html><head><title>Hotel Wi-Fi</title></head><body>\
    <form action=\"http://login.example/\"><input name=\"room\"><button>Log in</button></form></body></html>";

/// Marks a request whose payload is to be stored, or given to readers, without credits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DropCredit;

/// Lets the faults that hit this request happen.
pub(crate) async fn misbehave(
    State(faults): State<Faults>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    mut request: Request,
    next: Next,
) -> Response {
    let struck = faults.strike(request.method().as_str(), request.uri().path());
    for fault in &struck {
        match fault {
            Fault::Latency(time) => tokio::time::sleep(*time).await,
            Fault::DropCredit => drop(request.extensions_mut().insert(DropCredit)),
            Fault::DropHeader(name) => drop(request.headers_mut().remove(name)),
            _ => {}
        }
    }
    if let Some(answer) = struck.iter().find_map(instead) {
        crate::api::drain(request.into_body()).await;
        return answer;
    }
    let answer = next.run(request).await;
    for fault in &struck {
        match fault {
            Fault::DropAnswer => wire.sever(),
            Fault::CutBody(bytes) => wire.cut_body(*bytes),
            _ => {}
        }
    }
    answer
}

/// The answer that a fault puts in place of the real one.
fn instead(fault: &Fault) -> Option<Response> {
    let html = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    match fault {
        Fault::Status(code) => Some(StatusCode::from_u16(*code).ok()?.into_response()),
        Fault::SqlError => Some((html, SQL_ERROR).into_response()),
        Fault::LoginPage => Some((html, LOGIN_PAGE).into_response()),
        Fault::Redirect => {
            let away = [(header::LOCATION, HeaderValue::from_static("http://portal.invalid/login"))];
            Some((StatusCode::FOUND, away).into_response())
        }
        Fault::Public404 => Some(StatusCode::NOT_FOUND.into_response()),
        _ => None,
    }
}
