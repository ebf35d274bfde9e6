/**
 * Bytes of the stored Markdown ↔ positions in the document, so that a click in the preview finds its
 * words in the text and the caret finds its place in the preview.
 */
import type { Node } from 'prosemirror-model';
import { pullMarker, tokenise } from './dialect';
import { schema } from './schema';
import { tidyBlock } from './tidy';
import { blockGap, utf8Length, writeBlocks, type WrittenBlock } from './write';

const { nodes } = schema;
const gap = utf8Length(blockGap);

/** The byte at which the innermost block around a position starts. */
export function offsetOfPosition(doc: Node, position: number): number {
  const at = Math.min(Math.max(position, 0), doc.content.size);
  let last = 0;
  for (const { node, start, written, offset } of placed(doc)) {
    if (start > at) break;
    if (written.markdown === '') continue;
    last = offset;
    if (at > start + node.nodeSize) continue;
    const inner = innerBlocks(node, start, written)
      .filter((block) => block.position <= at)
      .at(-1);
    return offset + (inner?.offset ?? 0);
  }
  return last;
}

/** The position `characters` into the text of the block that holds or precedes a byte. */
export function positionOfOffset(doc: Node, byteOffset: number, characters = 0): number {
  const block = placed(doc)
    .filter(({ written, offset }) => written.markdown !== '' && offset <= byteOffset)
    .at(-1);
  if (!block) return 0;
  const inner = innerBlocks(block.node, block.start, block.written);
  const found = inner.filter(({ offset }) => offset <= byteOffset - block.offset).at(-1) ?? inner[0];
  if (!found) return block.start;
  return found.position + (found.length === 0 ? 0 : Math.min(Math.max(characters, 0), found.length));
}

interface Placed {
  node: Node;
  /** Position before the node. */
  start: number;
  written: WrittenBlock;
  offset: number;
}

function placed(doc: Node): Placed[] {
  const written = writeBlocks(doc);
  const result: Placed[] = [];
  let offset = 0;
  doc.forEach((node, start, index) => {
    const block = written[index];
    if (!block) return;
    result.push({ node, start, written: block, offset });
    if (block.markdown !== '') offset += block.bytes + gap;
  });
  return result;
}

interface InnerBlock {
  /** Byte of the block's first character, counted from the start of the top-level block. */
  offset: number;
  /** Where its text starts in the document; of a picture or card, the position before it. */
  position: number;
  length: number;
}

function innerBlocks(node: Node, start: number, written: WrittenBlock): InnerBlock[] {
  const places = textPlaces(node, start);
  const offsets = textOffsets(written.markdown);
  if (places.length !== offsets.length) return places.slice(0, 1).map((place) => ({ ...place, offset: 0 }));
  return places.map((place, index) => ({ ...place, offset: offsets[index] ?? 0 }));
}

function textPlaces(node: Node, start: number): Omit<InnerBlock, 'offset'>[] {
  const result: Omit<InnerBlock, 'offset'>[] = [];
  const visit = (child: Node, position: number): boolean => {
    if (child.isTextblock && tidyBlock(child))
      result.push({ position: position + 1, length: child.content.size });
    else if (child.isAtom && child.isBlock && child.type !== nodes.rule) result.push({ position, length: 0 });
    return !child.isTextblock;
  };
  if (visit(node, start)) node.descendants((child, position) => visit(child, start + 1 + position));
  return result;
}

/** Bytes at which the texts of a block begin, in the order of the document. */
function textOffsets(markdown: string): number[] {
  const lines = markdown.split('\n');
  const starts: number[] = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const result: number[] = [];
  let [row, column] = [0, 0];
  for (const token of tokenise(markdown, true).tokens) {
    // Cells say nothing of their line; their row does.
    if (token.map && token.map[0] !== row) [row, column] = [token.map[0], 0];
    const isText = token.type === 'inline' || token.type === 'fence';
    if (!isText || token.content === pullMarker) continue;
    const words = token.type === 'inline' ? (token.content.split('\n')[0] ?? '') : token.markup;
    const found = (lines[row] ?? '').indexOf(words, column);
    if (found >= 0) column = found;
    result.push(utf8Length(markdown.slice(0, (starts[row] ?? 0) + column)));
    if (found >= 0) column += words.length;
  }
  return result;
}
