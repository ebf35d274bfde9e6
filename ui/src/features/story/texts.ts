import type { EditorTexts, Notice } from '../../editor';
import { m } from '../../i18n';

/** The editor's words in the interface's language. */
export function editorTexts(): EditorTexts {
  return {
    captionPlaceholder: m.photos_caption_hint(),
    creditPlaceholder: m.photos_credit_hint(),
    captionLabel: m.photos_caption(),
    creditLabel: m.photos_credit(),
    photoMissing: m.editor_photo_missing(),
    related: m.editor_related(),
    embed: m.editor_embed(),
    // The editor puts the mark's own label there.
    footnote: m.editor_footnote({ label: '{label}' }),
    attributionPlaceholder: m.editor_attribution(),
  };
}

const NOTICES: Record<Notice, () => string> = {
  paste_cut: () => m.notice_paste_cut(),
  paste_links_dropped: () => m.notice_paste_links(),
  undo_dropped: () => m.notice_undo_dropped(),
};

export function noticeSentence(notice: Notice): string {
  return NOTICES[notice]();
}
