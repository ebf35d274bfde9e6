//! What can go wrong with one request.

use std::time::Duration;

/// How far a message gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its first line.
    FirstLine,
    /// Its head, and nothing of its body.
    Head,
    /// Its head and half of its body.
    HalfBody,
    /// All but its last byte.
    AllButOne,
    /// All of it; only what would follow is lost.
    Whole,
}

/// Whether the portal does what it was asked before something else is said in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The portal never hears of it.
    Unheard,
    /// The portal has done it.
    Done,
}

/// Which answer to a request that was sent twice comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twice {
    /// That to the first.
    First,
    /// That to the second.
    Second,
}

/// The wait that is asked for beside a 429 or 503.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// None.
    None,
    /// 7 seconds.
    Seconds,
    /// A minute from now, as a date.
    Date,
    /// More than a person lives.
    Absurd,
    /// A negative number.
    Negative,
}

/// What goes wrong. Where a status or a page is said, it is said as something in between would: with no word
/// of the portal's contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Cut before a byte is handed on.
    CutBefore,
    /// The portal gets so much of the request; the editor gets nothing.
    CutRequest(Part),
    /// The portal does it and answers; the editor gets so much of the answer, or none of it.
    CutAnswer(Option<Part>),
    /// The portal gets the request twice, one after the other.
    Twice(Twice),
    /// Cut; the portal gets the request only once so many others have arrived behind it.
    Late(usize),
    /// The request waits on its way.
    Delay(Duration),
    /// Another status than the portal's.
    Status(u16, When, RetryAfter),
    /// The portal itself refuses, in its contract's own form: a truthful refusal.
    Refused(u16),
    /// A cache in between answers in the portal's place: 200, and a picture.
    Cached,
    /// 200 with the text of a database error.
    SqlPage(When),
    /// 200 with the page of a hotel's network.
    LoginPage(When),
    /// The answer's JSON stops half way, under a length that says that it is whole.
    HalfJson,
    /// A few kilobytes that say they are many megabytes.
    GzipBomb,
    /// A head without end.
    EndlessHead,
    /// A body without end.
    EndlessBody,
    /// The answer comes, a byte now and then.
    Slow,
    /// The request is taken, and nothing ever comes.
    Silence,
    /// A redirect with this status to this place.
    Redirect(u16, &'static str),
}

impl Fault {
    /// Its name, for counting.
    pub fn name(&self) -> String {
        match self {
            Self::CutBefore => "cut before the request".to_owned(),
            Self::CutRequest(part) => format!("request cut: {part:?}"),
            Self::CutAnswer(None) => "answer lost".to_owned(),
            Self::CutAnswer(Some(part)) => format!("answer cut: {part:?}"),
            Self::Twice(which) => format!("request twice, {which:?} answer"),
            Self::Late(_) => "request late".to_owned(),
            Self::Delay(_) => "delay".to_owned(),
            Self::Status(status, when, RetryAfter::None) => format!("{status}, {when:?}"),
            Self::Status(status, when, after) => format!("{status}, {when:?}, Retry-After {after:?}"),
            Self::Refused(status) => format!("{status} of the portal itself"),
            Self::Cached => "200 of a cache".to_owned(),
            Self::SqlPage(when) => format!("200 SQLSTATE, {when:?}"),
            Self::LoginPage(when) => format!("200 log-in page, {when:?}"),
            Self::HalfJson => "half of the JSON".to_owned(),
            Self::GzipBomb => "gzip bomb".to_owned(),
            Self::EndlessHead => "endless head".to_owned(),
            Self::EndlessBody => "endless body".to_owned(),
            Self::Slow => "slow bytes".to_owned(),
            Self::Silence => "silence".to_owned(),
            Self::Redirect(status, _) => format!("redirect {status}"),
        }
    }
}
