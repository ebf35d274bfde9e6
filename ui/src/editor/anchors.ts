/**
 * The words that a note stands at: quoted with a little of what stands around them, and found again in a text that has
 * changed since. Letters are compared as in the search: however they were typed, and whatever joins them.
 */
import { folded, type Folded } from './find';

/** See `Anchor` of the desk; `at` counts UTF-16 units. */
export interface TextAnchor {
  quote: string;
  prefix: string;
  suffix: string;
  at: number;
}

export interface Stretch {
  from: number;
  to: number;
}

/** What the desk keeps at most, in code points. */
const QUOTE = 1_000;
const CONTEXT = 32;
/** A quotation of so many letters is known again without what stood around it, if it stands there only once. */
const TELLING = 10;
/** So much of what stood around words is wanted on either side before other words between are taken for theirs. */
const HOLD = 8;

export function anchorOf(text: string, { from, to }: Stretch): TextAnchor {
  const [start, end] = trimmed(text, from, to);
  return {
    quote: first(text.slice(start, end), QUOTE),
    prefix: last(text.slice(Math.max(0, start - 2 * CONTEXT), start), CONTEXT),
    suffix: first(text.slice(end, end + 2 * CONTEXT), CONTEXT),
    at: start,
  };
}

/** Where an anchor's words stand now; null: they are gone. */
export function findAnchor(text: Folded, anchor: TextAnchor): Stretch | null {
  const around = { before: folded(anchor.prefix).text, after: folded(anchor.suffix).text };
  const found = quoted(text, anchor, around) ?? between(text, anchor, around);
  return found && { from: text.starts[found.from] ?? 0, to: text.starts[found.to] ?? 0 };
}

interface Around {
  before: string;
  after: string;
}

/** The very words: among several, where most of what stood around still does. */
function quoted({ text, starts }: Folded, anchor: TextAnchor, { before, after }: Around): Stretch | null {
  const words = folded(anchor.quote).text;
  if (words === '') return null;
  let best: { from: number; held: number; away: number } | null = null;
  let places = 0;
  for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + 1)) {
    places += 1;
    const held = sameEnd(text.slice(Math.max(0, from - before.length), from), before);
    const heldAfter = sameStart(text.slice(from + words.length, from + words.length + after.length), after);
    const here = { from, held: held + heldAfter, away: Math.abs((starts[from] ?? 0) - anchor.at) };
    if (!best || here.held > best.held || (here.held === best.held && here.away < best.away)) best = here;
  }
  if (!best) return null;
  const isTheirs = best.held * 2 >= before.length + after.length;
  const isTelling = places === 1 && words.length >= TELLING;
  return isTheirs || isTelling ? { from: best.from, to: best.from + words.length } : null;
}

/** Other words where the quoted ones stood: somebody has changed them, and nothing around. */
function between({ text, starts }: Folded, anchor: TextAnchor, around: Around): Stretch | null {
  const [before, after] = [around.before.slice(-CONTEXT), around.after.slice(0, CONTEXT)];
  if (before.trim().length < HOLD || after.trim().length < HOLD) return null;
  const most = 2 * folded(anchor.quote).text.length + 80;
  let best: (Stretch & { away: number }) | null = null;
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
    const from = at + before.length;
    const to = text.indexOf(after, from);
    if (to < 0 || to - from > most || text.slice(from, to).trim() === '') continue;
    const away = Math.abs((starts[from] ?? 0) - anchor.at);
    if (!best || away < best.away) best = { from, to, away };
  }
  return best;
}

/** How many letters two texts have in common at their ends. */
function sameEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length))
    length += 1;
  return length;
}

function sameStart(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length += 1;
  return length;
}

/** Without the white space at its ends, if it is anything else. */
function trimmed(text: string, from: number, to: number): [number, number] {
  const words = text.slice(from, to);
  if (words.trim() === '') return [from, to];
  return [to - words.trimStart().length, from + words.trimEnd().length];
}

function first(text: string, letters: number): string {
  return text.length <= letters ? text : Array.from(text).slice(0, letters).join('');
}

function last(text: string, letters: number): string {
  // Half a character at the cut is none.
  const whole = text.replace(/^[\uDC00-\uDFFF]/, '');
  return whole.length <= letters ? whole : Array.from(whole).slice(-letters).join('');
}
