/**
 * Brings a shown document to what a fresh one says and touches only what differs, so that nothing
 * flickers and the reader's place is kept.
 */

import { type Piece, textStart } from './page';

/** Elements of a page that stand for a stretch of the text. */
export const PLACED = '[data-at]';

/** Whether `fresh` can be reached by patching; a page of another theme or language has to be loaded anew. */
export function samePage(shown: Document, fresh: Document): boolean {
  const theme = (page: Document) => styles(page)[0]?.getAttribute('href');
  return theme(shown) === theme(fresh) && shown.documentElement.lang === fresh.documentElement.lang;
}

export function patch(shown: Document, fresh: Document): void {
  if (shown.title !== fresh.title) shown.title = fresh.title;
  patchStyles(shown, fresh);
  patchElement(shown.body, fresh.body);
}

/** Brings the text from its elements `before` to `fresh` ones; false when the document is not as `before` says. */
export function patchText(shown: Document, before: readonly Piece[], fresh: readonly Piece[]): boolean {
  const start = textStart(shown);
  const elements = start ? elementsAfter(start, before.length) : [];
  if (!start?.parentElement || elements.length < before.length) return false;
  const { first, end, freshEnd } = changed(before, fresh);
  const html = fresh.slice(first, freshEnd).map((piece) => piece.html);
  const parsed = new DOMParser().parseFromString(html.join(''), 'text/html');
  const behind = (elements[end - 1] ?? start).nextSibling;
  const gone = end > first ? siblings(elements[first], behind) : [];
  patchChildren(start.parentElement, gone, withoutLastSpace([...parsed.body.childNodes]), behind);
  return true;
}

function elementsAfter(start: Comment, count: number): Element[] {
  const elements: Element[] = [];
  let next = start.nextElementSibling;
  for (; next && elements.length < count; next = next.nextElementSibling) elements.push(next);
  return elements;
}

/** From one node up to another that is not among them. */
function siblings(from: ChildNode | undefined, behind: ChildNode | null): ChildNode[] {
  const nodes: ChildNode[] = [];
  for (let node = from ?? null; node && node !== behind; node = node.nextSibling) nodes.push(node);
  return nodes;
}

/** Which elements differ: from `first` up to `end` in `before`, up to `freshEnd` in `fresh`. */
function changed(before: readonly Piece[], fresh: readonly Piece[]) {
  const same = (at: number, freshAt: number) => before[at]?.digest === fresh[freshAt]?.digest;
  let [first, end, freshEnd] = [0, before.length, fresh.length];
  while (first < end && first < freshEnd && same(first, first)) first++;
  while (end > first && freshEnd > first && same(end - 1, freshEnd - 1))
    [end, freshEnd] = [end - 1, freshEnd - 1];
  return { first, end, freshEnd };
}

/** The white space behind the last element stays where it is. */
function withoutLastSpace(nodes: ChildNode[]): ChildNode[] {
  return nodes.at(-1)?.nodeType === Node.TEXT_NODE ? nodes.slice(0, -1) : nodes;
}

function styles(page: Document): HTMLLinkElement[] {
  return [...page.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
}

/** What stands beside the theme's style sheet comes and goes; the theme's own is not loaded again. */
function patchStyles(shown: Document, fresh: Document): void {
  const [had, wanted] = [styles(shown), styles(fresh)];
  const isIn = (links: HTMLLinkElement[], link: HTMLLinkElement) =>
    links.some((other) => other.getAttribute('href') === link.getAttribute('href'));
  for (const link of had) if (!isIn(wanted, link)) link.remove();
  for (const link of wanted) if (!isIn(had, link)) shown.head.append(shown.importNode(link, true));
}

function patchElement(shown: Element, fresh: Element): void {
  if (shown.isEqualNode(fresh)) return;
  patchAttributes(shown, fresh);
  patchChildren(shown, [...shown.childNodes], [...fresh.childNodes], null);
}

function patchAttributes(shown: Element, fresh: Element): void {
  for (const { name } of [...shown.attributes]) {
    if (!fresh.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

/**
 * Leaves what is equal at both ends, pairs off what is alike, and patches the rest, mostly one paragraph, in order.
 * `behind` is the sibling that follows `shown`.
 */
function patchChildren(
  parent: Element,
  shown: ChildNode[],
  fresh: ChildNode[],
  behind: ChildNode | null,
): void {
  let start = 0;
  while (matched(shown[start], fresh[start])) start++;
  let [shownEnd, freshEnd] = [shown.length, fresh.length];
  while (shownEnd > start && freshEnd > start && matched(shown[shownEnd - 1], fresh[freshEnd - 1])) {
    shownEnd--;
    freshEnd--;
  }
  const before = shown[shownEnd] ?? behind;
  for (; start < shownEnd && start < freshEnd; start++) pair(shown[start], fresh[start]);
  for (const gone of shown.slice(start, shownEnd)) gone.remove();
  for (const added of fresh.slice(start, freshEnd))
    parent.insertBefore(parent.ownerDocument.importNode(added, true), before);
}

function pair(shown: ChildNode | undefined, fresh: ChildNode | undefined): void {
  if (!shown || !fresh) return;
  if (sameKind(shown, fresh)) {
    if (shown.nodeType === Node.ELEMENT_NODE) patchElement(shown as Element, fresh as Element);
    else if (shown.nodeValue !== fresh.nodeValue) shown.nodeValue = fresh.nodeValue;
    return;
  }
  shown.replaceWith(shown.ownerDocument?.importNode(fresh, true) ?? fresh);
}

/** Whether they are one block; what else differs in it is then patched. */
function matched(shown: ChildNode | undefined, fresh: ChildNode | undefined): boolean {
  if (!shown || !fresh) return false;
  // The engine's own comparison is much the quickest, and almost every block is equal.
  if (shown.isEqualNode(fresh)) return true;
  if (!alike(shown, fresh)) return false;
  pair(shown, fresh);
  return true;
}

/** The same words under the same tag: surely the same block, wherever it moved. */
function alike(shown: ChildNode, fresh: ChildNode): boolean {
  if (!sameKind(shown, fresh)) return false;
  return shown.textContent === fresh.textContent && sourceOf(shown) === sourceOf(fresh);
}

function sameKind(shown: ChildNode, fresh: ChildNode): boolean {
  return shown.nodeType === fresh.nodeType && shown.nodeName === fresh.nodeName;
}

/** Pictures have no words: their address tells them apart. */
function sourceOf(node: ChildNode): string {
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  const element = node as Element;
  const picture = element.localName === 'img' ? element : element.querySelector('img');
  return picture?.getAttribute('src') ?? '';
}
