/** What notes suggest, and how it is taken over where the window holds the words itself: in fields and captions. */
import { anchorOf, narrowed, type SuggestedChange } from '../../editor';
import type { Anchor, NoteView } from '../../wire/generated';
import type { InspectedStory } from './story';
import type { Thread } from './threads';

/** A sign in the text that is no letter: a photo, a footnote's mark, a line break. */
const NO_LETTER = '\uFFFC';

/** As the editor draws it; null where the note only speaks. */
export function changeOf({ suggestion, anchor }: NoteView): SuggestedChange | null {
  if (!suggestion || !anchor) return null;
  return suggestion.kind === 'replace' ? { ...suggestion, quote: anchor.quote } : suggestion;
}

export function isWaiting({ note }: Thread): boolean {
  return note.open && note.suggestion !== null;
}

/** Words that somebody else can be asked to write otherwise. */
export function canBecomeOthers(anchor: Anchor | null): anchor is Anchor {
  return anchor !== null && !anchor.quote.includes(NO_LETTER);
}

/** A field before and after words in it became others. */
export interface Exchanged {
  before: string;
  after: string;
}

/** Puts suggested words into a field of the story; null: they cannot go there. */
export function takeOverInField(
  story: InspectedStory,
  place: Anchor,
  change: SuggestedChange,
): Exchanged | null {
  if (change.kind !== 'replace' || place.field === 'body') return null;
  const { field, photo } = place;
  if (field === 'caption' || field === 'credit') {
    const before = story.fields.photos.find(({ id }) => id === photo)?.[field];
    if (before === undefined || photo === null) return null;
    const after = exchanged(before, place, change.words);
    story.changePhoto(photo, { [field]: after });
    return { before, after };
  }
  const before = story.fields[field];
  const after = exchanged(before, place, change.words);
  story.change({ [field]: after });
  return { before, after };
}

/**
 * Where words of the same field stand once those at `place` became others: nothing else moved, so that they need not be
 * looked for by what stood around them. Null: they are elsewhere, or among those that changed.
 */
export function movedAlong({ before, after }: Exchanged, place: Anchor, other: Anchor): Anchor | null {
  if (other.field !== place.field || other.photo !== place.photo) return null;
  const behind = other.at >= place.at + place.quote.length;
  if (!behind && other.at + other.quote.length > place.at) return null;
  const from = other.at + (behind ? after.length - before.length : 0);
  return { ...other, ...anchorOf(after, { from, to: from + other.quote.length }) };
}

function exchanged(text: string, { at, quote }: Anchor, words: string): string {
  const [before, after] = [text.slice(0, at), text.slice(at + quote.length)];
  // Words that go take the space beside them along.
  if (words === '')
    return before.endsWith(' ') || before === '' ? before + after.trimStart() : (before + after).trimEnd();
  return before + words + after;
}

/** The parts of a suggestion as a reader sees them: what stays before, what goes, what comes, what stays after. */
export function partsOf(
  quote: string,
  words: string,
): { before: string; goes: string; comes: string; after: string } {
  const change = narrowed(quote, words);
  return {
    before: quote.slice(0, change.from),
    goes: quote.slice(change.from, change.to),
    comes: change.words,
    after: quote.slice(change.to),
  };
}
