/** What stands between a delivery and its receipt, where a person has to decide. */
import type { Difference, IntentView, LostKind, TheirsView } from '../wire/generated';
import { inDigits } from './digits';
import { FIELDS } from './fields';
import * as m from './generated/messages.js';
import { deliveryOf } from './sentences';

const LOST: Record<LostKind, (names: { names: string }) => string> = {
  block: (names) => m.lost_block(names),
  photo: (names) => m.lost_photo(names),
  field: (names) => m.lost_field(names),
};

const PLACES: Readonly<Record<string, () => string>> = {
  ...FIELDS,
  photos: () => m.place_photos(),
  page: () => m.place_page(),
  state: () => m.place_state(),
  version: () => m.place_version(),
  live_at: () => m.place_live_at(),
  story: () => m.place_story(),
};

/** What of the portal's version has no place here, one sentence for each kind. */
export function lostSentences({ lost }: Pick<TheirsView, 'lost'>): string[] {
  return (Object.keys(LOST) as LostKind[]).flatMap((kind) => {
    const names = lost.filter((each) => each.kind === kind).map(({ name }) => name);
    return names.length === 0 ? [] : [LOST[kind]({ names: names.join(', ') })];
  });
}

/** One difference, by the name of its field. */
export function differenceSentence({ at, sent, kept }: Difference): string {
  const said = (text: string) => text || m.differs_nothing();
  return m.differs_line({ place: placeName(at), sent: said(sent), kept: said(kept) });
}

/** Where a delivery stands, in a word: at the portal, though not all as it was sent, is neither stuck nor done. */
export function deliveryWord(intent: Pick<IntentView, 'act' | 'state' | 'acceptable'>): string {
  return intent.acceptable ? m.delivery_differs() : deliveryOf(intent.act, intent.state);
}

/** A JSON pointer as a person would say it; one that nobody knows stands as it is. */
function placeName(at: string): string {
  const [, first = '', number = '', what = ''] = at.split('/');
  const inside = PLACES[what];
  if (first === 'photos' && inside) {
    return m.place_photo({ number: inDigits(String(Number(number) + 1)), what: inside() });
  }
  return PLACES[first]?.() ?? at;
}
