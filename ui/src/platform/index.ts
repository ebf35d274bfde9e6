export type { Answer, Arguments, CommandName, PhotoFile, Platform } from './port';
export { failureOf } from './failure';
export {
  captionKeys,
  captionShortcutOf,
  CAPTION_SHORTCUTS,
  LIST_SHORTCUTS,
  SHORTCUTS,
  shortcutOf,
  shown,
  type CaptionShortcut,
  type ShortcutName,
} from './shortcuts';
export { took, type Mark } from './marks';
