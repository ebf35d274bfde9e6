/**
 * Find and replace. Letters are compared as a reader sees them: য় is one letter whether it was typed as one
 * code point or two, joiners are not letters, capitals do not matter.
 */
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { FindState } from './types';

export interface Hit {
  from: number;
  to: number;
}

interface Search {
  query: string;
  hits: readonly Hit[];
  /** Index into `hits`; -1 when there is none. */
  current: number;
  decorations: DecorationSet;
}

const none: Search = { query: '', hits: [], current: -1, decorations: DecorationSet.empty };
const findKey = new PluginKey<Search>('find');

type Ask = { query: string } | { current: number };

export function findPlugin(): Plugin<Search> {
  return new Plugin<Search>({
    key: findKey,
    state: {
      init: () => none,
      apply(tr, search, _old, state) {
        const ask = tr.getMeta(findKey) as Ask | undefined;
        if (ask && 'query' in ask) return searched(state, ask.query, state.selection.from);
        if (ask) return shown(state.doc, { ...search, current: ask.current });
        return tr.docChanged && search.query !== '' ? kept(tr, state, search) : search;
      },
    },
    props: { decorations: (state) => findKey.getState(state)?.decorations },
  });
}

/** Starts a search at the caret; an empty query ends it. */
export function findQuery(state: EditorState, query: string): Transaction {
  return state.tr.setMeta(findKey, { query } satisfies Ask);
}

/** Selects the next hit (`step` 1) or the one before (-1), around the end of the text. */
export function findStep(state: EditorState, step: 1 | -1): Transaction | null {
  const { hits, current } = searchOf(state);
  if (hits.length === 0) return null;
  const { from, to } = state.selection;
  const onHit = hits[current]?.from === from && hits[current].to === to;
  const next = onHit ? (current + step + hits.length) % hits.length : nearest(hits, from, step);
  return selectHit(state.tr, hits, next);
}

/** Replaces the current hit and goes to the next. */
export function replaceHit(state: EditorState, replacement: string): Transaction | null {
  const { hits, current } = searchOf(state);
  const hit = hits[current];
  return hit ? exchange(state.tr, hit, replacement).scrollIntoView() : null;
}

export function replaceEveryHit(state: EditorState, replacement: string): { tr: Transaction; count: number } {
  const { hits } = searchOf(state);
  const { tr } = state;
  for (const hit of [...hits].reverse()) exchange(tr, hit, replacement);
  return { tr, count: hits.length };
}

export function findState(state: EditorState): FindState {
  const { hits, current } = searchOf(state);
  return { count: hits.length, current: current + 1 };
}

function searchOf(state: EditorState): Search {
  return findKey.getState(state) ?? none;
}

function searched(state: EditorState, query: string, from: number): Search {
  const hits = findHits(state.doc, query);
  return shown(state.doc, {
    query,
    hits,
    current: hits.length === 0 ? -1 : nearest(hits, from, 1),
    decorations: DecorationSet.empty,
  });
}

/** After a change: the same place in the text stays the current one. */
function kept(tr: Transaction, state: EditorState, search: Search): Search {
  const at = search.hits[search.current]?.from ?? state.selection.from;
  return searched(state, search.query, tr.mapping.map(at));
}

function shown(doc: Node, search: Search): Search {
  const decorations = search.hits.map(({ from, to }, index) =>
    Decoration.inline(from, to, { class: index === search.current ? 'find-hit find-current' : 'find-hit' }),
  );
  return { ...search, decorations: DecorationSet.create(doc, decorations) };
}

function nearest(hits: readonly Hit[], from: number, step: 1 | -1): number {
  if (step === 1) {
    const index = hits.findIndex((hit) => hit.from >= from);
    return index < 0 ? 0 : index;
  }
  const before = hits.filter((hit) => hit.to <= from).length;
  return before === 0 ? hits.length - 1 : before - 1;
}

function selectHit(tr: Transaction, hits: readonly Hit[], index: number): Transaction {
  const hit = hits[index];
  if (!hit) return tr;
  tr.setMeta(findKey, { current: index } satisfies Ask);
  return tr.setSelection(TextSelection.create(tr.doc, hit.from, hit.to)).scrollIntoView();
}

function exchange(tr: Transaction, { from, to }: Hit, replacement: string): Transaction {
  if (replacement === '') return tr.delete(from, to);
  const marks = tr.doc.resolve(from).marksAcross(tr.doc.resolve(to)) ?? [];
  return tr.replaceWith(from, to, tr.doc.type.schema.text(replacement, marks));
}

/** Every place where a query stands in a document, in order, without overlaps. */
export function findHits(doc: Node, query: string): Hit[] {
  const needle = folded(query).text;
  if (needle === '') return [];
  const hits: Hit[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    for (const { from, to } of hitsIn(node, needle))
      hits.push({ from: position + 1 + from, to: position + 1 + to });
    return false;
  });
  return hits;
}

function hitsIn(block: Node, needle: string): Hit[] {
  const { text, starts } = foldedBlock(block);
  const hits: Hit[] = [];
  for (let at = text.indexOf(needle); at >= 0;) {
    const end = at + needle.length;
    const [from, to] = [starts[at] ?? 0, starts[end] ?? 0];
    // Not half a letter: ড is not found in ড়.
    const isWhole = starts[at - 1] !== from && starts[end - 1] !== to && text[end] !== nukta;
    if (isWhole) hits.push({ from, to });
    at = text.indexOf(needle, isWhole ? end : at + 1);
  }
  return hits;
}

export interface Folded {
  text: string;
  /** For each unit of `text`, and for its end, the unit of the source that it comes from. */
  starts: number[];
}

const nukta = '\u09BC';
const remembered = new WeakMap<Node, Folded>();

function foldedBlock(block: Node): Folded {
  const known = remembered.get(block);
  if (known) return known;
  const result = folded(block.textBetween(0, block.content.size, undefined, '\uFFFC'));
  remembered.set(block, result);
  return result;
}

export function folded(source: string): Folded {
  const starts: number[] = [];
  let text = '';
  let at = 0;
  for (const character of source) {
    const plain = /[\u200B-\u200D\u2060\uFEFF\u00AD]/.test(character)
      ? ''
      : character.toLowerCase().normalize('NFD');
    for (let unit = 0; unit < plain.length; unit += 1) starts.push(at);
    text += plain;
    at += character.length;
  }
  starts.push(source.length);
  return { text, starts };
}
