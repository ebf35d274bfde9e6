import { afterEach, describe, expect, it } from 'vitest';
import { typedInField } from './joining';
import { openDesk } from './testeditor';

afterEach(() => {
  document.body.replaceChildren();
});

/** Sends what a browser sends before a typed letter; true: it was taken from the browser. */
function typed(target: EventTarget, data: string, more: InputEventInit = {}): boolean {
  const init = { inputType: 'insertText', data, bubbles: true, cancelable: true, ...more };
  return !target.dispatchEvent(new InputEvent('beforeinput', init));
}

function fieldWith(value: string, caret: number): HTMLTextAreaElement {
  const field = document.body.appendChild(document.createElement('textarea'));
  field.addEventListener('beforeinput', typedInField);
  field.value = value;
  field.setSelectionRange(caret, caret);
  return field;
}

describe('letters typed before a Bengali letter', () => {
  it('stand in the text where they were typed', () => {
    const { editor, view } = openDesk('কুমার');
    editor.focus('start');
    for (const letter of 'গ্রা') expect(typed(view.dom, letter)).toBe(true);
    expect(editor.markdown()).toBe('গ্রাকুমার');
  });

  it('stand in a field where they were typed, and the field tells of each', () => {
    const field = fieldWith('কুমার', 0);
    let told = 0;
    field.addEventListener('input', () => (told += 1));
    for (const letter of 'গ্রা') expect(typed(field, letter)).toBe(true);
    expect([field.value, told]).toEqual(['গ্রাকুমার', 4]);
  });

  it('are left to the browser elsewhere, and to an input method', () => {
    const { editor, view } = openDesk('কুমার');
    editor.focus('end');
    expect(typed(view.dom, 'ক')).toBe(false);
    expect(typed(fieldWith('কুমার', 5), 'ক')).toBe(false);
    expect(typed(fieldWith('Kumar', 0), 'K')).toBe(false);
    expect(typed(fieldWith('কুমার', 0), 'ক', { isComposing: true })).toBe(false);
  });
});
