/**
 * HTML from other programs → blocks of ours. Nothing passes but words and the structure that we know: no
 * style, no script, no address that may not be a link, no picture from elsewhere. Words never stick together
 * where the source had a block or a line end between them.
 */
import type { Fragment, Mark, Node as Block } from 'prosemirror-model';
import { joinedLines } from './oneline';
import { dataUrlFile } from './pictures';
import { isAllowedLink, schema } from './schema';
import { cleanText } from './text';
import { tidyBlock } from './tidy';
import { type ListLine, listLine, nestedLists } from './wordlist';

const { nodes, marks } = schema;

/** What a paste brought. */
export interface Cleaned {
  blocks: Block[];
  /** Pictures that came along as data. */
  files: File[];
  /** There was text, not only pictures and what stands for them. */
  hasWords: boolean;
  /** Some links had addresses that may not be links; their words are there. */
  linksDropped: boolean;
  /** The text was longer than the limit. */
  cut: boolean;
}

/** More than any story; a whole site's copy would freeze the window. */
export const maxPaste = 2_000_000;
/** Deeper than any page: from there on only the words are taken. */
const maxDepth = 150;

const dropped = new Set(
  (
    'script style head title meta link base template noscript iframe frame object embed applet svg math canvas audio video ' +
    'nav aside button select option input textarea progress dialog map area xml w:sdtpr'
  ).split(' '),
);
const blockTags = new Set(
  (
    'address article body center dd details div dl dt fieldset figcaption figure footer form header hgroup html legend li ' +
    'main p section summary tbody td tfoot th thead tr caption menu'
  ).split(' '),
);

export function cleanHtml(html: string): Cleaned {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const cleaner = new Cleaner();
  const blocks = cleaner.blocks(parsed.body, { marks: [], depth: 0, preserves: false });
  return {
    blocks,
    files: cleaner.files,
    hasWords: cleaner.hasWords,
    linksDropped: cleaner.linksDropped,
    cut: cleaner.room < 0,
  };
}

interface Context {
  marks: readonly Mark[];
  depth: number;
  /** Line ends in the text count (white-space: pre…). */
  preserves: boolean;
}

class Cleaner {
  readonly files: File[] = [];
  linksDropped = false;
  hasWords = false;
  room = maxPaste;

  /** The blocks inside an element. */
  blocks(parent: Element, context: Context): Block[] {
    const flow = new Flow();
    this.pour(parent, context, flow);
    return flow.end();
  }

  private pour(parent: Element, context: Context, flow: Flow): void {
    if (context.depth > maxDepth) {
      this.words(parent.textContent, context, flow);
      return;
    }
    for (const child of parent.childNodes) {
      if (this.room < 0) return;
      if (child.nodeType === Node.TEXT_NODE) this.words(child.nodeValue ?? '', context, flow);
      else if (isElement(child)) this.element(child, { ...context, depth: context.depth + 1 }, flow);
    }
  }

  private element(element: Element, context: Context, flow: Flow): void {
    const tag = element.localName.toLowerCase();
    if (dropped.has(tag) || isHidden(element)) return;
    if (tag === 'br') flow.lineBreak();
    else if (tag === 'img') this.picture(element, context, flow);
    else if (tag === 'hr') flow.block(nodes.rule.create());
    else if (tag === 'table') for (const block of this.table(element, context)) flow.block(block);
    else if (tag === 'ul' || tag === 'ol') this.list(element, context, flow);
    else if (tag === 'blockquote') this.quote(element, context, flow);
    else if (/^h[1-6]$/.test(tag)) this.heading(element, context, flow, Number(tag[1]) <= 2 ? 2 : 3);
    else if (tag === 'pre' || blockTags.has(tag)) this.plainBlock(element, context, flow);
    else this.pour(element, this.styled(element, context), flow);
  }

  private plainBlock(element: Element, context: Context, flow: Flow): void {
    const line = listLine(element);
    flow.flush();
    if (line) {
      flow.listLine(line, this.blocks(element, this.styled(element, context)));
      return;
    }
    const preserves = element.localName === 'pre';
    const inner = this.styled(element, preserves ? { ...context, preserves } : context);
    if (/\bMsoTitle\b/.test(element.className)) this.heading(element, context, flow, 2);
    else this.pour(element, inner, flow);
    flow.flush();
  }

  /** Headings are bold by themselves; what else they hold is one line. */
  private heading(element: Element, context: Context, flow: Flow, level: number): void {
    const line = this.line(element, { ...context, marks: [] }, (mark) => mark.type !== marks.bold);
    if (line) flow.block(nodes.heading.create({ level }, line));
  }

  private quote(element: Element, context: Context, flow: Flow): void {
    const inner = this.blocks(element, context);
    if (inner.length > 0) flow.block(nodes.quote.create(null, inner));
  }

  private list(element: Element, context: Context, flow: Flow): void {
    const items: Block[] = [];
    for (const child of element.children) {
      const content = /^[uo]l$/i.test(child.localName)
        ? this.blocks(wrapped(child), context)
        : this.blocks(child, { ...context, depth: context.depth + 1 });
      if (content.length === 0) continue;
      const last = items.at(-1);
      // A list straight inside a list (Google Docs, old Word) belongs to the item before it.
      if (/^[uo]l$/i.test(child.localName) && last)
        items[items.length - 1] = last.copy(last.content.append(fragment(content)));
      else items.push(nodes.list_item.create(null, content));
    }
    if (items.length === 0) return;
    const order = Number.parseInt(element.getAttribute('start') ?? '1', 10);
    const isOrdered = element.localName.toLowerCase() === 'ol';
    flow.block(
      isOrdered
        ? nodes.ordered_list.create({ order: order >= 0 ? order : 1 }, items)
        : nodes.bullet_list.create(null, items),
    );
  }

  /** A table of words; one that only lays out a page (nested, or of one column) gives up its blocks. */
  private table(element: Element, context: Context): Block[] {
    const rows = [...element.querySelectorAll('tr')].filter((row) => row.closest('table') === element);
    const grid = rows.map((row) => [...row.children].filter((cell) => /^t[dh]$/i.test(cell.localName)));
    const width = Math.max(
      0,
      ...grid.map((cells) => cells.reduce((sum, cell) => sum + span(cell, 'colspan'), 0)),
    );
    if (width < 2 || grid.length < 2 || element.querySelector('table') || width > 100) {
      return grid.flat().flatMap((cell) => this.blocks(cell, { ...context, depth: context.depth + 1 }));
    }
    const filled = grid.map(() =>
      Array.from<unknown, Fragment | null | undefined>({ length: width }, () => undefined),
    );
    grid.forEach((cells, row) => {
      for (const cell of cells) this.place(cell, row, filled, context);
    });
    return [
      nodes.table.create(
        null,
        filled.map((cells, row) => tableRow(cells, row === 0)),
      ),
    ];
  }

  private place(cell: Element, row: number, grid: (Fragment | null | undefined)[][], context: Context): void {
    const line = grid[row] ?? [];
    const column = line.indexOf(undefined);
    if (column < 0) return;
    const [right, down] = [span(cell, 'colspan'), Math.min(span(cell, 'rowspan'), grid.length - row)];
    for (let below = 0; below < down; below += 1) {
      for (let beside = 0; beside < right; beside += 1) {
        const target = grid[row + below];
        if (target && column + beside < target.length) target[column + beside] = null;
      }
    }
    line[column] = this.line(cell, { ...context, marks: [] }, () => true);
  }

  /** All words of an element as one line. */
  private line(element: Element, context: Context, keeps: (mark: Mark) => boolean): Fragment | null {
    const words = joinedLines(this.blocks(element, context)).map((node) =>
      node.mark(node.marks.filter(keeps)),
    );
    return tidyBlock(nodes.heading.create(null, collapsed(words)))?.content ?? null;
  }

  private picture(element: Element, context: Context, flow: Flow): void {
    if (isTiny(element)) return;
    const source = element.getAttribute('src') ?? '';
    const file = dataUrlFile(source);
    if (file) {
      this.files.push(file);
      return;
    }
    const alt = (element.getAttribute('alt') ?? '').trim();
    const href = [source, element.getAttribute('data-src') ?? ''].find(isAllowedLink);
    if (alt !== '') this.text(alt, context, flow);
    else if (href)
      this.text(href, { ...context, marks: marks.link.create({ href }).addToSet(context.marks) }, flow);
  }

  private words(raw: string, context: Context, flow: Flow): void {
    this.hasWords ||= raw.trim() !== '';
    this.text(raw, context, flow);
  }

  private text(raw: string, context: Context, flow: Flow): void {
    const text = cleanText(raw).replace(/[\u200B\uFEFF]/g, '');
    const lines = context.preserves ? text.split('\n') : [text];
    lines.forEach((line, index) => {
      if (index > 0) flow.lineBreak();
      const kept = line.slice(0, Math.max(0, this.room));
      this.room -= line.length;
      flow.words(kept, context.marks);
    });
  }

  private styled(element: Element, context: Context): Context {
    const style = element.getAttribute('style')?.toLowerCase() ?? '';
    let set = context.marks;
    const tag = element.localName.toLowerCase();
    const change = (mark: Mark, on: boolean | null): void => {
      if (on !== null) set = on ? mark.addToSet(set) : mark.removeFromSet(set);
    };
    change(marks.bold.create(), weight(style) ?? (tag === 'b' || tag === 'strong' ? true : null));
    change(
      marks.italic.create(),
      slant(style) ?? (tag === 'i' || tag === 'em' || tag === 'cite' ? true : null),
    );
    change(
      marks.strike.create(),
      /^(?:s|del|strike)$/.test(tag) || /text-decoration[^;]*line-through/.test(style) ? true : null,
    );
    if (tag === 'a') set = this.linked(element, set);
    const preserves = context.preserves || /white-space\s*:\s*(?:pre|break-spaces)/.test(style);
    return { ...context, marks: set, preserves };
  }

  private linked(element: Element, set: readonly Mark[]): readonly Mark[] {
    const href = unwrapped((element.getAttribute('href') ?? '').trim());
    if (isAllowedLink(href) && !/^story:/i.test(href))
      return marks.link.create({ href: cleanText(href) }).addToSet(set);
    if (href !== '' && !href.startsWith('#')) this.linksDropped = true;
    return set;
  }
}

/** Collects inline content into paragraphs and list lines into lists. */
class Flow {
  private readonly done: Block[] = [];
  private inline: Block[] = [];
  private list: ListLine[] = [];

  words(text: string, set: readonly Mark[]): void {
    const plain = plainSpaces(text);
    if (plain !== '') this.inline.push(schema.text(plain, set));
  }

  /** Two line ends in a row end the paragraph. */
  lineBreak(): void {
    const last = this.inline.findLast(
      (node) => node.type === nodes.hard_break || node.textContent.trim() !== '',
    );
    if (last?.type === nodes.hard_break) this.flush();
    else if (last) this.inline.push(nodes.hard_break.create());
  }

  flush(): void {
    const block = tidyBlock(nodes.paragraph.create(null, collapsed(this.inline)));
    this.inline = [];
    if (block) this.add(block);
  }

  block(block: Block): void {
    this.flush();
    this.add(block);
  }

  listLine(line: ListLine, content: Block[]): void {
    if (content.length > 0) this.list.push({ ...line, content });
  }

  end(): Block[] {
    this.flush();
    this.endList();
    return this.done;
  }

  private add(block: Block): void {
    this.endList();
    this.done.push(block);
  }

  private endList(): void {
    this.done.push(...nestedLists(this.list));
    this.list = [];
  }
}

/** One space for many, and none after a line end, over the borders of the pieces. */
function collapsed(content: readonly Block[]): Block[] {
  const result: Block[] = [];
  let afterSpace = true;
  for (const node of content) {
    if (!node.isText) {
      afterSpace = node.type === nodes.hard_break;
      result.push(node);
      continue;
    }
    const text = (node.text ?? '').replace(/ {2,}/g, ' ').replace(afterSpace ? /^ / : /^$/, '');
    if (text === '') continue;
    afterSpace = text.endsWith(' ');
    result.push(schema.text(text, node.marks));
  }
  return result;
}

/** A no-break space stays between a number and its unit; elsewhere programs put it for looks. */
function plainSpaces(text: string): string {
  return text
    .replace(/(?<![0-9০-৯])[\u00A0\u202F]|[\u00A0\u202F](?![\p{L}\p{M}$৳€%])/gu, ' ')
    .replace(/[ \t\n\f\v]+/g, ' ');
}

function weight(style: string): boolean | null {
  const value = /(?:^|[;\s])font-weight\s*:\s*([a-z]+|\d+)/.exec(style)?.[1];
  if (value === undefined) return null;
  if (/^\d+$/.test(value)) return Number(value) >= 600;
  return value === 'bold' || value === 'bolder' ? true : value === 'normal' ? false : null;
}

function slant(style: string): boolean | null {
  const value = /(?:^|[;\s])font-style\s*:\s*([a-z]+)/.exec(style)?.[1];
  return value === 'italic' || value === 'oblique' ? true : value === 'normal' ? false : null;
}

function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}

function isHidden(element: Element): boolean {
  const style = element.getAttribute('style') ?? '';
  return (
    element.hasAttribute('hidden') ||
    element.getAttribute('aria-hidden') === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-list\s*:\s*ignore/i.test(style)
  );
}

/** Counting pixels and spacers. */
function isTiny(element: Element): boolean {
  return ['width', 'height'].some((side) => /^[0-2](?:px)?$/.test(element.getAttribute(side) ?? ''));
}

function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(cell.getAttribute(name) ?? '1', 10);
  return value >= 1 && value <= 1000 ? value : 1;
}

function tableRow(cells: readonly (Fragment | null | undefined)[], isHead: boolean): Block {
  const type = isHead ? nodes.table_header : nodes.table_cell;
  return nodes.table_row.create(
    null,
    cells.map((content) => type.create(null, content)),
  );
}

function wrapped(element: Element): Element {
  const wrapper = element.ownerDocument.createElement('div');
  wrapper.append(element.cloneNode(true));
  return wrapper;
}

function fragment(blocks: readonly Block[]): Fragment {
  return nodes.quote.create(null, [...blocks]).content;
}

/** Google Docs leads links over its own address. */
function unwrapped(href: string): string {
  if (!/^https:\/\/www\.google\.com\/url\?/.test(href) || !URL.canParse(href)) return href;
  return new URL(href).searchParams.get('q') ?? href;
}
