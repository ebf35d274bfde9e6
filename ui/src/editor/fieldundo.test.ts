import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchFields } from './watchfields';

let stop: () => void;
let now: number;
let user: UserEvent;

beforeEach(() => {
  now = 0;
  vi.spyOn(Event.prototype, 'timeStamp', 'get').mockImplementation(() => now);
  user = userEvent.setup();
  stop = watchFields(window);
});

afterEach(() => {
  stop();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

function fieldWith(value = '', attributes: Record<string, string> = {}): HTMLInputElement {
  const field = document.body.appendChild(document.createElement('input'));
  for (const [name, word] of Object.entries(attributes)) field.setAttribute(name, word);
  field.value = value;
  return field;
}

const undo = () => user.keyboard('{Control>}z{/Control}');
const redo = () => user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');

describe('undo in a field', () => {
  it('goes back word by word, tells the window each time, and forward again', async () => {
    const field = fieldWith();
    const told: string[] = [];
    await user.type(field, 'নদীর পারে ভিড়');
    field.addEventListener('input', () => told.push(field.value));
    await undo();
    await undo();
    await undo();
    await redo();
    await user.keyboard('{Control>}y{/Control}');
    expect(told).toEqual(['নদীর পারে ', 'নদীর ', '', 'নদীর ', 'নদীর পারে ']);
  });

  it('takes a pause for the end of a step', async () => {
    const field = fieldWith();
    await user.type(field, 'নদী');
    now = 1_500;
    await user.type(field, 'র');
    await undo();
    expect(field).toHaveValue('নদী');
  });

  it('takes another place in the field for another step', async () => {
    const field = fieldWith();
    await user.type(field, 'কুমার');
    await user.type(field, 'রাজ', { initialSelectionStart: 0, initialSelectionEnd: 0 });
    expect(field).toHaveValue('রাজকুমার');
    await undo();
    expect(field).toHaveValue('কুমার');
  });

  it('takes signs deleted forwards as one step too', async () => {
    const field = fieldWith('কুমার');
    await user.type(field, '{Delete}{Delete}', { initialSelectionStart: 0, initialSelectionEnd: 0 });
    await undo();
    expect(field).toHaveValue('কুমার');
  });

  it('brings back the sign that Backspace took, one after the other', async () => {
    const field = fieldWith('ক্ষি');
    await user.type(field, '{Backspace}{Backspace}');
    expect(field).toHaveValue('ক্');
    await undo();
    expect([field.value, field.selectionStart]).toEqual(['ক্ষি', 4]);
  });

  it('leaves the caret behind what came back', async () => {
    const field = fieldWith('নদীর ভিড়');
    await user.type(field, 'পারে ', { initialSelectionStart: 5 });
    await undo();
    expect([field.value, field.selectionStart]).toEqual(['নদীর ভিড়', 5]);
    await redo();
    expect([field.value, field.selectionStart]).toEqual(['নদীর পারে ভিড়', 10]);
  });

  it('takes a paste as one step, apart from the typing around it', async () => {
    const field = fieldWith();
    await user.type(field, 'ক');
    await user.paste('নদীর পারে');
    await user.keyboard('খ');
    await undo();
    expect(field).toHaveValue('কনদীর পারে');
    await undo();
    expect(field).toHaveValue('ক');
  });

  it('forgets what was undone once something else is typed', async () => {
    const field = fieldWith();
    await user.type(field, 'ক');
    await undo();
    await user.keyboard('খ');
    await redo();
    expect(field).toHaveValue('খ');
  });

  it('never brings back the words of another story that stood there', async () => {
    const field = fieldWith();
    await user.type(field, 'পুরোনো');
    field.value = 'নতুন';
    await undo();
    expect(field).toHaveValue('নতুন');
  });

  it('ends in its field, also where there is nothing more to undo', async () => {
    const other = fieldWith();
    await user.type(other, 'ক');
    const field = fieldWith();
    await user.click(field);
    const pressed = vi.fn<(event: KeyboardEvent) => void>();
    window.addEventListener('keydown', pressed);
    await undo();
    window.removeEventListener('keydown', pressed);
    expect(pressed.mock.calls.at(-1)?.[0].defaultPrevented).toBe(true);
    expect(other).toHaveValue('ক');
  });

  it('goes by the place of the key while a Bengali layout is on', async () => {
    const field = fieldWith();
    await user.type(field, 'ক');
    const init = { key: 'য', code: 'KeyZ', ctrlKey: true, bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent('keydown', init));
    expect(field).toHaveValue('');
  });

  it.each([{ type: 'password' }, { readonly: '' }, { type: 'number' }])(
    'is left to the engine in a field with %o',
    async (attributes) => {
      const field = fieldWith('', attributes);
      await user.type(field, '1');
      const init = { key: 'z', ctrlKey: true, bubbles: true, cancelable: true };
      expect(field.dispatchEvent(new KeyboardEvent('keydown', init))).toBe(true);
    },
  );

  it('is left to an input method that has a word of its own', async () => {
    const field = fieldWith();
    await user.type(field, 'ক');
    const init = { key: 'z', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true };
    expect(field.dispatchEvent(new KeyboardEvent('keydown', init))).toBe(true);
    expect(field).toHaveValue('ক');
  });
});
