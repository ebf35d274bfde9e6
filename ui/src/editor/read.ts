/**
 * Markdown → document. The law: no word of the source is lost. What the schema cannot hold (raw HTML, a
 * picture from elsewhere, a definition that nothing uses) stays as its words.
 */
import type { Token } from 'markdown-it';
import { type Attrs, Fragment, Mark, type Node, type NodeType } from 'prosemirror-model';
import { attributionMark, photoUrl, pullMarker, referenceKey, storyUrl, tokenise } from './dialect';
import { isEmbedUrl, schema } from './schema';
import { cleanText } from './text';
import { tidyBlock } from './tidy';

const { nodes, marks } = schema;

/** The document that a story's body says. */
export function readMarkdown(markdown: string): Node {
  const blocks = readBlocks(markdown);
  return nodes.doc.create(null, blocks.length > 0 ? blocks : [nodes.paragraph.create()]);
}

/** The top-level blocks of a piece of Markdown; see `tokenise` for `anyFootnote`. */
export function readBlocks(markdown: string, anyFootnote = false): Node[] {
  return new Reader(markdown, anyFootnote).document();
}

class Reader {
  private readonly tokens: Token[];
  private readonly used: ReadonlySet<string>;
  private readonly tooDeep: boolean;
  private readonly lines: string[];
  private readonly defined = new Set<string>();
  /** Notes that were written inside another block; they move to the end of the text. */
  private readonly notes: Node[] = [];
  /** Photos of the block being read. */
  private readonly figures: Node[] = [];
  private at = 0;

  constructor(markdown: string, anyFootnote: boolean) {
    ({ tokens: this.tokens, used: this.used, tooDeep: this.tooDeep } = tokenise(markdown, anyFootnote));
    this.lines = cleanText(markdown).split('\n');
  }

  document(): Node[] {
    if (this.tooDeep) return literal(this.lines);
    const blocks = this.blocks(null, 0, this.lines.length, 0);
    return [...blocks, ...this.notes];
  }

  /** Reads up to and over the token `close`. The lines say where link definitions were skipped. */
  private blocks(close: string | null, from: number, to: number, depth: number): Node[] {
    const result: Node[] = [];
    let line = from;
    for (;;) {
      const token = this.tokens[this.at];
      if (!token || token.type === close) break;
      const begun = this.at;
      const [first, last] = token.map ?? this.linesOfFootnote(token, line, to);
      result.push(...this.unusedDefinitions(line, first));
      line = Math.max(line, last);
      this.at += 1;
      result.push(...this.block(token, depth));
      // A footnote ends where what it holds does.
      for (const { map } of this.tokens.slice(begun, this.at)) line = Math.max(line, map?.[1] ?? 0);
    }
    this.at += 1;
    return [...result, ...this.unusedDefinitions(line, to)];
  }

  private block(token: Token, depth: number): Node[] {
    const [from, to] = token.map ?? [0, 0];
    switch (token.type) {
      case 'paragraph_open':
        return this.leaf(nodes.paragraph, null, this.inlineOf());
      case 'heading_open': {
        const level = Number(token.tag.slice(1)) <= 2 ? 2 : 3;
        return this.leaf(nodes.heading, { level }, this.inlineOf());
      }
      case 'blockquote_open':
        return [this.isPullQuote() ? this.pullQuote(from, to, depth) : this.quote(from, to, depth)];
      case 'bullet_list_open':
        return [nodes.bullet_list.create(null, this.blocks('bullet_list_close', from, to, depth + 1))];
      case 'ordered_list_open': {
        const order = Number(token.attrGet('start') ?? 1);
        return [nodes.ordered_list.create({ order }, this.blocks('ordered_list_close', from, to, depth + 1))];
      }
      case 'list_item_open':
        return [nodes.list_item.create(null, filled(this.blocks('list_item_close', from, to, depth + 1)))];
      case 'table_open':
        return [this.table(), ...this.takeFigures()];
      case 'footnote_reference_open':
        return this.footnote(token, depth);
      case 'hr':
        return [nodes.rule.create()];
      case 'fence':
        return [codeBlock(token.content, token.info)];
      case 'code_block':
        return [codeBlock(token.content, '')];
      default:
        return [];
    }
  }

  private quote(from: number, to: number, depth: number): Node {
    return nodes.quote.create(null, filled(this.blocks('blockquote_close', from, to, depth + 1)));
  }

  private isPullQuote(): boolean {
    const first = this.tokens[this.at + 1];
    if (this.tokens[this.at]?.type !== 'paragraph_open' || !first) return false;
    const [text, next] = first.children ?? [];
    if (text?.type !== 'text' || text.content !== pullMarker || !first.content.startsWith(pullMarker))
      return false;
    return !next || next.type === 'softbreak' || next.type === 'hardbreak';
  }

  private pullQuote(from: number, to: number, depth: number): Node {
    const first = this.tokens[this.at + 1];
    const markerOnly = (first?.children?.length ?? 0) <= 1;
    if (first) first.children = first.children?.slice(2) ?? [];
    const blocks = this.blocks('blockquote_close', from, to, depth + 1);
    const last = blocks.at(-1);
    const hasAttribution = last?.type === nodes.paragraph && last.textContent.startsWith(attributionMark);
    if (!hasAttribution || (blocks.length === 1 && !markerOnly))
      return nodes.pull_quote.create(null, filled(blocks));
    const attribution = tidyBlock(nodes.attribution.create(null, last.content.cut(attributionMark.length)));
    return nodes.pull_quote.create(null, [
      ...filled(blocks.slice(0, -1)),
      ...(attribution ? [attribution] : []),
    ]);
  }

  private footnote(token: Token, depth: number): Node[] {
    const { label } = token.meta as { label: string };
    const line = this.tokens[this.at]?.map?.[0] ?? 0;
    const content = filled(this.blocks('footnote_reference_close', line, line, depth + 1));
    const note = nodes.footnote_def.create({ label }, content);
    if (depth === 0) return [note];
    this.notes.push(note);
    return [];
  }

  private table(): Node {
    const rows: Node[] = [];
    for (let token = this.next(); token && token.type !== 'table_close'; token = this.next()) {
      if (token.type === 'tr_open') rows.push(this.row(token));
    }
    return nodes.table.create(null, rows);
  }

  private row(row: Token): Node {
    const cells: Node[] = [];
    for (let token = this.next(); token && token.type !== 'tr_close'; token = this.next()) {
      if (token.type !== 'th_open' && token.type !== 'td_open') continue;
      const type = token.type === 'th_open' ? nodes.table_header : nodes.table_cell;
      const align = /text-align:(\w+)/.exec(attribute(token, 'style'))?.[1] ?? null;
      cells.push(type.create({ align }, this.inline(this.inlineOf(), false)));
    }
    return nodes.table_row.create(null, this.withSurplus(row, cells));
  }

  /** Tables drop the cells that stand beyond the last column; their words go into the last one. */
  private withSurplus(row: Token, cells: Node[]): Node[] {
    const last = cells.at(-1);
    if (!last || !row.map) return cells;
    const surplus = rowCells(this.lines[row.map[0]] ?? '')
      .slice(cells.length)
      .filter(Boolean);
    if (surplus.length === 0) return cells;
    const text = (last.content.size > 0 ? ' ' : '') + surplus.join(' ');
    return [...cells.slice(0, -1), last.copy(last.content.addToEnd(schema.text(text)))];
  }

  /** A paragraph or heading, or the blocks that stand for one that holds nothing but photos or a card. */
  private leaf(type: NodeType, attrs: Attrs | null, tokens: Token[]): Node[] {
    const card = cardOf(tokens);
    if (card) return [card];
    const content = this.inline(tokens, type === nodes.paragraph);
    const figures = this.takeFigures();
    const isEmpty = content.childCount === 0 || (figures.length > 0 && tokens.every(isPhotoOrBreak));
    return isEmpty ? figures : [type.create(attrs, content), ...figures];
  }

  /** Inline content. Photos in it are set aside: they stand after their block, as on the page. */
  private inline(tokens: readonly Token[], keepsBreaks: boolean): Fragment {
    const result: Node[] = [];
    let active: readonly Mark[] = Mark.none;
    const say = (words: string, set = active): void => {
      const text = cleanText(words);
      if (text !== '') result.push(schema.text(text, set));
    };
    flat(tokens).forEach((token, index, all) => {
      const mark = markOf(token);
      if (token.type === 'link_open' && all[index + 1]?.type === 'link_close')
        say(`[](${attribute(token, 'href')})`);
      else if (mark) active = token.nesting === 1 ? mark.addToSet(active) : mark.type.removeFromSet(active);
      else if (token.type === 'image') this.figures.push(...photo(token));
      else if (token.type === 'hardbreak' && keepsBreaks) result.push(nodes.hard_break.create());
      else if (token.type === 'softbreak' || token.type === 'hardbreak') say(' ');
      else if (token.type === 'code_inline') say(token.content, marks.code.create().addToSet(active));
      else if (token.type === 'footnote_ref') result.push(footnoteRef(token));
      else say(token.content);
    });
    return Fragment.fromArray(result);
  }

  private takeFigures(): Node[] {
    return this.figures.splice(0);
  }

  private next(): Token | undefined {
    const token = this.tokens[this.at];
    this.at += 1;
    return token;
  }

  /** The inline tokens of the block that has just been opened; steps over them and its end. */
  private inlineOf(): Token[] {
    const token = this.tokens[this.at];
    this.at += 2;
    return token?.children ?? [];
  }

  /** The tokeniser does not say where a footnote's label stands; other tokens without lines take none. */
  private linesOfFootnote(token: Token, from: number, to: number): [number, number] {
    if (token.type !== 'footnote_reference_open') return [from, from];
    const { label } = token.meta as { label: string };
    const mark = `[^${label}]:`;
    const at = this.lines.slice(from, to).findIndex((line) => withoutMarkers(line).startsWith(mark));
    return at < 0 ? [from, from] : [from + at, from + at + 1];
  }

  /** Link definitions between two lines that no link uses, as text: a reader would never see them. */
  private unusedDefinitions(from: number, to: number): Node[] {
    const kept: string[] = [];
    let keeping = false;
    for (const line of this.lines.slice(from, to)) {
      const bare = withoutMarkers(line);
      const label = /^\[((?:[^[\]\\]|\\.)+)\]:/.exec(bare)?.[1];
      if (label !== undefined) {
        const key = referenceKey(label);
        keeping = !this.used.has(key) || this.defined.has(key);
        this.defined.add(key);
      }
      if (keeping && bare.trim() !== '') kept.push(bare);
    }
    return kept.length > 0 ? literal(kept) : [];
  }
}

/** The card that stands for a block with nothing in it but a story's link or a bare address. */
function cardOf(tokens: readonly Token[]): Node | null {
  const [first] = tokens;
  if (
    first?.type !== 'link_open' ||
    tokens.findIndex((token) => token.type === 'link_close') !== tokens.length - 1
  ) {
    return null;
  }
  const href = attribute(first, 'href').trim();
  if (first.markup === 'autolink') return isEmbedUrl(href) ? nodes.embed.create({ url: href }) : null;
  const story = storyUrl.exec(href)?.[1];
  if (story === undefined) return null;
  const words = flat(tokens).map((token) => (/break$/.test(token.type) ? ' ' : token.content));
  return nodes.related.create({ story, headline: words.join('') });
}

function isPhoto(token: Token): boolean {
  return token.type === 'image' && photoUrl.test(attribute(token, 'src').trim());
}

function isPhotoOrBreak(token: Token): boolean {
  return (
    isPhoto(token) ||
    /^(?:soft|hard)break$/.test(token.type) ||
    (token.type === 'text' && token.content.trim() === '')
  );
}

function photo(token: Token): Node[] {
  const id = photoUrl.exec(attribute(token, 'src').trim())?.[1];
  return id === undefined ? [] : [nodes.photo.create({ id, alt: wordsOf(token.children ?? []) })];
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.children ? wordsOf(token.children) : token.content)).join('');
}

/** A picture from elsewhere is never loaded; it is its words. */
function flat(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) =>
    token.type === 'image' && !isPhoto(token) ? flat(token.children ?? []) : [token],
  );
}

function markOf(token: Token): Mark | null {
  switch (token.type) {
    case 'em_open':
    case 'em_close':
      return marks.italic.create();
    case 'strong_open':
    case 'strong_close':
      return marks.bold.create();
    case 's_open':
    case 's_close':
      return marks.strike.create();
    case 'link_open':
    case 'link_close':
      return marks.link.create({ href: attribute(token, 'href'), title: attribute(token, 'title') });
    default:
      return null;
  }
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function footnoteRef(token: Token): Node {
  return nodes.footnote_ref.create({ label: (token.meta as { label: string }).label });
}

/** Text of one block without meaning, a line per line. */
function literal(lines: readonly string[]): Node[] {
  const content: Node[] = [];
  for (const line of lines) {
    const text = line.trim();
    if (text === '') continue;
    if (content.length > 0) content.push(nodes.hard_break.create());
    content.push(schema.text(text));
  }
  return content.length > 0 ? [nodes.paragraph.create(null, content)] : [];
}

function codeBlock(content: string, info: string): Node {
  const text = cleanText(content).replace(/\n$/, '');
  return nodes.code_block.create({ info: info.trim() }, text === '' ? null : schema.text(text));
}

function filled(blocks: Node[]): Node[] {
  return blocks[0] && blocks[0].type !== nodes.attribution ? blocks : [nodes.paragraph.create(), ...blocks];
}

/** A table row's source cells. */
function rowCells(line: string): string[] {
  const inner = withoutMarkers(line)
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** A line without the signs of the quotes and lists that it stands in. */
function withoutMarkers(line: string): string {
  return line.replace(/^(?:[\s>*+-]|\d{1,9}[.)](?=\s))*/, '');
}
