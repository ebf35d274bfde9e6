/**
 * Plain text fields that we write into for the writer. Two things are not left to the engine's own ideas: its caret
 * never stands inside a Bengali cluster, so where ours stands is kept here; and a value that is merely set is lost to
 * its undo (WebKit even redoes the old text into the new), so what we write goes through its editing.
 */
export type Field = HTMLInputElement | HTMLTextAreaElement;

/** Where the caret of a field is, although the engine shows it elsewhere. */
interface Place {
  caret: number;
  shown: number | null;
  value: string;
}

interface Stretch {
  from: number;
  to: number;
}

const places = new WeakMap<Field, Place>();
/** While we write into a field, what the engine tells of it is our own doing. */
let writing: Field | null = null;

export function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Whether it takes plain words; fields of numbers and dates have no selection at all. */
export function isWritable(field: Field): boolean {
  const { selectionStart, readOnly, disabled, type } = field;
  return selectionStart !== null && !readOnly && !disabled && type !== 'password';
}

/** The caret of a field; null: it cannot be written into, or more than a caret is selected. */
export function caretOf(field: Field): number | null {
  const { selectionStart: shown, selectionEnd, value } = field;
  if (shown === null || shown !== selectionEnd || field === writing || !isWritable(field)) return null;
  const place = places.get(field);
  // Ours counts until something else has moved the caret or changed the text.
  return place?.shown === shown && place.value === value ? place.caret : shown;
}

/** Puts `text` in the place of a stretch, as if it had been typed: the field tells of it and can undo it. */
export function replaceInField(field: Field, text: string, stretch: Stretch): void {
  const { from, to } = stretch;
  const value = field.value.slice(0, from) + text + field.value.slice(to);
  writing = field;
  try {
    if (!edited(field, text, stretch)) set(field, text, stretch);
  } finally {
    writing = null;
  }
  places.set(field, { caret: from + text.length, shown: field.selectionStart, value });
}

/** By the engine's editing, which only the field that has the focus gets. */
function edited(field: Field, text: string, { from, to }: Stretch): boolean {
  const page = field.ownerDocument;
  if (page.activeElement !== field || !('execCommand' in page)) return false;
  field.setSelectionRange(from, to);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing newer writes what a field's undo knows of
  return page.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}

function set(field: Field, text: string, { from, to }: Stretch): void {
  field.setRangeText(text, from, to, 'end');
  const inputType = text === '' ? 'deleteContentBackward' : 'insertText';
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text || null, inputType }));
}
