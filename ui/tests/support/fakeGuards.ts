/** What holds stories back, as a desk in memory keeps it; and its morning sheet. */
import type { Axes, Commands, Guards, Said, SheetLineView, StoryView } from '../../src/wire/generated';

export const FREE: Guards = { legal: null, embargo: null, kill: null };

type Name = 'flag_story' | 'clear_flag' | 'set_embargo' | 'lift_embargo' | 'call_off_kill' | 'morning_sheet';
type Given = { [N in Name]: (args: Commands[N]['args']) => Commands[N]['answer'] };

/** What the guards reach of the desk around them. */
export interface GuardedDesk {
  guards: (story: string) => Guards;
  set: (story: string, axes: Partial<Axes>) => StoryView;
  now: () => string;
  /** There is nobody else to ask. */
  alone: () => boolean;
}

export class FakeGuards {
  sheet: SheetLineView[] = [];
  readonly #desk: GuardedDesk;

  constructor(desk: GuardedDesk) {
    this.#desk = desk;
  }

  readonly commands: Given = {
    flag_story: ({ story, reason }) =>
      this.#put(story, { legal: { raised: this.#said(reason), clearing: null } }),
    clear_flag: ({ story, reason, breaks_glass = false }) => {
      const { legal } = this.#desk.guards(story);
      const asks = legal?.clearing === null && !breaks_glass && !this.#desk.alone();
      return this.#put(story, { legal: asks ? { ...legal, clearing: this.#said(reason) } : null });
    },
    set_embargo: ({ story, until }) => this.#put(story, { embargo: { until, set: this.#said('') } }),
    lift_embargo: ({ story }) => this.#put(story, { embargo: null }),
    call_off_kill: ({ story }) => this.#put(story, { kill: null }),
    morning_sheet: () => {
      const now = this.#desk.now();
      return { since: now, until: now, lines: this.sheet, source: 'portal' };
    },
  };

  #put(story: string, guards: Partial<Guards>): StoryView {
    return this.#desk.set(story, { guards: { ...this.#desk.guards(story), ...guards } });
  }

  #said(reason: string): Said {
    return { by: 'রুমানা', account: 'rumana', at: this.#desk.now(), reason };
  }
}
