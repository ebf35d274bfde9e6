/** The tone of a state: a colour and an icon, which always stand beside a word. */
export type Tone = 'quiet' | 'waiting' | 'moving' | 'settled' | 'live' | 'bad';

const DELIVERY: Readonly<Record<string, Tone>> = {
  queued: 'waiting',
  sending: 'moving',
  unknown: 'waiting',
  confirmed: 'settled',
  refused: 'bad',
  blocked: 'bad',
  cancelled: 'quiet',
};

/** The tone of a delivery's state, as the wire names it. */
export function deliveryTone(state: string): Tone {
  return DELIVERY[state] ?? 'quiet';
}
