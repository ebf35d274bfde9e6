/**
 * Brings a shown document to what a fresh one says and touches only what differs, so that nothing
 * flickers and the reader's place is kept.
 */

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

/** Pairs off what is alike at both ends; the rest, mostly one paragraph, is patched in order. */
function patchChildren(parent: Element, shown: ChildNode[], fresh: ChildNode[]): void {
  while (shown[0] && fresh[0] && alike(shown[0], fresh[0])) pair(shown.shift(), fresh.shift());
  const tail: ChildNode[] = [];
  while (shown.at(-1) && fresh.at(-1) && alike(shown.at(-1), fresh.at(-1))) {
    const last = shown.pop();
    pair(last, fresh.pop());
    if (last) tail.unshift(last);
  }
  while (shown[0] && fresh[0]) pair(shown.shift(), fresh.shift());
  for (const gone of shown) gone.remove();
  const before = tail[0] ?? null;
  for (const added of fresh) parent.insertBefore(parent.ownerDocument.importNode(added, true), before);
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

/** The same words under the same tag: surely the same block, wherever it moved. */
function alike(shown: ChildNode | undefined, fresh: ChildNode | undefined): boolean {
  if (!shown || !fresh || !sameKind(shown, fresh)) return false;
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
