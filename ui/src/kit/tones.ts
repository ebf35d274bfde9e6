/** The tone of a state: a colour and an icon, which always stand beside a word. */
export type Tone =
  'quiet' | 'waiting' | 'moving' | 'editing' | 'settled' | 'live' | 'gone' | 'killed' | 'bad' | 'amber';

const DELIVERY: Readonly<Record<string, Tone>> = {
  queued: 'waiting',
  sending: 'moving',
  unknown: 'waiting',
  confirmed: 'settled',
  refused: 'bad',
  blocked: 'bad',
  cancelled: 'quiet',
};

const PUBLIC: Readonly<Record<string, Tone>> = {
  scheduled: 'waiting',
  live: 'live',
  withdrawn: 'gone',
  killed: 'killed',
};

const DESK: Readonly<Record<string, Tone>> = {
  filed: 'waiting',
  in_edit: 'editing',
  returned: 'amber',
  approved: 'settled',
};

const PLACE: Readonly<Record<string, Tone>> = {
  new: 'settled',
  old: 'bad',
  unread: 'amber',
};

/** The tone of what stands at a public place, as the wire names it. */
export function placeTone(state: string): Tone {
  return PLACE[state] ?? 'quiet';
}

/** The tone of where the desk has a story, as the wire names it. */
export function deskTone(state: string): Tone {
  return DESK[state] ?? 'quiet';
}

/** The tone of what readers get, as the wire names it. */
export function publicTone(state: string): Tone {
  return PUBLIC[state] ?? 'quiet';
}

/** The tone of a delivery's state, as the wire names it; `amber` when it arrived and not all is as it was sent. */
export function deliveryTone(state: string, amber = false): Tone {
  return amber ? 'amber' : (DELIVERY[state] ?? 'quiet');
}
