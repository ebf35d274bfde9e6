import { overwriteGetLocale } from './generated/runtime.js';

export type Language = 'bn' | 'en';

/** The interface's language. What reads a message while drawing is drawn anew when this changes. */
class Locale {
  current = $state<Language>('bn');
}

export const locale = new Locale();
overwriteGetLocale(() => locale.current);
