/**
 * Brings a shown document to what a fresh one says and touches only what differs, so that nothing
 * flickers and the reader's place is kept.
 */

/** Elements of a page that stand for a stretch of the text. */
export const PLACED = '[data-at]';

/**
 * Takes out where in the text each element stands, in the page's order. A letter moves every place behind it; left in
 * the page, each would be an element to touch at every key.
 */
export function takePlaces(fresh: Document): number[] {
  return [...fresh.querySelectorAll(PLACED)].map((element) => {
    const at = Number(element.getAttribute('data-at'));
    element.setAttribute('data-at', '');
    return at;
  });
}

/** Whether `fresh` can be reached by patching; a page with another head has to be loaded anew. */
export function samePage(shown: Document, fresh: Document): boolean {
  return styles(shown) === styles(fresh) && shown.documentElement.lang === fresh.documentElement.lang;
}

export function patch(shown: Document, fresh: Document): void {
  if (shown.title !== fresh.title) shown.title = fresh.title;
  patchElement(shown.body, fresh.body);
}

function styles(page: Document): string {
  const links = page.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]');
  return [...links].map((link) => link.getAttribute('href')).join('\n');
}

function patchElement(shown: Element, fresh: Element): void {
  if (shown.isEqualNode(fresh)) return;
  patchAttributes(shown, fresh);
  patchChildren(shown, [...shown.childNodes], [...fresh.childNodes]);
}

function patchAttributes(shown: Element, fresh: Element): void {
  for (const { name } of [...shown.attributes]) {
    if (!fresh.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

/** Leaves what is equal at both ends, pairs off what is alike, and patches the rest, mostly one paragraph, in order. */
function patchChildren(parent: Element, shown: ChildNode[], fresh: ChildNode[]): void {
  let start = 0;
  while (matched(shown[start], fresh[start])) start++;
  let [shownEnd, freshEnd] = [shown.length, fresh.length];
  while (shownEnd > start && freshEnd > start && matched(shown[shownEnd - 1], fresh[freshEnd - 1])) {
    shownEnd--;
    freshEnd--;
  }
  const before = shown[shownEnd] ?? null;
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
