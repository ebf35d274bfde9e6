/** The marks of a page that is held against another version of it: `del` and `ins`, each with its change's number. */

const MARK = '[data-change]';
const HERE = 'data-here';

/** A change that a reader has come to. */
export interface Met {
  /** 1, 2, 3 … in the order of the page. */
  at: number;
  of: number;
  gone: string;
  come: string;
  /** The first of its marks. */
  mark: Element;
}

/** Marks as the page has them, by change, in its order. */
export function changesOf(page: Document): Element[][] {
  const numbers: string[] = [];
  const changes: Element[][] = [];
  for (const mark of page.querySelectorAll(MARK)) {
    const number = mark.getAttribute('data-change') ?? '';
    const known = numbers.indexOf(number);
    if (known >= 0) changes[known]?.push(mark);
    else {
      numbers.push(number);
      changes.push([mark]);
    }
  }
  return changes;
}

/** Sets one change off from the others; `at` counts from 0, and the ends meet. Null where there is none. */
export function meet(page: Document, at: number): Met | null {
  for (const mark of page.querySelectorAll(`[${HERE}]`)) mark.removeAttribute(HERE);
  const changes = changesOf(page);
  const number = changes.length === 0 ? 0 : (at + changes.length) % changes.length;
  const marks = changes[number];
  const [mark] = marks ?? [];
  if (!marks || !mark) return null;
  for (const each of marks) each.setAttribute(HERE, '');
  const said = (tag: string) =>
    marks
      .filter(({ localName }) => localName === tag)
      .map(({ textContent }) => textContent)
      .join(' ')
      .trim();
  return { at: number + 1, of: changes.length, gone: said('del'), come: said('ins'), mark };
}

/** The letters of what is being written: what goes is not among them. */
export function lettersIn(range: Range): number {
  const written = range.cloneContents();
  for (const gone of written.querySelectorAll(`del${MARK}`)) gone.remove();
  return written.textContent.length;
}
