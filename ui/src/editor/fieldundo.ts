/**
 * Undo in plain text fields. WebKitGTK gives Ctrl+Z to nobody there, and the undo that an engine has is the page's:
 * it goes on into other fields and into the text, and after a value that was set it puts words where they never
 * stood. So each field keeps what was typed into it.
 */
import { isField, isWritable, replaceInField, type Field } from './field';

interface Past {
  undo: string[];
  redo: string[];
  /** What stands in the field; anything else there was set by the window, and begins a new past. */
  value: string;
  /** The step that typing still joins. */
  burst: { kind: string; at: number; end: number } | null;
}

const MOST = 200;
/** After a pause of this many milliseconds what is typed is a step of its own. */
const PAUSE = 1_000;
const pasts = new WeakMap<Field, Past>();
let restoring = false;

/** Call it on `focusin` and `beforeinput`: what stands there before anything is typed. */
export function beforeTyping({ target }: Event): void {
  if (isField(target) && isWritable(target)) pastOf(target);
}

/** Call it on `input`, after the field's own listeners: they may tidy what was typed. */
export function afterTyping(event: Event): void {
  const { target } = event;
  if (!isField(target) || !isWritable(target)) return;
  const past = pasts.get(target);
  if (past && !restoring && past.value !== target.value) keep(past, target.value, event);
  if (past) past.value = target.value;
}

/** Call it on `keydown`. True: the keys were those of undo or redo in a field, and what there was to do was done. */
export function undoInField(event: KeyboardEvent): boolean {
  const { target } = event;
  const turn = turnOf(event);
  if (!turn || !isField(target) || !isWritable(target)) return false;
  // Also at the end of the past: the engine would go on somewhere else.
  event.preventDefault();
  const past = pastOf(target);
  const value = past[turn].pop();
  if (value === undefined) return true;
  past[turn === 'undo' ? 'redo' : 'undo'].push(target.value);
  past.burst = null;
  restore(target, value);
  return true;
}

function turnOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (event.defaultPrevented || event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey))
    return null;
  // With a Bengali layout on, the place of the key counts.
  const key = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : event.code.replace('Key', '');
  if (key === 'Y') return 'redo';
  if (key !== 'Z') return null;
  return event.shiftKey ? 'redo' : 'undo';
}

function pastOf(field: Field): Past {
  const { value } = field;
  const known = pasts.get(field);
  if (known?.value === value) return known;
  const past: Past = { undo: [], redo: [], value, burst: null };
  pasts.set(field, past);
  return past;
}

function keep(past: Past, value: string, event: Event): void {
  const next = { kind: kindOf(event), at: event.timeStamp, end: endOfChange(past.value, value) };
  if (!joins(past.burst, next, value.length - past.value.length))
    past.undo = [...past.undo.slice(1 - MOST), past.value];
  past.redo = [];
  const ends = next.kind === '' || (event instanceof InputEvent && /^\s$/.test(event.data ?? ''));
  past.burst = ends ? null : next;
}

/** The same kind of change, soon after the last and where that one ended. */
function joins(last: Past['burst'], next: NonNullable<Past['burst']>, longer: number): boolean {
  if (last?.kind !== next.kind || next.at - last.at >= PAUSE) return false;
  return next.end === last.end + longer || next.end === last.end;
}

/** Typing joins typing and deleting joins deleting; a paste is one step. */
function kindOf(event: Event): string {
  const { inputType } = event instanceof InputEvent ? event : { inputType: '' };
  if (/^insert(Text|CompositionText|FromComposition)$/.test(inputType)) return 'type';
  return /^delete(Content|Composition)/.test(inputType) ? 'delete' : '';
}

function restore(field: Field, value: string): void {
  const caret = endOfChange(field.value, value);
  restoring = true;
  try {
    replaceInField(field, value, { from: 0, to: field.value.length });
  } finally {
    restoring = false;
  }
  field.setSelectionRange(caret, caret);
}

/** Where in `to` the words end that are not in `from`. */
export function endOfChange(from: string, to: string): number {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  return to.length - tail;
}
