/** The words of a photo that the sheet is about, and when they are all there. */
import type { StoryPhoto } from '../../wire/generated';

export const CAPTION_FIELDS = ['caption', 'credit', 'alt'] as const;
export type CaptionField = (typeof CAPTION_FIELDS)[number];
type Patch = Partial<StoryPhoto>;

export function isCaptionField(name: string | undefined): name is CaptionField {
  return CAPTION_FIELDS.some((field) => field === name);
}

/** A decorative photo needs no alternative text, so that field is not empty there. */
export function isEmpty(photo: StoryPhoto, field: CaptionField): boolean {
  if (field === 'alt' && photo.decorative) return false;
  return photo[field].trim() === '';
}

export function isComplete(photo: StoryPhoto): boolean {
  return CAPTION_FIELDS.every((field) => !isEmpty(photo, field));
}

/** What another photo gets when it takes this field over; nothing where nothing stands. */
export function taken(from: StoryPhoto, field: CaptionField): Patch {
  if (field === 'alt' && from.decorative) return { decorative: true };
  return isEmpty(from, field) ? {} : { [field]: from[field] };
}

/** The part of a patch that changes the photo; null when all of it stands there already. */
export function difference(photo: StoryPhoto, patch: Patch): Patch | null {
  const names = (Object.keys(patch) as (keyof StoryPhoto)[]).filter((name) => photo[name] !== patch[name]);
  return names.length === 0 ? null : only(patch, names);
}

/** What now stands where the patch would write. */
export function standing(photo: StoryPhoto, patch: Patch): Patch {
  return only(photo, Object.keys(patch) as (keyof StoryPhoto)[]);
}

function only(from: Patch, names: readonly (keyof StoryPhoto)[]): Patch {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
