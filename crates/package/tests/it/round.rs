//! There and back.

use khosra_package::{Fault, Flaw, Keys, NotWritten, Package, read, write};
use story::Sha256Hex;

use crate::common::{author, desk, package, receipt, story};

#[test]
fn a_story_comes_out_as_it_went_in_sealed_or_open() {
    let address = desk().address();
    for to in [None, Some(&address)] {
        let bytes = write(&package(), &author(), to).unwrap();
        let opened = read(&bytes, &desk()).unwrap();
        assert_eq!(
            (opened.package, opened.signer, opened.sealed),
            (package(), author().signer(), to.is_some())
        );
    }
}

#[test]
fn a_receipt_comes_out_as_it_went_in() {
    let bytes = write(&receipt(), &desk(), Some(&author().address())).unwrap();
    let opened = read(&bytes, &author()).unwrap();
    assert_eq!((opened.package, opened.signer), (receipt(), desk().signer()));
}

#[test]
fn a_sealed_package_holds_no_word_of_the_story_and_opens_for_its_reader_alone() {
    let bytes = write(&package(), &author(), Some(&desk().address())).unwrap();
    for word in ["মাঝি", "শিউলি", "manifest", "khosra"] {
        let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!found, "{word}");
    }
    for other in [author(), Keys::generate().unwrap()] {
        assert_eq!(read(&bytes, &other), Err(Fault::NotForUs));
    }
}

#[test]
fn an_open_package_is_the_same_bytes_each_time() {
    let twice = [(); 2].map(|()| write(&package(), &author(), None).unwrap());
    assert_eq!(twice[0], twice[1]);
}

#[test]
fn what_somebody_else_signed_is_not_taken_for_ours() {
    let bytes = write(&package(), &desk(), None).unwrap();
    assert_ne!(read(&bytes, &desk()).unwrap().signer, author().signer());
}

#[test]
fn what_does_not_hold_together_is_refused_whoever_signed_it() {
    let refused = |change: &dyn Fn(&mut khosra_package::StoryPackage)| {
        let mut story = story();
        change(&mut story);
        let bytes = write(&Package::Story(Box::new(story)), &author(), None).unwrap();
        match read(&bytes, &desk()) {
            Err(Fault::Flawed(flaw)) => flaw,
            other => panic!("{other:?}"),
        }
    };
    let nowhere = || Sha256Hex::of(b"nowhere");
    assert_eq!(refused(&|story| story.versions[1].parent = Some(nowhere())), Flaw::Parent);
    assert_eq!(refused(&|story| story.versions.swap(0, 1)), Flaw::Parent);
    assert_eq!(refused(&|story| story.head = nowhere()), Flaw::Manifest);
    assert_eq!(refused(&|story| story.wants[0].version = nowhere()), Flaw::Manifest);
    assert_eq!(refused(&|story| story.by = "ক".repeat(301)), Flaw::Manifest);
    assert_eq!(refused(&|story| story.events[0].note = "other".to_owned()), Flaw::Log);
    assert_eq!(refused(&|story| drop(story.events.remove(0))), Flaw::Log);
    assert_eq!(refused(&|story| story.events.clear()), Flaw::Log);
    assert_eq!(refused(&|story| drop(story.texts.pop_first())), Flaw::Inventory);
    assert_eq!(refused(&|story| story.photos.clear()), Flaw::Inventory);
    assert_eq!(refused(&|story| story.pictures.clear()), Flaw::Inventory);
    assert_eq!(refused(&|story| *story.texts.values_mut().next().unwrap() = b"{}".to_vec()), Flaw::Digest);
    let other = |story: &mut khosra_package::StoryPackage| {
        let bytes = b"no content".to_vec();
        let hash = Sha256Hex::of(&bytes);
        let last = story.versions[2].hash.clone();
        story.texts.remove(&last);
        story.versions[2].hash = hash.clone();
        story.head = hash.clone();
        story.wants.clear();
        story.texts.insert(hash, bytes);
    };
    assert_eq!(refused(&other), Flaw::Version);
}

#[test]
fn what_is_longer_than_a_package_may_be_is_not_written() {
    let mut story = story();
    story.versions = vec![story.versions[0].clone(); 2_001];
    let refused = write(&Package::Story(Box::new(story)), &author(), None);
    assert!(matches!(refused, Err(NotWritten::TooLong)), "{refused:?}");
}
