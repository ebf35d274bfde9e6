import { afterEach, describe, expect, it } from 'vitest';
import { backspaceInField } from './backspace';

afterEach(() => {
  document.body.replaceChildren();
});

type Field = HTMLInputElement | HTMLTextAreaElement;

function fieldWith(value: string, kind = 'textarea', attributes: Record<string, string> = {}): Field {
  const field = document.body.appendChild(document.createElement(kind)) as Field;
  for (const [name, word] of Object.entries(attributes)) field.setAttribute(name, word);
  field.addEventListener('keydown', (event) => {
    backspaceInField(event as KeyboardEvent);
  });
  field.value = value;
  field.focus();
  return field;
}

/** Presses Backspace, which does nothing by itself here; true: it was taken from the engine. */
function backspace(field: Field, more: KeyboardEventInit = {}): boolean {
  const init = { key: 'Backspace', bubbles: true, cancelable: true, ...more };
  return !field.dispatchEvent(new KeyboardEvent('keydown', init));
}

describe('Backspace in a field', () => {
  it.each([
    ['textarea', {}],
    ['input', {}],
    ['input', { type: 'search' }],
    ['input', { type: 'url' }],
  ])('takes one Bengali sign in %s %o, and the field tells of it', (kind, attributes) => {
    const field = fieldWith('ক্ষি', kind, attributes);
    const told: string[] = [];
    field.addEventListener('input', () => told.push(field.value));
    while (backspace(field));
    expect(told).toEqual(['ক্ষ', 'ক্', 'ক', '']);
  });

  it('takes the sign before the caret, wherever that stands', () => {
    const field = fieldWith('ক্ষি ও');
    field.setSelectionRange(4, 4);
    expect(backspace(field)).toBe(true);
    expect([field.value, field.selectionStart]).toEqual(['ক্ষ ও', 3]);
  });

  it('takes the ya-phala of র‍্য at once, as it was typed', () => {
    const field = fieldWith('র‍্য');
    expect(backspace(field)).toBe(true);
    expect(field.value).toBe('র');
  });

  it.each([
    ['a word is deleted', { ctrlKey: true }],
    ['a word is deleted on a Mac', { altKey: true }],
    ['a line is deleted', { metaKey: true }],
    ['an input method has a word of its own', { isComposing: true }],
  ])('is left to the engine while %s', (_, init) => {
    const field = fieldWith('ক্ষি');
    expect(backspace(field, init)).toBe(false);
    expect(field.value).toBe('ক্ষি');
  });

  it.each([
    ['input', { type: 'password' }],
    ['input', { readonly: '' }],
    ['textarea', { disabled: '' }],
  ])('is left to the engine in %s %o', (kind, attributes) => {
    const field = fieldWith('ক্ষি', kind, attributes);
    expect(backspace(field)).toBe(false);
    expect(field.value).toBe('ক্ষি');
  });

  it('is left to the engine where it deletes a selection, or no Bengali', () => {
    const field = fieldWith('ক্ষি ok');
    expect(backspace(field)).toBe(false);
    field.setSelectionRange(0, 3);
    expect(backspace(field)).toBe(false);
    expect(field.value).toBe('ক্ষি ok');
  });

  it('is left alone where the field has its own', () => {
    const field = fieldWith('ক্ষি');
    field.parentElement!.addEventListener('keydown', (event) => event.preventDefault(), {
      capture: true,
      once: true,
    });
    backspace(field);
    expect(field.value).toBe('ক্ষি');
  });
});
