/** What others did with our stories, and what became of what was sent: in the window as it always is, and as a notice on the
 * desktop when the window is behind others. */
import { causeSentence, confirmedNotice, deliveryOf, m } from '../i18n';
import { cut } from '../kit/cut';
import type { DeskEvent, IntentView, DesktopNotice } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

/** What somebody else did with a story, or a portal did not do. */
type Happened = Extract<DeskEvent, { kind: 'returned' | 'approved' | 'went_live' | 'schedule_missed' }>;

/** Letters of a reason that a notice shows; the whole of it stands above the story. */
const REASON = 140;

/** What stands over the sentence on the desktop. */
const TITLES: Record<Happened['kind'], () => string> = {
  returned: () => m.notice_returned(),
  approved: () => m.notice_approved(),
  went_live: () => m.notice_live(),
  schedule_missed: () => m.notice_alarm(),
};

/** Window and desktop say it in the same words. */
export function newsSentence(event: Happened): string {
  const headline = event.headline || m.row_untitled();
  const by = ('by' in event && event.by) || m.review_desk();
  switch (event.kind) {
    case 'returned':
      return m.returned_toast({
        by,
        headline,
        reason: cut(event.reason, REASON) || m.review_no_reason(),
      });
    case 'approved':
      return m.approved_toast({ by, headline });
    case 'went_live':
      return m.live_toast({ headline });
    case 'schedule_missed':
      return m.missed_toast({ headline });
  }
}

export class News {
  readonly #room: Newsroom;
  /** Where an intent stood when the desktop was told of it: it is told of each standing once. */
  readonly #told = new Map<string, IntentView['state']>();

  constructor(room: Newsroom) {
    this.#room = room;
  }

  hear(event: DeskEvent): void {
    if (isHappened(event) && event.kind !== 'returned') this.#say(event);
    if (event.kind === 'notice_chosen') void this.#room.open(event.story);
    if (document.hasFocus() || !this.#room.preferences.current.notices) return;
    const notice = this.#notice(event);
    // A desktop that shows none is no trouble of the person's: everything stands in the window too.
    if (notice) void this.#room.platform.call('show_notice', notice).catch(() => undefined);
  }

  /** The open story shows it by itself; of another one something has to be said. A return has its own way in. */
  #say(event: Happened): void {
    const { session, toasts } = this.#room;
    if (event.story === session?.story) return;
    const open = { label: m.missed_open(), run: () => void this.#room.open(event.story) };
    toasts.say(newsSentence(event), { act: open, tone: event.kind === 'schedule_missed' ? 'bad' : 'good' });
  }

  #notice(event: DeskEvent): DesktopNotice | null {
    if (event.kind === 'intent_moved') return this.#ofIntent(event.intent);
    if (!isHappened(event)) return null;
    return { story: event.story, title: TITLES[event.kind](), body: newsSentence(event) };
  }

  /** It arrived, or it waits for a person; what is on its way is no news. */
  #ofIntent({ intent, story, act, state, cause, headline: words }: IntentView): DesktopNotice | null {
    const headline = words || m.row_untitled();
    const known = this.#told.get(intent) === state;
    this.#told.set(intent, state);
    if (known) return null;
    if (state === 'confirmed') {
      return { story, title: deliveryOf(act, state), body: confirmedNotice(act, headline) };
    }
    if (state !== 'refused' && state !== 'blocked') return null;
    const why = cause === null ? deliveryOf(act, state) : causeSentence(cause);
    return { story, title: m.notice_alarm(), body: m.notice_stuck({ headline, why }) };
  }
}

function isHappened(event: DeskEvent): event is Happened {
  return event.kind in TITLES;
}
