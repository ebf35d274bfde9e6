/**
 * The shortcuts, as data, so that menus and tooltips show what the keys really do. No Ctrl+Alt: on
 * Bengali layouts that is AltGr, and types letters.
 */
import type { CommandName } from './types';

/** `Mod` is Ctrl, or Cmd on a Mac. */
export const commandKeys: Readonly<Partial<Record<CommandName, string>>> = {
  bold: 'Mod-b',
  italic: 'Mod-i',
  strike: 'Mod-Shift-x',
  link: 'Mod-k',
  clear_marks: 'Mod-\\',
  paragraph: 'Mod-Shift-0',
  heading2: 'Mod-Shift-2',
  heading3: 'Mod-Shift-3',
  ordered_list: 'Mod-Shift-7',
  bullet_list: 'Mod-Shift-8',
  quote: 'Mod-Shift-9',
  pull_quote: 'Mod-Shift-6',
  footnote: 'Mod-Shift-5',
  hard_break: 'Shift-Enter',
  undo: 'Mod-z',
  redo: 'Mod-Shift-z',
  select_all: 'Mod-a',
};
