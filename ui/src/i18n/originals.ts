/** Where the original of a photo stands, and when originals go, in words: never those of a story. */
import type { DeliveryState, Originals, OriginalView } from '../wire/generated';
import * as m from './generated/messages.js';

const WORDS: Record<DeliveryState, () => string> = {
  queued: () => m.original_queued(),
  sending: () => m.original_sending(),
  unknown: () => m.original_unknown(),
  confirmed: () => m.original_confirmed(),
  refused: () => m.original_refused(),
  blocked: () => m.original_blocked(),
  cancelled: () => m.original_cancelled(),
};

const POLICIES: Record<Originals, () => string> = {
  never: () => m.originals_never(),
  unmetered: () => m.originals_unmetered(),
  always: () => m.originals_always(),
};

export const originalsPolicy = (originals: Originals): string => POLICIES[originals]();

/** What waits for its line says so, also when some of it is there already. */
export function originalWord({ state, cause }: Pick<OriginalView, 'state' | 'cause'>): string {
  const held = cause === 'metered' || cause === 'price_unknown';
  return held && (state === 'queued' || state === 'unknown') ? m.original_held() : WORDS[state]();
}
