/**
 * Bengali typed directly before Bengali. The engine's caret never stands inside a cluster: after গ and hasanta
 * before কুমার it sees the cluster গ্কু and jumps behind it, where the next letter then lands. So what is typed
 * before a Bengali letter is put in by us, at the place where it was typed.
 */
import { Plugin, TextSelection, type Plugin as PluginType } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { caretOf, isField, replaceInField } from './field';

/** The editor's part: its own selection is the truth, whatever the engine shows. */
export function joiningPlugin(): PluginType {
  return new Plugin({ props: { handleDOMEvents: { beforeinput: typedInEditor } } });
}

/** The same for plain text fields: call it on `beforeinput`. True: it was done, and an `input` event was sent. */
export function typedInField(event: InputEvent): boolean {
  const field = event.target;
  const text = typedText(event);
  if (text === null || !isField(field)) return false;
  const caret = caretOf(field);
  if (caret === null || !isBengaliUnit(field.value.charCodeAt(caret))) return false;
  event.preventDefault();
  replaceInField(field, text, { from: caret, to: caret });
  return true;
}

export function isBengaliUnit(unit: number): boolean {
  return (unit >= 0x0981 && unit <= 0x09ff) || unit === 0x200c || unit === 0x200d;
}

function typedInEditor(view: EditorView, event: InputEvent): boolean {
  const text = typedText(event);
  const { selection } = view.state;
  if (text === null || view.composing || !(selection instanceof TextSelection)) return false;
  const { $cursor } = selection;
  if (!$cursor || !isBengaliUnit($cursor.nodeAfter?.text?.charCodeAt(0) ?? 0)) return false;
  event.preventDefault();
  const { pos } = $cursor;
  const plain = () => view.state.tr.insertText(text, pos).scrollIntoView();
  const taken = view.someProp('handleTextInput', (take) => take(view, pos, pos, text, plain));
  if (!taken) view.dispatch(plain());
  return true;
}

/** What a key types; null for anything else, and while an input method has its own idea of the text. */
function typedText(event: InputEvent): string | null {
  return event.inputType === 'insertText' && !event.isComposing ? event.data : null;
}
