/**
 * Backspace for Bengali. WebKit deletes a whole cluster (স্ত্রী vanishes at one press); a writer who
 * mistyped the last sign wants that sign gone and the rest kept, as on every Bengali keyboard.
 */
import { TextSelection, type Command } from 'prosemirror-state';
import { caretOf, isField, replaceInField } from './field';
import { isBengaliUnit } from './joining';

const joiner = '\u200D';
/** ZWJ + hasanta + ya: the ya-phala of র‍্য, typed by one key and so deleted by one. */
const joinedYaPhala = `${joiner}\u09CD\u09AF`;

/** UTF-16 units that one Backspace takes off the end of `before`; 0: leave it to the browser. */
export function backspaceLength(before: string): number {
  if (before.endsWith(joinedYaPhala)) return joinedYaPhala.length;
  return isBengaliUnit(before.charCodeAt(before.length - 1)) ? 1 : 0;
}

/** The editor's Backspace: one code point of Bengali, everything else as the browser does it. */
export const bengaliBackspace: Command = (state, dispatch, view) => {
  const { selection } = state;
  if (!(selection instanceof TextSelection) || !selection.$cursor || view?.composing) return false;
  const { $cursor } = selection;
  const before = $cursor.parent.textBetween(
    Math.max(0, $cursor.parentOffset - 3),
    $cursor.parentOffset,
    '',
    '\uFFFC',
  );
  const length = backspaceLength(before);
  if (length === 0) return false;
  dispatch?.(state.tr.delete($cursor.pos - length, $cursor.pos).scrollIntoView());
  return true;
};

/**
 * The same for a plain text field: call it on `keydown`, after the field's own keys. True: it was done, and the
 * field has told of it.
 */
export function backspaceInField(event: KeyboardEvent): boolean {
  const field = event.target;
  if (event.key !== 'Backspace' || event.defaultPrevented || event.isComposing || !isField(field))
    return false;
  // With a key held it deletes words or lines, as everywhere; Shift is only half let go after a letter.
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const caret = caretOf(field);
  if (caret === null) return false;
  const length = backspaceLength(field.value.slice(Math.max(0, caret - 3), caret));
  if (length === 0) return false;
  event.preventDefault();
  replaceInField(field, '', { from: caret - length, to: caret });
  return true;
}
