/** The page as the desk gives it, in pieces: a key changes one paragraph, and only that comes and is drawn. */
import { TEXT_GOES_HERE, type PreviewPiece, type PreviewView, type SafeHtml } from '../../wire/generated';

export interface Piece {
  /** The same digest, the same piece. */
  readonly digest: string;
  readonly html: SafeHtml;
}

export interface Page {
  /** A whole document without its text. */
  readonly frame: Piece;
  /** The elements of the text, in order. */
  readonly blocks: readonly Piece[];
  /** For each element that stands for a stretch of the text, in the page's order, its byte in the Markdown. */
  readonly places: readonly number[];
}

/** What is inside the comment that stands in the frame where the text goes; it stays in the document. */
const COMMENT = TEXT_GOES_HERE.replace(/^<!--|-->$/g, '');

export function digestsOf(page: Page | null): string[] {
  return page ? [page.frame, ...page.blocks].map(({ digest }) => digest) : [];
}

/** The page that `view` tells of. What it leaves out is in the page before it. */
export function filledIn(view: PreviewView, before: Page | null): Page {
  const known = new Map(
    before ? [before.frame, ...before.blocks].map(({ digest, html }) => [digest, html]) : [],
  );
  const filled = ({ digest, html }: PreviewPiece): Piece => {
    const found = html ?? known.get(digest);
    if (found === undefined) throw new Error(`a piece of the page is missing: ${digest}`);
    return { digest, html: found };
  };
  return { frame: filled(view.page), blocks: view.blocks.map(filled), places: view.places };
}

export function wholePage({ frame, blocks }: Page): SafeHtml {
  const [before = '', after = ''] = frame.html.split(TEXT_GOES_HERE);
  const text = blocks.map(({ html }) => html).join('');
  return `${before}${TEXT_GOES_HERE}${text}${after}` as SafeHtml;
}

/** The comment in a document before the text's first element. */
export function textStart(page: Document): Comment | null {
  const comments = page.createNodeIterator(page.body, NodeFilter.SHOW_COMMENT);
  for (let node = comments.nextNode(); node; node = comments.nextNode()) {
    if (node.nodeValue === COMMENT) return node as Comment;
  }
  return null;
}
