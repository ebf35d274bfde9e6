/** An editor in a test window, and hands to type on it. */
import { EditorView } from 'prosemirror-view';
import { vi } from 'vitest';
import { createEditor } from './editor';
import type { Editor, EditorOptions, EditorPhoto, EditorTexts } from './types';

export const texts: EditorTexts = {
  captionPlaceholder: 'ক্যাপশন লিখুন',
  creditPlaceholder: 'ছবি: নাম',
  captionLabel: 'ছবির ক্যাপশন',
  creditLabel: 'ছবির কৃতিত্ব',
  photoMissing: 'ছবিটি নেই',
  related: 'আরও পড়ুন',
  embed: 'এমবেড',
  footnote: 'টীকা {label}',
  attributionPlaceholder: 'কে বলেছেন',
};

export interface Desk {
  editor: Editor;
  view: EditorView;
  options: Required<EditorOptions>;
  photos: Map<string, EditorPhoto>;
  /** Types as a keyboard does: through the input rules, a character at a time. */
  type: (text: string) => void;
  press: (key: string, init?: KeyboardEventInit) => boolean;
  paste: (data: Record<string, string>, files?: File[]) => void;
}

export function openDesk(markdown = '', more: Partial<EditorOptions> = {}): Desk {
  const photos = new Map<string, EditorPhoto>();
  const options: Required<EditorOptions> = {
    markdown,
    undo: null,
    language: 'bn',
    label: 'প্রতিবেদন',
    placeholder: 'এখানে লিখুন',
    texts,
    photo: (id) => photos.get(id),
    onChange: vi.fn(),
    onState: vi.fn(),
    onFiles: vi.fn(),
    onPhotoWords: vi.fn(),
    onLinkAsked: vi.fn(),
    onNotice: vi.fn(),
    onNote: vi.fn(),
    ...more,
  };
  const mount = document.body.appendChild(document.createElement('div'));
  const views: EditorView[] = [];
  const spy = vi.spyOn(EditorView.prototype, 'setProps');
  const editor = createEditor(mount, options);
  editor.setEditable(true);
  views.push(...(spy.mock.contexts as EditorView[]));
  spy.mockRestore();
  const view = views[0];
  if (!view) throw new Error('no view');
  return {
    editor,
    view,
    options,
    photos,
    type: (text) => {
      for (const character of text) typeOne(view, character);
    },
    press: (key, init = {}) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
      return !view.dom.dispatchEvent(event);
    },
    paste: (data, files = []) => {
      view.dom.dispatchEvent(pasteEvent(data, files));
    },
  };
}

function typeOne(view: EditorView, text: string): void {
  const { from, to } = view.state.selection;
  const deflt = () => view.state.tr.insertText(text, from, to);
  if (!view.someProp('handleTextInput', (take) => take(view, from, to, text, deflt))) view.dispatch(deflt());
}

/** A paste as browsers send it; jsdom has no clipboard of its own. */
export function pasteEvent(data: Record<string, string>, files: File[] = []): Event {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  const clipboardData = { files, types: Object.keys(data), getData: (type: string) => data[type] ?? '' };
  return Object.assign(event, { clipboardData });
}

// jsdom lays nothing out; ProseMirror asks where the caret is when it scrolls.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();
