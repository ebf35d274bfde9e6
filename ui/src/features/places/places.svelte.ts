/** Where readers meet a story, as the desk reads it from outside. */
import { failureOf, type Platform } from '../../platform';
import type { CommandError, PlacesView } from '../../wire/generated';

export class StoryPlaces {
  view = $state.raw<PlacesView | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  /** The story whose places are being read. */
  looking = $state<string | null>(null);
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** What was seen of this story, if it was looked. */
  of(story: string): PlacesView | null {
    return this.view?.story === story ? this.view : null;
  }

  /** Reads every place anew; the last story asked for is the one that is told. */
  async look(story: string): Promise<void> {
    if (this.looking === story) return;
    this.looking = story;
    this.trouble = null;
    try {
      const view = await this.#platform.call('story_places', { story });
      if (this.looking === story) this.view = view;
    } catch (thrown) {
      if (this.looking === story) this.trouble = failureOf(thrown);
    } finally {
      if (this.looking === story) this.looking = null;
    }
  }

  /** In the browser. Answers what went wrong, if anything. */
  async open(story: string, url: string): Promise<CommandError | null> {
    try {
      await this.#platform.call('open_place', { story, url });
      return null;
    } catch (thrown) {
      return failureOf(thrown);
    }
  }
}
