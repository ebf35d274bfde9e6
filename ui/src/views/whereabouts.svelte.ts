/** Where the open story shows beside its page: asked by a person, and by itself once a change has reached the readers. */
import { StoryPlaces } from '../features/places/places.svelte';
import type { IntentAct, IntentView } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

/** What leaves an old wording behind. */
const LEAVES_OLD: readonly IntentAct[] = ['correct', 'withdraw', 'kill'];

export class Whereabouts {
  readonly places: StoryPlaces;
  readonly #room: Newsroom;
  #looked = '';

  constructor(room: Newsroom) {
    this.#room = room;
    this.places = new StoryPlaces(room.platform);
  }

  /** Readers have the story, or had it. */
  get offered(): boolean {
    const state = this.#room.session?.view.axes.public;
    return state === 'live' || state === 'withdrawn' || state === 'killed';
  }

  show = (): void => {
    const { session } = this.#room;
    if (!session || !this.offered) return;
    this.#room.dialog = 'places';
    void this.places.look(session.story);
  };

  /** Whether something is said of it beside this delivery. */
  isAfter({ act, state }: IntentView): boolean {
    return state === 'confirmed' && LEAVES_OLD.includes(act);
  }

  /** Reads the places once for each change; over mobile data only when a person asks. */
  arrived(intent: IntentView): void {
    const { outbox, session } = this.#room;
    if (!this.isAfter(intent) || intent.intent === this.#looked || intent.story !== session?.story) return;
    this.#looked = intent.intent;
    // What was seen before this change says nothing any more.
    this.places.view = null;
    if (!outbox.budget?.mobile) void this.places.look(intent.story);
  }

  open = (url: string): void => {
    const { session } = this.#room;
    if (session) void this.#open(session.story, url);
  };

  async #open(story: string, url: string): Promise<void> {
    const trouble = await this.places.open(story, url);
    if (trouble) this.#room.complain(trouble);
  }
}
