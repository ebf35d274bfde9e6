/** The editor itself: state, view and the window's wishes brought together. */
import { dropCursor } from 'prosemirror-dropcursor';
import { GapCursor, gapCursor } from 'prosemirror-gapcursor';
import { closeHistory } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import {
  type Command,
  type EditorState,
  NodeSelection,
  Plugin,
  Selection,
  TextSelection,
  type Transaction,
} from 'prosemirror-state';
import { tableEditing } from 'prosemirror-tables';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import type { TextAnchor } from './anchors';
import { clipboardPlugin, insertPlain } from './clipboard';
import { commands, linkAt, newTable, placeBlock } from './commands';
import { findPlugin, findQuery, findState, findStep, replaceEveryHit, replaceHit } from './find';
import { joiningPlugin } from './joining';
import { keys } from './keymap';
import {
  goToNote,
  lookAgain,
  noteAt,
  notePlaces,
  notesPlugin,
  selectedWords,
  takeOverNote,
  tellNotes,
  type NotedWords,
} from './notes';
import { offsetOfPosition, positionOfOffset } from './offsets';
import { readMarkdown } from './read';
import { habits } from './rules';
import { isAllowedLink, isEmbedUrl, schema } from './schema';
import { sameToolbar, toolbarState } from './toolbar';
import type { CommandName, Editor, EditorOptions, EditorTexts, FindState, ToolbarState } from './types';
import { caretIsInView } from './inview';
import { openState, saveHistory } from './undo';
import { buildViews, type Views } from './views';
import { writeMarkdown } from './write';

const { nodes, marks } = schema;

export function createEditor(mount: HTMLElement, options: EditorOptions): Editor {
  return new NewsEditor(mount, options);
}

class NewsEditor implements Editor {
  private readonly view: EditorView;
  private readonly views: Views;
  private shown: ToolbarState;
  /** Only a change brings the caret into view; a text that gets the focus back stays where it was read. */
  private changing = false;
  private language: 'bn' | 'en';
  private texts: EditorTexts;
  private label: string;
  private placeholder: string;
  private editable = true;

  constructor(
    mount: HTMLElement,
    private readonly options: EditorOptions,
  ) {
    ({
      language: this.language,
      texts: this.texts,
      label: this.label,
      placeholder: this.placeholder,
    } = options);
    this.views = buildViews({
      texts: () => this.texts,
      language: () => this.language,
      photo: (id) => options.photo(id),
      onPhotoWords: (id, words) => {
        options.onPhotoWords(id, words);
      },
    });
    const { state, dropped } = openState(options.markdown, options.undo);
    this.view = this.open(mount, state.reconfigure({ plugins: [...state.plugins, ...this.plugins()] }));
    this.shown = toolbarState(this.view.state);
    if (dropped) options.onNotice('undo_dropped');
  }

  markdown(): string {
    return writeMarkdown(this.view.state.doc);
  }

  undoHistory(): string {
    return saveHistory(this.view.state);
  }

  toolbar(): ToolbarState {
    return this.shown;
  }

  focus(at?: 'start' | 'end' | number): void {
    const { doc, tr } = this.view.state;
    if (at !== undefined) this.view.dispatch(tr.setSelection(selectionAt(doc, at)).scrollIntoView());
    this.view.focus();
  }

  hasFocus(): boolean {
    return this.view.hasFocus();
  }

  focusAtOffset(byteOffset: number, characters = 0): void {
    this.focus(positionOfOffset(this.view.state.doc, byteOffset, characters));
  }

  offsetAtCaret(): number {
    return offsetOfPosition(this.view.state.doc, this.view.state.selection.head);
  }

  run(name: CommandName): boolean {
    const done = this.commandOf(name)(this.view.state, this.dispatch, this.view);
    if (name !== 'link') this.view.focus();
    return done;
  }

  can(name: CommandName): boolean {
    return this.editable && this.commandOf(name)(this.view.state);
  }

  insertPhoto(id: string, at?: number): void {
    this.dispatch(closeHistory(placeBlock(this.view.state, nodes.photo.create({ id }), at)).scrollIntoView());
  }

  removePhoto(id: string): void {
    const { doc, tr } = this.view.state;
    const places: number[] = [];
    doc.descendants((node, position) => {
      if (node.type === nodes.photo && node.attrs['id'] === id) places.push(position);
    });
    for (const position of places.reverse()) tr.delete(position, position + 1);
    if (places.length > 0) this.dispatch(closeHistory(tr));
  }

  refreshPhotos(): void {
    this.views.refresh();
  }

  setLink(href: string | null): boolean {
    const { selection, tr } = this.view.state;
    const link = selection.empty ? linkAt(selection.$from) : null;
    const { from, to } = link ?? selection;
    if (href !== null && (!isAllowedLink(href) || from === to)) return false;
    tr.removeMark(from, to, marks.link);
    if (href !== null) tr.addMark(from, to, marks.link.create({ href: href.trim() }));
    this.dispatch(tr);
    this.view.focus();
    return true;
  }

  insertEmbed(url: string): boolean {
    if (!isEmbedUrl(url.trim())) return false;
    this.place(nodes.embed.create({ url: url.trim() }));
    return true;
  }

  insertRelated(story: string, headline: string): void {
    this.place(nodes.related.create({ story, headline: headline.replace(/\s+/g, ' ').trim() }));
  }

  insertTable(rows = 3, columns = 2): void {
    this.place(newTable(Math.max(rows, 1), Math.max(columns, 1)));
  }

  insertText(text: string): void {
    insertPlain(this.view, text, this.options);
  }

  find(query: string): FindState {
    this.dispatch(findQuery(this.view.state, query));
    return findState(this.view.state);
  }

  findNext(): FindState {
    return this.step(1);
  }

  findPrevious(): FindState {
    return this.step(-1);
  }

  replace(replacement: string): FindState {
    const tr = replaceHit(this.view.state, replacement);
    if (tr) this.dispatch(closeHistory(tr));
    return this.step(1);
  }

  replaceAll(replacement: string): number {
    const { tr, count } = replaceEveryHit(this.view.state, replacement);
    if (count > 0) this.dispatch(closeHistory(tr));
    return count;
  }

  replaceContent(markdown: string): void {
    const { doc, tr } = this.view.state;
    this.dispatch(closeHistory(tr.replaceWith(0, doc.content.size, readMarkdown(markdown).content)));
  }

  setNotes(notes: readonly NotedWords[], active: string | null): void {
    this.dispatch(tellNotes(this.view.state, { notes, active }));
  }

  settleNotes(): Map<string, TextAnchor> {
    const tr = lookAgain(this.view.state);
    if (tr) this.dispatch(tr);
    return notePlaces(this.view.state);
  }

  wordsForNote(): TextAnchor | null {
    return selectedWords(this.view.state);
  }

  noteAtCaret(): string | null {
    return noteAt(this.view.state, this.view.state.selection.head);
  }

  goToNote(id: string): boolean {
    const tr = goToNote(this.view.state, id);
    if (!tr) return false;
    this.dispatch(tr);
    this.view.focus();
    return true;
  }

  takeOver(id: string): boolean {
    const tr = takeOverNote(this.view.state, id);
    if (tr) this.dispatch(tr);
    return tr !== null;
  }

  setLanguage(language: 'bn' | 'en'): void {
    this.language = language;
    this.redraw();
  }

  setTexts(texts: EditorTexts, label: string, placeholder: string): void {
    [this.texts, this.label, this.placeholder] = [texts, label, placeholder];
    this.redraw();
  }

  setEditable(editable: boolean): void {
    this.editable = editable;
    this.redraw();
  }

  destroy(): void {
    this.view.destroy();
  }

  private open(mount: HTMLElement, state: EditorState): EditorView {
    return new EditorView(mount, {
      state,
      nodeViews: this.views.nodeViews,
      editable: () => this.editable,
      handleScrollToSelection: (view) => !this.changing || caretIsInView(view),
      attributes: () => ({
        class: 'story-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': this.label,
        lang: this.language,
        spellcheck: 'false',
      }),
      dispatchTransaction: (tr) => {
        this.took(tr);
      },
    });
  }

  private plugins(): Plugin[] {
    return [
      keys(this.askLink),
      habits(),
      joiningPlugin(),
      clipboardPlugin(this.options),
      notesPlugin((id) => {
        this.options.onNote(id);
      }),
      findPlugin(),
      this.hints(),
      tableEditing(),
      dropCursor({ class: 'drop-cursor', color: false }),
      gapCursor(),
    ];
  }

  /** The words shown where nothing is written yet. */
  private hints(): Plugin {
    return new Plugin({
      props: {
        decorations: ({ doc, selection }) => {
          const { $from } = selection;
          const only = doc.childCount === 1 ? doc.firstChild : null;
          if (only?.type === nodes.paragraph && only.content.size === 0)
            return hint(doc, 0, only, this.placeholder);
          const { parent } = $from;
          if (parent.type !== nodes.attribution || parent.content.size > 0) return null;
          return hint(doc, $from.before(), parent, this.texts.attributionPlaceholder);
        },
      },
    });
  }

  private took(tr: Transaction): void {
    this.changing = true;
    this.view.updateState(this.view.state.apply(tr));
    this.changing = false;
    const now = toolbarState(this.view.state);
    if (!sameToolbar(this.shown, now)) {
      this.shown = now;
      this.options.onState(now);
    }
    if (tr.docChanged) this.options.onChange();
  }

  private readonly dispatch = (tr: Transaction): void => {
    this.view.dispatch(tr);
  };

  private readonly askLink: Command = (state, dispatch) => {
    const link = linkAt(state.selection.$from);
    const canLink = state.selection instanceof TextSelection && (!state.selection.empty || link !== null);
    if (!canLink) return false;
    if (dispatch) this.options.onLinkAsked(link?.href ?? null);
    return true;
  };

  private commandOf(name: CommandName): Command {
    return name === 'link' ? this.askLink : commands[name];
  }

  private place(block: Node): void {
    this.dispatch(closeHistory(placeBlock(this.view.state, block)).scrollIntoView());
    this.view.focus();
  }

  private step(by: 1 | -1): FindState {
    const tr = findStep(this.view.state, by);
    if (tr) this.dispatch(tr);
    return findState(this.view.state);
  }

  private redraw(): void {
    this.view.setProps({});
    this.views.refresh();
  }
}

function selectionAt(doc: Node, at: 'start' | 'end' | number): Selection {
  if (at === 'start') return Selection.atStart(doc);
  if (at === 'end') return endOf(doc);
  const $at = doc.resolve(Math.min(Math.max(at, 0), doc.content.size));
  const isAtom =
    $at.nodeAfter?.isAtom === true && $at.nodeAfter.isBlock && NodeSelection.isSelectable($at.nodeAfter);
  return isAtom ? NodeSelection.create(doc, $at.pos) : TextSelection.near($at);
}

/** Where the next word goes. Never on a photo at the end: the next key would take its place. */
function endOf(doc: Node): Selection {
  const $end = doc.resolve(doc.content.size);
  return Selection.findFrom($end, -1, true) ?? new GapCursor($end);
}

function hint(doc: Node, position: number, node: Node, words: string): DecorationSet {
  const decoration = Decoration.node(position, position + node.nodeSize, {
    class: 'hint',
    'data-hint': words,
  });
  return DecorationSet.create(doc, [decoration]);
}
