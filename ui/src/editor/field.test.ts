import { afterEach, describe, expect, it, vi } from 'vitest';
import { caretOf, replaceInField } from './field';
import { typedInField } from './joining';

afterEach(() => {
  document.body.replaceChildren();
  Reflect.deleteProperty(document, 'execCommand');
});

function fieldWith(value: string, caret: number): HTMLTextAreaElement {
  const field = document.body.appendChild(document.createElement('textarea'));
  field.value = value;
  field.focus();
  field.setSelectionRange(caret, caret);
  return field;
}

/** The editing of an engine, which jsdom lacks: it asks before it writes, and tells afterwards. */
function engineOf(field: HTMLTextAreaElement) {
  const edit = vi.fn((command: string, _ui: boolean, data: string) => {
    const inputType = command === 'delete' ? 'deleteContentBackward' : command;
    const init = { bubbles: true, cancelable: true, data, inputType };
    if (!field.dispatchEvent(new InputEvent('beforeinput', init))) return true;
    field.setRangeText(data, field.selectionStart, field.selectionEnd, 'end');
    return field.dispatchEvent(new InputEvent('input', init));
  });
  Object.assign(document, { execCommand: edit });
  return edit;
}

describe('what is written into a field', () => {
  it('goes through the editing of the engine, so that its undo knows', () => {
    const field = fieldWith('ক্ষি', 4);
    const edit = engineOf(field);
    replaceInField(field, '', { from: 3, to: 4 });
    expect(edit.mock.calls).toEqual([['delete', false, '']]);
    expect([field.value, caretOf(field)]).toEqual(['ক্ষ', 3]);
  });

  it('is written once, though the engine asks about it as about a typed letter', () => {
    const field = fieldWith('কুমার', 0);
    field.addEventListener('beforeinput', typedInField);
    const edit = engineOf(field);
    for (const data of 'গ্রা') {
      const init = { inputType: 'insertText', data, bubbles: true, cancelable: true };
      field.dispatchEvent(new InputEvent('beforeinput', init));
    }
    expect(edit).toHaveBeenCalledTimes(4);
    expect(field.value).toBe('গ্রাকুমার');
  });

  it('never lands in another field, which the engine would write into', () => {
    const field = fieldWith('ক্ষি', 4);
    const other = fieldWith('', 0);
    const edit = engineOf(other);
    replaceInField(field, '', { from: 3, to: 4 });
    expect([field.value, other.value, edit.mock.calls.length]).toEqual(['ক্ষ', '', 0]);
  });

  it('is written all the same where the engine refuses', () => {
    const field = fieldWith('ক্ষি', 4);
    Object.assign(document, { execCommand: () => false });
    replaceInField(field, '', { from: 3, to: 4 });
    expect(field.value).toBe('ক্ষ');
  });
});

describe('the caret of a field', () => {
  it('is where the last letter was put, until something moves it or changes the text', () => {
    const field = fieldWith('কুমার', 0);
    replaceInField(field, 'গ', { from: 0, to: 0 });
    expect(caretOf(field)).toBe(1);
    field.setSelectionRange(3, 3);
    expect(caretOf(field)).toBe(3);
    field.setSelectionRange(1, 3);
    expect(caretOf(field)).toBeNull();
  });
});
