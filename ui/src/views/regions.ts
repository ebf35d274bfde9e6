/** F6 walks the regions of the window; each gives the focus back to what had it last. */
const last = new WeakMap<Element, HTMLElement>();
const FOCUSABLE =
  '[data-focus-first], [contenteditable="true"], textarea, input:not([type="hidden"]), button:enabled, [tabindex="0"]';

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

/** Nothing has the focus, so that it may be given without taking it from anything. */
export function isFocusFree(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

function focusWithin(region: HTMLElement): void {
  const before = last.get(region);
  const target = before?.isConnected ? before : region.querySelector<HTMLElement>(FOCUSABLE);
  (target ?? region).focus();
}

function hasSize(region: HTMLElement): boolean {
  return !region.hidden && !region.inert;
}
