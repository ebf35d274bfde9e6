/** What the sheet says of its acts and of words, as sentences. */
import { count, m } from '../../i18n';
import type { LineFault } from './codefile';
import type { CaptionField } from './fields';
import type { Done } from './sheet.svelte';

export const FIELD_NAMES: Record<CaptionField, () => string> = {
  caption: () => m.photos_caption(),
  credit: () => m.photos_credit(),
  alt: () => m.photos_alt(),
};

export function doneSentence({ act, photos }: Done): string {
  if (act === 'copied') return m.captions_copied();
  if (act === 'filled') return m.captions_filled({ count: count(photos) });
  if (act === 'undone') return m.captions_undone({ count: count(photos) });
  return act === 'redone' ? m.captions_redone({ count: count(photos) }) : m.captions_nothing();
}

const FAULTS: Record<LineFault, () => string> = {
  no_tab: () => m.codes_no_tab(),
  many_columns: () => m.codes_many_columns(),
  no_code: () => m.codes_no_code(),
  bad_code: () => m.codes_bad_code(),
  no_words: () => m.codes_no_words(),
  too_long: () => m.codes_too_long(),
  twice: () => m.codes_twice(),
  not_text: () => m.codes_not_text(),
  no_room: () => m.codes_no_room(),
};

export function faultSentence(fault: LineFault): string {
  return FAULTS[fault]();
}
