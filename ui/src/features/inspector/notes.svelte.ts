/** What desk and author say to each other at the open story, and where in it. */
import type { NotedWords, TextAnchor } from '../../editor';
import { failureOf, type Platform } from '../../platform';
import type {
  Anchor,
  CommandError,
  NotedField,
  NotesView,
  NoteTurn,
  NoteView,
  Suggestion,
} from '../../wire/generated';
import { anchorInField, freshOf, goToField } from './noted';
import { KeptPlaces, nowhere, placesOf, samePlaces, threadsOf, type Thread } from './threads';
import type { InspectedStory } from './story';
import { canBecomeOthers, changeOf, isWaiting, movedAlong, takeOverInField } from './suggesting';

/** What notes need of an open story; the story's session fits. */
export interface NotedStory extends InspectedStory {
  readonly editor: {
    setNotes: (notes: readonly NotedWords[], active: string | null) => void;
    settleNotes: () => Map<string, TextAnchor>;
    wordsForNote: () => TextAnchor | null;
    noteAtCaret: () => string | null;
    goToNote: (id: string) => boolean;
    takeOver: (id: string) => boolean;
    toolbar: () => { photo: string | null; marks: { bold: boolean; italic: boolean } };
  } | null;
}

/** What is being written: a note, or what words should become. */
export interface Fresh {
  /** The words it will stand at; null: the whole story. */
  anchor: Anchor | null;
  /** Of a suggestion: how those words are set now. */
  set: { bold: boolean; italic: boolean } | null;
  asked: number;
}

type Verdict = Extract<NoteTurn, 'accepted' | 'rejected'>;

const SETTLE = 500;

export class Notes {
  view = $state.raw<NotesView | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  /** The note that stands out. */
  active = $state<string | null>(null);
  /** Resolved ones are listed too. */
  showResolved = $state(false);
  fresh = $state.raw<Fresh | null>(null);
  freshText = $state('');
  /** Of a suggestion: what the words should become. */
  freshWords = $state('');
  /** Where the words of notes stand now. */
  places = $state.raw<ReadonlyMap<string, Anchor>>(nowhere());
  readonly #platform: Platform;
  readonly #story: NotedStory;
  readonly #kept = new KeptPlaces();
  #settle: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(platform: Platform, story: NotedStory) {
    this.#platform = platform;
    this.#story = story;
  }

  readonly threads: readonly Thread[] = $derived(threadsOf(this.view?.notes ?? [], this.places));

  get open(): readonly Thread[] {
    return this.threads.filter(({ note }) => note.open);
  }

  get resolved(): readonly Thread[] {
    return this.threads.filter(({ note }) => !note.open);
  }

  /** Suggestions that nobody has settled. */
  get waiting(): readonly Thread[] {
    return this.threads.filter(isWaiting);
  }

  /** Fields of the sheet that something is said about, or is being written about. */
  get fields(): readonly NotedField[] {
    const said = this.open.flatMap(({ note }) => this.places.get(note.note)?.field ?? []);
    const fresh = this.fresh?.anchor?.field;
    return fresh ? [...said, fresh] : said;
  }

  get calls(): number {
    return this.open.filter(({ note }) => note.waits).length;
  }

  async load(): Promise<void> {
    await this.#ask(() => this.#platform.call('list_notes', { story: this.#story.story }));
  }

  /** Marks the words of what is open, of what stands out, and of what is just being written, in the text. */
  draw(): void {
    const shown = this.threads.filter(({ note }) => note.open || note.note === this.active);
    const words = shown.flatMap(({ note }) => {
      const anchors = this.#kept.anchorsOf(note).filter(({ field }) => field === 'body');
      const change = note.open ? changeOf(note) : null;
      return anchors.length > 0 ? [{ id: note.note, anchors, change }] : [];
    });
    const fresh = this.#beingWrittenAt();
    this.#story.editor?.setNotes([...words, ...fresh], fresh[0]?.id ?? this.active);
  }

  /** Whoever writes at words sees which they are, though the keys have left the text. */
  #beingWrittenAt(): NotedWords[] {
    const { fresh } = this;
    if (fresh?.anchor?.field !== 'body') return [];
    return [{ id: `fresh-${fresh.asked}`, anchors: [fresh.anchor], change: null }];
  }

  /** After a change: once nobody types for a moment, it is looked where the words stand now. */
  settleSoon(): void {
    if ((this.view?.notes.length ?? 0) === 0) return;
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => {
      this.settle();
    }, SETTLE);
  }

  settle(): void {
    clearTimeout(this.#settle);
    const places = this.#look();
    if (!samePlaces(places, this.places)) this.places = places;
    const moved = this.#kept.moved(places);
    if (moved.length === 0) return;
    void this.#keep(moved);
  }

  stop(): void {
    this.settle();
    clearTimeout(this.#settle);
  }

  /** Begins a note at what is selected; at the whole story where nothing is. */
  begin(): void {
    this.fresh = { anchor: this.#selected(), set: null, asked: ++this.#asked };
    this.draw();
  }

  /** Begins a suggestion for what is selected, else for the field or block at the caret. False: no words are there. */
  beginSuggestion(): boolean {
    const anchor = this.#selected();
    if (!canBecomeOthers(anchor)) return false;
    const { bold, italic } = this.#story.editor?.toolbar().marks ?? { bold: false, italic: false };
    this.fresh = { anchor, set: { bold, italic }, asked: ++this.#asked };
    this.freshWords = anchor.quote;
    this.draw();
    return true;
  }

  leave(): void {
    this.fresh = null;
    this.freshText = '';
    this.freshWords = '';
    this.draw();
  }

  /** Keeps what is suggested: other words, or the same set otherwise. Answers whether it is on the disk. */
  async suggest(change: Suggestion = { kind: 'replace', words: this.freshWords }): Promise<boolean> {
    const { story } = this.#story;
    const anchor = this.fresh?.anchor;
    if (!anchor) return false;
    const before = this.view?.notes ?? [];
    const text = this.freshText;
    const done = await this.#ask(() =>
      this.#platform.call('suggest_change', { story, anchor, change, text }),
    );
    if (!done) return false;
    this.leave();
    this.active = freshOf(before, this.view?.notes ?? []);
    return true;
  }

  /** Answers whether it is on the disk: what was typed stays on the screen otherwise. */
  async write(): Promise<boolean> {
    const { story } = this.#story;
    const anchor = this.fresh?.anchor ?? null;
    const text = this.freshText;
    const before = this.view?.notes ?? [];
    const done = await this.#ask(() =>
      this.#platform.call('write_note', { story, parent: null, anchor, text }),
    );
    if (!done) return false;
    this.leave();
    this.active = freshOf(before, this.view?.notes ?? []);
    return true;
  }

  async answer(parent: string, text: string): Promise<boolean> {
    const { story } = this.#story;
    return this.#ask(() => this.#platform.call('write_note', { story, parent, anchor: null, text }));
  }

  async turn(note: NoteView): Promise<void> {
    const { story } = this.#story;
    const turn = note.open ? 'resolved' : 'reopened';
    await this.#ask(() => this.#platform.call('turn_note', { story, note: note.note, turn }));
  }

  /** Takes a suggestion over into the story, or says that it will not be. False: its words are gone, or nothing may change. */
  async judge(thread: Thread, verdict: Verdict): Promise<boolean> {
    if (verdict === 'accepted' && !this.#takeOver(thread.note)) return false;
    const { note } = thread.note;
    return this.#ask(() =>
      this.#platform.call('turn_note', { story: this.#story.story, note, turn: verdict }),
    );
  }

  /** The same with the one that stands out, or is at the caret, and goes to the next. Null: none is there. */
  async judgeHere(verdict: Verdict): Promise<boolean | null> {
    const here = this.active ?? this.#story.editor?.noteAtCaret();
    const { waiting } = this;
    const at = waiting.findIndex(({ note }) => note.note === here);
    const thread = waiting[at];
    if (!thread) return null;
    const done = await this.judge(thread, verdict);
    const next = this.waiting[at] ?? this.waiting[0];
    if (done && next) this.go(next.note.note);
    return done;
  }

  /** The same with all that wait and whose words are there. Answers how many. */
  async judgeAll(verdict: Verdict): Promise<number> {
    let done = 0;
    for (const thread of this.waiting) if (await this.judge(thread, verdict)) done += 1;
    return done;
  }

  #takeOver(note: NoteView): boolean {
    const change = changeOf(note);
    const place = this.places.get(note.note);
    if (!change || !place || !this.#story.writable) return false;
    if (place.field === 'body') return this.#story.editor?.takeOver(note.note) ?? false;
    const others = [...this.places].filter(([other]) => other !== note.note);
    const done = takeOverInField(this.#story, place, change);
    if (!done) return false;
    const moved = others.flatMap(([other, words]) => {
      const now = movedAlong(done, place, words);
      return now ? [[other, now] as const] : [];
    });
    for (const [other, now] of moved) this.#kept.keep(other, now);
    if (moved.length > 0) void this.#keep(moved);
    return true;
  }

  /** Resolves the note that stands out, or the one at the caret. Answers whether there is one. */
  turnHere(): boolean {
    const here = this.active ?? this.#story.editor?.noteAtCaret();
    const thread = this.threads.find(({ note }) => note.note === here && !(note.open && note.suggestion));
    if (thread) void this.turn(thread.note);
    return thread !== undefined;
  }

  /** Goes to a note's words. */
  go(id: string): void {
    this.active = id;
    this.draw();
    const place = this.places.get(id);
    if (!place) return;
    if (place.field === 'body') this.#story.editor?.goToNote(id);
    else goToField(place);
  }

  /** The open note after the one that stands out, or before it, around the end. Answers whether there is any. */
  step(by: 1 | -1): boolean {
    const { open } = this;
    const here = open.findIndex(({ note }) => note.note === this.active);
    const from = here < 0 && by < 0 ? 0 : here;
    const next = open[(from + by + open.length) % open.length];
    if (next) this.go(next.note.note);
    return next !== undefined;
  }

  #look(): ReadonlyMap<string, Anchor> {
    this.draw();
    const body = this.#story.editor?.settleNotes() ?? null;
    return placesOf(this.view?.notes ?? [], { body, fields: this.#story.fields, kept: this.#kept });
  }

  #selected(): Anchor | null {
    const { activeElement } = document;
    const inField = anchorInField(activeElement);
    if (inField) return inField;
    const { editor } = this.#story;
    const photo = editor?.toolbar().photo ?? null;
    const caption = this.#story.fields.photos.find(({ id }) => id === photo)?.caption.trim() ?? '';
    if (photo !== null && caption !== '')
      return { field: 'caption', photo, quote: caption, prefix: '', suffix: '', at: 0 };
    const words = editor?.wordsForNote();
    return words ? { field: 'body', photo: null, ...words } : null;
  }

  async #ask(ask: () => Promise<NotesView>): Promise<boolean> {
    try {
      this.view = await ask();
      this.trouble = null;
      for (const { note, place } of this.view.notes) if (place) this.#kept.keep(note, place);
      this.settle();
      return true;
    } catch (thrown) {
      this.trouble = failureOf(thrown);
      return false;
    }
  }

  /** What fails is found again by its quotation: no word to anybody is worth it. */
  async #keep(moved: readonly (readonly [string, Anchor])[]): Promise<void> {
    const places = moved.map(([note, place]) => ({ note, place }));
    try {
      await this.#platform.call('place_notes', { story: this.#story.story, places });
    } catch {
      for (const [note] of moved) this.#kept.forget(note);
    }
  }
}
