/**
 * The same value with every lone surrogate replaced by U+FFFD. Half a pair can come from a paste or a broken
 * keyboard; as JSON it would be refused whole, and with it the story.
 */
export function wellFormed<T>(value: T): T;
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormed(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wellFormed<unknown>(item)]));
}
