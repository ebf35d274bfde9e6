/**
 * Every shortcut of the window, in one table. `Mod` is Ctrl, or Cmd on a Mac. No Ctrl+Alt anywhere: on
 * Bengali layouts that is AltGr, and types letters.
 */
export const SHORTCUTS = {
  palette: 'Mod+K',
  shortcuts: 'F1',
  settings: 'Mod+,',
  new_story: 'Mod+N',
  search: 'Mod+Shift+F',
  save_version: 'Mod+S',
  publish: 'Mod+Enter',
  schedule: 'Mod+Shift+Enter',
  attach: 'Mod+Shift+P',
  find: 'Mod+F',
  replace: 'Mod+H',
  link: 'Mod+Shift+K',
  source: 'Mod+Shift+M',
  preview: 'Mod+P',
  preview_full: 'Mod+Shift+V',
  details_tab: 'Mod+1',
  photos_tab: 'Mod+2',
  checks_tab: 'Mod+3',
  history_tab: 'Mod+4',
  since_read: 'Mod+Shift+H',
  notes_tab: 'Mod+5',
  note: 'Mod+Shift+N',
  note_next: 'F8',
  note_previous: 'Shift+F8',
  note_turn: 'Mod+Shift+E',
  suggest: 'Mod+Shift+S',
  suggestion_accept: 'Mod+Shift+A',
  suggestion_reject: 'Mod+Shift+L',
  captions: 'Mod+Shift+C',
  outbox: 'Mod+Shift+O',
  queue: 'Mod+Shift+D',
  return: 'Mod+Shift+R',
  toggle_desk: 'Mod+[',
  toggle_side: 'Mod+]',
  next_region: 'F6',
  previous_region: 'Shift+F6',
  to_text: 'Escape',
  larger: 'Mod+=',
  smaller: 'Mod+-',
  normal_size: 'Mod+0',
} as const;

/** Shortcuts of single letters, which only a list hears. */
export const LIST_SHORTCUTS = {
  move_down: 'J',
  move_up: 'K',
  open_row: 'Enter',
  search: '/',
  spike: 'Delete',
  refresh: 'R',
} as const;

/** Shortcuts that only the caption sheet hears; `template` and the digits after it stand for the first and the next. */
export const CAPTION_SHORTCUTS = {
  next: 'Alt+ArrowRight',
  previous: 'Alt+ArrowLeft',
  next_open: 'Alt+ArrowDown',
  previous_open: 'Alt+ArrowUp',
  copy: 'Mod+D',
  copy_all: 'Mod+Shift+D',
  fill_empty: 'Mod+E',
  fill_all: 'Mod+Shift+E',
  template: 'Mod+1',
  other_view: 'F2',
  undo: 'Mod+Z',
  redo: 'Mod+Shift+Z',
} as const;

export type CaptionShortcut = keyof typeof CAPTION_SHORTCUTS;

/** Further keys for the same. On a Mac, Alt with an arrow sideways goes from word to word, so there they are the only ones. */
const CAPTION_ALSO: Readonly<Record<string, CaptionShortcut>> = {
  PageDown: 'next',
  PageUp: 'previous',
  'Mod+Y': 'redo',
};

export type ShortcutName = keyof typeof SHORTCUTS;

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const CODES: Readonly<Record<string, string>> = {
  Comma: ',',
  BracketLeft: '[',
  BracketRight: ']',
  Equal: '=',
  Minus: '-',
};
const ARROWS = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
const SHOWN: Readonly<Record<string, string>> = { ...ARROWS, Escape: 'Esc', Delete: 'Del' };
const APPLE: Readonly<Record<string, string>> = {
  ...ARROWS,
  Mod: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Escape: '⎋',
  PageDown: '⇟',
  PageUp: '⇞',
};

/** The shortcut that was pressed, if it is one of ours. */
export function shortcutOf(press: Press, apple: boolean): ShortcutName | null {
  if (press.altKey) return null;
  const pressed = comboOf(press, apple);
  const names = Object.keys(SHORTCUTS) as ShortcutName[];
  return names.find((name) => SHORTCUTS[name] === pressed) ?? null;
}

/** What a key asks of the caption sheet: an act, or the template of that number, 1 for the first. */
export function captionShortcutOf(press: Press, apple: boolean): CaptionShortcut | number | null {
  // AltGr, which types letters on Bengali layouts, comes as both.
  if (press.altKey && (press.ctrlKey || press.metaKey)) return null;
  const pressed = `${press.altKey ? 'Alt+' : ''}${comboOf(press, apple)}`;
  const number = /^Mod\+([1-9])$/.exec(pressed)?.[1];
  if (number !== undefined) return Number(number);
  const names = Object.keys(CAPTION_SHORTCUTS) as CaptionShortcut[];
  return names.find((name) => captionKeys(name, apple) === pressed) ?? CAPTION_ALSO[pressed] ?? null;
}

/** The key for it, on this kind of machine. */
export function captionKeys(name: CaptionShortcut, apple: boolean): string {
  if (!apple || (name !== 'next' && name !== 'previous')) return CAPTION_SHORTCUTS[name];
  return name === 'next' ? 'PageDown' : 'PageUp';
}

/** A shortcut as people read it: `Ctrl+Shift+K`, `⌘⇧K`. */
export function shown(combo: string, apple: boolean): string {
  const keys = combo.replace(/-(?=.)/g, '+').split('+');
  if (apple) return keys.map((key) => APPLE[key] ?? key.toUpperCase()).join('');
  return keys
    .map((key) => (key === 'Mod' ? 'Ctrl' : (SHOWN[key] ?? key.replace(/^[a-z]$/, upper))))
    .join('+');
}

function comboOf(press: Press, apple: boolean): string {
  const mod = apple ? press.metaKey : press.ctrlKey;
  return [mod ? 'Mod' : '', press.shiftKey ? 'Shift' : '', keyOf(press)].filter(Boolean).join('+');
}

/** With a Bengali layout on, `key` is a Bengali letter: then the place of the key counts. */
function keyOf(press: Press): string {
  if (/^[a-z]$/i.test(press.key)) return press.key.toUpperCase();
  if (press.key.length > 1) return press.key;
  const letter = /^(?:Key|Digit)(.)$/.exec(press.code)?.[1];
  return letter ?? CODES[press.code] ?? press.key;
}

function upper(letter: string): string {
  return letter.toUpperCase();
}
