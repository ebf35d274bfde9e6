/** Where notes stand in a story: in its fields, in its photos' words, and in the text that the editor holds. */
import { anchorOf, findAnchor, folded, type TextAnchor } from '../../editor';
import type { Anchor, NotedField, NoteView } from '../../wire/generated';
import type { InspectedStory } from './story';

type Line = Exclude<NotedField, 'body' | 'caption' | 'credit'>;
type PhotoField = Extract<NotedField, 'caption' | 'credit'>;
type Fields = InspectedStory['fields'];

const LINES: readonly Line[] = ['headline', 'standfirst', 'byline', 'dateline'];
/** The order in which a reader comes to them. */
export const ORDER: readonly NotedField[] = [...LINES, 'body', 'caption', 'credit'];

/** The anchors by which a note's words are looked for, the latest known place first. */
export function anchorsOf({ place, anchor }: NoteView): Anchor[] {
  return [place, anchor].filter((each) => each !== null);
}

/** Where the words of a note stand that is not at the text; null: they are gone. */
export function findInFields(anchors: readonly Anchor[], fields: Fields): Anchor | null {
  for (const anchor of anchors) {
    for (const [text, photo] of textsOf(anchor, fields)) {
      const found = findAnchor(folded(text), anchor);
      if (found) return { field: anchor.field, photo, ...anchorOf(text, found) };
    }
  }
  return null;
}

function textsOf({ field, photo }: Anchor, fields: Fields): [string, string | null][] {
  if (field === 'body') return [];
  if (field !== 'caption' && field !== 'credit') return [[fields[field], null]];
  // The photo that is meant first; one that went through a portal has another name, so the others are looked at too.
  const photos = [...fields.photos].sort(
    (one, other) => Number(other.id === photo) - Number(one.id === photo),
  );
  return photos.map((each) => [each[field], each.id]);
}

/** What the caret or the selection is in, when that is a field; null when it is none that takes notes. */
export function anchorInField(target: Element | null): Anchor | null {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null;
  const where = fieldOf(target);
  if (!where || target.value.trim() === '') return null;
  const [from, to] = [target.selectionStart ?? 0, target.selectionEnd ?? 0];
  const stretch = from === to ? { from: 0, to: target.value.length } : { from, to };
  const words: TextAnchor = anchorOf(target.value, stretch);
  return words.quote.trim() === '' ? null : { ...where, ...words };
}

function fieldOf(field: HTMLElement): Pick<Anchor, 'field' | 'photo'> | null {
  const line = LINES.find((each) => each === field.dataset['field']);
  if (line) return { field: line, photo: null };
  const photo = field.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
  if (photo === undefined) return null;
  const kinds: readonly PhotoField[] = ['caption', 'credit'];
  const kind = kinds.find(
    (each) => field.dataset['testid'] === each || field.classList.contains(`photo-${each}`),
  );
  return kind ? { field: kind, photo } : null;
}

/** Puts the caret behind words in a field of the sheet, or of a photo in the text. False: it is not on the screen. */
export function goToField({ field, photo, quote, at }: Anchor): boolean {
  const name = photo
    ? `.story-text [data-photo="${CSS.escape(photo)}"] .photo-${field}`
    : `[data-field="${field}"]`;
  const shown = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(name);
  if (!shown) return false;
  shown.scrollIntoView({ block: 'center' });
  shown.focus();
  shown.setSelectionRange(at + quote.length, at + quote.length);
  return true;
}

/** The name that is being called at the end of what was typed, without its sign; null where none is. */
export function callBegun(text: string): string | null {
  return /(?:^|\s)@(\S*)$/u.exec(text)?.[1] ?? null;
}

/** The same text with the name in place of what was typed of it. */
export function withCall(text: string, name: string): string {
  return text.replace(/@\S*$/u, `@${name} `);
}

/** The note that came to those before; the last one, should there be several. */
export function freshOf(before: readonly NoteView[], now: readonly NoteView[]): string | null {
  const known = new Set(before.map(({ note }) => note));
  return now.findLast(({ note, parent }) => parent === null && !known.has(note))?.note ?? null;
}
