/** The photos of a story as one sheet: which one a person is at, what is written into them, and the way back. */
import { endOfChange } from '../../editor';
import type { StoryPhoto } from '../../wire/generated';
import {
  difference,
  isComplete,
  isEmpty,
  standing,
  taken,
  CAPTION_FIELDS,
  type CaptionField,
} from './fields';
import { Past, type Change, type Step } from './past.svelte';
import type { CaptionedStory, PhotoPatches } from './story';

/** After so many milliseconds without a key, what stands there is looked at. */
export const QUIET = 400;

/** Where the caret goes. */
export interface Spot {
  photo: string;
  field: CaptionField;
  /** Null: to the end. */
  caret: number | null;
}

/** What an act did, for the person to be told of. */
export interface Done {
  act: 'copied' | 'filled' | 'undone' | 'redone' | 'nothing';
  /** Photos that have other words now. */
  photos: number;
}

export class CaptionSheet {
  /** Id of the photo that the person is at. */
  #at = $state('');
  field = $state<CaptionField>('caption');
  done = $state.raw<Done | null>(null);
  /** The photos as they stood when the keys last rested. */
  rested = $state.raw<readonly StoryPhoto[]>([]);
  readonly past = new Past();
  /** Of the photo that the person is at; it may have left the story while the sheet is open. */
  readonly index: number = $derived.by(() =>
    Math.max(
      0,
      this.photos.findIndex(({ id }) => id === this.#at),
    ),
  );
  readonly complete: number = $derived.by(() => this.photos.filter(isComplete).length);
  readonly #story: () => CaptionedStory;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #composing = false;
  #apart = false;

  constructor(story: () => CaptionedStory, at: string | null) {
    this.#story = story;
    const known =
      this.photos.find((photo) => photo.id === at) ?? this.photos.find((photo) => !isComplete(photo));
    const first = known ?? this.photos[0];
    this.#at = first?.id ?? '';
    this.field = CAPTION_FIELDS.find((field) => first && isEmpty(first, field)) ?? 'caption';
    this.rested = this.photos;
  }

  get photos(): readonly StoryPhoto[] {
    return this.#story().fields.photos;
  }

  get photo(): StoryPhoto | undefined {
    return this.photos[this.index];
  }

  get previous(): StoryPhoto | undefined {
    return this.photos[this.index - 1];
  }

  go(id: string, field: CaptionField = this.field): Spot {
    this.#at = id;
    this.field = field;
    this.rest();
    return { photo: id, field, caret: null };
  }

  /** One photo on or back; it stays at the ends. */
  step(by: 1 | -1): Spot | null {
    const next = this.photos[this.index + by];
    return next ? this.go(next.id) : null;
  }

  /** To the next photo that lacks something, round and round, and there to what it lacks. */
  toUnfinished(by: 1 | -1): Spot | null {
    const { photos, index } = this;
    for (let far = 1; far <= photos.length; far += 1) {
      const photo = photos[(index + by * far + photos.length * 2) % photos.length];
      const lacks = photo && CAPTION_FIELDS.find((field) => isEmpty(photo, field));
      if (lacks) return this.go(photo.id, lacks);
    }
    return null;
  }

  /** Called on every key. */
  write(id: string, field: CaptionField, text: string): void {
    // A credit is one line, however it came in.
    const after = field === 'credit' ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text;
    const before = this.photos.find((photo) => photo.id === id)?.[field];
    if (before === undefined || before === after) return;
    this.past.typed({ photo: id, field, before, after, at: performance.now(), apart: this.#apart });
    this.done = null;
    this.#story().changePhotos({ [id]: { [field]: after } });
    this.#restSoon();
  }

  /** What is written meanwhile is a step of its own: one undo takes it back and leaves what was typed. */
  apart(write: () => void): void {
    this.#apart = true;
    try {
      write();
    } finally {
      this.#apart = false;
    }
  }

  setDecorative(id: string, decorative: boolean): void {
    this.#change([[id, { decorative }]]);
  }

  /** At most one photo leads; the leading one gives the lead up again. */
  turnLead(id: string): void {
    this.#change(this.photos.map((photo) => [photo.id, { lead: photo.id === id && !photo.lead }]));
  }

  /** Takes over what the photo before has; its empty fields take nothing away. */
  copyPrevious(what: CaptionField | 'all'): void {
    const { previous, photo } = this;
    if (!previous || !photo) return;
    const fields = what === 'all' ? CAPTION_FIELDS : [what];
    const patch = Object.assign({}, ...fields.map((field) => taken(previous, field))) as Partial<StoryPhoto>;
    this.#tell('copied', this.#change([[photo.id, patch]]));
  }

  /** Writes the field into the other photos. A decorative one keeps its empty alternative text. */
  fill(which: 'empty' | 'all'): void {
    const { photo, field } = this;
    if (!photo) return;
    const patch = taken(photo, field);
    const others = this.photos.filter((other) => {
      if (other.id === photo.id || (field === 'alt' && other.decorative)) return false;
      return which === 'all' || isEmpty(other, field);
    });
    this.#tell('filled', this.#change(others.map(({ id }) => [id, patch])));
  }

  undo(): Spot | null {
    return this.#turn('undo');
  }

  redo(): Spot | null {
    return this.#turn('redo');
  }

  /** An input method has its own idea of the text until it is through. */
  compose(on: boolean): void {
    this.#composing = on;
    if (!on) this.#restSoon();
  }

  /** What stands there may be looked at. */
  rest(): void {
    clearTimeout(this.#timer);
    this.rested = this.photos;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #restSoon(): void {
    clearTimeout(this.#timer);
    if (this.#composing) return;
    this.#timer = setTimeout(() => {
      this.rest();
    }, QUIET);
  }

  /** Answers how many photos it changed: one step back, however many. */
  #change(patches: readonly (readonly [string, Partial<StoryPhoto>])[]): number {
    const { photo, field } = this;
    if (!photo || !this.#story().writable) return 0;
    const changes = patches.flatMap(([id, wanted]): Change[] => {
      const known = this.photos.find((each) => each.id === id);
      const after = known && difference(known, wanted);
      return after ? [{ photo: id, before: standing(known, after), after }] : [];
    });
    if (changes.length === 0) return 0;
    this.past.did({ changes, photo: photo.id, field });
    this.#story().changePhotos(patchesOf(changes, 'after'));
    this.rest();
    return changes.length;
  }

  /** Goes over steps that no longer fit: words that came from elsewhere since are never written over. */
  #turn(way: 'undo' | 'redo'): Spot | null {
    if (!this.#story().writable) return null;
    for (let step = this.past[way](); step; step = this.past[way]()) {
      const [from, to] = way === 'undo' ? (['after', 'before'] as const) : (['before', 'after'] as const);
      const fitting = step.changes.filter((change) => this.#stands(change.photo, change[from]));
      if (fitting.length === 0) continue;
      this.#story().changePhotos(patchesOf(fitting, to));
      this.#tell(way === 'undo' ? 'undone' : 'redone', fitting.length);
      return this.#spotOf(step, from, to);
    }
    this.#tell('nothing', 0);
    return null;
  }

  #stands(id: string, words: Partial<StoryPhoto>): boolean {
    const photo = this.photos.find((each) => each.id === id);
    return photo !== undefined && difference(photo, words) === null;
  }

  #spotOf({ changes, photo, field }: Step, from: 'before' | 'after', to: 'before' | 'after'): Spot {
    const own = changes.find((change) => change.photo === photo);
    const [was, is] = [own?.[from][field], own?.[to][field]];
    const caret = was === undefined || is === undefined ? null : endOfChange(was, is);
    return { ...this.go(photo, field), caret };
  }

  #tell(act: Done['act'], photos: number): void {
    this.done = photos === 0 ? { act: 'nothing', photos } : { act, photos };
  }
}

function patchesOf(changes: readonly Change[], side: 'before' | 'after'): PhotoPatches {
  return Object.fromEntries(changes.map((change) => [change.photo, change[side]]));
}
