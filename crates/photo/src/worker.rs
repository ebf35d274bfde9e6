//! A thread for the codecs: foreign bytes meet foreign code there, and a panic ends with that one photo.

use std::thread;

use crate::PhotoError;

/// Runs `work` on a thread of its own; a panic in it is a damaged photo.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> Result<T, PhotoError> + Send) -> Result<T, PhotoError> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().name("photo".to_owned()).spawn_scoped(scope, work);
        let worker = worker.map_err(PhotoError::damaged)?;
        worker.join().unwrap_or_else(|_| Err(PhotoError::damaged("the codec gave up")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panicking_codec_is_one_damaged_photo() {
        let outcome: Result<(), _> = apart(|| panic!("codec"));
        assert_eq!(outcome, Err(PhotoError::damaged("the codec gave up")));
    }
}
