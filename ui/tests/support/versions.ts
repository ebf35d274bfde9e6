/** What the real desk works out from two versions, near enough for the window to show it: whole fields, never words. */
import type { Choice, Content, Field, FieldChange, Part, Place } from '../../src/wire/generated';

const TEXTS = ['headline', 'standfirst', 'byline', 'body'] as const;
const WORDS = ['caption', 'credit', 'alt'] as const;

export function changes(before: Content, after: Content): FieldChange[] {
  const texts = TEXTS.map((field) => change(field, null, before[field], after[field]));
  const ids = new Set([...before.photos, ...after.photos].map(({ id }) => id));
  const photos = [...ids].flatMap((id) => {
    const [was, is] = [before, after].map((content) => content.photos.find((photo) => photo.id === id));
    return WORDS.map((field) => change(field, id, was?.[field] ?? '', is?.[field] ?? ''));
  });
  return [...texts, ...photos].flat();
}

function change(field: Field, photo: string | null, was: string, is: string): FieldChange[] {
  if (was === is) return [];
  const runs = [
    { kind: 'removed' as const, text: was },
    { kind: 'added' as const, text: is },
  ];
  return [{ field, photo, runs: runs.filter(({ text }) => text !== '') }];
}

/** Every field that differs is a place that both changed, but for the byline, which only they did. */
export function mergedOf(ours: Content, theirs: Content): { places: Place[]; body: Part[] } {
  const places = TEXTS.filter((field) => ours[field] !== theirs[field]).map((field): Place => ({
    field,
    photo: null,
    base: '',
    ours: ours[field],
    theirs: theirs[field],
    both: `${ours[field]} ${theirs[field]}`,
    settled: field === 'byline' ? 'theirs' : null,
  }));
  const place = places.findIndex(({ field }) => field === 'body');
  const body: Part[] = place < 0 ? [{ kind: 'text', text: ours.body }] : [{ kind: 'place', place }];
  return { places, body };
}

export function settled(
  ours: Content,
  places: readonly Place[],
  choices: readonly (Choice | null)[],
): Content {
  const said = places.map((place, at): [Field, string] => {
    const choice = choices[at];
    if (choice?.take === 'text') return [place.field, choice.text];
    return [place.field, place[choice?.take ?? place.settled ?? 'ours'] ?? ''];
  });
  return { ...ours, ...(Object.fromEntries(said) as Partial<Content>) };
}
