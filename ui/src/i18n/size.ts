import { count, decimal } from './digits';
import * as m from './generated/messages.js';

/** Bytes as people say them. */
export function bytes(value: number): string {
  if (value < 1_000) return m.size_bytes({ count: count(value) });
  if (value < 1_000_000) return m.size_kb({ count: count(value / 1_000) });
  return m.size_mb({ count: decimal(value / 1_000_000) });
}
