//! Stories and photos from files and into files, and backups.

use std::fs;

use khosra_desk::{
    ImportError, PhotoWords, PictureSize,
    commands::call,
    wire::{AttachPhoto, ErrorCode, Nothing, OfStory},
};
use story::{FindingCode, Severity, StoryId};
use testkit::{Newsroom, content, jpeg, jpeg_with_place};

#[tokio::test]
async fn what_is_exported_comes_back_as_it_was() {
    let room = Newsroom::open();
    let mut text = content("নদীর পাড়ে হাট");
    text.body = "এক\n\n---\n\n- দুই: \"তিন\"\n\n".to_owned();
    let story = room.write(text).await.story;
    let file = room.folder().join("ছবি.jpg");
    fs::write(&file, jpeg()).unwrap();
    let words = PhotoWords {
        caption: Some("ক: খ # গ".to_owned()),
        credit: Some("~".to_owned()),
        alt: Some("null".to_owned()),
    };
    let photo = room.desk.add_photo_file(story, file, words).await.unwrap().photo.id;
    let view = room.view(story).await;
    let mut placed = view.content.clone();
    placed.body = format!("![](photo:{photo})\n\n{}", placed.body);
    let view = room.save(story, view.counter + 1, placed).await;
    let exported = room.desk.export_story(story, room.folder().join("out")).await.unwrap();
    assert!(!fs::read_to_string(&exported.file).unwrap().contains(photo.as_str()));
    let imported = room.desk.import_file(exported.file.clone(), None).await.unwrap();
    assert_ne!(imported.story, story);
    assert_eq!(room.view(imported.story).await.content, view.content);
    let twice = room.desk.import_file(exported.file.clone(), None).await.unwrap();
    assert_ne!(twice.story, imported.story);
    let over = room.desk.import_file(exported.file, Some(story)).await.unwrap();
    assert!(over.was_there && over.story == story);
}

#[tokio::test]
async fn with_an_id_a_file_is_a_new_revision_and_the_old_text_stays_one() {
    let room = Newsroom::open();
    let file = room.folder().join("story.md");
    let id: StoryId = "0190a000-0000-7000-8000-00000000000a".parse().unwrap();
    fs::write(&file, "---\nheadline: প্রথম\n---\nক\n").unwrap();
    assert!(!room.desk.import_file(file.clone(), Some(id)).await.unwrap().was_there);
    fs::write(&file, "---\nheadline: দ্বিতীয়\n---\nখ\n").unwrap();
    assert!(room.desk.import_file(file, Some(id)).await.unwrap().was_there);
    assert_eq!(room.view(id).await.content.headline, "দ্বিতীয়");
    let revisions = call::list_revisions(&room.desk, OfStory { story: id }).await.unwrap().revisions;
    assert_eq!(revisions.len(), 2);
}

#[tokio::test]
async fn a_file_that_cannot_come_in_leaves_no_story() {
    let room = Newsroom::open();
    let file = room.folder().join("bad.md");
    let write = |bytes: &[u8]| fs::write(&file, bytes).unwrap();
    write(b"\xFF\xFE\x00");
    assert!(matches!(room.desk.import_file(file.clone(), None).await, Err(ImportError::NotText(_))));
    write("শুধু লেখা".as_bytes());
    assert!(matches!(room.desk.import_file(file.clone(), None).await, Err(ImportError::NoFrontMatter(_))));
    write("---\nheadline: [\n---\nলেখা".as_bytes());
    assert!(matches!(room.desk.import_file(file.clone(), None).await, Err(ImportError::FrontMatter { .. })));
    write("---\nheadline: \"\\uD800\"\n---\nলেখা".as_bytes());
    assert!(matches!(
        room.desk.import_file(file.clone(), None).await,
        Err(ImportError::FrontMatter { line: 2, .. })
    ));
    write("---\nheadline: ক\nphotos: [{file: নেই.jpg}]\n---\nলেখা".as_bytes());
    assert!(matches!(room.desk.import_file(file.clone(), None).await, Err(ImportError::Unreadable { .. })));
    assert!(matches!(
        room.desk.import_file(room.folder().join("none"), None).await,
        Err(ImportError::Unreadable { .. })
    ));
    let start = call::list_stories(
        &room.desk,
        khosra_desk::wire::ListQuery { list: story::DeskList::Drafts, section: None, limit: 5, after: None },
    );
    assert_eq!(start.await.unwrap().counts.drafts, 0);
}

#[tokio::test]
async fn the_same_file_twice_is_one_photo_with_its_words_untouched() {
    let room = Newsroom::open();
    let story = room.write(content("ছবি")).await.story;
    let file = room.folder().join("a.jpg");
    fs::write(&file, jpeg()).unwrap();
    let words = PhotoWords { caption: Some("প্রথম কথা".to_owned()), ..PhotoWords::default() };
    room.desk.add_photo_file(story, file.clone(), words).await.unwrap();
    room.desk.add_photo_file(story, file, PhotoWords::default()).await.unwrap();
    let photos = room.view(story).await.content.photos;
    assert_eq!(photos.len(), 1);
    assert_eq!(photos[0].caption, "প্রথম কথা");
}

#[tokio::test]
async fn one_picture_in_two_files_is_pointed_out_and_not_sent() {
    let room = Newsroom::open();
    let story = room.write(content("ছবি")).await.story;
    for (name, bytes) in [("a.jpg", jpeg()), ("b.jpg", jpeg_with_place())] {
        let file = room.folder().join(name);
        fs::write(&file, bytes).unwrap();
        room.desk.add_photo_file(story, file, PhotoWords::default()).await.unwrap();
    }
    let view = room.view(story).await;
    let [_, second] = view.content.photos.as_slice() else { panic!("two files are two photos") };
    let twice = view.findings.iter().find(|finding| finding.code == FindingCode::PhotoTwice).unwrap();
    assert_eq!((&twice.photo, twice.severity), (&Some(second.id.clone()), Severity::Block));
}

#[tokio::test]
async fn a_photo_is_what_its_bytes_say_and_its_name_is_data() {
    let room = Newsroom::open();
    let story = room.write(content("ছবি")).await.story;
    let attach = |name: &str| AttachPhoto { story, name: name.to_owned() };
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
    assert_eq!(room.desk.attach_photo(attach("x.jpg"), svg).await.unwrap_err().code, ErrorCode::PhotoKind);
    let mut cut = jpeg();
    cut.truncate(cut.len() / 2);
    assert_eq!(room.desk.attach_photo(attach("x.jpg"), cut).await.unwrap_err().code, ErrorCode::PhotoDamaged);
    let outside = format!("khosra-escaped-{story}");
    let climbs = format!("../../{outside}");
    for name in [&climbs, "a\u{0}b", "CON", "x\ny", "\u{202E}gpj.exe", &"ক".repeat(400)] {
        let photo = room.desk.attach_photo(attach(name), jpeg_with_place()).await.unwrap().photo;
        assert!(photo.name.chars().count() <= 255 && !photo.name.contains('\0'));
        let thumb = room.desk.picture(&photo.id, PictureSize::Thumb).unwrap();
        assert!(thumb.bytes.starts_with(&[0xFF, 0xD8]) && thumb.media_type == "image/jpeg");
    }
    for folder in [room.folder(), room.folder().parent().unwrap()] {
        assert!(!folder.join(&outside).exists());
    }
}

#[tokio::test]
async fn a_backup_brings_stories_and_photos_back() {
    let room = Newsroom::open();
    let story = room.write(content("ব্যাকআপের আগে")).await.story;
    let file = room.folder().join("a.jpg");
    fs::write(&file, jpeg()).unwrap();
    let photo = room.desk.add_photo_file(story, file, PhotoWords::default()).await.unwrap().photo.id;
    let backup = room.folder().join("all.khosra");
    room.desk.backup_to(backup.clone()).await.unwrap();
    let elsewhere = Newsroom::open();
    elsewhere.desk.restore(backup).await.unwrap();
    assert_eq!(elsewhere.view(story).await.content.headline, "ব্যাকআপের আগে");
    assert!(elsewhere.desk.picture(&photo, PictureSize::Display).is_ok());
    let named = call::backup_now(&room.desk, Nothing {}).await.unwrap();
    assert!(named.path.contains("backup"), "{}", named.path);
    assert_eq!(call::list_backups(&room.desk, Nothing {}).await.unwrap().backups.len(), 1);
}

#[tokio::test]
async fn a_backup_of_the_desk_holds_no_password_and_no_token() {
    let room = Newsroom::open();
    let site = testkit::portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let account = testkit::account(&site, story::Role::Editor);
    let portal = call::list_portals(&room.desk, Nothing {}).await.unwrap().portals.remove(0).portal;
    let token = khosra_desk::Host::secret(&*room.host, portal.0).unwrap().unwrap();
    let made = call::backup_now(&room.desk, Nothing {}).await.unwrap();
    let bytes = fs::read(&made.path).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&account.user) && holds(&site.url()), "the account itself is in it, and would be found");
    assert!(!holds(token.expose()) && !holds(&account.password));
}
