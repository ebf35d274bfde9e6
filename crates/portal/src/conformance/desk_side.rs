//! The guarantees that can be tried without a reader seeing anything.

use std::sync::Mutex;

use serde_json::Value;
use story::{Cause, DeskState, Sha256Hex};

use super::{
    report::{Found, broken, unless},
    test_story::{HEADLINE, TestPhoto},
    trial::{NOTE, Order, Trial, is_refusal, refused, stands},
};
use crate::{
    deliver::deliver_photo,
    failure::lines,
    portal::{Act, OriginalToSend, PhotoToSend, RemoteState, StoryToSend, Unless},
    read_back::differences,
};

impl Trial<'_> {
    pub(super) async fn says_who_it_is(&mut self) -> Found {
        let about = self.portal.about().await?;
        let me = self.portal.me().await?;
        self.skew = about.now.map(|there| there - (self.conditions.now)());
        self.section = me.sections.first().cloned().unwrap_or_default();
        let nameless = about.name.trim().is_empty() || me.user.trim().is_empty();
        (self.about, self.me) = (Some(about), Some(me));
        unless(nameless, "the portal or the account has no name")
    }

    pub(super) fn tells_time(&self) -> Found {
        unless(self.skew.is_none(), "the portal's answers carry no date")
    }

    pub(super) async fn lists_sections(&mut self) -> Found {
        let sections = self.portal.sections().await?;
        if self.section.is_empty() {
            // One without others below it: a page of its own at most portals.
            let is_parent = |slug: &str| sections.iter().any(|one| one.parent.as_deref() == Some(slug));
            let leaf = sections.iter().find(|one| !is_parent(&one.slug));
            self.section = leaf.map(|leaf| leaf.slug.clone()).unwrap_or_default();
        }
        unless(sections.is_empty(), "there is no section")?;
        for (index, section) in sections.iter().enumerate() {
            let slug = &section.slug;
            let twice = sections.iter().take(index).any(|one| one.slug == *slug);
            unless(twice, format!("section {slug} is there twice"))?;
            let lost =
                section.parent.as_ref().filter(|parent| !sections.iter().any(|one| one.slug == **parent));
            unless(lost.is_some(), format!("section {slug} stands under {lost:?}, which is not there"))?;
        }
        Ok(())
    }

    pub(super) async fn says_it_has_none(&self) -> Found {
        let there = self.portal.look_up(self.story).await?;
        unless(there.is_some(), "the portal has a story that nobody has written yet")
    }

    pub(super) async fn keeps_photos(&mut self) -> Found {
        let before = self.portal.has_photo(&self.photo.sha256).await;
        self.photo_sent = true;
        self.portal.send_photo(&self.photo_to_send(), &|_| ()).await?;
        self.photo_there = true;
        unless(before?, "a photo that was never sent is said to be there")?;
        let after = self.portal.has_photo(&self.photo.sha256).await?;
        unless(!after, "a photo that was taken is said not to be there")
    }

    pub(super) async fn takes_a_photo_once(&self) -> Found {
        let steps = Mutex::new(Vec::new());
        let note = |progress: crate::portal::Progress| {
            if let Ok(mut steps) = steps.lock() {
                steps.push((progress.sent, progress.total));
            }
        };
        deliver_photo(self.portal, &self.photo_to_send(), &note).await?;
        let steps = steps.into_inner().unwrap_or_default();
        let again = steps.iter().any(|(sent, total)| sent < total);
        unless(again, format!("it was sent again: {steps:?} bytes"))
    }

    pub(super) async fn checks_photos(&self) -> Found {
        let announced = TestPhoto::of((self.conditions.new_id)()).sha256;
        let photo = PhotoToSend { sha256: &announced, media_type: "image/jpeg", bytes: &self.photo.bytes };
        match self.portal.send_photo(&photo, &|_| ()).await {
            Ok(()) => return Err(broken("bytes with another digest were taken")),
            Err(failure) if is_refusal(&failure) => {}
            // It was thrown away as damaged, or the portal says by its digest that it has another.
            Err(failure) if matches!(failure.cause, Cause::CutOff | Cause::WrongEcho) => {}
            Err(failure) => return Err(failure.into()),
        }
        let there = self.portal.has_photo(&announced).await?;
        unless(there, "the photo was refused, and is said to be there")
    }

    pub(super) async fn keeps_a_working_copy(&mut self) -> Found {
        let bytes = self.write(HEADLINE)?;
        let hash = Sha256Hex::of(&bytes);
        self.send(bytes, &Unless::Exists).await?;
        let copy = self.copy()?;
        unless(copy.hash != hash, format!("the answer names {}, sent was {hash}", copy.hash))?;
        unless(copy.etag.trim().is_empty(), "the answer has no entity tag")
    }

    pub(super) async fn reads_back_the_same(&mut self) -> Found {
        let remote = self.there().await?;
        self.has_our_copy(&remote)?;
        stands(&remote, RemoteState::NotPublic)?;
        let copy = self.copy()?;
        let sent: Value = serde_json::from_slice(&copy.bytes).map_err(|error| broken(error.to_string()))?;
        let found = differences(&sent, &remote.payload);
        unless(!found.is_empty(), lines(&found))?;
        let (there, ours) = (&remote.etag, &copy.etag);
        unless(there != ours, format!("the entity tag was {ours} in the answer and is {there} now"))
    }

    /// Another file under the photo's name. Readers have nothing of the story yet, and the desk waits for no reader.
    pub(super) async fn keeps_originals(&mut self) -> Found {
        let before = self.portal.has_original(&self.photo.sha256).await;
        let full = TestPhoto::of((self.conditions.new_id)());
        let file = PhotoToSend { sha256: &full.sha256, media_type: "image/jpeg", bytes: &full.bytes };
        let original = OriginalToSend { photo: &self.photo.sha256, story: self.story, file };
        self.portal.send_original(&original, &|_| ()).await?;
        unless(before?, "an original that was never sent is said to be there")?;
        self.original_there = self.portal.has_original(&self.photo.sha256).await?;
        unless(!self.original_there, "an original that was taken is said not to be there")?;
        let shown = self.portal.has_photo(&full.sha256).await?;
        unless(shown, "the original is there as a photo, which readers can have")
    }

    pub(super) async fn creates_once(&mut self) -> Found {
        let copy = self.copy()?;
        let again = StoryToSend { story: self.story, bytes: &copy.bytes, unless: &Unless::Exists };
        match self.portal.send_story(&again).await {
            Ok(taken) => unless(taken.hash != copy.hash, "sent again, it became another version")?,
            Err(failure) if is_refusal(&failure) => {}
            Err(failure) => return Err(failure.into()),
        }
        let why = "another text took the place of a story that was there";
        self.send_in_vain(HEADLINE, &Unless::Exists, why).await?;
        self.unseen_as_sent().await
    }

    pub(super) async fn refuses_overwriting(&mut self) -> Found {
        let old = Unless::OtherThan(self.copy()?.etag.clone());
        let newer = self.write(HEADLINE)?;
        self.send(newer, &old).await?;
        let why = "a newer text was overwritten under an old entity tag";
        self.send_in_vain(HEADLINE, &old, why).await?;
        self.unseen_as_sent().await
    }

    /// With the command that shows least, where readers are to see nothing should it be carried out.
    pub(super) async fn refuses_another_version(&mut self) -> Found {
        let nobodys = Sha256Hex::of(b"nobody has written this");
        let public = self.publishes_here() && self.conditions.publishing;
        let act = if public { Act::Publish } else { Act::File };
        refused(
            self.order(act, &nobodys).await,
            "a version that is not there was taken for the one that is",
        )?;
        self.unseen_as_sent().await
    }

    pub(super) async fn takes_for_the_desk(&mut self) -> Found {
        let hash = self.copy()?.hash.clone();
        let filed = self.order(Act::File, &hash).await?;
        unless(filed.hash != hash, "the answer names another version")?;
        self.filed = true;
        self.unseen_as_sent().await
    }

    pub(super) async fn returns(&mut self) -> Found {
        let hash = self.copy()?.hash.clone();
        self.order(Act::Return, &hash).await?;
        let remote = self.there().await?;
        unless(
            remote.desk != Some(DeskState::Returned),
            format!("it stands at {:?} at the desk, and is not returned", remote.desk),
        )?;
        let reason = &remote.way.desk_note;
        unless(reason != NOTE, format!("the reason was {NOTE:?}, and is {reason:?} now"))?;
        self.unseen_as_sent().await
    }

    pub(super) async fn schedules(&mut self) -> Found {
        let hash = self.copy()?.hash.clone();
        let at = self.far_ahead();
        let order = Order::now(self.new_key(), Act::Schedule, hash);
        let answer = self.give(&Order { at, ..order }).await;
        let nothing_done = answer.as_ref().is_err_and(|failure| failure.nothing_done);
        self.scheduled = !nothing_done;
        answer?;
        let remote = self.there().await?;
        stands(&remote, RemoteState::Scheduled)?;
        let (kept, set) = (remote.scheduled_for.map(|at| at.timestamp()), at.map(|at| at.timestamp()));
        unless(kept != set, format!("set was {at:?}, kept is {:?}", remote.scheduled_for))?;
        unless(remote.live_hash.is_some(), "readers are said to have a version before its time")
    }

    pub(super) async fn unschedules(&mut self) -> Found {
        let hash = self.copy()?.hash.clone();
        self.order(Act::Withdraw, &hash).await?;
        let remote = self.there().await?;
        stands(&remote, RemoteState::NotPublic)?;
        unless(remote.scheduled_for.is_some(), "its hour is still set")?;
        self.scheduled = false;
        self.unseen_as_sent().await
    }
}
