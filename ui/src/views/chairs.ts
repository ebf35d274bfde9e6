/** Sitting down in another chair of the built-in portal's newsroom: its store, its account, the same person. */
import { failureOf } from '../platform';
import type { Chair, Settings } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

/** The editor before the sub-editor, whose name holds the editor's: so both are found by their names. */
export const CHAIRS: readonly Chair[] = ['own', 'correspondent', 'editor', 'sub_editor'];

/** What goes with the person. Everything else belongs to the chair. */
type Habits = Pick<Settings, 'language' | 'appearance' | 'text_size' | 'notices'>;
const CARRIED = 'khosra-habits';

export class Seat {
  readonly #room: Newsroom;

  constructor(room: Newsroom) {
    this.#room = room;
  }

  /** There is a newsroom with more chairs than one. */
  get hasOthers(): boolean {
    const { start, portals } = this.#room;
    return start.chair !== 'own' || portals.list.some((portal) => portal.kind === 'built_in');
  }

  /** Begins the window anew in another chair, once everything typed in this one is on disk. */
  async sitDown(chair: Chair): Promise<void> {
    const { platform, preferences, start } = this.#room;
    if (chair === start.chair || !(await this.#room.leave())) return;
    await this.#room.reading.leave();
    try {
      await platform.call('sit_down', { chair });
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
      return;
    }
    const { language, appearance, text_size, notices } = preferences.current;
    const habits: Habits = { language, appearance, text_size, notices };
    sessionStorage.setItem(CARRIED, JSON.stringify(habits));
    platform.beginAnew();
  }

  /** A chair that nobody sat in before has the built-in portal and no other: nobody is asked. */
  async furnish(): Promise<void> {
    const { portals } = this.#room;
    if (!(await portals.useBuiltIn()) && portals.trouble) this.#room.complain(portals.trouble);
  }
}

/** How the person liked the window in the chair that they came from, once; null for who has just begun. */
export function carried(): Habits | null {
  const text = sessionStorage.getItem(CARRIED);
  sessionStorage.removeItem(CARRIED);
  return text === null ? null : (JSON.parse(text) as Habits);
}
