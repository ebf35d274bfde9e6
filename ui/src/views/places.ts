/** Where a finding is put right: the field it is about, made visible and given the focus. */
import type { Finding, FindingCode } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

type Place = 'headline' | 'byline' | 'body' | 'section' | 'credit' | 'alt' | 'caption';

const PLACES: Record<FindingCode, Place> = {
  headline_missing: 'headline',
  headline_too_long: 'headline',
  headline_long: 'headline',
  body_missing: 'body',
  body_too_long: 'body',
  section_missing: 'section',
  byline_missing: 'byline',
  credit_missing: 'credit',
  alt_missing: 'alt',
  caption_missing: 'caption',
  photo_unknown: 'body',
  photo_twice: 'caption',
  bidi_override: 'body',
};

export function goTo(room: Newsroom, finding: Finding): void {
  const place = PLACES[finding.code];
  if (place === 'body') {
    room.session?.editor?.focus();
    return;
  }
  if (place === 'section') room.layout.showTab('details');
  if (finding.photo !== null) room.layout.showTab('photos');
  // The tab has to be drawn before it has anything to focus.
  requestAnimationFrame(() => {
    focus(
      finding.photo === null
        ? place
        : `photo"][data-photo="${CSS.escape(finding.photo)}"] [data-testid="${place}`,
    );
  });
}

/** The first thing that has to be put right, from which Enter leads to its place. */
export function goToFindings(room: Newsroom): void {
  room.layout.showTab('checks');
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[data-testid="findings-block"] button')?.focus();
  });
}

function focus(name: string): void {
  const field = document.querySelector<HTMLElement>(`[data-testid="${name}"]`);
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}
