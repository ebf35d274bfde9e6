//! The guarantees that readers could see something of, one behind the other without a pause.

use serde_json::Value;
use story::{Cause, Untold};

use super::{
    report::{Found, Shortfall, broken, unless},
    test_story::{ALT, CORRECTED, HEADLINE},
    trial::{NOTE, Order, Out, Trial, is_refusal, refused, stands},
};
use crate::{
    failure::lines,
    http::is_error_page,
    portal::{Act, Remote, RemoteState, Transitioned, Unless},
    read_back::{differences, says, shows},
};

impl Trial<'_> {
    pub(super) async fn publishes(&mut self) -> Found {
        let hash = self.copy()?.hash.clone();
        self.sent_out.push(hash.clone());
        let order = Order::now(self.new_key(), Act::Publish, hash.clone());
        let answer = self.give(&order).await;
        let remote = self.there().await;
        // Whatever else is wrong: once one of the two says that readers have it, the rest can be tried.
        let says_live = answer.as_ref().is_ok_and(|answer| answer.state == RemoteState::Live);
        let is_live = remote.as_ref().is_ok_and(|remote| remote.state == RemoteState::Live);
        if says_live || is_live {
            let url = remote.as_ref().ok().and_then(|remote| remote.public_url.clone());
            let url = url.or_else(|| answer.as_ref().ok()?.public_url.clone());
            self.out = Some(Out { key: order.key, hash: hash.clone(), url });
        }
        let answer = answer?;
        unless(answer.state != RemoteState::Live, format!("the answer says {:?}", answer.state))?;
        self.readers_have(&remote?, HEADLINE).await
    }

    pub(super) async fn repeats_nothing(&mut self) -> Found {
        let before = self.there().await?;
        let out = self.out()?;
        let order = Order::now(out.key, Act::Publish, out.hash.clone());
        let answer = self.give(&order).await?;
        let after = self.there().await?;
        unless(answer.state != RemoteState::Live, format!("the answer says {:?}", answer.state))?;
        let (was, is) = (mark(&before), mark(&after));
        unless(was != is, format!("before it was {was:?}\nafterwards it is {is:?}"))
    }

    pub(super) async fn corrects(&mut self) -> Found {
        let before = self.there().await?;
        let corrected = self.write(CORRECTED)?;
        self.send(corrected, &Unless::OtherThan(before.etag)).await?;
        let hash = self.copy()?.hash.clone();
        self.sent_out.push(hash.clone());
        self.order(Act::Correct, &hash).await?;
        let remote = self.there().await?;
        self.readers_have(&remote, CORRECTED).await?;
        self.readers_are_told(&remote).await?;
        let moved = before.public_url.is_some() && before.public_url != remote.public_url;
        unless(moved, format!("its address was {:?} and is {:?}", before.public_url, remote.public_url))
    }

    /// What was changed, where the portal says that it tells.
    async fn readers_are_told(&self, remote: &Remote) -> Found {
        let tells = self.about.as_ref().is_some_and(|about| about.capabilities.notices);
        let Some(url) = remote.public_url.as_deref().filter(|_| tells) else { return Ok(()) };
        let page = self.portal.public_page(url).await?;
        unless(!says(&page, NOTE), "the public page does not tell readers what was changed")
    }

    pub(super) async fn withdraws(&mut self) -> Found {
        self.take_down(Act::Withdraw).await?;
        stands(&self.there().await?, RemoteState::Withdrawn)?;
        self.page_is_gone().await
    }

    /// What a line held up: decided on while readers had the story, and there after it was taken from them.
    pub(super) async fn stays_down(&mut self) -> Found {
        if self.there().await?.state != RemoteState::Withdrawn {
            return Err(Shortfall::Untold(Untold::NotReached));
        }
        let order = Order::now(self.new_key(), Act::Publish, self.out()?.hash.clone());
        let late = self.give(&Order { tag: self.tag_before.clone(), ..order }).await;
        refused(late, "a publication from before the withdrawal was carried out after it")?;
        stands(&self.there().await?, RemoteState::Withdrawn)?;
        self.page_is_gone().await
    }

    pub(super) async fn kills(&mut self) -> Found {
        self.take_down(Act::Kill).await?;
        stands(&self.there().await?, RemoteState::Killed)?;
        match self.order(Act::Publish, &self.out()?.hash).await {
            Ok(_) => return Err(broken("a killed story was published again")),
            Err(failure) if is_refusal(&failure) || failure.cause == Cause::Forbidden => {}
            Err(failure) => return Err(failure.into()),
        }
        stands(&self.there().await?, RemoteState::Killed)?;
        self.page_is_gone().await?;
        let original = self.original_there && self.portal.has_original(&self.photo.sha256).await?;
        unless(original, "no story shows its photo any more, and the original is still there")
    }

    /// By the digest of what readers have, or had when it was taken from them: a correction that went wrong is not it.
    async fn take_down(&mut self, act: Act) -> Result<Transitioned, Shortfall> {
        let remote = self.there().await?;
        if let (Some(out), Some(live)) = (&mut self.out, remote.live_hash) {
            out.hash = live;
            self.tag_before = Some(remote.etag);
        }
        Ok(self.order(act, &self.out()?.hash).await?)
    }

    /// Readers have the newest version: by the portal's word, and on the page as anybody gets it.
    async fn readers_have(&self, remote: &Remote, headline: &str) -> Found {
        let copy = self.copy()?;
        stands(remote, RemoteState::Live)?;
        let live = remote.live_hash.as_ref();
        unless(live != Some(&copy.hash), format!("readers have {live:?}, sent was {}", copy.hash))?;
        let sent: Value = serde_json::from_slice(&copy.bytes).map_err(|error| broken(error.to_string()))?;
        let found = differences(&sent, &remote.payload);
        unless(!found.is_empty(), lines(&found))?;
        let url = remote.public_url.as_deref().ok_or_else(|| broken("the portal names no public page"))?;
        let page = self.portal.public_page(url).await?;
        unless(is_error_page(page.as_bytes()), "the public page shows an error of the portal")?;
        unless(!says(&page, headline), "the public page does not show the headline")?;
        let pictured = page.contains(self.photo.sha256.as_str()) || says(&page, ALT);
        unless(self.photo_there && !pictured, "the public page does not show the photo")
    }

    /// The page does not answer, or says in its own words that there is nothing.
    pub(super) async fn page_is_gone(&self) -> Found {
        let Some(url) = self.out.as_ref().and_then(|out| out.url.as_deref()) else { return Ok(()) };
        match self.portal.public_page(url).await {
            Err(failure)
                if matches!(failure.cause, Cause::NotFound | Cause::Forbidden | Cause::SignedOut) =>
            {
                Ok(())
            }
            Err(failure) => Err(failure.into()),
            Ok(page) => {
                let shown = [HEADLINE, CORRECTED].iter().any(|headline| shows(&page, headline, self.story));
                unless(shown, "the public page still shows the story")
            }
        }
    }

    fn out(&self) -> Result<&Out, Shortfall> {
        self.out.as_ref().ok_or_else(|| broken("the story is not out"))
    }
}

/// Everything by which a publication that happened twice would be seen.
fn mark(remote: &Remote) -> impl PartialEq + std::fmt::Debug + use<> {
    let Remote { revision, etag, live_hash, published_at, updated_at, public_url, .. } = remote.clone();
    (revision, etag, live_hash, published_at, updated_at, public_url)
}
