/**
 * An undo history that survives a restart. Beside ProseMirror's own history, which keeps its steps to
 * itself, a journal keeps the same events; saved with the text, it is replayed on opening. The content is
 * never at risk: whatever does not fit to the letter is dropped, and only the history with it.
 */
import { closeHistory, history, isHistoryTransaction, redoDepth, undo, undoDepth } from 'prosemirror-history';
import { Fragment, type Node } from 'prosemirror-model';
import {
  EditorState,
  type Plugin as PluginType,
  Plugin,
  PluginKey,
  type Transaction,
} from 'prosemirror-state';
import { ReplaceStep, type Step } from 'prosemirror-transform';
import { readBlocks, readMarkdown } from './read';
import { schema } from './schema';
import { storedText } from './text';
import { readSelection, readStep, selectionJson, stepJson } from './undojson';
import { writeBlocks, writeMarkdown, type WrittenBlock } from './write';

const version = 2;
const maxEvents = 200;
const maxLength = 256 * 1024;

/** A change that one Undo takes back. Neither it nor its steps are ever altered. */
interface Event {
  /** The selection before the change, as JSON. */
  selection: unknown;
  /** In `done`: what takes each step back. In `undone`: what makes it again. In the order of doing. */
  steps: readonly Step[];
}

interface Journal {
  done: readonly Event[];
  undone: readonly Event[];
}

interface Saved {
  version: number;
  /** The Markdown that this history belongs to, in its stored spelling. */
  markdown: string;
  /** The document's size, to notice when a text is read otherwise than it was when it was saved. */
  size: number;
  /**
   * From the document that the stored Markdown says to the one on the screen: empty paragraphs, last spaces,
   * letters typed in two parts and stored as one.
   */
  unsaid: unknown[];
  done: SavedEvent[];
  undone: SavedEvent[];
}

type SavedEvent = [selection: unknown, ...steps: unknown[]];

const empty: Journal = { done: [], undone: [] };
const journalKey = new PluginKey<Journal>('undo-journal');

/** History and journal, in the order in which they must stand. */
export function undoPlugins(): PluginType[] {
  return [history({ depth: maxEvents }), journal()];
}

/** A state with only the undo plugins; `dropped` says that a history was given and could not be used. */
export function openState(markdown: string, saved: string | null): { state: EditorState; dropped: boolean } {
  const doc = readMarkdown(markdown);
  const plugins = undoPlugins();
  if (saved !== null && saved !== '') {
    try {
      const state = restored(doc, markdown, JSON.parse(saved) as Saved, plugins);
      if (state) return { state, dropped: false };
    } catch {
      // A history that cannot be read is worth nothing; the text is not touched by it.
    }
    return { state: EditorState.create({ doc, plugins }), dropped: true };
  }
  return { state: EditorState.create({ doc, plugins }), dropped: false };
}

/** The history of a state, to be saved beside its Markdown. */
export function saveHistory(state: EditorState): string {
  const { done, undone } = journalKey.getState(state) ?? empty;
  const head = {
    version,
    markdown: fingerprint(storedText(writeMarkdown(state.doc))),
    size: state.doc.content.size,
    unsaid: unsaidSteps(state.doc).map(stepJson),
  };
  const opening = JSON.stringify(head).slice(0, -1);
  const newestUndone = fitting(undone, (maxLength - opening.length) / 4);
  const room = maxLength - opening.length - newestUndone.length - 32;
  return `${opening},"done":[${fitting(done, room)}],"undone":[${newestUndone}]}`;
}

function journal(): PluginType<Journal> {
  return new Plugin<Journal>({
    key: journalKey,
    state: { init: () => empty, apply: noted },
  });
}

function noted(tr: Transaction, before: Journal, old: EditorState, now: EditorState): Journal {
  if (!tr.docChanged) return before;
  if (tr.getMeta('addToHistory') === false) return empty;
  const inverses = tr.steps.map((step, index) => step.invert(tr.docs[index] ?? tr.before));
  if (isHistoryTransaction(tr)) return moved(before, inverses.reverse(), old, now);
  const isNew = undoDepth(old) !== undoDepth(now) || before.done.length === 0;
  const last = isNew ? { selection: selectionJson(old.selection), steps: [] } : before.done.at(-1);
  const event = grown(last ?? { selection: null, steps: [] }, inverses);
  const earlier = isNew ? before.done.slice(1 - maxEvents) : before.done.slice(0, -1);
  return { done: [...earlier, event], undone: [] };
}

/** The event that an undo or redo has moved from one stack to the other. */
function moved(before: Journal, steps: Step[], old: EditorState, now: EditorState): Journal {
  const isUndo = redoDepth(now) > redoDepth(old);
  const [from, to] = isUndo ? [before.done, before.undone] : [before.undone, before.done];
  const event: Event = { selection: from.at(-1)?.selection ?? selectionJson(old.selection), steps };
  const [left, right] = [from.slice(0, -1), [...to, event]];
  return isUndo ? { done: left, undone: right } : { done: right, undone: left };
}

function grown(event: Event, inverses: readonly Step[]): Event {
  const steps = [...event.steps];
  for (const inverse of inverses) {
    const last = steps.at(-1);
    const merged = last ? inverse.merge(last) : null;
    if (merged) steps[steps.length - 1] = merged;
    else steps.push(inverse);
  }
  return { selection: event.selection, steps };
}

const eventJson = new WeakMap<Event, string>();

/** The newest events that fit into so many characters, as the inside of a JSON array. */
function fitting(events: readonly Event[], room: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const event of [...events].reverse()) {
    const json = eventJson.get(event) ?? JSON.stringify([event.selection, ...event.steps.map(stepJson)]);
    eventJson.set(event, json);
    length += json.length + 1;
    if (length > room) break;
    kept.unshift(json);
  }
  return kept.join(',');
}

function restored(doc: Node, markdown: string, saved: Saved, plugins: PluginType[]): EditorState | null {
  if (saved.version !== version || saved.markdown !== fingerprint(storedText(markdown))) return null;
  const shown = saved.unsaid.reduce<Node>((node, step) => applied(readStep(step), node), doc);
  if (shown.content.size !== saved.size) return null;
  if (shown !== doc && storedText(writeMarkdown(shown)) !== storedText(markdown)) return null;
  const [base, forward] = takenBack(shown, saved.done);
  base.check();
  let state = EditorState.create({ doc: base, plugins });
  for (const event of forward) state = replayed(state, event);
  if (!state.doc.eq(shown)) return null;
  for (const [selection, ...steps] of [...saved.undone].reverse()) {
    state = replayed(state, { selection, steps: steps.map(readStep) });
  }
  for (let count = saved.undone.length; count > 0; count -= 1) undo(state, (tr) => (state = state.apply(tr)));
  return state.doc.eq(shown) ? state : null;
}

/** The document before all of the events, and the events as steps forward from there. */
function takenBack(doc: Node, done: Saved['done']): [Node, Event[]] {
  let current = doc;
  const forward: Event[] = [];
  for (const [selection, ...steps] of [...done].reverse()) {
    const again: Step[] = [];
    for (const json of [...steps].reverse()) {
      const step = readStep(json);
      again.unshift(step.invert(current));
      current = applied(step, current);
    }
    forward.unshift({ selection, steps: again });
  }
  return [current, forward];
}

function replayed(state: EditorState, event: Event): EditorState {
  const selection = readSelection(state.doc, event.selection);
  const selected = state.apply(state.tr.setSelection(selection));
  const tr = closeHistory(selected.tr);
  for (const step of event.steps) tr.step(step);
  return selected.apply(tr);
}

function applied(step: Step, doc: Node): Node {
  const { doc: result, failed } = step.apply(doc);
  if (!result) throw new Error(failed ?? 'the step does not fit');
  return result;
}

/** Block by block, so that they grow with what was written and not with the story. */
function unsaidSteps(doc: Node): Step[] {
  const steps: Step[] = [];
  const kept = writeBlocks(doc).map(keptAs);
  // A text of which nothing is kept comes back as one empty paragraph.
  if (kept.every((nodes) => nodes.length === 0)) kept[0] = [schema.nodes.paragraph.create()];
  doc.forEach((child, position, index) => {
    const step = replacing(Fragment.from(kept[index] ?? []), child, position);
    if (step) steps.push(step);
  });
  return steps;
}

/** The step at `position` from what is kept of a block to the block itself. */
function replacing(kept: Fragment, block: Node, position: number): Step | null {
  const shown = Fragment.from(block);
  const start = kept.findDiffStart(shown, position);
  const end = kept.findDiffEnd(shown, position + kept.size, position + shown.size);
  if (start === null || !end) return null;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const slice = schema.nodes.doc.create(null, shown).slice(start - position, end.b + overlap - position);
  return new ReplaceStep(start, end.a + overlap, slice);
}

const keptBlocks = new WeakMap<WrittenBlock, readonly Node[]>();

/** What a block is when it comes back from the disk. */
function keptAs(block: WrittenBlock): readonly Node[] {
  const known = keptBlocks.get(block);
  if (known) return known;
  const stored = storedText(block.markdown);
  const kept = stored === block.markdown ? block.read : readBlocks(stored, true);
  keptBlocks.set(block, kept);
  return kept;
}

/** FNV-1a of the UTF-16 units, and the length. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `${String(text.length)}:${(hash >>> 0).toString(16)}`;
}
