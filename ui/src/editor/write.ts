/**
 * Document → Markdown, block by block. Two things make it safe and quick: what was written for a block is
 * read back before it is believed, and it is remembered for as long as the block stays the same, so that
 * a key costs one paragraph and not the story.
 */
import type { Node } from 'prosemirror-model';
import { attributionMark, pullMarker } from './dialect';
import { type InlinePlace, type Manner, manners, writeInline } from './inline';
import { readBlocks } from './read';
import { schema } from './schema';
import { tidyBlock } from './tidy';

const { nodes } = schema;

/** A top-level block as it is stored. */
export interface WrittenBlock {
  /** Empty: nothing of it can be stored (an empty paragraph). */
  markdown: string;
  /** UTF-8 length of `markdown`. */
  bytes: number;
  /** What the Markdown reads back as. */
  read: readonly Node[];
}

/** The document as Markdown, without a line end at the end. */
export function writeMarkdown(doc: Node): string {
  return writeBlocks(doc)
    .map((block) => block.markdown)
    .filter((markdown) => markdown !== '')
    .join(blockGap);
}

/** What stands between two top-level blocks. */
export const blockGap = '\n\n';

/** The document's top-level blocks as they are stored, one for each child. */
export function writeBlocks(doc: Node): WrittenBlock[] {
  let before: Sibling | null = null;
  return doc.children.map((child) => {
    const alternate = isSecondOfTwoLists(before, child);
    const written = writeBlock(child, alternate);
    if (written.markdown !== '') before = { type: child.type.name, alternate };
    return written;
  });
}

interface Sibling {
  type: string;
  alternate: boolean;
}

const remembered = [new WeakMap<Node, WrittenBlock>(), new WeakMap<Node, WrittenBlock>()] as const;

function writeBlock(node: Node, alternate: boolean): WrittenBlock {
  const memory = remembered[alternate ? 1 : 0];
  const known = memory.get(node);
  if (known) return known;
  const written = writeAnew(node, alternate);
  memory.set(node, written);
  return written;
}

function writeAnew(node: Node, alternate: boolean): WrittenBlock {
  const tidy = tidyBlock(node);
  if (!tidy) return { markdown: '', bytes: 0, read: [] };
  let written: WrittenBlock = { markdown: '', bytes: 0, read: [] };
  for (const manner of manners) {
    const markdown = block(tidy, { manner, alternate, nested: false });
    const read = readBlocks(markdown, true);
    written = { markdown, bytes: utf8Length(markdown), read };
    if (read.length === 1 && read[0]?.eq(tidy)) break;
  }
  return written;
}

interface Way {
  manner: Manner;
  /** This list follows one of its kind: the other marker keeps them apart. */
  alternate: boolean;
  nested: boolean;
}

function block(node: Node, way: Way): string {
  switch (node.type) {
    case nodes.paragraph:
      return text(node, way, 'block');
    case nodes.heading:
      return `${'#'.repeat(Number(node.attrs['level']))} ${text(node, way, 'heading')}`;
    case nodes.quote:
      return quoted(blocks(node.children, way));
    case nodes.pull_quote:
      return pullQuote(node, way);
    case nodes.bullet_list:
      return list(node, way, () => (way.alternate ? '* ' : '- '));
    case nodes.ordered_list:
      return list(node, way, (index) => number(node, index) + (way.alternate ? ') ' : '. '));
    case nodes.table:
      return table(node, way);
    case nodes.photo:
      return `![${plainWords(String(node.attrs['alt'] ?? ''))}](photo:${String(node.attrs['id'])})`;
    case nodes.related:
      return `[${plainWords(String(node.attrs['headline']))}](story:${String(node.attrs['story'])})`;
    case nodes.embed:
      return `<${String(node.attrs['url'])}>`;
    case nodes.rule:
      // `- ---` would be a rule and not a list.
      return way.nested ? '___' : '---';
    case nodes.code_block:
      return codeBlock(node);
    case nodes.footnote_def:
      return footnote(node, way);
    default:
      return text(node, way, 'block');
  }
}

function text(node: Node, { manner }: Way, place: InlinePlace['place']): string {
  return writeInline(node.content, { manner, place });
}

function blocks(children: readonly Node[], way: Way): string {
  let before: Sibling | null = null;
  const written = children.map((child) => {
    const alternate = isSecondOfTwoLists(before, child);
    before = { type: child.type.name, alternate };
    return block(child, { ...way, alternate, nested: true });
  });
  return written.join(blockGap);
}

function isSecondOfTwoLists(before: Sibling | null, node: Node): boolean {
  const isList = node.type === nodes.bullet_list || node.type === nodes.ordered_list;
  return isList && before?.type === node.type.name && !before.alternate;
}

function quoted(markdown: string): string {
  const lines = markdown.split('\n');
  return lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
}

function pullQuote(node: Node, way: Way): string {
  const children = [...node.children];
  const attribution = children.at(-1)?.type === nodes.attribution ? children.pop() : undefined;
  const joinsMarker = children[0]?.type === nodes.paragraph && children[0].childCount > 0;
  const body = blocks(
    children.filter((child) => child.isAtom || child.content.size > 0),
    way,
  );
  const parts = joinsMarker ? [`${pullMarker}\n${body}`] : [pullMarker, body];
  if (attribution) parts.push(attributionMark + text(attribution, way, 'block'));
  return quoted(parts.filter((part) => part !== '').join(blockGap));
}

function number(node: Node, index: number): string {
  return String(Math.min(Number(node.attrs['order']) + index, 999_999_999));
}

function list(node: Node, way: Way, marker: (index: number) => string): string {
  const isTight = node.children.every(isTightItem);
  const items = node.children.map((item, index) => {
    const head = marker(index);
    const body = isTight ? tightItem(item, way) : blocks(item.children, way);
    return hanging(head, head.length, body).trimEnd();
  });
  return items.join(isTight ? '\n' : blockGap);
}

/** One paragraph, perhaps with a list under it that may interrupt a paragraph. */
function isTightItem(item: Node): boolean {
  const [first, second] = item.children;
  if (item.childCount > 2 || first?.type !== nodes.paragraph) return false;
  if (!second) return true;
  if (first.content.size === 0) return false;
  const isList =
    second.type === nodes.bullet_list || (second.type === nodes.ordered_list && second.attrs['order'] === 1);
  return isList && second.children.every(isTightItem) && second.firstChild?.firstChild?.content.size !== 0;
}

function tightItem(item: Node, way: Way): string {
  return item.children.map((child) => block(child, { ...way, alternate: false, nested: true })).join('\n');
}

/** `head` before the first line, as much space before the others. */
function hanging(head: string, width: number, body: string): string {
  const indent = ' '.repeat(width);
  return body
    .split('\n')
    .map((line, index) => (index === 0 ? head + line : line === '' ? '' : indent + line))
    .join('\n');
}

function footnote(node: Node, way: Way): string {
  const head = `[^${String(node.attrs['label'])}]: `;
  const body = blocks(node.children, way);
  if (node.firstChild?.type === nodes.paragraph) return hanging(head, 4, body).trimEnd();
  return `${head.trimEnd()}\n${hanging('    ', 4, body)}`;
}

function table(node: Node, way: Way): string {
  const [head, ...rows] = node.children;
  if (!head) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const row = (cells: Node): string => line(cells.children.map((cell) => text(cell, way, 'cell')));
  const rules = head.children.map((cell) => alignmentRule(cell.attrs['align']));
  return [row(head), line(rules), ...rows.map(row)].join('\n');
}

function alignmentRule(align: unknown): string {
  if (align === 'left') return ':--';
  if (align === 'right') return '--:';
  return align === 'center' ? ':-:' : '---';
}

function codeBlock(node: Node): string {
  const runs = node.textContent.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  const info = String(node.attrs['info'] ?? '')
    .replace(/[`\n]/g, ' ')
    .trim();
  const body = node.childCount > 0 ? `${node.textContent}\n` : '';
  return `${fence}${info}\n${body}${fence}`;
}

/** Words within brackets, without any meaning. */
function plainWords(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&');
}

const encoder = new TextEncoder();

export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
