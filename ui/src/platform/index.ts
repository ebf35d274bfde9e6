export type { Answer, Arguments, CommandName, PhotoFile, Platform } from './port';
export { failureOf } from './failure';
export { LIST_SHORTCUTS, SHORTCUTS, shortcutOf, shown, type ShortcutName } from './shortcuts';
export { took, type Mark } from './marks';
