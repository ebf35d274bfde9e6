/** The names of a story's fields, where two versions of it are held against each other. */
import type { Field, Language, SinceReadView } from '../wire/generated';
import { count } from './digits';
import { date } from './time';
import * as m from './generated/messages.js';

/** Each field by its name. */
export const FIELDS: Readonly<Record<Field, () => string>> = {
  headline: () => m.place_headline(),
  standfirst: () => m.place_standfirst(),
  byline: () => m.place_byline(),
  dateline: () => m.place_dateline(),
  source: () => m.place_source(),
  section: () => m.place_section(),
  tags: () => m.place_tags(),
  slug: () => m.place_slug(),
  language: () => m.details_language(),
  published_at: () => m.field_published_at(),
  body: () => m.place_body(),
  photo: () => m.field_photo(),
  caption: () => m.place_caption(),
  credit: () => m.place_credit(),
  alt: () => m.place_alt(),
  decorative: () => m.field_decorative(),
  lead: () => m.photos_lead(),
  focal: () => m.field_focal(),
  photo_order: () => m.field_photo_order(),
};

const LANGUAGES: Record<Language, () => string> = { bn: () => m.language_bn(), en: () => m.language_en() };

export const fieldName = (field: Field): string => FIELDS[field]();

/** Everything of a photo is told as the photo. */
const OF_PHOTO: readonly Field[] = [
  'photo',
  'caption',
  'credit',
  'alt',
  'decorative',
  'lead',
  'focal',
  'photo_order',
];

/** What is new in a story, in one breath: `3 paragraphs, headline`. */
export function sinceRead({ paragraphs, fields }: Pick<SinceReadView, 'paragraphs' | 'fields'>): string {
  const beside = fields.filter((field) => !OF_PHOTO.includes(field)).map(fieldName);
  const text = paragraphs > 0 ? [m.since_paragraphs({ count: count(paragraphs) })] : [];
  const photos = beside.length < fields.length ? [m.since_photos()] : [];
  return [...text, ...beside, ...photos].join(', ');
}

/** What a field that is no text says, as a person would say it; a text stands as it is. */
export function fieldValue(field: Field, value: string): string {
  if (field === 'photo') return value ? m.field_photo_in() : m.field_photo_out();
  if (field === 'decorative') return value ? m.field_yes() : m.field_no();
  if (field === 'lead') return value ? m.field_lead_chosen() : m.field_lead_none();
  if (field === 'photo_order') return m.field_order_own();
  if (field === 'language') return value === 'en' ? LANGUAGES.en() : LANGUAGES.bn();
  if (field === 'published_at' && value) return date(value);
  return field === 'tags' ? value.split('\n').join(', ') : value;
}
