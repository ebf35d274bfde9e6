/** From one marked place to the next, round and round; the focus goes along. */
export function walk(box: HTMLElement | undefined, mark: string, step: 1 | -1): void {
  const places = [...(box?.querySelectorAll<HTMLElement>(mark) ?? [])];
  const at = places.findIndex((place) => place === document.activeElement);
  const first = step === 1 ? 0 : places.length - 1;
  const next = at < 0 ? first : (at + step + places.length) % places.length;
  places[next]?.focus();
}
