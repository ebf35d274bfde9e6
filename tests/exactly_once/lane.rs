//! A portal, the line to it, and a store that is signed in there: what many runs share, one after the other.

use khosra_testkit::Proxy;

use crate::{room::Template, subject::Subject};

/// What runs are made on.
pub struct Lane<S> {
    pub subject: S,
    pub proxy: Proxy,
    pub template: Template,
}

impl<S: Subject> Lane<S> {
    pub async fn open(kit: &S::Kit) -> Self {
        let subject = S::start(kit).await;
        let proxy = Proxy::to(&subject.url()).await;
        let template = Template::signed_in::<S>(&proxy.url(), &subject.account()).await;
        Self { subject, proxy, template }
    }

    pub async fn close(self) {
        drop(self.proxy);
        self.subject.stop().await;
    }
}
