/**
 * How pictures, cards and notes look in the text. They load nothing by themselves: the window says where a
 * picture is, an embed is only its address. The fields under a picture are plain text fields, so that an
 * autosave or a redraw never touches the caret in them.
 */
import type { Node } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view';
import type { EditorPhoto, EditorTexts, PhotoWords } from './types';

/** What the views ask of the window. */
export interface ViewHost {
  texts: () => EditorTexts;
  language(): 'bn' | 'en';
  photo(id: string): EditorPhoto | undefined;
  onPhotoWords(id: string, words: PhotoWords): void;
}

export interface Views {
  nodeViews: Record<string, NodeViewConstructor>;
  /** Draws all views anew from what the window says now. */
  refresh(): void;
}

interface Refreshing extends NodeView {
  refresh(): void;
}

export function buildViews(host: ViewHost): Views {
  const alive = new Set<Refreshing>();
  const kept = (make: (...args: Parameters<NodeViewConstructor>) => Refreshing): NodeViewConstructor => {
    return (...args) => {
      const view = make(...args);
      alive.add(view);
      return Object.assign(view, { destroy: () => alive.delete(view) });
    };
  };
  const { texts } = host;
  return {
    nodeViews: {
      photo: kept((node, view, position) => new PhotoView(node, view, position, host)),
      related: kept((node) => card(node, () => [texts().related, String(node.attrs['headline'])], 'related')),
      embed: kept((node) =>
        card(node, () => [`${texts().embed} ${hostOf(node)}`, String(node.attrs['url'])], 'embed'),
      ),
      footnote_def: kept((node) => noteView(node, host)),
      footnote_ref: kept((node) => noteMark(node, host)),
    },
    refresh: () => {
      for (const view of alive) view.refresh();
    },
  };
}

class PhotoView implements Refreshing {
  readonly dom = document.createElement('figure');
  private readonly picture = document.createElement('img');
  private readonly missing = document.createElement('p');
  private readonly caption = document.createElement('textarea');
  private readonly credit = document.createElement('input');
  private readonly id: string;

  constructor(
    private readonly node: Node,
    private readonly view: EditorView,
    private readonly position: () => number | undefined,
    private readonly host: ViewHost,
  ) {
    this.id = String(node.attrs['id']);
    this.dom.className = 'photo';
    this.dom.contentEditable = 'false';
    this.dom.dataset['photo'] = this.id;
    this.missing.className = 'photo-missing';
    this.caption.rows = 1;
    this.caption.className = 'photo-caption';
    this.credit.className = 'photo-credit';
    this.dom.append(this.picture, this.missing, this.caption, this.credit);
    this.listen(this.caption, () => ({ caption: this.caption.value }));
    this.listen(this.credit, () => ({ credit: this.credit.value }));
    this.refresh();
  }

  refresh(): void {
    const photo = this.host.photo(this.id);
    const texts = this.host.texts();
    const hasPicture = photo !== undefined && photo.src !== '';
    this.picture.hidden = !hasPicture;
    this.missing.hidden = hasPicture;
    this.missing.textContent = texts.photoMissing;
    if (hasPicture) this.draw(photo);
    this.dom.lang = this.host.language();
    label(this.caption, texts.captionLabel, texts.captionPlaceholder);
    label(this.credit, texts.creditLabel, texts.creditPlaceholder);
    say(this.caption, photo?.caption ?? '');
    say(this.credit, photo?.credit ?? '');
    this.caption.disabled = this.credit.disabled = photo === undefined;
  }

  update(node: Node): boolean {
    return node.sameMarkup(this.node);
  }

  /** Keys, clicks and drags in the fields are the fields' own. */
  stopEvent(event: Event): boolean {
    return event.target === this.caption || event.target === this.credit;
  }

  ignoreMutation(): boolean {
    return true;
  }

  selectNode(): void {
    this.dom.classList.add('selected');
  }

  deselectNode(): void {
    this.dom.classList.remove('selected');
  }

  private draw(photo: EditorPhoto): void {
    if (this.picture.getAttribute('src') !== photo.src) this.picture.src = photo.src;
    this.picture.alt = photo.alt || photo.caption;
    if (photo.width > 0 && photo.height > 0) {
      this.picture.width = photo.width;
      this.picture.height = photo.height;
    }
  }

  private listen(field: HTMLInputElement | HTMLTextAreaElement, words: () => PhotoWords): void {
    field.addEventListener('input', () => {
      if (field.value.includes('\n')) say(field, field.value.replace(/\s*\n\s*/g, ' '), true);
      this.host.onPhotoWords(this.id, words());
    });
    field.addEventListener('keydown', (event: Event) => {
      if (event instanceof KeyboardEvent) this.onKey(event);
    });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const goesOn = event.key === 'Enter' || event.key === 'Escape';
    if (!goesOn) return;
    event.preventDefault();
    if (event.key === 'Enter' && event.target === this.caption) this.credit.focus();
    else this.leave();
  }

  /** Back to the text, after the picture. */
  private leave(): void {
    const at = this.position();
    this.view.focus();
    if (at === undefined) return;
    const { state } = this.view;
    const after = state.doc.resolve(at + this.node.nodeSize);
    this.view.dispatch(state.tr.setSelection(TextSelection.near(after)).scrollIntoView());
  }
}

function label(field: HTMLInputElement | HTMLTextAreaElement, name: string, placeholder: string): void {
  field.setAttribute('aria-label', name);
  field.placeholder = placeholder;
}

/** Sets a field's words, but not under the hands of the one who is typing in it. */
function say(field: HTMLInputElement | HTMLTextAreaElement, words: string, force = false): void {
  if (field.value === words || (!force && field.ownerDocument.activeElement === field)) return;
  field.value = words;
}

function card(node: Node, words: () => [string, string], kind: string): Refreshing {
  const dom = document.createElement('div');
  dom.className = `card ${kind}`;
  dom.contentEditable = 'false';
  const small = dom.appendChild(document.createElement('span'));
  small.className = 'card-kind';
  const strong = dom.appendChild(document.createElement('span'));
  strong.className = 'card-words';
  const refresh = (): void => {
    [small.textContent, strong.textContent] = words();
  };
  refresh();
  return { dom, refresh, update: (next) => next.sameMarkup(node), ignoreMutation: () => true };
}

function noteView(node: Node, host: ViewHost): Refreshing {
  const dom = document.createElement('section');
  dom.className = 'footnote';
  const number = dom.appendChild(document.createElement('span'));
  number.className = 'footnote-label';
  number.contentEditable = 'false';
  const contentDOM = dom.appendChild(document.createElement('div'));
  const refresh = (): void => {
    const text = shownLabel(node, host);
    number.textContent = text;
    dom.setAttribute('aria-label', host.texts().footnote.replace('{label}', text));
  };
  refresh();
  return {
    dom,
    contentDOM,
    refresh,
    update: (next) => next.type === node.type && next.attrs['label'] === node.attrs['label'],
    ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
  };
}

/** A numbered note goes by the digits of the story's language, as on the page. */
function shownLabel(node: Node, host: ViewHost): string {
  const label = String(node.attrs['label']);
  if (host.language() !== 'bn' || !/^\d+$/.test(label)) return label;
  return label.replace(/\d/g, (digit) => String.fromCharCode(0x09e6 + Number(digit)));
}

function noteMark(node: Node, host: ViewHost): Refreshing {
  const dom = document.createElement('sup');
  dom.className = 'footnote-mark';
  const refresh = (): void => {
    const text = shownLabel(node, host);
    dom.textContent = text;
    dom.setAttribute('aria-label', host.texts().footnote.replace('{label}', text));
  };
  refresh();
  return { dom, refresh, ignoreMutation: () => true };
}

function hostOf(node: Node): string {
  const url = String(node.attrs['url']);
  return URL.canParse(url) ? new URL(url).host : '';
}
