/** Blocks as one line, for places that hold no more: headings, table cells. */
import type { Node } from 'prosemirror-model';
import { schema } from './schema';

const { nodes } = schema;

/** The inline content of all blocks, with a space wherever a block or line ended. */
export function joinedLines(blocks: readonly Node[]): Node[] {
  const words: Node[] = [];
  const add = (block: Node): void => {
    if (words.length > 0) words.push(schema.text(' '));
    block.forEach((node) => words.push(node.type === nodes.hard_break ? schema.text(' ') : node));
  };
  for (const block of blocks) {
    if (block.isTextblock) add(block);
    else {
      block.descendants((node) => {
        if (node.isTextblock) add(node);
        return !node.isTextblock;
      });
    }
  }
  return words;
}
