/** Where readers meet a story, and what stands there. */
import type { PlaceKind, PlaceState, PlacesView } from '../wire/generated';
import { count } from './digits';
import * as m from './generated/messages.js';

const KINDS: Record<PlaceKind, () => string> = {
  page: () => m.place_kind_page(),
  card: () => m.place_kind_card(),
  front: () => m.place_kind_front(),
  section: () => m.place_kind_section(),
  feed: () => m.place_kind_feed(),
  sitemap: () => m.place_kind_sitemap(),
};

const STATES: Record<PlaceState, () => string> = {
  new: () => m.place_state_new(),
  old: () => m.place_state_old(),
  listed: () => m.place_state_listed(),
  absent: () => m.place_state_absent(),
  unread: () => m.place_state_unread(),
};

export const placeName = (kind: PlaceKind): string => KINDS[kind]();

/** Of a story that was taken down, anything that stands there is old. */
export const placeState = (state: PlaceState, down: boolean): string =>
  down && state === 'old' ? m.place_state_still() : STATES[state]();

/** What all places together come to. */
export function placesSentence({ places, down }: Pick<PlacesView, 'places' | 'down'>): string {
  const number = (state: PlaceState) => places.filter((place) => place.state === state).length;
  const old = number('old');
  const unread = number('unread');
  const gaps = unread > 0 ? m.places_unread({ count: unread, number: count(unread) }) : '';
  const rest = unread > 0 ? m.places_rest_clear() : down ? m.places_gone() : m.places_clear();
  const counted = { count: old, number: count(old) };
  const said = old === 0 ? rest : down ? m.places_still(counted) : m.places_old(counted);
  return [said, gaps].filter(Boolean).join(' ');
}
