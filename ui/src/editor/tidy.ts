/**
 * The part of a document that Markdown can say. Spaces at the edge of a line or of bold text, breaks at
 * the end and empty paragraphs are a writer's half-finished keystrokes; they live in the editor and are
 * left out of what is stored.
 */
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { attributionMark } from './dialect';
import { schema } from './schema';
import { cleanText } from './text';

const { nodes, marks } = schema;
const expelling = [marks.bold, marks.italic, marks.strike];

/** The block without what cannot be stored; null when nothing is left. */
export function tidyBlock(node: Node): Node | null {
  if (node.type === nodes.table) return tidyTable(node);
  if (node.type === nodes.code_block) return node;
  if (node.isTextblock) return tidyTextblock(node);
  if (node.isLeaf) return node;
  return tidyContainer(node);
}

function tidyTextblock(node: Node): Node | null {
  const content = tidyInline(node.content);
  const mayBeEmpty = node.type === nodes.table_cell || node.type === nodes.table_header;
  return content.size > 0 || mayBeEmpty ? node.copy(content) : null;
}

function tidyContainer(node: Node): Node | null {
  const children: Node[] = [];
  node.forEach((child) => {
    const tidied = tidyBlock(child);
    if (tidied) children.push(tidied);
  });
  if (node.type === nodes.pull_quote) nameTheSpeaker(children);
  const bare = children.length === 0 || children[0]?.type === nodes.attribution;
  if (!bare) return node.copy(Fragment.from(children));
  if (children.length === 0 && node.type === nodes.quote) return null;
  return node.copy(Fragment.from([nodes.paragraph.create(), ...children]));
}

/** A last line that begins as an attribution does is one: stored, nothing tells the two apart. */
function nameTheSpeaker(children: Node[]): void {
  const last = children.at(-1);
  if (children.length < 2 || last?.type !== nodes.paragraph || !last.textContent.startsWith(attributionMark))
    return;
  const name = tidyTextblock(nodes.attribution.create(null, last.content.cut(attributionMark.length)));
  children.splice(-1, 1, ...(name ? [name] : []));
}

/** First row headers, every row equally long, a column's alignment taken from its head. */
function tidyTable(table: Node): Node {
  const width = Math.max(...table.children.map((row) => row.childCount));
  const aligns = Array.from({ length: width }, (_, column) => alignOf(table.child(0).maybeChild(column)));
  const rows = table.children.map((row, index) => {
    const type = index === 0 ? nodes.table_header : nodes.table_cell;
    const cells = aligns.map((align, column) =>
      type.create({ align }, tidyInline(row.maybeChild(column)?.content ?? Fragment.empty)),
    );
    return row.copy(Fragment.from(cells));
  });
  return table.copy(Fragment.from(rows));
}

function alignOf(cell: Node | null): string | null {
  const align: unknown = cell?.attrs['align'];
  return align === 'left' || align === 'right' || align === 'center' ? align : null;
}

interface Piece {
  node: Node;
  text: string;
  marks: readonly Mark[];
}

function tidyInline(content: Fragment): Fragment {
  const pieces: Piece[] = content.content.map((node) => ({
    node,
    text: cleanText(node.text ?? '').replace(/\n+/g, ' '),
    marks: node.type === nodes.hard_break ? [] : node.marks,
  }));
  const lines = splitLines(pieces).map(trimLine);
  while (lines.length > 0 && lines[0]?.length === 0) lines.shift();
  while (lines.length > 0 && lines.at(-1)?.length === 0) lines.pop();
  const result: Node[] = [];
  lines.forEach((line, index) => {
    if (index > 0) result.push(nodes.hard_break.create());
    for (const piece of line)
      result.push(piece.node.isText ? schema.text(piece.text, piece.marks) : piece.node.mark(piece.marks));
  });
  return Fragment.fromArray(result);
}

function splitLines(pieces: Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.node.type === nodes.hard_break) lines.push([]);
    else lines.at(-1)?.push(piece);
  }
  return lines;
}

function trimLine(line: Piece[]): Piece[] {
  let pieces = line.flatMap((piece) => (piece.node.isText ? splitEdges(piece) : [piece]));
  pieces = trimEdges(expelSpaces(pieces));
  return pieces;
}

/** A text's outer spaces as pieces of their own, so that they can lose a mark or go. */
function splitEdges(piece: Piece): Piece[] {
  if (marks.code.isInSet(piece.marks)) return piece.text === '' ? [] : [piece];
  const [, lead = '', body = '', trail = ''] = /^(\s*)(.*?)(\s*)$/s.exec(piece.text) ?? [];
  return [lead, body, trail].filter((text) => text !== '').map((text) => ({ ...piece, text }));
}

/** Bold, italic and struck text neither begins nor ends with a space. */
function expelSpaces(pieces: Piece[]): Piece[] {
  const result = pieces.map((piece) => ({ ...piece }));
  for (const type of expelling) {
    const has = (index: number): boolean => type.isInSet(result[index]?.marks ?? []) !== undefined;
    const walk = (order: readonly number[], step: number): void => {
      for (const index of order) {
        const piece = result[index];
        if (piece && isSpace(piece) && has(index) && !has(index - step))
          piece.marks = type.removeFromSet(piece.marks);
      }
    };
    const forward = result.map((_, index) => index);
    walk(forward, 1);
    walk([...forward].reverse(), -1);
  }
  return result;
}

function trimEdges(pieces: Piece[]): Piece[] {
  const result = [...pieces];
  const first = result[0];
  if (first && isPlainText(first)) first.text = first.text.replace(/^[ \t\v\f]+/, '');
  const last = result.at(-1);
  if (last && isPlainText(last)) last.text = last.text.replace(/[ \t\v\f]+$/, '');
  const kept = result.filter((piece) => !piece.node.isText || piece.text !== '');
  return kept.length === pieces.length ? kept : trimEdges(kept);
}

function isSpace(piece: Piece): boolean {
  return isPlainText(piece) && /^\s+$/.test(piece.text);
}

function isPlainText(piece: Piece): boolean {
  return piece.node.isText && !marks.code.isInSet(piece.marks);
}
