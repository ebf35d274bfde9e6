/** What is said beside the words of a photo. Advice and no more; nothing of it runs while a key is pressed. */
import type { Content, StoryPhoto } from '../../wire/generated';
import { clusters } from '../../kit/cut';
import { unknownCodes, type CodeTable } from './codes';
import { CAPTION_FIELDS, type CaptionField } from './fields';
import { listedFromLeft } from './fromleft';
import { missingNames } from './names';
import { placeholders } from './templates';
import { Vocabulary } from './words';

/** In letters as a reader counts them; some four lines on a telephone. A judgement: the page sets no limit. */
export const LONG_CAPTION = 160;

export interface Advice {
  /** Letters of the caption, as a reader counts them. */
  letters: number;
  long: boolean;
  missing: readonly string[];
  /** How many the caption lists from the left; 0 where it lists none. */
  listed: number;
}

/** `photos` as they are now; `id` is the one whose caption is judged. */
export function adviceOn(id: string, photos: readonly StoryPhoto[], story: Omit<Content, 'photos'>): Advice {
  const caption = photos.find((photo) => photo.id === id)?.caption ?? '';
  const others = photos.flatMap((photo) => (photo.id === id ? [] : [photo.caption]));
  const letters = clusters(caption.trim());
  const vocabulary = new Vocabulary([story.headline, story.standfirst, story.body, ...others]);
  return {
    letters,
    long: letters > LONG_CAPTION,
    missing: missingNames(caption, vocabulary),
    listed: listedFromLeft(caption),
  };
}

export interface Unfinished {
  field: CaptionField;
  /** Codes that no table knows. */
  codes: readonly string[];
  /** Placeholders that wait. */
  waiting: readonly string[];
}

/** What was begun in a photo's fields and not ended: it would stand on the page. */
export function unfinished(photo: StoryPhoto, table: CodeTable): Unfinished[] {
  return CAPTION_FIELDS.map((field) => ({
    field,
    codes: unknownCodes(photo[field], table),
    waiting: placeholders(photo[field]),
  })).filter(({ codes, waiting }) => codes.length + waiting.length > 0);
}
