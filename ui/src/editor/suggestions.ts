/** Changes that somebody suggests: drawn at the words they are about, and taken over into the text. */
import { closeHistory } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { canSplit } from 'prosemirror-transform';
import { Decoration } from 'prosemirror-view';
import type { Stretch } from './anchors';
import { schema } from './schema';

/** See `Suggestion` of the desk; `quote` is what stood there when it was made. */
export type SuggestedChange =
  | { kind: 'replace'; quote: string; words: string }
  | { kind: 'format'; mark: 'strong' | 'emphasis'; on: boolean };

/** What really changes: common words at both ends stay. In UTF-16 units of `quote`, never inside a word. */
export function narrowed(quote: string, words: string): Stretch & { words: string } {
  const [was, is] = [pieces(quote), pieces(words)];
  let start = 0;
  while (start < Math.min(was.length, is.length) && was[start] === is[start]) start += 1;
  let end = 0;
  const most = Math.min(was.length, is.length) - start;
  while (end < most && was.at(-1 - end) === is.at(-1 - end)) end += 1;
  const from = was.slice(0, start).join('').length;
  const kept = was.slice(was.length - end).join('').length;
  return { from, to: quote.length - kept, words: is.slice(start, is.length - end).join('') };
}

// Half a word struck out beside half a word that comes reads as neither, least of all where its letters join.
const segmenter = new Intl.Segmenter('bn', { granularity: 'word' });

function pieces(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How a change is shown at the words of `place`: what would go struck out, what would come beside it. */
export function drawn(doc: Node, place: Stretch, change: SuggestedChange, spec: object): Decoration[] {
  if (change.kind === 'format') {
    const look = `suggested-set suggested-${change.mark}${change.on ? '' : '-off'}`;
    return [Decoration.inline(place.from, place.to, { class: look }, spec)];
  }
  const { from, to, words } = exchanged(doc, place, change);
  const goes =
    from < to ? [Decoration.inline(from, to, { nodeName: 'del', class: 'suggested-out' }, spec)] : [];
  const comes = () => {
    const shown = document.createElement('ins');
    shown.className = 'suggested-in';
    shown.textContent = words;
    return shown;
  };
  if (words === '') return goes;
  return [...goes, Decoration.widget(to, comes, { ...spec, side: -1, key: `${words}\u0000${place.from}` })];
}

/** The text with the change made, in one step that can be undone; the caret stands behind it. */
export function takenOver(state: EditorState, place: Stretch, change: SuggestedChange): Transaction {
  const tr = closeHistory(state.tr);
  if (change.kind === 'format') {
    const mark = change.mark === 'strong' ? schema.marks.bold : schema.marks.italic;
    if (change.on) tr.addMark(place.from, place.to, mark.create());
    else tr.removeMark(place.from, place.to, mark);
    return seen(tr, place.to);
  }
  const { from, to, words } = exchanged(state.doc, place, change);
  if (words === '') return takenOut(tr, from, to);
  const [start, end] = [state.doc.resolve(from), state.doc.resolve(to)];
  const marks = (from === to ? start.marks() : start.marksAcross(end)) ?? [];
  let at = from;
  words.split('\n').forEach((line, index) => {
    if (index === 0) {
      tr.delete(from, to);
    } else if (canSplit(tr.doc, at)) {
      tr.split(at);
      at += 2;
    } else {
      tr.insert(at, schema.text(' '));
      at += 1;
    }
    if (line !== '') tr.insert(at, schema.text(line, marks));
    at += line.length;
  });
  return seen(tr, at);
}

/** Where a document says what the change was made for, only what changes; else all that stands there now. */
function exchanged(
  doc: Node,
  { from, to }: Stretch,
  { quote, words }: Extract<SuggestedChange, { kind: 'replace' }>,
): Stretch & { words: string } {
  const isOneBlock = doc.resolve(from).sameParent(doc.resolve(to));
  if (!isOneBlock || doc.textBetween(from, to, '\n', '\uFFFC') !== quote) return { from, to, words };
  const change = narrowed(quote, words);
  return { from: from + change.from, to: from + change.to, words: change.words };
}

/** Words that go take the space beside them along, and a block of which nothing is left. */
function takenOut(tr: Transaction, from: number, to: number): Transaction {
  const [start, end] = [tr.doc.resolve(from), tr.doc.resolve(to)];
  const before = start.parent.textBetween(0, start.parentOffset, undefined, '\uFFFC').at(-1) ?? ' ';
  const after = end.parent.textBetween(end.parentOffset, end.parent.content.size, undefined, '\uFFFC').at(0);
  if (before === ' ' && after === ' ') tr.delete(from, to + 1);
  else if (before === ' ' && after === undefined && start.parentOffset > 0) tr.delete(from - 1, to);
  else tr.delete(from, to);
  const left = tr.doc.resolve(Math.min(from, tr.doc.content.size));
  if (left.depth === 1 && left.parent.content.size === 0 && tr.doc.childCount > 1)
    tr.delete(left.before(), left.after());
  return seen(tr, from);
}

function seen(tr: Transaction, at: number): Transaction {
  const place = tr.doc.resolve(Math.min(at, tr.doc.content.size));
  return tr.setSelection(TextSelection.near(place, -1)).scrollIntoView();
}
