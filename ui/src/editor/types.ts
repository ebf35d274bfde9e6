/**
 * What the window and the editor say to each other. The editor knows no framework, no shell and no
 * message file: words, pictures and side effects are handed in, so that it can be tested without a window.
 */
import type { TextAnchor } from './anchors';
import type { NotedWords } from './notes';

/** A photo as the story holds it; the words live in the story, not in the text. */
export interface EditorPhoto {
  /** Address of the picture that the window may load; empty while there is none. */
  src: string;
  caption: string;
  credit: string;
  alt: string;
  /** Pixels; 0 when unknown. */
  width: number;
  height: number;
}

/** Words of a photo that were edited under the picture. Absent: not touched. */
export interface PhotoWords {
  caption?: string;
  credit?: string;
}

/** Every sentence and label that the editor shows, in the interface's language. */
export interface EditorTexts {
  captionPlaceholder: string;
  creditPlaceholder: string;
  /** Accessibility names of the two fields under a picture. */
  captionLabel: string;
  creditLabel: string;
  /** Shown in place of a picture that is not in the store. */
  photoMissing: string;
  /** Before the headline of a related story. */
  related: string;
  /** Before the host of an embed. */
  embed: string;
  /** Accessibility name of a footnote mark and of its note; `{label}` is replaced. */
  footnote: string;
  /** Shown in an empty attribution line of a pull quote. */
  attributionPlaceholder: string;
}

/** Something the editor did with what came in, that the user should be told. */
export type Notice = 'paste_cut' | 'paste_links_dropped' | 'undo_dropped';

export type BlockName =
  | 'paragraph'
  | 'heading2'
  | 'heading3'
  | 'quote'
  | 'pull_quote'
  | 'bullet_list'
  | 'ordered_list'
  | 'table'
  | 'photo'
  | 'footnote'
  | 'other';

export type MarkName = 'bold' | 'italic' | 'strike' | 'link';

/** What a toolbar shows. A new object only when something in it changed. */
export interface ToolbarState {
  marks: Readonly<Record<MarkName, boolean>>;
  /** The innermost block that the toolbar has a button for. */
  block: BlockName;
  canUndo: boolean;
  canRedo: boolean;
  /** Whether text is selected (a link can be made). */
  selection: boolean;
  /** The address of the link at the caret. */
  href: string | null;
  inTable: boolean;
  /** The photo that is selected. */
  photo: string | null;
}

export type CommandName =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'link'
  | 'clear_marks'
  | 'paragraph'
  | 'heading2'
  | 'heading3'
  | 'quote'
  | 'pull_quote'
  | 'bullet_list'
  | 'ordered_list'
  | 'indent'
  | 'outdent'
  | 'rule'
  | 'footnote'
  | 'hard_break'
  | 'add_row'
  | 'add_column'
  | 'delete_row'
  | 'delete_column'
  | 'delete_table'
  | 'undo'
  | 'redo'
  | 'select_all';

export interface EditorOptions {
  /** The story's body. */
  markdown: string;
  /** What {@link Editor.undoHistory} returned with that very body; null for none. */
  undo: string | null;
  language: 'bn' | 'en';
  /** The accessibility name of the text. */
  label: string;
  /** Shown while the text is empty. */
  placeholder: string;
  texts: EditorTexts;
  photo(id: string): EditorPhoto | undefined;
  /** The document changed. Called on every key: be cheap, ask for the Markdown later. */
  onChange(): void;
  /** Called when the toolbar's state changed, not on every key. */
  onState(state: ToolbarState): void;
  /** Pictures were pasted or dropped; `at` is the document position for {@link Editor.insertPhoto}. */
  onFiles(files: File[], at: number): void;
  /** A caption or credit was edited in place; the new words, on every key. */
  onPhotoWords(id: string, words: PhotoWords): void;
  /** The user asked for a link (shortcut or toolbar): show the field, then call {@link Editor.setLink}. */
  onLinkAsked(href: string | null): void;
  onNotice(notice: Notice): void;
  /** Words were clicked at that a note stands at. */
  onNote(id: string): void;
}

/** Where a search stands. `current` counts from 1; 0 when there is no hit. */
export interface FindState {
  count: number;
  current: number;
}

export interface Editor {
  /** The body as Markdown. Costs what changed since the last call, not the length of the text. */
  markdown(): string;
  /** The undo history as a string of at most 256 kB, to be saved with {@link Editor.markdown}. */
  undoHistory(): string;
  toolbar(): ToolbarState;
  focus(at?: 'start' | 'end' | number): void;
  hasFocus(): boolean;
  /**
   * Puts the caret into the block that starts at or holds a byte of the Markdown (UTF-8, as
   * `data-at` in the preview), `characters` UTF-16 units into its text.
   */
  focusAtOffset(byteOffset: number, characters?: number): void;
  /** The byte of the Markdown at which the caret's block starts. */
  offsetAtCaret(): number;
  run(name: CommandName): boolean;
  /** Whether {@link Editor.run} would do something. */
  can(name: CommandName): boolean;
  /** Inserts at `at`, or after the caret's block; several photos may be inserted at the same position. */
  insertPhoto(id: string, at?: number): void;
  /** Takes every figure of this photo out of the text (undoable). */
  removePhoto(id: string): void;
  /** Words or pictures in the story changed: figures are drawn anew, fields being edited are left alone. */
  refreshPhotos(): void;
  /** Links the selection, or the link at the caret; null unlinks. False: not an allowed address. */
  setLink(href: string | null): boolean;
  /** False: not an http(s) address. */
  insertEmbed(url: string): boolean;
  insertRelated(story: string, headline: string): void;
  insertTable(rows?: number, columns?: number): void;
  /** Inserts text as if pasted as plain text. */
  insertText(text: string): void;
  find(query: string): FindState;
  findNext(): FindState;
  findPrevious(): FindState;
  replace(replacement: string): FindState;
  replaceAll(replacement: string): number;
  /** Replaces the whole body in one undoable step (a restored revision, a merge). */
  replaceContent(markdown: string): void;
  /** Marks the words of these notes and of no others; `active` stands out. */
  setNotes(notes: readonly NotedWords[], active: string | null): void;
  /** Where the words of each note stand now; a note that is not in it has lost its words. Costs the length of the text. */
  settleNotes(): Map<string, TextAnchor>;
  /** What a note would stand at: the selected words, else those of the caret's block; null where there are none. */
  wordsForNote(): TextAnchor | null;
  /** The note at the caret. */
  noteAtCaret(): string | null;
  /** Puts the caret behind a note's words. False: they are gone. */
  goToNote(id: string): boolean;
  /** Takes over what a note suggests (undoable). False: its words are gone. */
  takeOver(id: string): boolean;
  setLanguage(language: 'bn' | 'en'): void;
  setTexts(texts: EditorTexts, label: string, placeholder: string): void;
  setEditable(editable: boolean): void;
  destroy(): void;
}
