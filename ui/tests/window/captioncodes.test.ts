/** What the caption sheet writes for a person, and what it says beside their words. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Content } from '../../src/wire/generated';
import { faults } from '../support/axe';
import type { FakeDesk } from '../support/fakeDesk';
import { content, photo } from '../support/stories';
import { at, deskWith, openWindow, saves } from '../support/window';

const CODES = [
  ['pm', 'প্রধানমন্ত্রী'],
  ['uno', 'উপজেলা নির্বাহী কর্মকর্তা'],
];
const id = (number: number) => number.toString(16).padStart(64, '0');
let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(story());
});

function story(patch: Partial<Content> = {}) {
  return content({ photos: [photo({ id: id(1) }), photo({ id: id(2) })], ...patch });
}

async function opened(captions: unknown = { codes: CODES }) {
  desk.settings = { ...desk.settings, layout: JSON.stringify({ captions }) };
  const window = await openWindow(desk);
  await window.user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
  await waitFor(() => {
    expect(at('sheet-caption')).toHaveFocus();
  });
  const first = () => window.room.session!.fields.photos[0]!;
  return { ...window, first, field: at('sheet-caption') as HTMLTextAreaElement };
}

async function settings() {
  const window = await openWindow(desk);
  await window.user.keyboard('{Control>},{/Control}');
  await window.user.click(await screen.findByRole('radio', { name: 'ক্যাপশন' }));
  const rows = () =>
    screen
      .queryAllByTestId('code-row')
      .map((row) => [...row.querySelectorAll('input')].map((each) => each.value));
  return { ...window, rows };
}

describe('a code', () => {
  test('becomes its words at the closing sign, and one undo gives back what was typed', async () => {
    const { user, first, field } = await opened();
    await user.keyboard('মঞ্চে =pm=');
    expect(first().caption).toBe('মঞ্চে প্রধানমন্ত্রী');
    expect(field).toHaveValue('মঞ্চে প্রধানমন্ত্রী');
    await user.keyboard('{Control>}z{/Control}');
    expect(first().caption).toBe('মঞ্চে =pm=');
    await waitFor(() => {
      expect(field.selectionStart).toBe(field.value.length);
    });
    await user.keyboard(' ও');
    expect(first().caption).toBe('মঞ্চে =pm= ও');
  });

  test.each(['credit', 'alt'] as const)('is known in the %s too', async (name) => {
    const { user, first } = await opened();
    at(`sheet-${name}`).focus();
    await user.keyboard('=UNO=');
    expect(first()[name]).toBe('উপজেলা নির্বাহী কর্মকর্তা');
  });

  test('is known in the table', async () => {
    const { user, first } = await opened({ view: 'one', codes: CODES });
    await user.keyboard('{F2}');
    await waitFor(() => {
      expect(screen.getAllByTestId('table-caption')[0]).toHaveFocus();
    });
    await user.keyboard('=pm=');
    expect(first().caption).toBe('প্রধানমন্ত্রী');
  });

  test('that nobody knows stays, and is marked once the keys rest', async () => {
    const { user, first, field } = await opened();
    await user.keyboard('=xx=');
    expect(first().caption).toBe('=xx=');
    expect(field).toHaveAttribute('aria-invalid', 'false');
    expect(await screen.findByText('এই কোড তালিকায় নেই: =xx=')).toBeInTheDocument();
    expect(field).toHaveAttribute('aria-invalid', 'true');
  });

  test('waits while an input method composes, and is known when it is through', async () => {
    const { first, field } = await opened();
    await fireEvent.compositionStart(field);
    await fireEvent.input(field, new InputEvent('input', { data: '=', isComposing: true, bubbles: true }));
    field.value = '=pm=';
    field.setSelectionRange(4, 4);
    field.dispatchEvent(new InputEvent('input', { data: '=', isComposing: true, bubbles: true }));
    expect(first().caption).toBe('=pm=');
    field.dispatchEvent(new CompositionEvent('compositionend', { data: '=', bubbles: true }));
    await waitFor(() => {
      expect(first().caption).toBe('প্রধানমন্ত্রী');
    });
  });
});

describe('a template', () => {
  test('has place and date of the story, in its own language and not the interface’s', async () => {
    desk = deskWith(story({ published_at: '2026-11-05T03:00:00Z' }));
    desk.settings = { ...desk.settings, language: 'en' };
    const { user, first } = await opened({});
    await user.keyboard('{Control>}1{/Control}');
    await waitFor(() => {
      expect(first().caption).toBe('যশোর, ৫ নভেম্বর ২০২৬: ');
    });
    await user.keyboard('ঘাটে মানুষ');
    expect(first().caption).toBe('যশোর, ৫ নভেম্বর ২০২৬: ঘাটে মানুষ');
    await user.keyboard('{Control>}z{/Control}{Control>}z{/Control}{Control>}z{/Control}');
    expect(first().caption).toBe('');
  });

  test('leaves what is not known selected, one after another by Tab, and then Tab goes on', async () => {
    desk = deskWith(story({ dateline: '' }));
    const { user, first, field } = await opened({ templates: ['{স্থান}: {কে} এখানে'] });
    await user.keyboard('{Control>}1{/Control}');
    await waitFor(() => {
      expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('{স্থান}');
    });
    await user.keyboard('খুলনা{Tab}');
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('{কে}');
    await user.keyboard('মাঝি');
    expect(first().caption).toBe('খুলনা: মাঝি এখানে');
    await user.keyboard('{Tab}');
    expect(field).not.toHaveFocus();
  });

  test('is in a menu too, and goes into the caption wherever the focus was', async () => {
    const { user, first, field } = await opened({ templates: ['ঘাটে: '] });
    at('sheet-credit').focus();
    await user.click(at('caption-templates'));
    (await screen.findByTestId('template-1')).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(first().caption).toBe('ঘাটে: ');
      expect(field).toHaveFocus();
    });
  });

  test('that waits to be filled in is told of', async () => {
    desk = deskWith(story({ dateline: '' }));
    const { user } = await opened({});
    await user.keyboard('{Control>}1{/Control}');
    expect(await screen.findByText(/এখনো লেখা বাকি: \{স্থান\}/)).toBeInTheDocument();
  });
});

describe('beside the caption', () => {
  const advice = () => within(at('caption-advice'));

  test('stands how long it is as a reader counts, and when it is long', async () => {
    const { user } = await opened();
    await user.keyboard('স্ত্রীর');
    await waitFor(() => {
      expect(at('caption-advice')).toHaveTextContent('২ অক্ষর');
    });
    expect(screen.queryByTestId('caption-long')).toBeNull();
    await user.click(at('sheet-caption'));
    await user.paste('নদীর ঘাটে মানুষ '.repeat(15));
    expect(await screen.findByTestId('caption-long')).toHaveTextContent('১৬০');
  });

  test('a name that the story does not have is told, and waved away for good', async () => {
    const { user } = await opened();
    await user.keyboard('ত্রাণ দেন ডা. ফারহানা');
    expect(await advice().findByText(/“ডা. ফারহানা” নামটি খবরে নেই/)).toBeInTheDocument();
    await user.click(at('advice-dismiss'));
    expect(advice().queryByText(/ফারহানা/)).toBeNull();
    await user.keyboard('{PageDown}{PageUp}');
    await waitFor(() => {
      expect(at('sheet-photo')).toHaveAttribute('data-photo', id(1));
    });
    expect(advice().queryByText(/ফারহানা/)).toBeNull();
  });

  test('a name that another caption has is no news', async () => {
    const photos = [photo({ id: id(1) }), photo({ id: id(2), caption: 'ডা. ফারহানা হোসেন' })];
    desk = deskWith(story({ photos }));
    const { user } = await opened();
    await user.keyboard('বাঁ থেকে ডা. ফারহানা ও অন্যরা');
    expect(await advice().findByText(/বাঁ থেকে ২টি নাম আছে/)).toBeInTheDocument();
    expect(advice().queryByText(/নামটি খবরে নেই/)).toBeNull();
  });

  test('nothing is said while an input method composes', async () => {
    const { field } = await opened();
    await fireEvent.compositionStart(field);
    field.value = 'বাঁ থেকে গফুর ও সালমা';
    field.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(advice().queryByText(/বাঁ থেকে/)).toBeNull();
    field.dispatchEvent(new CompositionEvent('compositionend', { data: 'সালমা', bubbles: true }));
    expect(await advice().findByText(/বাঁ থেকে ২টি নাম আছে/)).toBeInTheDocument();
  });
});

describe('in the settings', () => {
  const file = (text: string) => new File([text], 'codes.tsv', { type: 'text/tab-separated-values' });

  test('a file brings its codes, tells its bad lines, and can be taken back', async () => {
    desk.settings = { ...desk.settings, layout: JSON.stringify({ captions: { codes: CODES } }) };
    const { user, rows, room } = await settings();
    expect(await faults()).toEqual([]);
    await user.upload(at('codes-input'), file('\ufeffpm\tনতুন জন\nনষ্ট লাইন\nfm\tঅর্থমন্ত্রী\n'));
    expect(await screen.findByTestId('codes-bad')).toHaveTextContent('লাইন ২: কোড ও কথার মাঝে ট্যাব নেই');
    expect(at('codes-bad')).toHaveTextContent('নষ্ট লাইন');
    expect(rows()).toEqual([
      ['pm', 'নতুন জন'],
      ['uno', 'উপজেলা নির্বাহী কর্মকর্তা'],
      ['fm', 'অর্থমন্ত্রী'],
    ]);
    expect(await screen.findByTestId('toast')).toHaveTextContent('নতুন কোড: ১। বদলেছে: ১।');
    await room.preferences.flush();
    expect(JSON.parse(desk.settings.layout)).toMatchObject({
      captions: { codes: [['pm', 'নতুন জন'], CODES[1], ['fm', 'অর্থমন্ত্রী']] },
    });
    await user.click(at('toast-act'));
    expect(rows()).toEqual(CODES);
  });

  test('a code is written by hand, and one that is there already is not lost to another', async () => {
    const { user, rows } = await settings();
    await user.type(at('code-new'), '=pm=');
    await user.type(at('code-words'), 'প্রধানমন্ত্রী{Enter}');
    expect(rows()).toEqual([['pm', 'প্রধানমন্ত্রী']]);
    expect(at('code-new')).toHaveFocus();
    await user.type(at('code-new'), 'PM');
    await user.type(at('code-words'), 'আরেক জন{Enter}');
    expect(await screen.findByTestId('code-fault')).toHaveTextContent('আগেই আছে');
    expect(rows()).toEqual([['pm', 'প্রধানমন্ত্রী']]);
    expect(at('code-words')).toHaveValue('আরেক জন');
  });

  test('a code is changed and deleted, and what cannot be kept stays in its field with the reason', async () => {
    desk.settings = { ...desk.settings, layout: JSON.stringify({ captions: { codes: CODES } }) };
    const { user, rows, room } = await settings();
    const [code] = within(screen.getAllByTestId('code-row')[1]!).getAllByRole('textbox');
    await user.clear(code!);
    await user.type(code!, 'pm{Tab}');
    expect(await screen.findByText(/আগেই আছে/)).toBeInTheDocument();
    expect(code).toHaveValue('pm');
    expect(room.captions.codes[1]?.code).toBe('uno');
    await user.click(screen.getAllByTestId('code-remove')[0]!);
    expect(room.captions.codes).toHaveLength(1);
    await user.click(await screen.findByTestId('toast-act'));
    expect(rows()[0]).toEqual(CODES[0]);
  });

  test('the list goes onto the clipboard as a file has it', async () => {
    desk.settings = { ...desk.settings, layout: JSON.stringify({ captions: { codes: CODES } }) };
    const { user } = await settings();
    await user.click(at('codes-export'));
    await waitFor(async () => {
      expect(await navigator.clipboard.readText()).toBe('pm\tপ্রধানমন্ত্রী\nuno\tউপজেলা নির্বাহী কর্মকর্তা\n');
    });
  });

  test('a template is added, changed and brought back', async () => {
    const { user, room } = await settings();
    const before = room.captions.templates;
    await user.click(at('template-add'));
    await user.type(screen.getAllByTestId('template').at(-1)!, 'ঘাটে: {Tab}');
    expect(room.captions.templates.at(-1)).toBe('ঘাটে: ');
    await user.click(at('templates-usual'));
    expect(room.captions.templates).toEqual(before);
  });

  test('what was kept by another version, or spoilt, leaves the rest standing', async () => {
    const captions = { view: 'sideways', codes: [['pm', 'ক'], ['PM', 'খ'], 7, ['x']], templates: 'none' };
    desk.settings = { ...desk.settings, layout: JSON.stringify({ captions }) };
    const { room, rows } = await settings();
    expect(rows()).toEqual([['pm', 'ক']]);
    expect(room.captions.view).toBe('one');
    expect(room.captions.templates.length).toBeGreaterThan(0);
  });
});

test('a code that was written for the person is on disk like what they typed', async () => {
  const { user } = await opened();
  await user.keyboard('=pm=');
  await waitFor(() => {
    expect(saves(desk).at(-1)?.content.photos[0]?.caption).toBe('প্রধানমন্ত্রী');
  });
});
