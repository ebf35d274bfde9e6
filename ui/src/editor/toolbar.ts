/** What the toolbar shows, worked out from the selection alone: nothing here looks at the whole text. */
import { redoDepth, undoDepth } from 'prosemirror-history';
import type { EditorState } from 'prosemirror-state';
import { isInTable } from 'prosemirror-tables';
import { isMarkActive, linkAt, selectedAttrs } from './commands';
import { schema } from './schema';
import type { BlockName, ToolbarState } from './types';

const { nodes, marks } = schema;

export function toolbarState(state: EditorState): ToolbarState {
  const { selection } = state;
  const photo: unknown = selectedAttrs(state, nodes.photo)?.['id'];
  return {
    marks: {
      bold: isMarkActive(state, marks.bold),
      italic: isMarkActive(state, marks.italic),
      strike: isMarkActive(state, marks.strike),
      link: isMarkActive(state, marks.link),
    },
    block: blockName(state),
    canUndo: undoDepth(state) > 0,
    canRedo: redoDepth(state) > 0,
    selection: !selection.empty && photo === undefined,
    href: linkAt(selection.$from)?.href ?? null,
    inTable: isInTable(state),
    photo: typeof photo === 'string' ? photo : null,
  };
}

export function sameToolbar(a: ToolbarState, b: ToolbarState): boolean {
  const { marks: left, ...restA } = a;
  const { marks: right, ...restB } = b;
  return shallowEqual(left, right) && shallowEqual(restA, restB);
}

function shallowEqual<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key]);
}

function blockName(state: EditorState): BlockName {
  if (selectedAttrs(state, nodes.photo)) return 'photo';
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === nodes.heading) return node.attrs['level'] === 3 ? 'heading3' : 'heading2';
    const name = byType.get(node.type.name);
    if (name) return name;
  }
  return $from.parent.type === nodes.paragraph ? 'paragraph' : 'other';
}

const byType = new Map<string, BlockName>([
  ['quote', 'quote'],
  ['pull_quote', 'pull_quote'],
  ['bullet_list', 'bullet_list'],
  ['ordered_list', 'ordered_list'],
  ['table', 'table'],
  ['footnote_def', 'footnote'],
]);
