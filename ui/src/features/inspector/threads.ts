/** Notes with their answers, and where their words stand now. */
import type { TextAnchor } from '../../editor';
import type { Anchor, NoteView } from '../../wire/generated';
import { anchorsOf, findInFields, ORDER } from './noted';
import type { InspectedStory } from './story';

export interface Thread {
  note: NoteView;
  answers: readonly NoteView[];
  /** Its words stand nowhere in the story any more. */
  gone: boolean;
}

type Places = ReadonlyMap<string, Anchor>;

/** Words move a little with every key; only so far is worth a line on the disk. */
const FAR = 400;

export function nowhere(): Places {
  return new Map();
}

/** In the order of the text; answers the oldest first. */
export function threadsOf(notes: readonly NoteView[], places: Places): Thread[] {
  const answers = new Map<string, NoteView[]>();
  for (const note of notes) {
    if (note.parent !== null) answers.set(note.parent, [...(answers.get(note.parent) ?? []), note]);
  }
  const begun = notes.filter(({ parent }) => parent === null);
  return inTextOrder(begun, places).map((note) => ({
    note,
    answers: answers.get(note.note) ?? [],
    gone: note.anchor !== null && !places.has(note.note),
  }));
}

/** Notes in the order in which a reader comes to their words; those of the whole story first, lost ones where they stood. */
function inTextOrder(notes: readonly NoteView[], places: Places): NoteView[] {
  const rank = (note: NoteView): [number, number] => {
    const at = places.get(note.note) ?? anchorsOf(note)[0];
    return at ? [ORDER.indexOf(at.field), at.at] : [-1, 0];
  };
  return notes
    .map((note) => ({ note, rank: rank(note) }))
    .sort((one, other) => one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1])
    .map(({ note }) => note);
}

/** What is known of where the words of notes were last. */
export class KeptPlaces {
  readonly #last = new Map<string, Anchor>();

  keep(note: string, place: Anchor): void {
    this.#last.set(note, place);
  }

  forget(note: string): void {
    this.#last.delete(note);
  }

  /** Where a note's words may be: where they were last, though the desk may not know it yet, then as it has them. */
  anchorsOf(note: NoteView): Anchor[] {
    const last = this.#last.get(note.note);
    return last ? [last, ...anchorsOf(note)] : anchorsOf(note);
  }

  /** Those whose words are others or stand far from where they were; from now on they were here. */
  moved(places: Places): [string, Anchor][] {
    const moved = [...places].filter(([note, place]) => isFar(this.#last.get(note), place));
    for (const [note, place] of moved) this.#last.set(note, place);
    return moved;
  }
}

interface Looked {
  /** What the editor found; null while it is not there. */
  body: ReadonlyMap<string, TextAnchor> | null;
  fields: InspectedStory['fields'];
  kept: KeptPlaces;
}

/** Where the words of each note stand now; those whose words are gone are not in it. */
export function placesOf(notes: readonly NoteView[], { body, fields, kept }: Looked): Places {
  const places = new Map<string, Anchor>();
  for (const note of notes) {
    const words = body?.get(note.note);
    const place = words
      ? { field: 'body' as const, photo: null, ...words }
      : findInFields(kept.anchorsOf(note), fields);
    if (place) places.set(note.note, place);
  }
  return places;
}

export function samePlaces(one: Places, other: Places): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([note, place]) => JSON.stringify(place) === JSON.stringify(other.get(note)));
}

function isFar(kept: Anchor | undefined, place: Anchor): boolean {
  if (!kept) return true;
  return wordsOf(kept) !== wordsOf(place) || Math.abs(kept.at - place.at) > FAR;
}

function wordsOf({ field, photo, quote, prefix, suffix }: Anchor): string {
  return JSON.stringify([field, photo, quote, prefix, suffix]);
}
