//! From a command's name and JSON to its body and back. Nothing that a window sends can do more harm than an
//! error.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{call, command_table};
use crate::wire::*;
use crate::{
    Desk,
    wire::{CommandError, ErrorCode},
};
use story::{Content, Event};

/// All text in the arguments of one command, in bytes: twice what the store takes as a content.
pub const MAX_ARGUMENT_BYTES: usize = 32 << 20;

macro_rules! dispatch {
    ($($name:ident($args:ty) -> $answer:ty = $doc:literal;)*) => {
        /// Gives the command called `name`.
        ///
        /// # Errors
        /// `BadArguments` for an unknown name or arguments that are not of its form, else what it answers.
        pub async fn dispatch(desk: &Desk, name: &str, arguments: Value) -> Result<Value, CommandError> {
            bounded(&arguments)?;
            match name {
                $(stringify!($name) => {
                    let answer: $answer = call::$name(desk, read::<$args>(arguments)?).await?;
                    written(&answer)
                })*
                _ => Err(CommandError::new(ErrorCode::BadArguments).detailed("there is no such command")),
            }
        }
    };
}
command_table!(dispatch);

/// What was wrong is told by kind and place, never by the text that was there.
fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, CommandError> {
    serde_json::from_value(arguments).map_err(|error| {
        let kind = format!("{:?} error in the arguments", error.classify());
        CommandError::new(ErrorCode::BadArguments).detailed(kind)
    })
}

fn written<T: Serialize>(answer: &T) -> Result<Value, CommandError> {
    serde_json::to_value(answer).map_err(CommandError::internal)
}

fn bounded(arguments: &Value) -> Result<(), CommandError> {
    let mut left = MAX_ARGUMENT_BYTES;
    if spend(arguments, &mut left).is_some() {
        return Ok(());
    }
    Err(CommandError::new(ErrorCode::TextTooLong).with("limit", MAX_ARGUMENT_BYTES))
}

/// Every value costs a byte beside its text, so that a million empty ones are bounded too.
fn spend(value: &Value, left: &mut usize) -> Option<()> {
    let cost = match value {
        Value::String(text) => text.len() + 1,
        _ => 1,
    };
    *left = left.checked_sub(cost)?;
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| spend(item, left)),
        Value::Object(fields) => fields.values().try_for_each(|item| spend(item, left)),
        _ => Some(()),
    }
}
