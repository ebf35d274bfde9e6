/**
 * Inline content → Markdown. Emphasis in Markdown depends on the characters around it, and Bengali writes
 * danda and quotation marks where that fails; so there are several ways to say the same, from the one a
 * person would type to one that no reader can misunderstand. `write.ts` takes the first that reads back.
 */
import type { Fragment, Mark, Node } from 'prosemirror-model';
import { schema } from './schema';

const { nodes, marks } = schema;

/**
 * `plain`: as a person types it. `careful`: characters beside emphasis become character references.
 * `armoured`: besides, every ASCII sign is one. `bare`: armoured, and without emphasis.
 */
export const manners = ['plain', 'careful', 'armoured', 'bare'] as const;
export type Manner = (typeof manners)[number];

export interface InlinePlace {
  manner: Manner;
  /** Where the text stands: what must be escaped depends on it. */
  place: 'block' | 'heading' | 'cell';
}

type Part = { kind: 'text' | 'raw' | 'open' | 'close'; text: string } | { kind: 'break' };

interface Piece {
  node: Node;
  marks: readonly Mark[];
}

/** The Markdown of a tidy textblock's content; lines are separated by `\n`. */
export function writeInline(content: Fragment, where: InlinePlace): string {
  const pieces = content.content.map((node) => ({
    node,
    marks: where.manner === 'bare' ? links(node.marks) : node.marks,
  }));
  const parts: Part[] = [];
  emit(pieces, [], where, parts);
  return assemble(parts, where);
}

function links(set: readonly Mark[]): readonly Mark[] {
  return set.filter((mark) => mark.type === marks.link);
}

/** Opens the mark that lasts longest first, so that marks nest wherever they can. */
function emit(pieces: readonly Piece[], open: readonly Mark[], where: InlinePlace, out: Part[]): void {
  for (let at = 0; at < pieces.length;) {
    const piece = pieces[at];
    if (!piece) return;
    const [mark, length] = longest(pieces, at, open);
    if (!mark) {
      say(piece, where, out);
      at += 1;
      continue;
    }
    const [before, after] = delimiters(mark, where);
    out.push(before);
    emit(pieces.slice(at, at + length), [...open, mark], where, out);
    out.push(after);
    at += length;
  }
}

function longest(pieces: readonly Piece[], at: number, open: readonly Mark[]): [Mark | null, number] {
  let best: [Mark | null, number] = [null, 0];
  for (const mark of pieces[at]?.marks ?? []) {
    if (mark.type === marks.code || mark.isInSet(open)) continue;
    let length = 1;
    while (pieces[at + length] && mark.isInSet(pieces[at + length]?.marks ?? [])) length += 1;
    if (length > best[1]) best = [mark, length];
  }
  return best;
}

function delimiters(mark: Mark, { manner }: InlinePlace): [Part, Part] {
  const both = (text: string): [Part, Part] => [
    { kind: 'open', text },
    { kind: 'close', text },
  ];
  if (mark.type === marks.bold) return both('**');
  if (mark.type === marks.italic) return both(manner === 'plain' ? '*' : '_');
  if (mark.type === marks.strike) return both('~~');
  return [
    { kind: 'raw', text: '[' },
    {
      kind: 'raw',
      text: `](${destination(String(mark.attrs['href']))}${titlePart(String(mark.attrs['title'] ?? ''))})`,
    },
  ];
}

function say({ node, marks: set }: Piece, where: InlinePlace, out: Part[]): void {
  if (node.type === nodes.hard_break) out.push({ kind: 'break' });
  else if (node.type === nodes.footnote_ref)
    out.push({ kind: 'raw', text: `[^${String(node.attrs['label'])}]` });
  else if (marks.code.isInSet(set) && where.manner !== 'bare')
    out.push({ kind: 'raw', text: codeSpan(node.text ?? '', where) });
  else if (node.text) out.push({ kind: 'text', text: node.text });
}

function assemble(parts: readonly Part[], where: InlinePlace): string {
  const lines: string[] = [''];
  parts.forEach((part, index) => {
    if (part.kind === 'break') {
      lines.push(`${lines.pop() ?? ''}\\`, '');
      return;
    }
    const text =
      part.kind === 'text' ? escaped(part.text, where, parts[index - 1], parts[index + 1]) : part.text;
    lines.push((lines.pop() ?? '') + text);
  });
  const body = where.place === 'cell' ? lines : lines.map(escapeLineStart);
  return (where.place === 'heading' ? body.map(escapeClosingHashes) : body).join('\n');
}

function escaped(text: string, { manner, place }: InlinePlace, before?: Part, after?: Part): string {
  if (manner === 'armoured' || manner === 'bare')
    return edges(text, before, after, (inner) => inner.replace(/[!-/:-@[-`{-~]/g, reference));
  const escapeSigns = (inner: string): string => {
    const result = inner
      .replace(/[\\`*[\]<~]/g, '\\$&')
      .replace(/_/g, (sign, at: number) => (isInsideWord(inner, at) ? sign : `\\${sign}`))
      .replace(/&(?=#?\w+;)/g, '\\&');
    return place === 'cell' ? result.replaceAll('|', '\\|') : result;
  };
  const closed =
    after?.kind === 'raw' && after.text === '[' && text.endsWith('!')
      ? `${escapeSigns(text.slice(0, -1))}\\!`
      : null;
  if (manner === 'plain') return closed ?? escapeSigns(text);
  return edges(text, before, after, escapeSigns);
}

/**
 * What touches emphasis, as Markdown wants it: a sign or space outside, no space inside. A character reference
 * ends in a sign, and is no space.
 */
function edges(
  text: string,
  before: Part | undefined,
  after: Part | undefined,
  inner: (text: string) => string,
): string {
  const characters = Array.from(text);
  const disturbs = (character: string | undefined, outside: boolean): boolean =>
    character !== undefined && (outside ? /[^\s\p{P}\p{S}]/u.test(character) : /\s/.test(character));
  const atStart = isEmphasis(before) && disturbs(characters[0], before.kind === 'close');
  const first = atStart ? characters.shift() : undefined;
  const atEnd = isEmphasis(after) && disturbs(characters.at(-1), after.kind === 'open');
  const last = atEnd || text.endsWith('!') ? characters.pop() : undefined;
  return [first && reference(first), inner(characters.join('')), last && reference(last)]
    .filter(Boolean)
    .join('');
}

function isEmphasis(part: Part | undefined): part is Exclude<Part, { kind: 'break' }> {
  return part?.kind === 'open' || part?.kind === 'close';
}

function reference(character: string): string {
  return `&#${String(character.codePointAt(0) ?? 0xfffd)};`;
}

function isInsideWord(text: string, at: number): boolean {
  return (
    /[\p{L}\p{M}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at)) &&
    /^[\p{L}\p{M}\p{N}]/u.test(text.slice(at + 1, at + 3))
  );
}

/** What would begin a block at the start of a line is only text. */
function escapeLineStart(line: string): string {
  return line
    .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(?:[-+](?=\s|$)|-+\s*$|=+\s*$|>|-{2,}|\||:(?=[-|]))/, '\\$&');
}

function escapeClosingHashes(line: string): string {
  return line.replace(/(^|\s)(#+)$/, (_, space: string, hashes: string) => `${space}\\${hashes}`);
}

function codeSpan(text: string, { place }: InlinePlace): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const needsPad = /^`|`$/.test(text) || (/^ .* $/s.test(text) && text.trim() !== '');
  const pad = needsPad ? ' ' : '';
  const body = place === 'cell' ? text.replaceAll('|', '\\|') : text;
  return `${fence}${pad}${body}${pad}${fence}`;
}

function destination(href: string): string {
  const protectedHref = href.replace(/[\r\n]/g, ' ').replace(/&(?=#?\w+;)/g, '\\&');
  if (/^[^\s<>()\\\p{Cc}]+$/u.test(href)) return protectedHref;
  return `<${href
    .replace(/[\r\n]/g, ' ')
    .replace(/[\\<>]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')}>`;
}

function titlePart(title: string): string {
  if (title === '') return '';
  return ` "${title
    .replace(/\s+/g, ' ')
    .replace(/[\\"]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')}"`;
}
