//! Certificates that this machine's system does not vouch for. Those that only a trusted authority can sign wrongly
//! (expired, for another host) are in `tests/it/tls.rs`, where the program is a child with roots of its own.

use khosra_portal::{
    Address, ConnectError, Credentials, Kind, Secret, StoryToSend, Unless, connect, outcome, sign_in,
};
use story::{Cause, Outcome};
use testkit::{Authority, Door, Flaw, Identity};

use crate::{
    server::{Answer, Server, TOKEN, address},
    shelf::{bytes, payload, story_id},
};

#[tokio::test]
async fn who_is_vouched_for_by_nobody_known_hears_neither_token_nor_story() {
    for identity in [Identity::self_signed(), Authority::new().signs(Flaw::None)] {
        let portal = Server::always(Answer::bare(500)).await;
        let door = Door::before(&portal.url, identity).await;
        let body = bytes(&payload("শিরোনাম"));
        let story = StoryToSend { story: story_id(), bytes: &body, unless: &Unless::Exists };
        let wire = connect(&address(&door.url()), Secret::new(TOKEN)).unwrap();
        let failure = wire.send_story(&story).await.unwrap_err();
        assert_eq!((failure.cause, failure.nothing_done), (Cause::Untrusted, true), "{failure}");
        assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::Untrusted });
        assert_eq!((door.knocks(), door.heard(), door.plain()), (1, 0, 0), "one look, and not a word");
        assert_eq!(portal.seen().len(), 0);
    }
}

#[tokio::test]
async fn who_is_vouched_for_by_nobody_known_is_not_told_the_password() {
    for kind in [Kind::Native, Kind::Wordpress] {
        let portal = Server::always(Answer::bare(500)).await;
        let door = Door::before(&portal.url, Identity::self_signed()).await;
        let address = Address::parse(kind, &door.url()).unwrap().within(address(&door.url()).timeouts());
        let credentials = Credentials { user: "desk", password: &Secret::new("sesame"), device: "desk-pc" };
        let Err(ConnectError::Failed(failure)) = sign_in(&address, &credentials).await else {
            panic!("{kind:?}: signed in to nobody knows whom");
        };
        assert_eq!(failure.cause, Cause::Untrusted, "{kind:?}: {failure}");
        assert_eq!((door.knocks(), door.heard(), door.plain()), (1, 0, 0), "{kind:?}");
    }
}
