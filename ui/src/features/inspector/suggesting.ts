/** What notes suggest, and how it is taken over where the window holds the words itself: in fields and captions. */
import { narrowed, type SuggestedChange } from '../../editor';
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

/** Puts suggested words into a field of the story. */
export function takeOverInField(story: InspectedStory, place: Anchor, change: SuggestedChange): boolean {
  if (change.kind !== 'replace' || place.field === 'body') return false;
  const { field, photo } = place;
  if (field === 'caption' || field === 'credit') {
    const there = story.fields.photos.find(({ id }) => id === photo);
    if (!there || photo === null) return false;
    story.changePhoto(photo, { [field]: exchanged(there[field], place, change.words) });
    return true;
  }
  story.change({ [field]: exchanged(story.fields[field], place, change.words) });
  return true;
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
