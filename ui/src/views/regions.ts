/** F6 walks the regions of the window; each gives the focus back to what had it last. */
const last = new WeakMap<Element, HTMLElement>();
/** What a region is there for, else whatever in it takes the focus. */
const FOCUSABLE = [
  '[contenteditable="true"]',
  '[role="listbox"][tabindex="0"]',
  '[role="tab"][tabindex="0"]',
  'textarea, input:not([type="hidden"]), button:enabled, [tabindex="0"]',
];

/** Remembers which element of its region has the focus. */
export function rememberFocus(event: FocusEvent): void {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  const region = target.closest('[data-region]');
  if (region) last.set(region, target);
}

export function walkRegions(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(hasSize);
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(here + by + regions.length) % regions.length];
  if (next) focusWithin(next);
}

/** A person is in what a tab of the side shows: typing there, perhaps. */
export function isFocusInPanel(): boolean {
  return Boolean(document.activeElement?.closest('.tab-content'));
}

/** Nothing has the focus, so that it may be given without taking it from anything. */
export function isFocusFree(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

function focusWithin(region: HTMLElement): void {
  const before = last.get(region);
  (before?.isConnected ? before : firstIn(region)).focus();
}

function firstIn(region: HTMLElement): HTMLElement {
  for (const kind of FOCUSABLE) {
    const found = region.querySelector<HTMLElement>(kind);
    if (found) return found;
  }
  return region;
}

function hasSize(region: HTMLElement): boolean {
  return !region.hidden && !region.inert;
}
