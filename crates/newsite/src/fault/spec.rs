//! How a fault is written.

use std::{fmt, str::FromStr, time::Duration};

use super::{Fault, Rule};

/// A fault that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a fault; known are latency=MS, drop-answer=N, cut-body=BYTES, status=CODE, sql-error, \
     login-page, redirect, drop-credit, drop-header=NAME and public-404, each with :TIMES and @PART behind if wanted"
)]
pub struct FaultSpecError(pub String);

impl FromStr for Rule {
    type Err = FaultSpecError;

    fn from_str(spec: &str) -> Result<Self, Self::Err> {
        read(spec.trim()).ok_or_else(|| FaultSpecError(spec.to_owned()))
    }
}

fn read(spec: &str) -> Option<Rule> {
    let (rest, part) = match spec.split_once('@') {
        Some((rest, part)) => (rest, Some(part.to_owned())),
        None => (spec, None),
    };
    let (rest, times) = match rest.split_once(':') {
        Some((rest, times)) => (rest, Some(times.parse().ok()?)),
        None => (rest, None),
    };
    let (kind, value) = match rest.split_once('=') {
        Some((kind, value)) => (kind, Some(value)),
        None => (rest, None),
    };
    let (fault, usual_times) = kind_of(kind, value)?;
    Some(Rule { fault, left: times.or(usual_times), part })
}

/// The fault, and how often it strikes when nothing is said.
fn kind_of(kind: &str, value: Option<&str>) -> Option<(Fault, Option<u32>)> {
    Some(match (kind, value) {
        ("latency", Some(ms)) => (Fault::Latency(Duration::from_millis(ms.parse().ok()?)), None),
        ("drop-answer", times) => (Fault::DropAnswer, Some(times.unwrap_or("1").parse().ok()?)),
        ("cut-body", Some(bytes)) => (Fault::CutBody(bytes.parse().ok()?), None),
        ("status", Some(code)) => (Fault::Status(status(code)?), None),
        ("sql-error", None) => (Fault::SqlError, None),
        ("login-page", None) => (Fault::LoginPage, None),
        ("redirect", None) => (Fault::Redirect, None),
        ("drop-credit", None) => (Fault::DropCredit, None),
        ("drop-header", Some(name)) => (Fault::DropHeader(name.parse().ok()?), None),
        ("public-404", None) => (Fault::Public404, None),
        _ => return None,
    })
}

fn status(code: &str) -> Option<u16> {
    code.parse().ok().filter(|code| (200..600).contains(code))
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            Fault::Latency(time) => write!(f, "latency={}", time.as_millis())?,
            Fault::DropAnswer => f.write_str("drop-answer")?,
            Fault::CutBody(bytes) => write!(f, "cut-body={bytes}")?,
            Fault::Status(code) => write!(f, "status={code}")?,
            Fault::SqlError => f.write_str("sql-error")?,
            Fault::LoginPage => f.write_str("login-page")?,
            Fault::Redirect => f.write_str("redirect")?,
            Fault::DropCredit => f.write_str("drop-credit")?,
            Fault::DropHeader(name) => write!(f, "drop-header={name}")?,
            Fault::Public404 => f.write_str("public-404")?,
        }
        self.left.map_or(Ok(()), |left| write!(f, ":{left}"))?;
        self.part.as_ref().map_or(Ok(()), |part| write!(f, "@{part}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_read_and_written_alike() {
        for spec in [
            "latency=250",
            "status=503:2@PUT /api/v1/stories",
            "sql-error:1",
            "drop-header=if-match",
            "redirect",
        ] {
            assert_eq!(spec.parse::<Rule>().unwrap().to_string(), spec);
        }
        assert_eq!("drop-answer=2".parse::<Rule>().unwrap().to_string(), "drop-answer:2");
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        for spec in [
            "",
            "latency",
            "latency=soon",
            "status=99",
            "drop-header=",
            "sql-error=3",
            "drop-answer=1:x",
            "explode",
        ] {
            assert_eq!(spec.parse::<Rule>(), Err(FaultSpecError(spec.to_owned())));
        }
    }
}
