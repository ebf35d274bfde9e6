/** What the toolbar, the palette and the keys can do, as ProseMirror commands under the names of `types.ts`. */
import { chainCommands, exitCode, lift, selectAll, setBlockType, toggleMark } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import {
  Fragment,
  type Attrs,
  type MarkType,
  type Node,
  type NodeType,
  type ResolvedPos,
} from 'prosemirror-model';
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list';
import {
  type Command,
  type EditorState,
  NodeSelection,
  TextSelection,
  type Transaction,
} from 'prosemirror-state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
} from 'prosemirror-tables';
import { findWrapping } from 'prosemirror-transform';
import { schema } from './schema';
import type { CommandName } from './types';

const { nodes, marks } = schema;

/** Every command but `link`, which asks the window first. */
export const commands: Readonly<Record<Exclude<CommandName, 'link'>, Command>> = {
  bold: toggleMark(marks.bold),
  italic: toggleMark(marks.italic),
  strike: toggleMark(marks.strike),
  clear_marks: clearMarks,
  paragraph: chainCommands(setBlockType(nodes.paragraph), lift),
  heading2: toggleHeading(2),
  heading3: toggleHeading(3),
  quote: toggleWrap(nodes.quote),
  pull_quote: toggleWrap(nodes.pull_quote),
  bullet_list: toggleList(nodes.bullet_list),
  ordered_list: toggleList(nodes.ordered_list),
  indent: sinkListItem(nodes.list_item),
  outdent: liftListItem(nodes.list_item),
  rule: insertBlock(() => nodes.rule.create()),
  footnote: insertFootnote,
  hard_break: chainCommands(exitCode, insertHardBreak),
  add_row: addRowAfter,
  add_column: addColumnAfter,
  delete_row: deleteRow,
  delete_column: deleteColumn,
  delete_table: deleteTable,
  undo,
  redo,
  select_all: selectAll,
};

/** Tab: the next cell (a new row after the last), a deeper list item; otherwise left to the window. */
export const tab: Command = chainCommands(goToNextCell(1), rowAtTheEnd, sinkListItem(nodes.list_item));
export const shiftTab: Command = chainCommands(goToNextCell(-1), liftListItem(nodes.list_item));

/** Enter in a table cell goes down a row, since a cell is one line. */
export const enterInTable: Command = (state, dispatch) => {
  const cell = ancestor(
    state.selection.$from,
    (node) => node.type === nodes.table_cell || node.type === nodes.table_header,
  );
  if (!cell) return false;
  const $cell = state.doc.resolve(cell.before);
  const rowIndex = $cell.index(-1);
  const table = $cell.node(-1);
  if (rowIndex + 1 >= table.childCount) return leaveTable(state, dispatch, $cell.after(-1));
  const row = $cell.after() + 1;
  const below = table.child(rowIndex + 1);
  let position = row;
  for (let column = 0; column < Math.min($cell.index(), below.childCount - 1); column += 1)
    position += below.child(column).nodeSize;
  dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(position + 1))).scrollIntoView());
  return true;
};

/** Enter in the empty last line of a quote, pull quote or note leaves it, as in a list. */
export const leaveContainer: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.content.size > 0 || $from.parent.type !== nodes.attribution) return false;
  const pull = ancestor($from, (node) => node.type === nodes.pull_quote);
  if (!pull) return false;
  const after = pull.before + pull.node.nodeSize;
  const tr = state.tr.insert(after, nodes.paragraph.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).delete($from.before(), $from.after());
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Enter at the end of an attribution goes on below the pull quote. */
export const enterInAttribution: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.attribution || $from.parentOffset < $from.parent.content.size)
    return false;
  const after = $from.after(-1);
  const tr = state.tr.insert(after, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).scrollIntoView());
  return true;
};

/** Puts a block where the caret is: in place of an empty paragraph, else after the caret's outermost block. */
export function insertBlock(make: () => Node): Command {
  return (state, dispatch) => {
    dispatch?.(placeBlock(state, make()).scrollIntoView());
    return true;
  };
}

/** A transaction that inserts a block at a position, or at the caret, and puts the caret after it. */
export function placeBlock(state: EditorState, block: Node, at?: number): Transaction {
  const $at =
    at === undefined
      ? state.selection.$to
      : state.doc.resolve(Math.min(Math.max(at, 0), state.doc.content.size));
  const top = $at.depth > 0 ? $at.node(1) : null;
  const { tr } = state;
  const replacesEmpty = top?.type === nodes.paragraph && top.content.size === 0;
  const position = $at.depth === 0 ? $at.pos : replacesEmpty ? $at.before(1) : $at.after(1);
  const needsLine = position + (replacesEmpty ? 2 : 0) >= state.doc.content.size;
  const content = needsLine ? Fragment.from([block, nodes.paragraph.create()]) : Fragment.from(block);
  tr.replaceWith(position, replacesEmpty ? position + 2 : position, content);
  const inside = block.isTextblock || block.isAtom ? position + block.nodeSize : position + 1;
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(inside, tr.doc.content.size))));
}

/** A table with a head row, the caret in its first cell. */
export function newTable(rows: number, columns: number): Node {
  const cells = (type: NodeType): Node[] => Array.from({ length: columns }, () => type.create());
  const body = Array.from({ length: rows - 1 }, () => nodes.table_row.create(null, cells(nodes.table_cell)));
  return nodes.table.create(null, [nodes.table_row.create(null, cells(nodes.table_header)), ...body]);
}

/** The link around a position. */
export function linkAt($position: ResolvedPos): { from: number; to: number; href: string } | null {
  const { parent, parentOffset } = $position;
  const near = parent.childAfter(parentOffset).node?.marks ?? [];
  const mark =
    marks.link.isInSet(near) ?? marks.link.isInSet(parent.childBefore(parentOffset).node?.marks ?? []);
  if (!mark) return null;
  let [from, to] = [-1, -1];
  parent.forEach((child, offset) => {
    const isPart = mark.isInSet(child.marks);
    if (isPart && (to === offset || (from < 0 && offset <= parentOffset))) {
      if (to !== offset) from = offset;
      to = offset + child.nodeSize;
    } else if (to < parentOffset) [from, to] = [-1, -1];
  });
  if (from < 0 || to < parentOffset) return null;
  return { from: $position.start() + from, to: $position.start() + to, href: String(mark.attrs['href']) };
}

function clearMarks(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const { from, to, empty } = state.selection;
  if (empty) return false;
  dispatch?.(state.tr.removeMark(from, to));
  return true;
}

function toggleHeading(level: 2 | 3): Command {
  return (state, dispatch, view) => {
    const { parent } = state.selection.$from;
    const isSame = parent.type === nodes.heading && parent.attrs['level'] === level;
    const command = isSame ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level });
    return command(state, dispatch, view);
  };
}

function toggleWrap(type: NodeType): Command {
  const other = type === nodes.quote ? nodes.pull_quote : nodes.quote;
  return (state, dispatch) => {
    const around = ancestor(
      state.selection.$from,
      (node) => node.type === nodes.quote || node.type === nodes.pull_quote,
    );
    if (around?.node.type === type) return unwrap(state, around, dispatch);
    if (around?.node.type === other) return rewrap(state, around, type, dispatch);
    const range = state.selection.$from.blockRange(state.selection.$to);
    const wrapping = range && findWrapping(range, type);
    if (!wrapping) return false;
    const tr = state.tr.wrap(range, wrapping);
    if (type === nodes.pull_quote) tr.insert(tr.mapping.map(range.end) - 1, nodes.attribution.create());
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

interface Found {
  node: Node;
  before: number;
}

function unwrap(state: EditorState, { node, before }: Found, dispatch?: (tr: Transaction) => void): boolean {
  dispatch?.(replaceKeepingCaret(state, { node, before }, plainChildren(node)));
  return true;
}

function rewrap(
  state: EditorState,
  { node, before }: Found,
  type: NodeType,
  dispatch?: (tr: Transaction) => void,
): boolean {
  const children = type === nodes.quote ? plainChildren(node) : node.content;
  dispatch?.(replaceKeepingCaret(state, { node, before }, Fragment.from(type.create(null, children))));
  return true;
}

function replaceKeepingCaret(state: EditorState, { node, before }: Found, content: Fragment): Transaction {
  const tr = state.tr.replaceWith(before, before + node.nodeSize, content);
  const shift = content.size - node.nodeSize;
  const caret = Math.min(state.selection.head + (shift < 0 ? -1 : 0), tr.doc.content.size);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(caret))).scrollIntoView();
}

/** An attribution outside a pull quote is a paragraph like any other. */
function plainChildren(node: Node): Fragment {
  return Fragment.fromArray(
    node.children.map((child) =>
      child.type === nodes.attribution ? nodes.paragraph.create(null, child.content) : child,
    ),
  );
}

function toggleList(type: NodeType): Command {
  const wrap = wrapInList(type);
  return (state, dispatch, view) => {
    const isList = (node: Node): boolean =>
      node.type === nodes.bullet_list || node.type === nodes.ordered_list;
    const around = ancestor(state.selection.$from, isList);
    if (!around) return wrap(state, dispatch, view);
    if (around.node.type === type) return liftListItem(nodes.list_item)(state, dispatch, view);
    dispatch?.(
      state.tr.setNodeMarkup(around.before, type, type === nodes.ordered_list ? { order: 1 } : null),
    );
    return true;
  };
}

function insertHardBreak(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const { $from } = state.selection;
  if (!$from.parent.type.contentMatch.matchType(nodes.hard_break)) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

/** A mark at the caret and an empty note at the end of the text, with the caret in it. */
function insertFootnote(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const { $to } = state.selection;
  if (!$to.parent.type.contentMatch.matchType(nodes.footnote_ref) || $to.parent.type === nodes.code_block)
    return false;
  if (ancestor($to, (node) => node.type === nodes.footnote_def)) return false;
  const label = freeLabel(state.doc);
  const tr = state.tr.insert($to.pos, nodes.footnote_ref.create({ label }));
  const end = tr.doc.content.size;
  tr.insert(end, nodes.footnote_def.create({ label }, nodes.paragraph.create()));
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, end + 2)).scrollIntoView());
  return true;
}

function freeLabel(doc: Node): string {
  const taken = new Set<unknown>();
  doc.descendants((node) => {
    if (node.type === nodes.footnote_ref || node.type === nodes.footnote_def) taken.add(node.attrs['label']);
  });
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

function rowAtTheEnd(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  if (!isInTable(state)) return false;
  if (!dispatch) return true;
  return addRowAfter(state, (tr) => {
    const next = state.apply(tr);
    const map = tr.mapping.map(state.selection.head);
    const row = ancestor(next.doc.resolve(map), (node) => node.type === nodes.table_row);
    const target = row ? row.before + row.node.nodeSize + 2 : map;
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(target))).scrollIntoView());
  });
}

function leaveTable(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  after: number,
): boolean {
  const { tr } = state;
  const next = state.doc.resolve(after).nodeAfter;
  if (next?.type !== nodes.paragraph) tr.insert(after, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).scrollIntoView());
  return true;
}

function ancestor($position: ResolvedPos, test: (node: Node) => boolean): Found | null {
  for (let depth = $position.depth; depth > 0; depth -= 1) {
    const node = $position.node(depth);
    if (test(node)) return { node, before: $position.before(depth) };
  }
  return null;
}

/** Whether a mark stands on the selection, or would stand on what is typed next. */
export function isMarkActive(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

/** The attributes of a selected node of one type. */
export function selectedAttrs(state: EditorState, type: NodeType): Attrs | null {
  const { selection } = state;
  return selection instanceof NodeSelection && selection.node.type === type ? selection.node.attrs : null;
}
