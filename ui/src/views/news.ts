/** What others did with our stories, and what became of what was sent: in the window as it always is, and as a notice on the
 * desktop when the window is behind others. */
import { causeSentence, confirmedNotice, deliveryOf, m } from '../i18n';
import { cut } from '../kit/cut';
import type { DeskEvent, IntentView, DesktopNotice } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

/** Letters of a reason that a notice shows; the whole of it stands above the story. */
export const REASON = 140;

export class News {
  readonly #room: Newsroom;
  /** Where an intent stood when the desktop was told of it: it is told of each standing once. */
  readonly #told = new Map<string, IntentView['state']>();

  constructor(room: Newsroom) {
    this.#room = room;
  }

  hear(event: DeskEvent): void {
    if (event.kind === 'approved' || event.kind === 'went_live') this.#say(event);
    if (event.kind === 'notice_chosen') void this.#room.open(event.story);
    if (document.hasFocus() || !this.#room.preferences.current.notices) return;
    const notice = this.#notice(event);
    // A desktop that shows none is no trouble of the person's: everything stands in the window too.
    if (notice) void this.#room.platform.call('show_notice', notice).catch(() => undefined);
  }

  /** The open story shows it by itself; of another one something has to be said. */
  #say(event: Extract<DeskEvent, { kind: 'approved' | 'went_live' }>): void {
    const { session, toasts } = this.#room;
    if (event.story === session?.story) return;
    const open = { label: m.missed_open(), run: () => void this.#room.open(event.story) };
    toasts.say(sentence(event), { act: open, tone: 'good' });
  }

  #notice(event: DeskEvent): DesktopNotice | null {
    switch (event.kind) {
      case 'returned': {
        const said = { by: event.by || m.review_desk(), headline: named(event.headline) };
        const body = m.returned_toast({ ...said, reason: cut(event.reason, REASON) });
        return { story: event.story, title: m.notice_returned(), body };
      }
      case 'approved':
        return { story: event.story, title: m.notice_approved(), body: sentence(event) };
      case 'went_live':
        return { story: event.story, title: m.notice_live(), body: sentence(event) };
      case 'schedule_missed': {
        const body = m.missed_toast({ headline: named(event.headline) });
        return { story: event.story, title: m.notice_alarm(), body };
      }
      case 'intent_moved':
        return this.#ofIntent(event.intent);
      default:
        return null;
    }
  }

  /** It arrived, or it waits for a person; what is on its way is no news. */
  #ofIntent({ intent, story, act, state, cause, headline }: IntentView): DesktopNotice | null {
    const known = this.#told.get(intent) === state;
    this.#told.set(intent, state);
    if (known) return null;
    if (state === 'confirmed') {
      return { story, title: deliveryOf(act, state), body: confirmedNotice(act, named(headline)) };
    }
    if (state !== 'refused' && state !== 'blocked') return null;
    const why = cause === null ? deliveryOf(act, state) : causeSentence(cause);
    return { story, title: m.notice_alarm(), body: m.notice_stuck({ headline: named(headline), why }) };
  }
}

function sentence(event: Extract<DeskEvent, { kind: 'approved' | 'went_live' }>): string {
  const headline = named(event.headline);
  return event.kind === 'approved'
    ? m.approved_toast({ headline, by: event.by || m.review_desk() })
    : m.live_toast({ headline });
}

function named(headline: string): string {
  return headline || m.row_untitled();
}
