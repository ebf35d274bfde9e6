//! A portal, the line to it, and a store that is signed in there: what many runs share, one after the other.

use desk::wire::AddPortal;
use khosra_testkit::{Proxy, Template};

use crate::subject::Subject;

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
        let account = subject.account();
        let template = Template::signed_in(AddPortal {
            name: "পরীক্ষা".to_owned(),
            kind: S::KIND,
            url: proxy.url(),
            user: account.user,
            password: account.password,
        });
        let template = template.await;
        Self { subject, proxy, template }
    }

    pub async fn close(self) {
        drop(self.proxy);
        self.subject.stop().await;
    }
}
