//! Going wrong on purpose, so that the editor's delivery can be tested against every kind of bad portal.
//!
//! A fault is written `KIND[=VALUE][:TIMES][@PART]`: for the next TIMES requests (for ever when left out)
//! whose method and path, such as `PUT /api/v1/stories/…`, contain PART.

use std::{
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::http::HeaderName;

mod apply;
mod spec;
mod wire;

pub(crate) use apply::{DropCredit, misbehave};
pub use spec::FaultSpecError;
pub(crate) use wire::{Wire, WireListener};

/// One way to go wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// `latency=MS`: every answer waits so long.
    Latency(Duration),
    /// `drop-answer=N`: do what was asked, then close the connection without an answer.
    DropAnswer,
    /// `cut-body=BYTES`: close the connection after so many bytes of the answer's body.
    CutBody(usize),
    /// `status=CODE`: do nothing and answer so.
    Status(u16),
    /// `sql-error`: status 200, and the text of a database error for a body.
    SqlError,
    /// `login-page`: status 200 and the log-in page of somebody's network.
    LoginPage,
    /// `redirect`: 302 to another host.
    Redirect,
    /// `drop-credit`: store what was sent, but without the photos' credits, and publish it so.
    DropCredit,
    /// `drop-header=NAME`: a gateway takes this header off what was asked.
    DropHeader(HeaderName),
    /// `public-404`: readers do not find published stories.
    Public404,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    fault: Fault,
    /// `None`: for ever.
    left: Option<u32>,
    /// What the request's "METHOD /path" must contain; `None`: what is usual for the fault.
    part: Option<String>,
}

/// The faults of one run, shared by everybody who may change them.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Rule>>>);

impl Faults {
    /// Reads faults as they are given on the command line.
    ///
    /// # Errors
    /// [`FaultSpecError`] names the first one that cannot be read.
    pub fn parse<S: AsRef<str>>(specs: &[S]) -> Result<Self, FaultSpecError> {
        let faults = Self::default();
        faults.replace(specs)?;
        Ok(faults)
    }

    /// Puts `specs` in place of everything that was set.
    ///
    /// # Errors
    /// As [`Faults::parse`]; then nothing has changed.
    pub fn replace<S: AsRef<str>>(&self, specs: &[S]) -> Result<(), FaultSpecError> {
        let rules: Result<Vec<Rule>, _> = specs.iter().map(|spec| Rule::from_str(spec.as_ref())).collect();
        *self.rules() = rules?;
        Ok(())
    }

    /// What is still to go wrong, in the form it is given in.
    pub fn specs(&self) -> Vec<String> {
        self.rules().iter().map(ToString::to_string).collect()
    }

    /// The faults that hit this request; each is counted as used once.
    fn strike(&self, method: &str, path: &str) -> Vec<Fault> {
        let mut rules = self.rules();
        let mut struck = Vec::new();
        for rule in rules.iter_mut().filter(|rule| rule.left != Some(0) && rule.matches(method, path)) {
            rule.left = rule.left.map(|left| left.saturating_sub(1));
            struck.push(rule.fault.clone());
        }
        rules.retain(|rule| rule.left != Some(0));
        struck
    }

    fn rules(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rule {
    fn matches(&self, method: &str, path: &str) -> bool {
        if let Some(part) = &self.part {
            return format!("{method} {path}").contains(part.as_str());
        }
        let api = path.starts_with("/api/");
        let changes = !matches!(method, "GET" | "HEAD" | "OPTIONS");
        match self.fault {
            Fault::DropAnswer => api && changes,
            Fault::DropCredit => api && changes,
            Fault::Public404 => !api,
            _ => api,
        }
    }
}
