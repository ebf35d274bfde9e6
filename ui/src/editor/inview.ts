/**
 * The caret in view. ProseMirror looks at every ancestor of the text at every key, and almost never has to scroll.
 */
import { TextSelection } from 'prosemirror-state';
import { isInTable } from 'prosemirror-tables';
import type { EditorView } from 'prosemirror-view';

/** Pixels between the caret and the edge from which ProseMirror scrolls. */
const margin = 5;

/** True: the caret is where it can be seen. Where something else scrolls, as a wide table, ProseMirror shall look. */
export function caretIsInView(view: EditorView): boolean {
  const { selection } = view.state;
  const scroller = scrollerOf(view.dom);
  if (!scroller || !(selection instanceof TextSelection) || isInTable(view.state)) return false;
  const caret = view.coordsAtPos(selection.head, 1);
  const { top, bottom } = scroller.getBoundingClientRect();
  return caret.top >= Math.max(top, 0) + margin && caret.bottom <= Math.min(bottom, innerHeight) - margin;
}

const scrollers = new WeakMap<Element, Element>();

/** The nearest ancestor that scrolls; which it is does not change while the text is on the screen. */
function scrollerOf(text: Element): Element | null {
  const known = scrollers.get(text);
  if (known) return known;
  let place = text.parentElement;
  while (place && !/auto|scroll/.test(getComputedStyle(place).overflowY)) place = place.parentElement;
  if (place) scrollers.set(text, place);
  return place;
}
