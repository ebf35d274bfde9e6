//! What WordPress means by its error codes. Its statuses alone mislead: a photo that is too large is a 500 there.

use serde::Deserialize;
use serde_json::Value;
use story::Cause;

use crate::{
    failure::Failure,
    http::{Answer, Effect, Wire},
};

#[derive(Debug, Deserialize)]
pub(super) struct Refused {
    pub(super) code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    pub(super) data: Value,
}

/// An answer with a status that was not asked for.
pub(super) fn refusal(wire: &Wire, answer: &Answer) -> Failure {
    let by_status = wire.refusal(answer);
    match refused(answer) {
        Some(refused) => wire.blot(judge(&refused, answer.status, answer.effect, by_status)),
        // Something in between speaks, or a web server that does not know the address.
        None if answer.status == 404 => Failure { cause: Cause::NotTheContract, ..by_status },
        None => by_status,
    }
}

/// WordPress's own report.
pub(super) fn refused(answer: &Answer) -> Option<Refused> {
    (answer.media_type() == "application/json").then(|| serde_json::from_slice(&answer.body).ok()).flatten()
}

fn judge(refused: &Refused, status: u16, effect: Effect, by_status: Failure) -> Failure {
    let detail = words(refused, status);
    let known = match refused.code.as_str() {
        "rest_not_logged_in"
        | "incorrect_password"
        | "invalid_username"
        | "invalid_email"
        | "application_passwords_disabled"
        | "application_passwords_disabled_for_user" => Some(Cause::SignedOut),
        "rest_no_route" => Some(Cause::NotTheContract),
        // PHP's own limits; a body over `post_max_size` arrives without anything in it.
        "rest_upload_unknown_error" | "rest_upload_no_content_disposition" | "rest_upload_file_too_big" => {
            Some(Cause::TooLarge)
        }
        "rest_upload_sideload_error" | "rest_upload_invalid_disposition" | "rest_trash_not_supported" => {
            Some(Cause::Invalid)
        }
        // It arrived damaged.
        "rest_upload_hash_mismatch" => Some(Cause::CutOff),
        "khosra_changed" => Some(Cause::ChangedOnPortal),
        _ => None,
    };
    match known {
        Some(cause) => Failure { after: by_status.after, ..Failure::harmless(cause, detail) },
        None if refused.code == "khosra_still_running" => effect.failure(Cause::StillRunning, detail),
        None => Failure { detail: Failure::harmless(by_status.cause, detail).detail, ..by_status },
    }
}

/// The message, and for single fields what is wrong with each.
fn words(refused: &Refused, status: u16) -> String {
    let mut lines = vec![format!("HTTP {status} {}: {}", refused.code, refused.message)];
    if let Some(Value::Object(fields)) = refused.data.get("params") {
        lines.extend(fields.iter().map(|(name, why)| format!("{name}: {}", why.as_str().unwrap_or("?"))));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cause(code: &str, status: u16, by_status: Cause) -> (Cause, bool) {
        let refused = Refused { code: code.into(), message: "m".into(), data: Value::Null };
        let by_status = Failure::open(by_status, "page");
        let failure = judge(&refused, status, Effect::Writes, by_status);
        assert_eq!(failure.detail, format!("HTTP {status} {code}: m"));
        (failure.cause, failure.nothing_done)
    }

    #[test]
    fn a_code_is_worth_more_than_its_status() {
        for (code, status, due) in [
            ("rest_not_logged_in", 401, Cause::SignedOut),
            ("incorrect_password", 401, Cause::SignedOut),
            ("invalid_username", 500, Cause::SignedOut),
            ("rest_upload_unknown_error", 500, Cause::TooLarge),
            ("rest_upload_no_content_disposition", 400, Cause::TooLarge),
            ("rest_upload_sideload_error", 500, Cause::Invalid),
            ("rest_upload_hash_mismatch", 412, Cause::CutOff),
            ("rest_no_route", 404, Cause::NotTheContract),
            ("khosra_changed", 412, Cause::ChangedOnPortal),
        ] {
            assert_eq!(cause(code, status, Cause::PortalBroken), (due, true), "{code}");
        }
        assert_eq!(cause("khosra_still_running", 409, Cause::Conflict), (Cause::StillRunning, false));
    }

    #[test]
    fn an_unknown_code_means_what_its_status_means() {
        assert_eq!(cause("db_insert_error", 500, Cause::PortalBroken), (Cause::PortalBroken, false));
    }

    #[test]
    fn fields_that_were_refused_are_named() {
        let data = json!({"status": 400, "params": {"categories": "not of type array."}});
        let refused = Refused { code: "rest_invalid_param".into(), message: "Invalid".into(), data };
        assert!(words(&refused, 400).ends_with("\ncategories: not of type array."));
    }
}
