/**
 * A neutral account of a text, drawn from the editor's document and from the page's HTML, so that the two can be
 * held against each other. Test code; nothing in the window uses it.
 */
import type { Mark, Node as Block } from 'prosemirror-model';
import { isAllowedLink } from './schema';

/** A line for each block, indented by depth; inline content as runs with their marks. */
export type Outline = string[];

/** What the page knows that the text alone does not say. */
export interface PageKnowledge {
  /** Photos that the page prints where the text places them. */
  photos: ReadonlySet<string>;
  /** Related stories that readers have, and where. */
  stories: ReadonlyMap<string, string>;
}

interface Run {
  text: string;
  marks: string;
}

const lineBreak: Run = { text: '\u23CE', marks: '' };

export function outlineOfDoc(doc: Block, page: PageKnowledge): Outline {
  const [notes, blocks] = [doc.children.filter(isNote), doc.children.filter((block) => !isNote(block))];
  return [...blocks.flatMap((block) => blockLines(block, 0, page)), ...noteLines(doc, notes, page)];
}

export function outlineOfHtml(html: string, page: PageKnowledge): Outline {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return childLines(body, 0, page);
}

function isNote(block: Block): boolean {
  return block.type.name === 'footnote_def';
}

/** Notes as the page prints them: in the order of their mention, the unmentioned by name, the first of a name. */
function noteLines(doc: Block, notes: readonly Block[], page: PageKnowledge): Outline {
  const labels = new Set(notesMentioned(doc));
  const names = notes.map(labelOf).filter((label) => !labels.has(label));
  const order = [...labels, ...[...new Set(names)].sort()];
  const found = order
    .map((label) => notes.find((note) => labelOf(note) === label))
    .filter((note) => note !== undefined);
  if (found.length === 0) return [];
  return [
    'notes',
    ...found.flatMap((note) => ['  note', ...note.children.flatMap((child) => blockLines(child, 2, page))]),
  ];
}

function notesMentioned(doc: Block): string[] {
  const labels: string[] = [];
  const known = new Set(doc.children.filter(isNote).map(labelOf));
  doc.descendants((node) => {
    if (node.type.name === 'footnote_ref' && known.has(labelOf(node))) labels.push(labelOf(node));
  });
  return labels;
}

function labelOf(node: Block): string {
  return String(node.attrs['label']).toLowerCase();
}

const names: Readonly<Record<string, string>> = {
  paragraph: 'p',
  quote: 'quote',
  pull_quote: 'pull',
  attribution: 'attribution',
  bullet_list: 'ul',
  list_item: 'li',
  table_row: 'tr',
  rule: 'hr',
};

function blockLines(node: Block, depth: number, page: PageKnowledge): Outline {
  const at = '  '.repeat(depth);
  const kind = node.type.name;
  if (kind === 'photo')
    return page.photos.has(String(node.attrs['id'])) ? [`${at}photo ${String(node.attrs['id'])}`] : [];
  if (kind === 'embed') return [`${at}embed ${String(node.attrs['url'])}`];
  if (kind === 'related') return relatedLines(node, at, page);
  if (kind === 'code_block') return [`${at}pre ${node.textContent}`];
  if (kind === 'table')
    return [`${at}table`, ...node.children.flatMap((row) => blockLines(row, depth + 1, page))];
  if (node.isTextblock) return textLines(`${at}${textblockName(node)}`, runsOfNode(node, page));
  const name = kind === 'ordered_list' ? `ol ${String(node.attrs['order'])}` : (names[kind] ?? kind);
  return [at + name, ...node.children.flatMap((child) => blockLines(child, depth + 1, page))];
}

function relatedLines(node: Block, at: string, page: PageKnowledge): Outline {
  const headline = String(node.attrs['headline']);
  const isKnown = page.stories.has(String(node.attrs['story']));
  return isKnown ? [`${at}related ${headline}`] : [`${at}p ${headline}`];
}

function textblockName(node: Block): string {
  if (node.type.name === 'heading') return `h${String(node.attrs['level'])}`;
  const cell = { table_header: 'th', table_cell: 'td' }[node.type.name];
  if (cell === undefined) return names[node.type.name] ?? node.type.name;
  const align: unknown = node.attrs['align'];
  return align === 'right' || align === 'center' ? `${cell} ${align}` : cell;
}

function runsOfNode(node: Block, page: PageKnowledge): Run[] {
  const runs: Run[] = [];
  node.forEach((child) => {
    if (child.type.name === 'hard_break') runs.push(lineBreak);
    else if (child.type.name === 'footnote_ref') runs.push({ text: '[^]', marks: '' });
    else
      runs.push({
        text: child.text ?? '',
        marks: child.marks
          .map((mark) => markName(mark, page))
          .filter(Boolean)
          .sort()
          .join(),
      });
  });
  return runs;
}

function markName(mark: Mark, page: PageKnowledge): string {
  if (mark.type.name !== 'link') return mark.type.name;
  const href = String(mark.attrs['href']).trim();
  if (!isAllowedLink(href)) return '';
  const story = /^story:(.+)$/i.exec(href)?.[1];
  if (story === undefined) return `link ${href}`;
  const address = page.stories.get(story);
  return address === undefined ? '' : `link ${address}`;
}

/** Runs put together, spaces made one. A block without words says nothing on either side. */
function textLines(name: string, runs: readonly Run[]): Outline {
  const merged: Run[] = [];
  for (const { text, marks } of runs) {
    const last = merged.at(-1);
    if (last?.marks === marks) merged[merged.length - 1] = { text: last.text + text, marks };
    else if (text !== '') merged.push({ text, marks });
  }
  const said = merged
    .map(({ text, marks }) => (marks === '' ? text : `\u2039${marks}:${text}\u203A`))
    .join('')
    .replace(/[ \t\n]*\u23CE[ \t\n]*/g, '\u23CE')
    .replace(/[ \t\n]+/g, ' ')
    .trim();
  return said === '' && !/t[dh]/.test(name) ? [] : [`${name} ${said}`.trimEnd()];
}

const containers: Readonly<Record<string, string>> = { ul: 'ul', li: 'li', blockquote: 'quote' };

function childLines(parent: Element, depth: number, page: PageKnowledge): Outline {
  const at = '  '.repeat(depth);
  const result: Outline = [];
  let inline: Node[] = [];
  const flush = (): void => {
    result.push(
      ...textLines(
        `${at}p`,
        inline.flatMap((node) => runsOfHtml(node, [])),
      ),
    );
    inline = [];
  };
  for (const child of parent.childNodes) {
    if (child instanceof Element && isBlock(child)) {
      flush();
      result.push(...elementLines(child, depth, page));
    } else inline.push(child);
  }
  flush();
  return result;
}

function isBlock(element: Element): boolean {
  return /^(?:p|h[23]|ul|ol|li|blockquote|footer|figure|aside|div|table|hr|pre|section)$/.test(
    element.localName,
  );
}

function elementLines(element: Element, depth: number, page: PageKnowledge): Outline {
  const at = '  '.repeat(depth);
  const tag = element.localName;
  if (tag === 'figure')
    return [`${at}photo ${/[0-9a-f]{64}/.exec(element.querySelector('img')?.src ?? '')?.[0] ?? ''}`];
  if (tag === 'aside') return [at + cardLine(element)];
  if (tag === 'hr') return [`${at}hr`];
  if (tag === 'pre') return [`${at}pre ${element.textContent.replace(/\n$/, '')}`];
  if (tag === 'div')
    return [`${at}table`, ...[...element.querySelectorAll('tr')].flatMap((row) => rowLines(row, depth + 1))];
  if (tag === 'section')
    return [
      `${at}notes`,
      ...[...element.querySelectorAll(':scope > ol > li')].flatMap((note) =>
        noteOfHtml(note, depth + 1, page),
      ),
    ];
  if (tag === 'footer')
    return textLines(`${at}attribution`, runsOfHtml(element, [])).map((line) =>
      line.replace('attribution — ', 'attribution '),
    );
  if (tag === 'p' || tag === 'h2' || tag === 'h3') return textLines(at + tag, runsOfHtml(element, []));
  const name = tag === 'ol' ? `ol ${element.getAttribute('start') ?? '1'}` : (containers[tag] ?? tag);
  const kind = tag === 'blockquote' && element.classList.contains('pull') ? 'pull' : name;
  return [at + kind, ...childLines(element, depth + 1, page)];
}

function cardLine(element: Element): string {
  if (!element.classList.contains('embed'))
    return `related ${element.querySelector('.headline')?.textContent ?? ''}`;
  return `embed ${element.querySelector('a')?.getAttribute('href') ?? ''}`;
}

function noteOfHtml(note: Element, depth: number, page: PageKnowledge): Outline {
  for (const back of note.querySelectorAll('.footnote-back')) back.remove();
  return [`${'  '.repeat(depth)}note`, ...childLines(note, depth + 1, page)];
}

function rowLines(row: Element, depth: number): Outline {
  const at = '  '.repeat(depth);
  const cells = [...row.children].flatMap((cell) => {
    const align = ['right', 'center'].find((name) => cell.classList.contains(name));
    return textLines(`${at}  ${cell.localName}${align ? ` ${align}` : ''}`, runsOfHtml(cell, []));
  });
  return [`${at}tr`, ...cells];
}

const htmlMarks: Readonly<Record<string, string>> = {
  strong: 'bold',
  em: 'italic',
  del: 'strike',
  code: 'code',
};

function runsOfHtml(node: Node, marks: readonly string[]): Run[] {
  if (node.nodeType === Node.TEXT_NODE)
    return [{ text: node.nodeValue ?? '', marks: [...new Set(marks)].sort().join() }];
  if (!(node instanceof Element)) return [];
  if (node.localName === 'br') return [lineBreak];
  if (node.localName === 'sup') return [{ text: '[^]', marks: '' }];
  const mark = node.localName === 'a' ? `link ${node.getAttribute('href') ?? ''}` : htmlMarks[node.localName];
  const inner = mark === undefined ? marks : [...marks, mark];
  return [...node.childNodes].flatMap((child) => runsOfHtml(child, inner));
}
