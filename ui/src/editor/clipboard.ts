/** What comes in by paste and drop. Text goes through the cleaner, pictures to the window. */
import { Fragment, type Node, Slice } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { type Cleaned, cleanHtml, maxPaste } from './clean';
import { joinedLines } from './oneline';
import { pictureFiles } from './pictures';
import { isAllowedLink, schema } from './schema';
import { cleanText } from './text';
import { tidyBlock } from './tidy';
import type { Notice } from './types';

const { nodes, marks } = schema;

/** HTML beyond this is not parsed at all: its plain text is taken. */
const maxHtml = 12_000_000;

export interface ClipboardHost {
  onFiles(files: File[], at: number): void;
  onNotice(notice: Notice): void;
}

export function clipboardPlugin(host: ClipboardHost): Plugin {
  let plainAsked = false;
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (_view, event) => {
          plainAsked = event.shiftKey && event.code === 'KeyV';
          return false;
        },
        paste: (view, event) => {
          const isPlain = plainAsked;
          plainAsked = false;
          if (!view.editable || isInField(event) || !event.clipboardData) return false;
          if (!pasteInto(view, event.clipboardData, isPlain, host)) return false;
          event.preventDefault();
          return true;
        },
        drop: (view, event) => view.editable && dropInto(view, event, host),
      },
    },
  });
}

/** Blocks of plain text. With blank lines they part the paragraphs; without, every line is one. */
export function textBlocks(text: string): Cleaned {
  const clean = cleanText(text)
    .replace(/[\t\u2028]/g, ' ')
    .replace(/\u2029/g, '\n');
  const kept = clean.length > maxPaste ? clean.slice(0, endOfWord(clean, maxPaste)) : clean;
  const hasBlankLines = /\n[ ]*\n/.test(kept.trim());
  const paragraphs = kept.split(hasBlankLines ? /\n(?:[ ]*\n)+/ : /\n+/);
  const blocks = paragraphs.map(plainParagraph).filter((block) => block !== null);
  return {
    blocks,
    files: [],
    hasWords: blocks.length > 0,
    linksDropped: false,
    cut: kept.length < clean.length,
  };
}

/** Blocks as something that can be put in at the caret: text flows on, other blocks stay whole. */
export function sliceOf(blocks: readonly Node[], oneLine: boolean): Slice {
  const content = oneLine ? [nodes.paragraph.create(null, joinedLines(blocks))] : blocks;
  const isText = (block: Node | undefined): boolean => block?.type === nodes.paragraph;
  return new Slice(
    Fragment.fromArray([...content]),
    isText(content[0]) ? 1 : 0,
    isText(content.at(-1)) ? 1 : 0,
  );
}

/** Puts plain text in at the caret. */
export function insertPlain(view: EditorView, text: string, host: ClipboardHost): void {
  put(view, textBlocks(text), host);
}

function pasteInto(view: EditorView, data: DataTransfer, isPlain: boolean, host: ClipboardHost): boolean {
  const html = isPlain ? '' : data.getData('text/html');
  // Our own copies carry their structure; the schema's parse rules hold for them too.
  if (html.includes('data-pm-slice') && html.length <= maxHtml) return false;
  const text = data.getData('text/plain');
  if (linkSelection(view, text)) return true;
  const cleaned = html !== '' && html.length <= maxHtml ? cleanHtml(html) : textBlocks(text);
  // Office programs add a picture of the text they copied; a browser that copies a picture adds its address.
  const files = [...cleaned.files, ...(cleaned.hasWords ? [] : pictureFiles(data))];
  if (files.length > 0) host.onFiles(files, view.state.selection.to);
  if (cleaned.hasWords || files.length === 0)
    put(view, cleaned.blocks.length > 0 ? cleaned : textBlocks(text), host);
  return true;
}

function put(view: EditorView, cleaned: Cleaned, host: ClipboardHost): void {
  if (cleaned.cut) host.onNotice('paste_cut');
  if (cleaned.linksDropped) host.onNotice('paste_links_dropped');
  if (cleaned.blocks.length === 0) return;
  const { $from } = view.state.selection;
  const oneLine = $from.parent.isTextblock && !$from.parent.type.contentMatch.matchType(nodes.hard_break);
  const slice = sliceOf(cleaned.blocks, oneLine);
  view.dispatch(
    view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'),
  );
}

/** An address pasted over words links them. */
function linkSelection(view: EditorView, text: string): boolean {
  const href = text.trim();
  const { from, to, empty, $from, $to } = view.state.selection;
  if (empty || !/^(?:https?:\/\/|mailto:)\S+$/i.test(href) || !isAllowedLink(href) || !$from.sameParent($to))
    return false;
  if (
    !$from.parent.type.allowsMarkType(marks.link) ||
    $from.parent.textBetween($from.parentOffset, $to.parentOffset) === href
  )
    return false;
  view.dispatch(
    view.state.tr.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href })),
  );
  return true;
}

function dropInto(view: EditorView, event: DragEvent, host: ClipboardHost): boolean {
  const files = pictureFiles(event.dataTransfer);
  if (files.length === 0) return false;
  event.preventDefault();
  const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
  host.onFiles(files, place?.pos ?? view.state.selection.to);
  return true;
}

function plainParagraph(text: string): Node | null {
  const content: Node[] = [];
  for (const line of text.split('\n')) {
    const words = line.replace(/ {2,}/g, ' ').trim();
    if (words === '') continue;
    if (content.length > 0) content.push(nodes.hard_break.create());
    content.push(schema.text(words));
  }
  return tidyBlock(nodes.paragraph.create(null, content));
}

/** Not in the middle of a cluster or word, if a word ends anywhere near. */
function endOfWord(text: string, limit: number): number {
  const space = text.slice(limit - 200, limit).search(/\s\S*$/);
  return space < 0 ? limit : limit - 200 + space;
}

/** The fields under a picture have their own paste. */
function isInField(event: Event): boolean {
  return event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
}
