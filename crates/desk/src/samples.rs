//! Three stories to look around with, for a desk that has none.

use store::Counts;

use crate::{
    Desk, ImportError, front_matter, import,
    wire::{Chair, CommandError},
};

struct Sample {
    story: &'static str,
    photos: &'static [(&'static str, &'static [u8])],
}

/// Oldest first, so that the first of the list is the one with the most to see.
const SAMPLES: &[Sample] = &[
    Sample { story: include_str!("../samples/night-library.md"), photos: &[] },
    Sample {
        story: include_str!("../samples/cricket-final.md"),
        photos: &[("cricket-final.jpg", include_bytes!("../samples/cricket-final.jpg"))],
    },
    Sample {
        story: include_str!("../samples/river-ghat.md"),
        photos: &[
            ("river-ghat.jpg", include_bytes!("../samples/river-ghat.jpg")),
            ("paddy-field.jpg", include_bytes!("../samples/paddy-field.jpg")),
        ],
    },
];

pub(crate) fn fill_empty_desk(desk: &Desk) -> Result<(), CommandError> {
    // A chair is for the way between author and desk: nothing stands on it before somebody puts it there.
    if desk.host().chair() != Chair::Own || desk.store().counts()? != Counts::default() {
        return Ok(());
    }
    for sample in SAMPLES {
        match take_in(desk, sample) {
            Ok(()) => {}
            Err(ImportError::Desk(error)) => return Err(error),
            Err(error) => return Err(CommandError::internal(error)),
        }
    }
    Ok(())
}

fn take_in(desk: &Desk, sample: &Sample) -> Result<(), ImportError> {
    let file = front_matter::read(sample.story);
    let file = file.map_err(|fault| CommandError::internal(format!("a sample: {fault:?}")))?;
    let photo = |name: &str| {
        let found = sample.photos.iter().find(|(known, _)| *known == name);
        let missing = || CommandError::internal(format!("no sample photo {name}"));
        Ok(found.ok_or_else(missing)?.1.to_vec())
    };
    import::take_in(desk, file, &photo, None).map(drop)
}
