/** Where a story stands, in the word and the tone that its header shows. */
import { ago, atWhen, deskStateName, exact, m, publicStateName } from '../../i18n';
import { deskTone, publicTone, type Tone } from '../../kit/tones';
import type { Approval, StoryView } from '../../wire/generated';
import { approvalOf, goingDown } from './publishing';

export interface Standing {
  tone: Tone;
  word: string;
  /** The exact time, for the pointer; empty when there is none. */
  title: string;
}

type Stands = Pick<StoryView, 'axes' | 'deliveries' | 'live_at' | 'schedule_missed'>;

/** What readers have or may have comes before what the desk does. */
export function standing({ axes, deliveries, live_at, schedule_missed }: Stands, now: number): Standing {
  const title = live_at === null ? '' : exact(live_at);
  if (goingDown(deliveries)) return { tone: 'waiting', word: m.down_short(), title: '' };
  if (schedule_missed) return { tone: 'bad', word: m.missed_short(), title };
  const approval = approvalOf({ axes });
  if (axes.public === 'never' && approval)
    return { tone: deskTone('approved'), word: approvedWord(approval, now), title: exact(approval.at) };
  if (axes.public === 'never')
    return { tone: deskTone(axes.desk), word: deskStateName(axes.desk), title: '' };
  const tone = publicTone(axes.public);
  if (axes.public !== 'scheduled' || live_at === null)
    return { tone, word: publicStateName(axes.public), title };
  return { tone, word: m.public_scheduled_at({ time: atWhen(live_at, now) }), title };
}

/** That it is approved, by whom and since when. */
export function approvedWord({ by, at }: Approval, now: number): string {
  return by ? m.approved_by({ name: by, time: ago(at, now) }) : deskStateName('approved');
}
