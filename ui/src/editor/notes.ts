/**
 * Notes in the text: their words are marked, and the marks go along with every change. Nothing of them is part of the
 * document, so nothing of them is ever saved with the text, copied or undone.
 */
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { anchorOf, findAnchor, type Stretch, type TextAnchor } from './anchors';
import { folded } from './find';
import { drawn, takenOver, type SuggestedChange } from './suggestions';

/** A note as the window hands it in: the places where its words may be, the latest known first. */
export interface NotedWords {
  id: string;
  anchors: readonly TextAnchor[];
  /** What it suggests for them; null: it only speaks. */
  change: SuggestedChange | null;
}

interface Noted {
  notes: readonly NotedWords[];
  active: string | null;
  marks: DecorationSet;
}

type Told = Pick<Noted, 'notes' | 'active'>;

const notesKey = new PluginKey<Noted>('notes');
const nothing: Noted = { notes: [], active: null, marks: DecorationSet.empty };

/** `onNote` hears which note was clicked at. */
export function notesPlugin(onNote: (id: string) => void): Plugin<Noted> {
  return new Plugin<Noted>({
    key: notesKey,
    state: {
      init: () => nothing,
      apply(tr, noted, _old, state) {
        const kept = tr.docChanged ? { ...noted, marks: noted.marks.map(tr.mapping, tr.doc) } : noted;
        const told = tr.getMeta(notesKey) as Told | undefined;
        return told ? marked(state.doc, told, kept.marks) : kept;
      },
    },
    props: {
      decorations: (state) => notesKey.getState(state)?.marks,
      handleClick: (view, position) => {
        const id = noteAt(view.state, position);
        if (id !== null) onNote(id);
        return false;
      },
    },
  });
}

/** Marks these notes and no others; those that are marked already stay where they are. */
export function tellNotes(state: EditorState, told: Told): Transaction {
  return state.tr.setMeta(notesKey, told).setMeta('addToHistory', false);
}

/** Looks again for words that were gone: an undo may have brought them back. */
export function lookAgain(state: EditorState): Transaction | null {
  const { notes, active, marks } = notedOf(state);
  return notes.length > marks.find(undefined, undefined, isMark).length
    ? tellNotes(state, { notes, active })
    : null;
}

/** Where the words of each note stand now; those whose words are gone are not in it. */
export function notePlaces(state: EditorState): Map<string, TextAnchor> {
  const { marks } = notedOf(state);
  const found = marks.find(undefined, undefined, isMark);
  const places = new Map<string, TextAnchor>();
  if (found.length === 0) return places;
  const body = new BodyText(state.doc);
  for (const { from, to, spec } of found) {
    places.set(idOf(spec), anchorOf(body.text, { from: body.offset(from), to: body.offset(to) }));
  }
  return places;
}

/** The words that are selected, else those of the block that the caret stands in; null where there are none. */
export function selectedWords(state: EditorState): TextAnchor | null {
  const { selection, doc } = state;
  if (!(selection instanceof TextSelection)) return null;
  const { $from } = selection;
  const stretch = selection.empty ? { from: $from.start(), to: $from.end() } : selection;
  const body = new BodyText(doc);
  const anchor = anchorOf(body.text, { from: body.offset(stretch.from), to: body.offset(stretch.to) });
  return anchor.quote.replace(/[\s\uFFFC]/g, '') === '' ? null : anchor;
}

/** The note whose words a position is in; the shortest of several. */
export function noteAt(state: EditorState, position: number): string | null {
  const here = notedOf(state).marks.find(position, position, isMark);
  const shortest = here.sort((one, other) => one.to - one.from - (other.to - other.from))[0];
  return shortest ? idOf(shortest.spec) : null;
}

/** Puts the caret behind a note's words; null where they are gone. Nothing is selected, so that a key takes nothing away. */
export function goToNote(state: EditorState, id: string): Transaction | null {
  const mark = markOf(state, id);
  return mark
    ? state.tr.setSelection(TextSelection.near(state.doc.resolve(mark.to), -1)).scrollIntoView()
    : null;
}

/** Takes over what a note suggests for its words; null where they are gone, or where it suggests nothing. */
export function takeOverNote(state: EditorState, id: string): Transaction | null {
  const mark = markOf(state, id);
  const change = notedOf(state).notes.find((note) => note.id === id)?.change;
  return mark && change ? takenOver(state, mark, change) : null;
}

function markOf(state: EditorState, id: string): Decoration | undefined {
  return notedOf(state).marks.find(undefined, undefined, (spec) => isMark(spec) && idOf(spec) === id)[0];
}

function notedOf(state: EditorState): Noted {
  return notesKey.getState(state) ?? nothing;
}

function marked(doc: Node, told: Told, before: DecorationSet): Noted {
  if (told.notes.length === 0) return { ...told, marks: DecorationSet.empty };
  const known = new Map(
    before.find(undefined, undefined, isMark).map(({ from, to, spec }) => [idOf(spec), { from, to }]),
  );
  const missing = told.notes.some(({ id }) => !known.has(id));
  const body = missing ? new BodyText(doc) : null;
  const text = body && folded(body.text);
  const marks = told.notes.flatMap(({ id, anchors, change }) => {
    const place = known.get(id) ?? (body && text ? body.find(text, anchors) : null);
    if (!place) return [];
    const shown = change ? drawn(doc, place, change, { id, shows: true }) : [];
    return [mark(id, place, id === told.active, change !== null), ...shown];
  });
  return { ...told, marks: DecorationSet.create(doc, marks) };
}

function mark(id: string, { from, to }: Stretch, active: boolean, suggests: boolean): Decoration {
  const kind = suggests ? 'noted suggested' : 'noted';
  const look = { class: active ? `${kind} noted-active` : kind, 'data-note': id };
  return Decoration.inline(from, to, look, { id, inclusiveStart: false, inclusiveEnd: false });
}

/** The words of a note, not what is shown of its suggestion. */
function isMark(spec: unknown): boolean {
  return !(spec as { shows?: boolean }).shows;
}

function idOf(spec: unknown): string {
  return (spec as { id: string }).id;
}

/** The text as it is read, block by block, and where each of its letters stands in the document. */
class BodyText {
  readonly text: string;
  private readonly blocks: { at: number; position: number; length: number }[] = [];

  constructor(doc: Node) {
    let text = '';
    doc.descendants((node, position) => {
      if (!node.isTextblock) return true;
      this.blocks.push({ at: text.length, position: position + 1, length: node.content.size });
      text += `${node.textBetween(0, node.content.size, undefined, '\uFFFC')}\n`;
      return false;
    });
    this.text = text;
  }

  offset(position: number): number {
    const block = this.blocks.findLast((one) => one.position <= position) ?? this.blocks[0];
    if (!block) return 0;
    return block.at + Math.min(Math.max(position - block.position, 0), block.length);
  }

  find(text: ReturnType<typeof folded>, anchors: readonly TextAnchor[]): Stretch | null {
    for (const anchor of anchors) {
      const found = findAnchor(text, anchor);
      const place = found && { from: this.position(found.from), to: this.position(found.to - 1) + 1 };
      if (place && place.to > place.from) return place;
    }
    return null;
  }

  private position(offset: number): number {
    const block = this.blocks.findLast((one) => one.at <= offset);
    return block ? block.position + Math.min(offset - block.at, block.length) : 0;
  }
}
