/**
 * The tokeniser for the house dialect, set up so that it says the same as the page's renderer: raw HTML
 * is text, addresses are taken as they stand, footnotes stay where they were written.
 */
import markdownIt, { type Env, type MarkdownIt, type Token } from 'markdown-it';
import footnote from 'markdown-it-footnote';
import { withoutNul } from './text';

/** How a photo is named in the text. */
export const photoUrl = /^photo:([0-9a-f]{64})$/;
/** How a related story is named in the text. */
export const storyUrl = /^story:([0-9a-fA-F-]{36})$/;
/** The first line of a pull quote. */
export const pullMarker = '[!pull]';
/** What an attribution begins with. */
export const attributionMark = '— ';

interface FootnoteEnv extends Env {
  footnotes?: { refs: Record<string, number> };
  used?: Set<string>;
}

export interface Tokens {
  tokens: Token[];
  /** Nested deeper than can be read: words would be missing. */
  tooDeep: boolean;
  /** Labels of link definitions that some link uses, as `normalizeReference` spells them. */
  used: ReadonlySet<string>;
}

/** Blocks nested deeper than this are not read as blocks; the tokeniser would leave their words out. */
const maxNesting = 200;

const tokeniser = buildTokeniser();

/** The way link labels are compared. */
export const referenceKey = (label: string): string => tokeniser.utils.normalizeReference(label);

/**
 * Tokens of a Markdown text. `anyFootnote`: take a footnote mark for one even without its note, because
 * only a piece of the text is at hand.
 */
export function tokenise(markdown: string, anyFootnote = false): Tokens {
  const used = new Set<string>();
  const env: FootnoteEnv = { used };
  if (anyFootnote) env.footnotes = { refs: everyLabel() };
  const tokens = tokeniser.parse(withoutNul(markdown), env);
  return { tokens, used, tooDeep: tokens.some((token) => token.level >= maxNesting - 2) };
}

function buildTokeniser(): MarkdownIt {
  const md = new markdownIt('commonmark', { html: false, linkify: false, typographer: false, maxNesting });
  md.enable(['table', 'strikethrough']);
  // Whether an address may be a link is decided in read.ts; here it must not change what is a link's text.
  md.validateLink = () => true;
  md.normalizeLink = (url) => url;
  md.normalizeLinkText = (url) => url;
  md.use(footnote);
  md.core.ruler.disable('footnote_tail');
  md.inline.ruler.disable('footnote_inline');
  md.core.ruler.before('inline', 'note_used_references', (state) => {
    const env: FootnoteEnv = state.env;
    if (env.references && env.used) env.references = noting(env.references, env.used);
  });
  return md;
}

function noting<T>(references: Record<string, T>, used: Set<string>): Record<string, T> {
  return new Proxy(references, {
    get(target, key: string) {
      if (key in target) used.add(key);
      return target[key];
    },
  });
}

/** A table of footnotes in which every label stands. */
function everyLabel(): Record<string, number> {
  return new Proxy<Record<string, number>>({}, { get: (target, key: string) => target[key] ?? -1 });
}
