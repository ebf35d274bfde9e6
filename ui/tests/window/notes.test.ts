/** Desk and author speak about words of the story, at the words. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Anchor, WriteNote } from '../../src/wire/generated';
import { faults } from '../support/axe';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE, photo } from '../support/stories';
import { choose } from '../support/ways';
import { at, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

const anchor = (quote: string, patch: Partial<Anchor> = {}): Anchor => ({
  field: 'body',
  photo: null,
  quote,
  prefix: '',
  suffix: '',
  at: 0,
  ...patch,
});

const marks = () =>
  [...document.querySelectorAll<HTMLElement>('.noted[data-note]')].map((each) => each.textContent);
const quotes = () => screen.queryAllByTestId('note').map((each) => each.querySelector('q')?.textContent);

describe('the notes of a story', () => {
  beforeEach(() => {
    desk.notes.add('s1', { text: 'কোন মাস থেকে?', anchor: anchor('গত বছরের একই সময়েও') });
    const first = desk.notes.add('s1', {
      text: 'শিরোনাম ছোট করুন',
      anchor: anchor('৪০ গ্রাম', { field: 'headline' }),
    });
    desk.notes.add('s1', { parent: first.note, text: 'দেখছি', own: true });
    desk.notes.add('s1', { text: 'এই কথাটা কোথায় গেল?', anchor: anchor('যে কথা লেখায় কোথাও নেই') });
    desk.notes.add('s1', { text: 'আগেরটা', anchor: anchor('স্কুলের মাঠ'), open: false });
  });

  test('are listed in the order of the text with their answers, and marked in it while they are open', async () => {
    const { user } = await openWindow(desk);
    await waitFor(() => {
      expect(marks()).toEqual(['গত বছরের একই সময়েও']);
    });
    expect(at('tab-notes')).toHaveTextContent('৩');
    await user.click(at('tab-notes'));
    expect(quotes()).toEqual(['৪০ গ্রাম', 'যে কথা লেখায় কোথাও নেই', 'গত বছরের একই সময়েও']);
    const [headline, lost] = screen.getAllByTestId('note');
    expect(headline).toHaveTextContent('দেখছি');
    expect(lost).toHaveTextContent('কথাগুলো লেখায় আর নেই');
    expect(at('headline')).toHaveClass('noted');
    await user.click(at('notes-resolved'));
    expect(quotes()).toHaveLength(4);
    expect(await faults()).toEqual([]);
  });

  test('lead to their words, and the keys go from one to the next', async () => {
    const { user, room } = await openWindow(desk);
    await waitFor(() => {
      expect(marks()).toHaveLength(1);
    });
    await user.click(at('tab-notes'));
    await user.click(screen.getAllByTestId('note-go')[0]!);
    expect(at('headline')).toHaveFocus();
    await user.keyboard('{F8}{F8}');
    expect(room.notes?.active).toBe('n1');
    expect(room.session?.editor?.hasFocus()).toBe(true);
    expect(document.querySelector('.noted-active')).toHaveTextContent('গত বছরের একই সময়েও');
    await user.keyboard('{Shift>}{F8}{/Shift}{Shift>}{F8}{/Shift}');
    expect(room.notes?.active).toBe('n2');
  });

  test('are resolved by key where the caret is, and opened again', async () => {
    const { user, room } = await openWindow(desk);
    await waitFor(() => {
      expect(marks()).toHaveLength(1);
    });
    room.session?.editor?.goToNote('n1');
    await user.keyboard('{Control>}{Shift>}e{/Shift}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'turn_note')).toEqual([{ story: 's1', note: 'n1', turn: 'resolved' }]);
    });
    await waitFor(() => {
      expect(at('tab-notes')).toHaveTextContent('২');
    });
    await user.click(at('tab-notes'));
    await user.click(at('notes-resolved'));
    await user.click(screen.getAllByTestId('note-turn').at(-1)!);
    await waitFor(() => {
      expect(given(desk, 'turn_note')).toHaveLength(2);
    });
    expect(given(desk, 'turn_note')[1]).toMatchObject({ turn: 'reopened' });
  });

  test('are answered under them, and what was typed stays when the desk does not take it', async () => {
    const { user } = await openWindow(desk);
    await user.click(at('tab-notes'));
    const last = within((await screen.findAllByTestId('note')).at(-1)!);
    await user.click(last.getByTestId('note-reply'));
    expect(last.getByTestId('note-answer')).toHaveFocus();
    desk.failing.set('write_note', failure('store_full'));
    await user.type(last.getByTestId('note-answer'), 'জুলাই থেকে');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(last.getByTestId('note-answer')).toHaveValue('জুলাই থেকে');
    desk.failing.clear();
    await user.click(last.getByTestId('note-answer-put'));
    await waitFor(() => {
      expect(last.queryByTestId('note-answer')).toBeNull();
    });
    expect(given(desk, 'write_note').at(-1)).toEqual({
      story: 's1',
      parent: 'n1',
      anchor: null,
      text: 'জুলাই থেকে',
    });
  });

  test('keep where their words are now, after the text has changed', async () => {
    const { room } = await openWindow(desk);
    await waitFor(() => {
      expect(marks()).toHaveLength(1);
    });
    const before = given(desk, 'place_notes').length;
    const { editor } = room.session!;
    editor?.replaceContent(editor.markdown().replace('গত বছরের একই সময়েও', 'গত বছরের এই সময়েও'));
    await waitFor(() => {
      expect(given(desk, 'place_notes').length).toBeGreaterThan(before);
    });
    expect(given(desk, 'save_draft').every((save) => !JSON.stringify(save).includes('কোন মাস'))).toBe(true);
  });

  test('come in while the story is open', async () => {
    const { user } = await openWindow(desk);
    await user.click(at('tab-notes'));
    desk.notes.add('s1', { text: 'নতুন কথা', anchor: anchor('হরি নদের মুখে') });
    desk.tell({ kind: 'notes_changed', story: 's1' });
    expect(await screen.findByText('নতুন কথা')).toBeInTheDocument();
    expect(marks()).toContain('হরি নদের মুখে');
  });

  test('that are open go with a return, and the dialog says so', async () => {
    const kept = desk.stories.get('s1')!;
    kept.axes = { ...kept.axes, desk: 'in_edit' };
    const { user } = await openWindow(desk);
    await waitFor(() => {
      expect(marks()).toHaveLength(1);
    });
    await choose(user, 'return');
    expect(await screen.findByTestId('return-notes')).toHaveTextContent('৩টি খোলা নোট');
    expect(at('return-notes')).toHaveTextContent('৪০ গ্রাম');
  });

  test('do not go with it where the portal keeps none, and the dialog says so', async () => {
    const kept = desk.stories.get('s1')!;
    kept.axes = { ...kept.axes, desk: 'in_edit' };
    desk.notes.way = 'here';
    const { user } = await openWindow(desk);
    await waitFor(() => {
      expect(marks()).toHaveLength(1);
    });
    await choose(user, 'return');
    expect(await screen.findByTestId('return-notes')).toHaveTextContent('৩টি খোলা নোট লেখকের কাছে যাবে না');
  });
});

describe('a new note', () => {
  const press = '{Control>}{Shift>}n{/Shift}{/Control}';
  const written = () => given(desk, 'write_note') as WriteNote[];

  test('stands at the selected words of a field', async () => {
    const { user } = await openWindow(desk);
    const headline = at('headline') as HTMLTextAreaElement;
    headline.focus();
    headline.setSelectionRange(0, 'দুই দিনের'.length);
    await user.keyboard(press);
    expect(await screen.findByTestId('note-text')).toHaveFocus();
    await user.type(at('note-text'), 'কোন দুই দিন?');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(written()[0]).toMatchObject({
        text: 'কোন দুই দিন?',
        anchor: { field: 'headline', quote: 'দুই দিনের' },
      });
    });
    expect(desk.calls.some(({ name }) => name === 'publish')).toBe(false);
    expect(await screen.findByTestId('note')).toHaveTextContent('আপনি');
    expect(at('note')).toHaveTextContent('এখনো পাঠানো হয়নি');
  });

  test('stands at the paragraph of the caret in the text', async () => {
    const { user, room } = await openWindow(desk);
    room.session?.editor?.focus('start');
    await user.keyboard(press);
    await user.type(await screen.findByTestId('note-text'), 'সূত্র?');
    await user.click(at('note-text-put'));
    await waitFor(() => {
      expect(written()[0]?.anchor?.field).toBe('body');
    });
    expect(written()[0]?.anchor?.quote).toMatch(/^টানা দুই দিনের.*বর্গাচাষিরা।$/);
  });

  test('stands at a caption', async () => {
    desk = deskWith(content({ photos: [photo({ caption: 'ডুবে যাওয়া স্কুলের মাঠ' })] }));
    const { user } = await openWindow(desk);
    await user.click(at('tab-photos'));
    (await screen.findByTestId('caption')).focus();
    await user.keyboard(press);
    await user.type(await screen.findByTestId('note-text'), 'কোন স্কুল?');
    await user.click(at('note-text-put'));
    await waitFor(() => {
      expect(written()[0]?.anchor).toMatchObject({ field: 'caption', quote: 'ডুবে যাওয়া স্কুলের মাঠ' });
    });
  });

  test('calls somebody by a name that is known, and is not begun by Escape', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard(press);
    await user.type(await screen.findByTestId('note-text'), 'দেখুন @না');
    await user.click(screen.getByRole('button', { name: '@নাদিয়া হক' }));
    expect(at('note-text')).toHaveValue('দেখুন @নাদিয়া হক ');
    expect(at('note-text')).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('note-text')).toBeNull();
    expect(written()).toEqual([]);
  });

  test('says where it goes, also where it goes nowhere', async () => {
    desk.notes.way = 'here';
    const { user } = await openWindow(desk);
    await user.click(at('tab-notes'));
    await waitFor(() => {
      expect(at('notes-way')).toHaveTextContent('শুধু এই কম্পিউটারেই থাকে');
    });
    expect(screen.getByText(/কোনো খোলা নোট নেই/)).toBeInTheDocument();
    expect(await faults()).toEqual([]);
  });
});

test('a row of the list says how many notes are open, and that one of them calls', async () => {
  desk.notes.add('s2', { text: '@আমি দেখুন', waits: true });
  desk.notes.add('s2', { text: 'আরেকটি' });
  await openWindow(desk);
  expect(screen.getByRole('img', { name: '২টি খোলা নোট, আপনাকে ডাকা হয়েছে' })).toHaveTextContent('২');
});
