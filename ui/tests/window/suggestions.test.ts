/** Changes are suggested at the words, seen beside them, and taken over or not, by keyboard. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Anchor, SuggestChange, Suggestion } from '../../src/wire/generated';
import { faults } from '../support/axe';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { at, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content());
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
const replace = (words: string): Suggestion => ({ kind: 'replace', words });
const suggested = () => given(desk, 'suggest_change') as SuggestChange[];
const turns = () => given(desk, 'turn_note') as { note: string; turn: string }[];

describe('a change', () => {
  const press = '{Control>}{Shift>}s{/Shift}{/Control}';

  test('is suggested for the selected words of a field, with why', async () => {
    const { user } = await openWindow(desk);
    const headline = at('headline') as HTMLTextAreaElement;
    headline.focus();
    headline.setSelectionRange(0, 'দুই দিনের'.length);
    await user.keyboard(press);
    const words = await screen.findByTestId('suggestion-words');
    expect(words).toHaveFocus();
    expect(words).toHaveValue('দুই দিনের');
    expect(screen.queryByTestId('suggest-bold')).toBeNull();
    await user.clear(words);
    await user.type(words, 'তিন দিনের');
    await user.type(at('suggestion-why'), 'বৃষ্টি আজও হয়েছে');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(suggested()[0]).toMatchObject({
        anchor: { field: 'headline', quote: 'দুই দিনের' },
        change: replace('তিন দিনের'),
        text: 'বৃষ্টি আজও হয়েছে',
      });
    });
    const note = await screen.findByTestId('note');
    expect([...note.querySelectorAll('del, ins')].map((each) => each.textContent)).toEqual(['দুই', 'তিন']);
    expect(headline).toHaveValue(content().headline);
    expect(desk.calls.some(({ name }) => name === 'publish')).toBe(false);
    expect(await faults()).toEqual([]);
  });

  test('marks the words that it is about until it is put or left', async () => {
    const { user, room } = await openWindow(desk);
    const marked = () => [...document.querySelectorAll('.story-text .noted-active')];
    room.session?.editor?.focus('start');
    await user.keyboard(press);
    const words = await screen.findByTestId('suggestion-words');
    expect(marked().map((each) => each.textContent)).toEqual([(words as HTMLTextAreaElement).value]);
    await user.keyboard('{Escape}');
    expect(marked()).toEqual([]);
    at('headline').focus();
    await user.keyboard(press);
    await screen.findByTestId('suggestion-words');
    expect(room.notes?.fields).toEqual(['headline']);
    await user.keyboard('{Escape}');
    expect(room.notes?.fields).toEqual([]);
  });

  test('of how words are set is one press, and what was typed stays when the desk does not take it', async () => {
    const { user, room } = await openWindow(desk);
    room.session?.editor?.focus('start');
    await user.keyboard(press);
    await user.type(await screen.findByTestId('suggestion-words'), ' আরও');
    desk.failing.set('suggest_change', failure('store_full'));
    await user.click(at('suggestion-put'));
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect((at('suggestion-words') as HTMLTextAreaElement).value).toMatch(/ আরও$/);
    desk.failing.clear();
    await user.click(at('suggest-bold'));
    await waitFor(() => {
      expect(suggested().at(-1)?.change).toEqual({ kind: 'format', mark: 'strong', on: true });
    });
  });
});

describe('a suggestion', () => {
  beforeEach(() => {
    const quote = 'গত বছরের একই সময়েও';
    desk.notes.add('s1', { anchor: anchor(quote), suggestion: replace('আগের বছরের একই সময়েও') });
    desk.notes.add('s1', { anchor: anchor('হরি নদের মুখে'), suggestion: replace('হরি নদের মোহনায়') });
    const headline = anchor('৪০ গ্রাম', { field: 'headline', at: content().headline.indexOf('৪০ গ্রাম') });
    desk.notes.add('s1', { anchor: headline, suggestion: replace('৪২ গ্রাম') });
    desk.notes.add('s1', { anchor: anchor('যে কথা লেখায় কোথাও নেই'), suggestion: replace('কিছু') });
  });

  const body = () => document.querySelector<HTMLElement>('.story-text')!;
  const comes = () => [...document.querySelectorAll('.suggested-in')].map((each) => each.textContent);

  test('stands beside its words, and is accepted and rejected by keys that go from one to the next', async () => {
    const { user, room } = await openWindow(desk);
    await waitFor(() => {
      expect(comes()).toHaveLength(2);
    });
    await user.keyboard('{F8}');
    await user.keyboard('{Control>}{Shift>}a{/Shift}{/Control}');
    await waitFor(() => {
      expect(at('headline')).toHaveValue(content().headline.replace('৪০ গ্রাম', '৪২ গ্রাম'));
    });
    const bodies = ['n4', 'n2', 'n1'];
    await waitFor(() => {
      expect(bodies).toContain(room.notes?.active);
    });
    await user.keyboard('{F8}');
    const here = room.notes!.active;
    await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    await waitFor(() => {
      expect(turns().at(-1)).toMatchObject({ note: here, turn: 'rejected' });
    });
    expect(turns()[0]).toMatchObject({ note: 'n3', turn: 'accepted' });
  });

  test('is taken over into the text, and an undo brings the words back', async () => {
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-notes'));
    const find = (words: string) =>
      screen.getAllByTestId('note').find((note) => note.textContent.includes(words))!;
    const note = await waitFor(() => find('মোহনায়'));
    await user.click(within(note).getByTestId('suggestion-accept'));
    await waitFor(() => {
      expect(body()).toHaveTextContent('হরি নদের মোহনায়');
    });
    expect(turns()).toEqual([{ story: 's1', note: 'n2', turn: 'accepted' }]);
    room.session?.editor?.run('undo');
    expect(room.session?.editor?.markdown()).toContain('হরি নদের মুখে');
    expect(within(find('কিছু')).getByTestId('suggestion-accept')).toBeDisabled();
  });

  test('is settled with all others at once, but for those whose words are gone', async () => {
    const { user } = await openWindow(desk);
    await user.click(at('tab-notes'));
    expect(await screen.findByTestId('suggestions')).toHaveTextContent('৪টি প্রস্তাব বাকি');
    await user.click(at('suggestions-accept'));
    await waitFor(() => {
      expect(turns()).toHaveLength(3);
    });
    expect(await screen.findByText('৩টি প্রস্তাব মেনে নেওয়া হয়েছে।')).toBeInTheDocument();
    expect(body()).toHaveTextContent('আগের বছরের একই সময়েও');
    expect(body()).toHaveTextContent('হরি নদের মোহনায়');
    expect(screen.getAllByTestId('note')).toHaveLength(1);
  });

  test('of a headline is taken over though the one before it took away what stood around', async () => {
    const headline = 'বর্ষার আগেই শেষ হচ্ছে ধরলা সেতুর সংস্কার';
    const own = deskWith(content({ headline }));
    const quoted = (quote: string): Anchor =>
      anchor(quote, {
        field: 'headline',
        at: headline.indexOf(quote),
        prefix: headline.slice(0, headline.indexOf(quote)),
        suffix: headline.slice(headline.indexOf(quote) + quote.length),
      });
    own.notes.add('s1', { anchor: quoted('বর্ষার আগেই শেষ হচ্ছে ধরলা'), suggestion: replace('ধরলা') });
    own.notes.add('s1', { anchor: quoted('সংস্কার'), suggestion: replace('সংস্কার শেষ হচ্ছে বর্ষার আগেই') });
    const { user } = await openWindow(own);
    await user.click(at('tab-notes'));
    await user.click(await screen.findByTestId('suggestions-accept'));
    await waitFor(() => {
      expect(at('headline')).toHaveValue('ধরলা সেতুর সংস্কার শেষ হচ্ছে বর্ষার আগেই');
    });
    expect(await screen.findByText('২টি প্রস্তাব মেনে নেওয়া হয়েছে।')).toBeInTheDocument();
  });

  test('keeps the story from being approved, and the sentence says what to do', async () => {
    desk.failing.set('publish', failure('refused_suggestions_open'));
    const { user } = await openWindow(desk);
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    expect(await screen.findByText(/আগে মেনে নিন বা বাদ দিন/)).toBeInTheDocument();
  });
});
