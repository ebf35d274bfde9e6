/** What a row of the list says of a story's state, in a word and a tone. */
import { deliverySentence, deskStateName, publicStateName } from '../../i18n';
import { deliveryTone, type Tone } from '../../kit/tones';
import type { SearchHit, StoryRow } from '../../wire/generated';

export interface RowState {
  word: string;
  tone: Tone;
}

/** The one thing a person has to know first: a delivery that is not settled, then what readers have. */
export function rowState({ axes }: StoryRow): RowState {
  const { delivery } = axes;
  if (delivery && delivery !== 'confirmed' && delivery !== 'cancelled') {
    return { word: deliverySentence(delivery), tone: deliveryTone(delivery) };
  }
  if (axes.desk === 'spiked') return { word: deskStateName('spiked'), tone: 'quiet' };
  if (axes.public === 'never') return { word: deskStateName(axes.desk), tone: 'quiet' };
  return { word: publicStateName(axes.public), tone: axes.public === 'live' ? 'live' : 'quiet' };
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
