//! What a command comes to, and how it is printed: text or one JSON value on standard output, sentences for
//! people on standard error.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use desk::{
    ImportError,
    wire::{CommandError, ErrorCode, IntentView, OriginalView},
};
use serde_json::{Value, json};
use story::Language;

use crate::sentences::{self, Sentence};

/// Something was done.
pub struct Answer {
    /// For `--json`.
    pub value: Value,
    /// For people; printed on standard output.
    pub text: String,
    /// Beside the answer, on standard error.
    pub remarks: Vec<Sentence>,
    /// Other than 0 when what was asked is not settled.
    pub exit: u8,
}

impl Answer {
    /// Done.
    pub fn done(value: Value, text: impl Into<String>) -> Self {
        Self { value, text: text.into(), remarks: Vec::new(), exit: 0 }
    }
}

/// Nothing was done.
pub enum Stopped {
    /// The desk said no.
    Desk(CommandError),
    /// A story file or a photo file is of no use.
    File(ImportError),
    /// A sentence of the command line's own, with its exit code.
    Here(Sentence, u8),
}

/// Bad input.
pub const BAD_INPUT: u8 = 2;
/// Waiting or unknown.
pub const NOT_SETTLED: u8 = 3;
/// Refused or stuck.
pub const REFUSED: u8 = 4;

impl From<CommandError> for Stopped {
    fn from(error: CommandError) -> Self {
        Self::Desk(error)
    }
}

impl From<ImportError> for Stopped {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Desk(error) => Self::Desk(error),
            error => Self::File(error),
        }
    }
}

/// Prints in one form and one language.
pub struct Printer {
    /// One JSON value instead of text.
    pub json: bool,
    /// Of the sentences.
    pub language: Language,
}

impl Printer {
    /// Prints the answer; the exit code is what it comes to.
    pub fn print(&self, answer: Result<Answer, Stopped>) -> ExitCode {
        match answer {
            Ok(answer) => self.print_answer(&answer),
            Err(stopped) => self.print_stop(&stopped),
        }
    }

    fn print_answer(&self, answer: &Answer) -> ExitCode {
        for remark in &answer.remarks {
            self.say(remark);
        }
        let text = if self.json { answer.value.to_string() } else { answer.text.clone() };
        if !text.is_empty() && write_line(&mut io::stdout(), &text).is_err() {
            // Whoever reads has gone; what was asked is done all the same.
            return ExitCode::from(answer.exit);
        }
        ExitCode::from(answer.exit)
    }

    fn print_stop(&self, stopped: &Stopped) -> ExitCode {
        let (sentence, value, exit) = match stopped {
            Stopped::Desk(error) => (sentences::of_error(error), error_value(error), exit_of(error.code)),
            Stopped::File(error) => (sentences::of_file(error), json!({"code": "bad_file"}), BAD_INPUT),
            Stopped::Here(sentence, exit) => (sentence.clone(), json!({"code": sentence.code()}), *exit),
        };
        self.say(&sentence);
        if self.json {
            let sentence = sentence.in_language(self.language);
            let value = json!({"error": value, "sentence": sentence});
            let _ = write_line(&mut io::stdout(), &value.to_string());
        }
        ExitCode::from(exit)
    }

    fn say(&self, sentence: &Sentence) {
        // Without a standard error there is nobody to tell that there is none.
        let _ = write_line(&mut io::stderr(), &sentence.in_language(self.language));
    }
}

fn error_value(error: &CommandError) -> Value {
    serde_json::to_value(error).unwrap_or_default()
}

fn write_line(to: &mut dyn Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.write_all(b"\n")?;
    to.flush()
}

fn exit_of(code: ErrorCode) -> u8 {
    match code {
        ErrorCode::BadArguments
        | ErrorCode::NotFound
        | ErrorCode::TextTooLong
        | ErrorCode::FindingsBlock
        | ErrorCode::NoPortal
        | ErrorCode::BadUrl
        | ErrorCode::PhotoKind
        | ErrorCode::PhotoNoDecoder
        | ErrorCode::PhotoTooSlow
        | ErrorCode::PhotoBytes
        | ErrorCode::PhotoPixels
        | ErrorCode::PhotoDamaged
        | ErrorCode::PackageForeign
        | ErrorCode::PackageTooLong
        | ErrorCode::PackageSealed
        | ErrorCode::PackageNewer
        | ErrorCode::PackageDamaged
        | ErrorCode::PackageAddress => BAD_INPUT,
        _ => REFUSED,
    }
}

/// One original as a line for people.
pub fn original_line(original: &OriginalView) -> String {
    let cause = original.cause.map(|cause| format!(" ({})", sentences::name(&cause))).unwrap_or_default();
    let OriginalView { intent, state, bytes_sent, bytes_total, headline, .. } = original;
    format!("{intent}  original {}{cause}  {bytes_sent}/{bytes_total}  {headline}", sentences::name(state))
}

/// One delivery as a line for people.
pub fn delivery_line(intent: &IntentView) -> String {
    let cause = intent.cause.map(|cause| format!(" ({})", sentences::name(&cause))).unwrap_or_default();
    let url = intent.public_url.as_deref().unwrap_or_default();
    format!("{}  {}{cause}  {}  {url}", intent.story, sentences::name(&intent.state), intent.headline)
        .trim_end()
        .to_owned()
}
