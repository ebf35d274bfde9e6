/** Order, lead and removal of a story's photos. */
import type { StoryPhoto } from '../../wire/generated';
import type { InspectedStory } from './story';

/** The same photos with the one at `from` standing at `to`. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  if (item === undefined) return [...items];
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

export class PhotoOrder {
  /** The photo that is being dragged. */
  dragged = $state<string | null>(null);
  readonly #story: () => InspectedStory;

  constructor(story: () => InspectedStory) {
    this.#story = story;
  }

  get photos(): readonly StoryPhoto[] {
    return this.#story().fields.photos;
  }

  move(id: string, by: number): void {
    const from = this.photos.findIndex((photo) => photo.id === id);
    this.#place(from, Math.min(this.photos.length - 1, Math.max(0, from + by)));
  }

  /** Drops the dragged photo in the place of `target`. */
  drop(target: string): void {
    const from = this.photos.findIndex((photo) => photo.id === this.dragged);
    const to = this.photos.findIndex((photo) => photo.id === target);
    this.dragged = null;
    if (from >= 0 && to >= 0) this.#place(from, to);
  }

  /** At most one photo leads; the leading one gives the lead up again. */
  lead(id: string): void {
    const photos = this.photos.map((photo) => ({ ...photo, lead: photo.id === id && !photo.lead }));
    this.#story().change({ photos });
  }

  /** Takes the photo out; the answer puts it back where it stood. */
  remove(id: string): () => void {
    const story = this.#story();
    const at = this.photos.findIndex((photo) => photo.id === id);
    const photo = this.photos[at];
    story.change({ photos: this.photos.filter((other) => other.id !== id) });
    return () => {
      const { photos } = story.fields;
      if (!photo || photos.some((other) => other.id === id)) return;
      story.change({ photos: [...photos.slice(0, at), photo, ...photos.slice(at)] });
    };
  }

  #place(from: number, to: number): void {
    if (from !== to) this.#story().change({ photos: moved(this.photos, from, to) });
  }
}
