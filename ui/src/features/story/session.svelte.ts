/** A story that is open for writing: its words, what the desk says of them, and their way to the disk. */
import type { Editor } from '../../editor';
import type { Platform } from '../../platform';
import type {
  AttachedView,
  Axes,
  Content,
  DeskEvent,
  IntentView,
  PhotoView,
  SavedView,
  StoryPhoto,
  StoryView,
} from '../../wire/generated';
import { Autosave } from './autosave.svelte';

/** What a story says, without the text that the editor holds. */
export type Fields = Omit<Content, 'body'>;

export class StorySession {
  readonly story: string;
  readonly autosave: Autosave;
  /** What has the caret as soon as the story is drawn, if anything; the text has it at its end. */
  takesCaret: 'headline' | 'text' | null = null;
  /** Replaced as a whole at each change, so that a snapshot of it costs nothing. */
  fields = $state.raw() as Fields;
  /** Everything the desk says about the story; never its words. */
  view = $state.raw() as Omit<StoryView, 'content'>;
  /** Grows with each change of anything. */
  changes = $state(0);

  #body: string;
  /** What the desk was last told, or told us: of all that is on the disk. */
  #known: Content;
  #editor = $state.raw<Editor | null>(null);

  constructor(view: StoryView, platform: Platform, onSaved: (view: SavedView) => void) {
    const { content, ...rest } = view;
    const { body, ...fields } = content;
    this.story = view.story;
    this.fields = fields;
    this.view = rest;
    this.#body = body;
    this.#known = content;
    this.autosave = new Autosave(view.story, view, {
      snapshot: () => {
        this.#known = this.content();
        return { content: this.#known, undo: this.#editor?.undoHistory() ?? null };
      },
      save: (draft) => platform.call('save_draft', draft),
      onSaved: (saved, current) => {
        const { axes } = saved;
        // Findings of a text that has moved on would point at what is no longer there.
        const { findings, counts } = current ? saved : this.view;
        const { differs_from_live } = saved;
        this.view = { ...this.view, axes, differs_from_live, findings, counts };
        onSaved(saved);
      },
    });
  }

  /** The text as it stood when the story was opened; the editor's own from then on. */
  get body(): string {
    return this.#editor?.markdown() ?? this.#body;
  }

  get editor(): Editor | null {
    return this.#editor;
  }

  get writable(): boolean {
    return this.view.axes.desk !== 'spiked';
  }

  /** The whole content as it is now, saved or not. */
  content(): Content {
    return { ...this.fields, body: this.body };
  }

  attachEditor(editor: Editor): () => void {
    this.#editor = editor;
    return () => {
      this.#body = editor.markdown();
      this.#editor = null;
    };
  }

  change(patch: Partial<Fields>): void {
    this.fields = { ...this.fields, ...patch };
    this.touch();
  }

  changePhoto(id: string, patch: Partial<StoryPhoto>): void {
    this.changePhotos({ [id]: patch });
  }

  /** Several photos at once: one change of the story, and the text draws its photos once. */
  changePhotos(patches: Readonly<Record<string, Partial<StoryPhoto>>>): void {
    const photos = this.fields.photos.map((photo) => {
      const patch = patches[photo.id];
      return patch ? { ...photo, ...patch } : photo;
    });
    this.change({ photos });
    this.#editor?.refreshPhotos();
  }

  /** The words or the text changed. Called on every key. */
  touch(): void {
    this.changes += 1;
    this.autosave.touch();
  }

  /** Puts a photo that is in the store into the story. Answers false when it is there already. */
  addPhoto(attached: AttachedView): boolean {
    const { photo, caption, credit } = attached;
    if (!this.view.photos.some((known) => known.id === photo.id)) {
      this.view = { ...this.view, photos: [...this.view.photos, photo] };
    }
    if (this.fields.photos.some((known) => known.id === photo.id)) return false;
    const added = { id: photo.id, caption, credit, alt: '', decorative: false, lead: false, focal: null };
    this.change({ photos: [...this.fields.photos, added] });
    return true;
  }

  /** Facts about the photo's file. */
  photo(id: string): PhotoView | undefined {
    return this.view.photos.find((photo) => photo.id === id);
  }

  /** Takes what the desk says after a command; the words stay the window's own. */
  adopt(view: Omit<StoryView, 'content'>): void {
    this.view = { ...view, undo: null };
    this.autosave.adopt(view);
  }

  /** An older version was brought back: here the words change too. */
  restore(view: StoryView): void {
    const { content, ...rest } = view;
    const { body, ...fields } = content;
    this.fields = fields;
    this.#body = body;
    this.#known = content;
    this.adopt(rest);
    this.#editor?.replaceContent(body);
    this.#editor?.refreshPhotos();
  }

  /**
   * Takes what the desk says after it may have put other words into the draft. They come onto the screen, unless
   * something was written here that is not on disk: then what was written stands, and the answer is false.
   */
  meet(view: StoryView): boolean {
    // An answer from before our last save knows nothing that we do not.
    if (view.counter < this.autosave.counter || sameWords(view.content, this.#known)) {
      this.adopt(view);
      return true;
    }
    const writing = this.autosave.dirty || this.autosave.saving;
    if (writing) this.adopt(view);
    else this.restore(view);
    return !writing;
  }

  /** What the desk tells; most of it is about other stories. */
  hear(event: DeskEvent): void {
    if (event.kind === 'intent_moved' && event.intent.story === this.story) this.moved(event.intent);
    else if (event.kind === 'story_moved' && event.story === this.story) {
      this.#stands(event.axes);
    } else if (event.kind === 'schedule_missed' && event.story === this.story) {
      this.view = { ...this.view, schedule_missed: true };
    }
  }

  /** Readers get something else: a page that is gone has no address, and a time that is over is none. */
  #stands(axes: Axes): void {
    const scheduled = axes.public === 'scheduled';
    const set = this.view.deliveries.find((intent) => intent.act === 'schedule')?.live_at ?? null;
    this.view = {
      ...this.view,
      axes,
      public_url: axes.public === 'live' ? this.view.public_url : null,
      live_at: scheduled ? (this.view.live_at ?? set) : null,
      schedule_missed: scheduled && this.view.schedule_missed,
    };
  }

  /** One of the story's deliveries moved. */
  moved(intent: IntentView): void {
    const others = this.view.deliveries.filter((known) => known.intent !== intent.intent);
    const deliveries = [intent, ...others].sort((a, b) => b.asked_at.localeCompare(a.asked_at));
    const axes = { ...this.view.axes, delivery: deliveries[0]?.state ?? null };
    this.view = { ...this.view, deliveries, axes, public_url: intent.public_url ?? this.view.public_url };
  }
}

function sameWords(one: Content, other: Content): boolean {
  const names = Object.keys(one) as (keyof Content)[];
  return names.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}
