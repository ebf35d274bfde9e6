//! Trying what a portal keeps to, for a person in the window or at the command line.

use portal::{Conditions, Credentials, Failing, Portal, Report, Secret, Tried, Verdict};

use crate::{
    Desk, portals,
    wire::{
        AddPortal, CommandError, DeskEvent, GuaranteeVerdict, GuaranteeView, LeftOverView, PortalCheck,
        TrialView, TryPortal,
    },
};

/// Tries an account that is known here. Windows are told of each guarantee as soon as it is tried.
pub(crate) async fn try_known(desk: &Desk, args: TryPortal) -> Result<TrialView, CommandError> {
    let id = args.portal;
    desk.blocking(move |desk| Ok(desk.store().portal(id)?)).await?;
    let portal = portals::connected(desk, id).await?;
    let tell = |tried: &Tried| desk.tell(DeskEvent::GuaranteeTried { portal: id, tried: guarantee(tried) });
    Ok(run(desk, portal.as_ref(), args.publishing, &tell).await)
}

impl Desk {
    /// Tries a portal that stays unknown here: signs in, tries, and signs out again. The account's name is not used.
    ///
    /// # Errors
    /// As signing in and asking the portal who it is; what goes wrong afterwards is in the answer.
    pub async fn try_portal_at(
        &self,
        account: AddPortal,
        publishing: bool,
    ) -> Result<(PortalCheck, TrialView), CommandError> {
        let address = portals::address(&account)?.within(self.host().patience());
        let password = Secret::new(account.password.as_str());
        let device = self.host().device();
        let credentials = Credentials { user: &account.user, password: &password, device: &device };
        let session = portal::sign_in(&address, &credentials).await?;
        let portal = portal::connect(&address, session.token)?;
        let check = portals::ask(portal.as_ref()).await;
        let tried = match check {
            Ok(check) => Ok((check, run(self, portal.as_ref(), publishing, &|_| ()).await)),
            Err(error) => Err(error),
        };
        // Best effort: a token that stays behind runs out by itself.
        let _ = portal.sign_out().await;
        tried
    }
}

async fn run(
    desk: &Desk,
    portal: &dyn Portal,
    publishing: bool,
    tell: &(dyn Fn(&Tried) + Send + Sync),
) -> TrialView {
    let stops = desk.trial_stops();
    let conditions = Conditions {
        new_id: &|| desk.host().new_id(),
        now: &|| desk.host().now(),
        publishing,
        stopped: &|| desk.trial_stops() != stops,
        tell,
    };
    view(portal::try_guarantees(portal, &conditions).await)
}

fn view(report: Report) -> TrialView {
    let left_over = report.left_over.map(|left| LeftOverView {
        story: left.story,
        url: left.url,
        maybe_public: left.maybe_public,
        cause: left.why.cause,
        detail: left.why.detail,
    });
    TrialView {
        story: report.story,
        guarantees: report.tried.iter().map(guarantee).collect(),
        skew_seconds: report.skew.and_then(|skew| i32::try_from(skew.num_seconds()).ok()),
        left_over,
        photo: report.photo,
    }
}

fn guarantee(tried: &Tried) -> GuaranteeView {
    let (verdict, untold, failing) = match &tried.verdict {
        Verdict::Holds => (GuaranteeVerdict::Holds, None, None),
        Verdict::Fails(failing) => (GuaranteeVerdict::Fails, None, Some(failing.clone())),
        Verdict::Untold(why) => (GuaranteeVerdict::Untold, Some(*why), None),
    };
    let Failing { cause, detail } = failing.unwrap_or_default();
    let millis = u32::try_from(tried.took).unwrap_or(u32::MAX);
    GuaranteeView { guarantee: tried.guarantee, verdict, untold, cause, detail, millis }
}
