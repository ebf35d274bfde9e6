/**
 * Templates of captions: `{place}, {date}: `. What is known is filled in; the rest waits in its braces, to be selected and
 * typed over one after another.
 */
import type { Language } from '../../wire/generated';

export interface Filling {
  /** Empty where the story has none. */
  place: string;
  date: string;
}

export interface Stretch {
  from: number;
  to: number;
}

/** Longest template, in UTF-16 units. */
export const MAX_TEMPLATE = 300;

export const TEMPLATES: readonly string[] = [
  '{স্থান}, {তারিখ}: ',
  '{কী দেখা যাচ্ছে}। {স্থান}, {তারিখ}',
  '{place}, {date}: ',
  '{what it shows}. {place}, {date}',
];

const PLACEHOLDER = /\{[^{}\n]{1,60}\}/g;
/** What is filled in by itself, in either language. */
export const FILLED: Record<keyof Filling, Record<Language, string>> = {
  place: { bn: '{স্থান}', en: '{place}' },
  date: { bn: '{তারিখ}', en: '{date}' },
};
const isFor = (what: keyof Filling, name: string) => Object.values(FILLED[what]).includes(name);

/** Those for stories of a language: with Bengali letters for Bengali ones. Where none is, all may serve. */
export function templatesFor(language: Language, templates: readonly string[]): readonly string[] {
  const written = templates.filter((template) => template.trim() !== '');
  const own = written.filter((template) => /\p{Script=Bengali}/u.test(template) === (language === 'bn'));
  return own.length > 0 ? own : written;
}

export function filled(template: string, { place, date }: Filling): string {
  return template.replace(PLACEHOLDER, (name) => {
    if (isFor('place', name)) return place || name;
    return isFor('date', name) ? date : name;
  });
}

/** The first placeholder at `from` or behind it. */
export function placeholderAfter(value: string, from: number): Stretch | null {
  for (const match of value.matchAll(PLACEHOLDER)) {
    if (match.index >= from) return { from: match.index, to: match.index + match[0].length };
  }
  return null;
}

/** What still waits to be filled in, as it is written. */
export function placeholders(value: string): string[] {
  return [...new Set(value.match(PLACEHOLDER) ?? [])];
}
