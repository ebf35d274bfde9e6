import { describe, expect, test } from 'vitest';
import {
  captionKeys,
  captionShortcutOf,
  CAPTION_SHORTCUTS,
  failureOf,
  LIST_SHORTCUTS,
  SHORTCUTS,
  shortcutOf,
  shown,
} from './index';

const press = (patch: Partial<KeyboardEvent>) => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...patch,
});

describe('shortcuts', () => {
  test('go with Ctrl, and with Cmd on a Mac', () => {
    const ctrl = press({ key: 'k', code: 'KeyK', ctrlKey: true });
    const cmd = press({ key: 'k', code: 'KeyK', metaKey: true });
    expect(shortcutOf(ctrl, false)).toBe('palette');
    expect(shortcutOf(cmd, true)).toBe('palette');
    expect(shortcutOf(ctrl, true)).toBeNull();
  });

  test('work while a Bengali layout is on, by the place of the key', () => {
    expect(shortcutOf(press({ key: 'ন', code: 'KeyN', ctrlKey: true }), false)).toBe('new_story');
    expect(shortcutOf(press({ key: '১', code: 'Digit1', ctrlKey: true }), false)).toBe('details_tab');
  });

  test('AltGr types letters and never commands', () => {
    expect(shortcutOf(press({ key: 'k', code: 'KeyK', ctrlKey: true, altKey: true }), false)).toBeNull();
  });

  test('a plain letter is no shortcut', () => {
    expect(shortcutOf(press({ key: 'k', code: 'KeyK' }), false)).toBeNull();
  });

  test('no two acts share one', () => {
    const combos = Object.values(SHORTCUTS);
    expect(new Set(combos).size).toBe(combos.length);
    expect(new Set(Object.values(LIST_SHORTCUTS)).size).toBe(Object.keys(LIST_SHORTCUTS).length);
  });

  test('none takes Alt', () => {
    expect(Object.values(SHORTCUTS).filter((combo) => combo.includes('Alt'))).toEqual([]);
  });

  test('are shown as people read them', () => {
    expect(shown('Mod+Shift+K', false)).toBe('Ctrl+Shift+K');
    expect(shown('Mod-b', false)).toBe('Ctrl+B');
    expect(shown('Mod+Shift+K', true)).toBe('⌘⇧K');
  });
});

describe('the keys of the caption sheet', () => {
  const asked = (patch: Partial<KeyboardEvent>, apple = false) => captionShortcutOf(press(patch), apple);

  test('go from photo to photo, on a Mac by the keys that no text field uses', () => {
    expect(asked({ key: 'ArrowRight', altKey: true })).toBe('next');
    expect(asked({ key: 'PageDown' })).toBe('next');
    expect(asked({ key: 'ArrowRight', altKey: true }, true)).toBeNull();
    expect(asked({ key: 'PageDown' }, true)).toBe('next');
    expect(shown(captionKeys('next', false), false)).toBe('Alt+→');
    expect(shown(captionKeys('next', true), true)).toBe('⇟');
  });

  test('number the templates, on a Bengali layout too', () => {
    expect(asked({ key: '২', code: 'Digit2', ctrlKey: true })).toBe(2);
    expect(asked({ key: '0', code: 'Digit0', ctrlKey: true })).toBeNull();
  });

  test('are never AltGr, nor a plain letter', () => {
    expect(asked({ key: 'e', code: 'KeyE', ctrlKey: true, altKey: true })).toBeNull();
    expect(asked({ key: 'd', code: 'KeyD' })).toBeNull();
  });

  test('are each one act', () => {
    const combos = Object.values(CAPTION_SHORTCUTS);
    expect(new Set(combos).size).toBe(combos.length);
  });
});

describe('a failure', () => {
  test('of the desk is taken as it is', () => {
    const error = { code: 'store_full', params: {}, detail: '' };
    expect(failureOf(error)).toBe(error);
  });

  test('of anything else becomes internal, with its words for the details', () => {
    expect(failureOf(new TypeError('no'))).toEqual({ code: 'internal', params: {}, detail: 'TypeError: no' });
    expect(failureOf('command rpc not found').detail).toBe('command rpc not found');
  });
});
