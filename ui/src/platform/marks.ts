/** How long things took, for whoever looks: `performance.getEntriesByName('khosra:key')`. */
export type Mark = 'khosra:key' | 'khosra:preview';

const KEEP = 5_000;
const taken = new Map<Mark, number>();

/** Notes what began at `start` (`performance.now()`) and ends now. */
export function took(mark: Mark, start: number): void {
  const count = (taken.get(mark) ?? 0) + 1;
  if (count > KEEP) performance.clearMeasures(mark);
  taken.set(mark, count > KEEP ? 1 : count);
  performance.measure(mark, { start, end: performance.now() });
}
