/**
 * Lists as Word writes them: paragraphs that say in their style which list and level they belong to, with the
 * bullet or number as text in front.
 */
import type { Node as Block } from 'prosemirror-model';
import { schema } from './schema';

const { nodes } = schema;

export interface ListLine {
  /** 1 is the outermost. */
  level: number;
  isOrdered: boolean;
  /** The number that the first line shows; 1 for bullets. */
  order: number;
  content: Block[];
}

/** What a Word paragraph says about its place in a list; null when it is none. Its marker is not its text. */
export function listLine(element: Element): ListLine | null {
  const style = element.getAttribute('style') ?? '';
  const level = /mso-list\s*:[^;]*level(\d+)/i.exec(style)?.[1];
  if (level === undefined) return null;
  const marker = [...element.querySelectorAll('span')].find((span) =>
    /mso-list\s*:\s*ignore/i.test(span.getAttribute('style') ?? ''),
  );
  const sign = (marker?.textContent ?? '').trim();
  const isOrdered = /^[([]?(?:[0-9০-৯]+|[a-zA-Zক-হ]|[ivxlcdm]+)[.)\]।]/i.test(sign);
  return { level: Number(level), isOrdered, order: numberOf(sign), content: [] };
}

/** Lines of rising and falling levels as lists within lists. */
export function nestedLists(lines: readonly ListLine[]): Block[] {
  const result: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const first = lines[at];
    if (!first) break;
    let end = at + 1;
    while (end < lines.length && belongs(first, lines[end])) end += 1;
    result.push(listOf(first, lines.slice(at, end)));
    at = end;
  }
  return result;
}

function belongs(first: ListLine, line: ListLine | undefined): boolean {
  if (!line || line.level < first.level) return false;
  return line.level > first.level || line.isOrdered === first.isOrdered;
}

function listOf(first: ListLine, lines: readonly ListLine[]): Block {
  const items: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (!line) break;
    let end = at + 1;
    while (end < lines.length && (lines[end]?.level ?? 0) > first.level) end += 1;
    items.push(nodes.list_item.create(null, [...line.content, ...nestedLists(lines.slice(at + 1, end))]));
    at = end;
  }
  return first.isOrdered
    ? nodes.ordered_list.create({ order: first.order }, items)
    : nodes.bullet_list.create(null, items);
}

function numberOf(sign: string): number {
  const digits = sign.replace(/[০-৯]/g, (digit) => String('০১২৩৪৫৬৭৮৯'.indexOf(digit))).match(/\d{1,6}/)?.[0];
  return digits === undefined ? 1 : Number(digits);
}
