/** Sitting down in another chair of the built-in portal's newsroom: its store, its account, the same person. */
import type { Platform } from '../platform';
import type { Chair, Settings } from '../wire/generated';

/** The editor before the sub-editor, whose name holds the editor's: so both are found by their names. */
export const CHAIRS: readonly Chair[] = ['own', 'correspondent', 'editor', 'sub_editor'];

/** What goes with the person. Everything else belongs to the chair. */
type Habits = Pick<Settings, 'language' | 'appearance' | 'text_size'>;
const CARRIED = 'khosra-habits';

/** Throws what the desk answered; on success the window is drawn anew. */
export async function sit(platform: Platform, chair: Chair, settings: Settings): Promise<void> {
  const { language, appearance, text_size } = settings;
  await platform.call('sit_down', { chair });
  sessionStorage.setItem(CARRIED, JSON.stringify({ language, appearance, text_size } satisfies Habits));
  platform.beginAnew();
}

/** How the person liked the window in the chair that they came from, once; null for who has just begun. */
export function carried(): Habits | null {
  const text = sessionStorage.getItem(CARRIED);
  sessionStorage.removeItem(CARRIED);
  return text === null ? null : (JSON.parse(text) as Habits);
}
