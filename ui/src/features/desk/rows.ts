/** What a row of the list says of a story's state, in a word and a tone. */
import { atWhen, count, deliveryOf, deliverySentence, deskStateName, m, publicStateName } from '../../i18n';
import { deliveryTone, deskTone, publicTone, type Tone } from '../../kit/tones';
import type { IntentView, QueueRow, SearchHit, StoryRow } from '../../wire/generated';

export interface RowState {
  word: string;
  tone: Tone;
}

/** What is known of a story beside its row. */
export interface Told {
  /** Its delivery that is not settled, else its last one. */
  intent: IntentView | null;
  /** Its set time has passed, and readers do not have it. */
  missed: boolean;
}

/** The one thing a person has to know first: a delivery that is not settled, then what readers have. */
export function rowState({ axes }: StoryRow, { intent, missed }: Told, now: number): RowState {
  const { delivery } = axes;
  if (delivery && delivery !== 'confirmed' && delivery !== 'cancelled') {
    const tone = deliveryTone(delivery);
    if (intent?.state !== delivery) return { word: deliverySentence(delivery), tone };
    if (takesDown(intent) && tone !== 'bad') return { word: m.down_short(), tone: 'waiting' };
    return { word: deliveryOf(intent.act, delivery), tone };
  }
  if (missed) return { word: m.missed_short(), tone: 'bad' };
  if (axes.desk === 'spiked') return { word: deskStateName('spiked'), tone: 'quiet' };
  if (axes.fallen) return { word: m.approval_fell_short(), tone: 'waiting' };
  const { approval } = axes;
  if (axes.public === 'never' && axes.desk === 'approved' && approval?.by)
    return { word: m.approved_by_short({ name: approval.by }), tone: deskTone('approved') };
  if (axes.public === 'never') return { word: deskStateName(axes.desk), tone: deskTone(axes.desk) };
  const tone = publicTone(axes.public);
  const set = intent?.act === 'schedule' ? intent.live_at : null;
  if (axes.public !== 'scheduled' || set === null) return { word: publicStateName(axes.public), tone };
  return { word: m.public_scheduled_at({ time: atWhen(set, now) }), tone };
}

/** What is still spoken about, for who cannot see the sign. */
export function notesOf({ notes, calls }: Pick<StoryRow, 'notes' | 'calls'>): string {
  return calls > 0 ? m.row_notes_called({ count: count(notes) }) : m.row_notes({ count: count(notes) });
}

function takesDown({ act }: IntentView): boolean {
  return act === 'withdraw' || act === 'kill';
}

/** Whose hands a story of the queue is in, else where the desk has it. */
export function queueState({ desk, public: readers, held, ours, tentative }: QueueRow): RowState {
  if (tentative && held) return { word: m.queue_held({ name: held.name }), tone: 'waiting' };
  if (tentative) return { word: m.queue_tentative(), tone: 'waiting' };
  if (ours) return { word: m.queue_ours(), tone: 'editing' };
  if (held) return { word: m.queue_held({ name: held.name }), tone: 'editing' };
  if (readers !== 'never') return { word: publicStateName(readers), tone: publicTone(readers) };
  return { word: deskStateName(desk), tone: deskTone(desk) };
}

/** Where the cursor stands after so many rows: at the first one when it stood nowhere. */
export function stepped(
  rows: readonly { story: string }[],
  cursor: string | null,
  by: number,
): string | null {
  const at = rows.findIndex((row) => row.story === cursor);
  const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
  return rows[to]?.story ?? null;
}

export interface Piece {
  text: string;
  hit: boolean;
}

/** An excerpt cut into pieces that are hits and pieces that are not. */
export function pieces({ excerpt, marks }: Pick<SearchHit, 'excerpt' | 'marks'>): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    found.push(
      { text: excerpt.slice(at, start), hit: false },
      { text: excerpt.slice(start, end), hit: true },
    );
    at = end;
  }
  found.push({ text: excerpt.slice(at), hit: false });
  return found.filter((piece) => piece.text !== '');
}

/** Which rows to draw: those in sight and some on either side. */
export function inSight(scrollTop: number, height: number, row: number, rows: number): [number, number] {
  const before = 6;
  const first = Math.max(0, Math.floor(scrollTop / row) - before);
  const last = Math.min(rows, Math.ceil((scrollTop + height) / row) + before);
  return [first, last];
}
