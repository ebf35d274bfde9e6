/**
 * What a story's text can hold. Everything here has exactly one spelling in the Markdown dialect
 * (`write.ts`, `read.ts`) and one in the page's HTML; what has neither cannot be made here.
 */
import {
  Schema,
  type Attrs,
  type DOMOutputSpec,
  type MarkSpec,
  type Node,
  type NodeSpec,
} from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';

const embedUrl = /^https?:\/\/[^\s<>]+$/i;
const noteLabel = /^[^\s[\]^]{1,40}$/;
const text = (attrs: Attrs, name: string): string => String(attrs[name] ?? '');

/** Why a cell holds bare text: the dialect's tables know no blocks and no line breaks inside a cell. */
const cells = tableNodes({
  tableGroup: 'block',
  cellContent: '(text | footnote_ref)*',
  cellAttributes: {
    align: {
      default: null,
      validate: 'string|null',
      getFromDOM: (cell) => cell.dataset['align'] ?? null,
      setDOMAttr: (value, attrs) => {
        if (typeof value === 'string') attrs['data-align'] = value;
      },
    },
  },
});

const nodes = {
  doc: { content: '(block | footnote_def)+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    parseDOM: [{ tag: 'p' }],
    toDOM: (): DOMOutputSpec => ['p', 0],
  },
  heading: {
    attrs: { level: { default: 2, validate: 'number' } },
    content: '(text | footnote_ref)*',
    group: 'block',
    defining: true,
    parseDOM: [
      { tag: 'h1', attrs: { level: 2 } },
      { tag: 'h2', attrs: { level: 2 } },
      ...['h3', 'h4', 'h5', 'h6'].map((tag) => ({ tag, attrs: { level: 3 } })),
    ],
    toDOM: (node: Node): DOMOutputSpec => [node.attrs['level'] === 3 ? 'h3' : 'h2', 0],
  },
  quote: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: (): DOMOutputSpec => ['blockquote', 0],
  },
  pull_quote: {
    content: 'block+ attribution?',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'aside.pull' }],
    toDOM: (): DOMOutputSpec => ['aside', { class: 'pull' }, 0],
  },
  attribution: {
    content: 'inline*',
    defining: true,
    parseDOM: [{ tag: 'p.attribution', priority: 60 }],
    toDOM: (): DOMOutputSpec => ['p', { class: 'attribution' }, 0],
  },
  bullet_list: {
    content: 'list_item+',
    group: 'block',
    parseDOM: [{ tag: 'ul' }],
    toDOM: (): DOMOutputSpec => ['ul', 0],
  },
  ordered_list: {
    attrs: { order: { default: 1, validate: 'number' } },
    content: 'list_item+',
    group: 'block',
    parseDOM: [{ tag: 'ol', getAttrs: (dom: HTMLElement) => ({ order: firstNumber(dom) }) }],
    toDOM: (node: Node): DOMOutputSpec =>
      node.attrs['order'] === 1 ? ['ol', 0] : ['ol', { start: Number(node.attrs['order']) }, 0],
  },
  list_item: {
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: (): DOMOutputSpec => ['li', 0],
  },
  table: cells.table,
  table_row: cells.table_row,
  table_cell: cells.table_cell,
  table_header: cells.table_header,
  /** `alt` only carries words that foreign Markdown put there; ours live in the story's photos. */
  photo: {
    attrs: { id: { validate: 'string' }, alt: { default: '', validate: 'string' } },
    group: 'block',
    draggable: true,
    parseDOM: [
      {
        tag: 'figure[data-photo]',
        getAttrs: (dom: HTMLElement) => dataAttr(dom, 'photo', 'id', /^[0-9a-f]{64}$/),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => ['figure', { 'data-photo': text(node.attrs, 'id') }],
  },
  related: {
    attrs: { story: { validate: 'string' }, headline: { default: '', validate: 'string' } },
    group: 'block',
    draggable: true,
    parseDOM: [
      {
        tag: 'div[data-related]',
        getAttrs: (dom: HTMLElement) => {
          const story = dataAttr(dom, 'related', 'story', /^[0-9a-fA-F-]{36}$/);
          return story && { ...story, headline: dom.textContent };
        },
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => [
      'div',
      { 'data-related': text(node.attrs, 'story') },
      text(node.attrs, 'headline'),
    ],
  },
  embed: {
    attrs: { url: { validate: 'string' } },
    group: 'block',
    draggable: true,
    parseDOM: [
      { tag: 'div[data-embed]', getAttrs: (dom: HTMLElement) => dataAttr(dom, 'embed', 'url', embedUrl) },
    ],
    toDOM: (node: Node): DOMOutputSpec => [
      'div',
      { 'data-embed': text(node.attrs, 'url') },
      text(node.attrs, 'url'),
    ],
  },
  rule: {
    group: 'block',
    parseDOM: [{ tag: 'hr' }],
    toDOM: (): DOMOutputSpec => ['hr'],
  },
  /** Kept because the dialect has it (an imported file may hold one); no button makes it. */
  code_block: {
    attrs: { info: { default: '', validate: 'string' } },
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    toDOM: (): DOMOutputSpec => ['pre', ['code', 0]],
  },
  footnote_def: {
    attrs: { label: { validate: 'string' } },
    content: 'block+',
    defining: true,
    isolating: true,
    parseDOM: [
      {
        tag: 'section[data-footnote]',
        getAttrs: (dom: HTMLElement) => dataAttr(dom, 'footnote', 'label', noteLabel),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => ['section', { 'data-footnote': text(node.attrs, 'label') }, 0],
  },
  text: { group: 'inline' },
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: 'br' }],
    toDOM: (): DOMOutputSpec => ['br'],
  },
  footnote_ref: {
    attrs: { label: { validate: 'string' } },
    inline: true,
    group: 'inline',
    atom: true,
    marks: '',
    parseDOM: [
      {
        tag: 'sup[data-footnote-ref]',
        getAttrs: (dom: HTMLElement) => dataAttr(dom, 'footnoteRef', 'label', noteLabel),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => {
      const label = text(node.attrs, 'label');
      return ['sup', { 'data-footnote-ref': label }, label];
    },
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    attrs: { href: { validate: 'string' }, title: { default: '', validate: 'string' } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (dom: HTMLElement) => {
          const href = dom.getAttribute('href') ?? '';
          return isAllowedLink(href) ? { href, title: dom.title } : false;
        },
      },
    ],
    // An imported text may hold a link to where no link may lead. It is kept for its author to mend, as words.
    toDOM: (mark): DOMOutputSpec => {
      const href = text(mark.attrs, 'href');
      const title = text(mark.attrs, 'title');
      if (!isAllowedLink(href)) return ['span', { class: 'dead-link' }, 0];
      return ['a', { href, ...(title && { title }), rel: 'noreferrer' }, 0];
    },
  },
  bold: {
    parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
    toDOM: (): DOMOutputSpec => ['strong', 0],
  },
  italic: {
    parseDOM: [{ tag: 'em' }, { tag: 'i' }],
    toDOM: (): DOMOutputSpec => ['em', 0],
  },
  strike: {
    parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }],
    toDOM: (): DOMOutputSpec => ['s', 0],
  },
  /** As `code_block`: kept, not offered. */
  code: {
    code: true,
    toDOM: (): DOMOutputSpec => ['code', 0],
  },
} satisfies Record<string, MarkSpec>;

/** The news schema. */
export const schema = new Schema<keyof typeof nodes, keyof typeof marks>({ nodes, marks });

/** The only addresses that a link may have, here and on the page. */
export function isAllowedLink(href: string): boolean {
  const allowed = /^(?:https?:\/\/\S|mailto:\S|story:[0-9a-f-]{36}$)/i;
  return allowed.test(href.trim()) && !/\p{Cc}/u.test(href);
}

/** Whether an address can be shown as an embed card. */
export function isEmbedUrl(url: string): boolean {
  return embedUrl.test(url);
}

function firstNumber(list: HTMLElement): number {
  const start = Number.parseInt(list.getAttribute('start') ?? '1', 10);
  return start >= 0 && start <= 999_999_999 ? start : 1;
}

/** An attribute from a `data-` field of something pasted; nobody says that it came from us. */
function dataAttr(dom: HTMLElement, field: string, name: string, allowed: RegExp): Attrs | false {
  const value = dom.dataset[field] ?? '';
  return allowed.test(value) && { [name]: value };
}
