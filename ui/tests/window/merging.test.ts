/** Somebody else's version and the draft become one: a person chooses, and nothing is merged unseen. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Content } from '../../src/wire/generated';
import { faults } from '../support/axe';
import { AT, failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { openFirst, withReaders } from '../support/ways';
import { at, deskWith, given } from '../support/window';

const THEIRS = 'পোর্টালে লেখা অন্য শিরোনাম';
const BYLINE = 'সাবরিনা';
let desk: FakeDesk;

/** A correction is stuck before a version that somebody wrote at the portal. */
async function changedThere(patch: Partial<Content> = { headline: THEIRS, byline: BYLINE }): Promise<void> {
  await desk.call('publish', { story: 's1', counter: 1 });
  const kept = desk.stories.get('s1')!;
  const revision = { number: 1, hash: 'h', parent: null, at: AT, author: 'সাবরিনা', words: 9 };
  kept.revisions.unshift({
    revision: { ...revision, reason: 'portal' },
    content: { ...kept.content, ...patch },
  });
  const theirs = { revision: 1, at: AT, live: true, lost: [] };
  desk.moveIntent('s1', { state: 'blocked', cause: 'changed_on_portal', theirs });
}

async function opened() {
  await changedThere();
  const window = await openFirst(desk);
  await window.user.click(await screen.findByTestId('merge-begin'));
  const merge = await screen.findByTestId('merge');
  await waitFor(() => {
    expect(merge.closest('[role="dialog"]')).toContainElement(document.activeElement as HTMLElement);
  });
  return window;
}

describe('two texts', () => {
  beforeEach(() => {
    desk = deskWith(content(), content(MORE[0]));
    withReaders(desk, 'live');
  });

  test('it is said who wrote what, and what is still to do', async () => {
    await opened();
    expect(at('merge')).toHaveTextContent('এই খসড়া: রুমানা। অন্য লেখাটি: সাবরিনা');
    expect(at('merge-left')).toHaveTextContent('বেছে দেওয়া বাকি ১টি জায়গা, দেখা বাকি ১টি।');
    expect(at('merge-confirm')).toBeDisabled();
    expect(await faults()).toEqual([]);
  });

  test('nothing is merged unseen: what they alone changed has to be looked at too', async () => {
    const { user } = await opened();
    await user.keyboard('{Alt>}2{/Alt}');
    expect(at('merge-confirm')).toBeDisabled();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(at('chooser')).toHaveAccessibleName('প্রতিবেদক');
    expect(at('merge-left')).toHaveTextContent('সব জায়গা দেখা ও বাছা হয়েছে।');
    expect(at('merge-confirm')).toBeEnabled();
  });

  test('by keyboard alone: choose, go on, and the draft is both', async () => {
    const { user, room } = await opened();
    await user.keyboard('{Alt>}3{/Alt}{Alt>}{ArrowDown}{/Alt}');
    await user.click(at('merge-confirm'));
    await waitFor(() => {
      expect(at('headline')).toHaveValue(`${content().headline} ${THEIRS}`);
    });
    const [asked] = given(desk, 'merge_versions');
    expect(asked).toMatchObject({ story: 's1', revision: 1, choices: [{ take: 'both' }, null] });
    expect(room.session?.fields.byline).toBe(BYLINE);
    expect(screen.queryByTestId('merge')).toBeNull();
    expect(screen.queryByTestId('theirs')).toBeNull();
  });

  test('what is written by hand begins with what stands there', async () => {
    const { user } = await opened();
    await user.keyboard('{Alt>}2{/Alt}');
    await user.click(at('merge-text'));
    const field = await within(at('chooser')).findByRole('textbox');
    expect(field).toHaveValue(THEIRS);
    await user.type(field, '!');
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await user.click(at('merge-confirm'));
    await waitFor(() => {
      expect(at('headline')).toHaveValue(`${THEIRS}!`);
    });
  });

  test('Escape leaves everything as it was', async () => {
    const { user, room } = await opened();
    await user.keyboard('{Alt>}2{/Alt}{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('merge')).toBeNull();
    });
    expect(given(desk, 'merge_versions')).toEqual([]);
    expect(room.session?.fields.headline).toBe(content().headline);
    expect(at('theirs')).toBeInTheDocument();
  });

  test('what was typed is on disk before the texts are brought together', async () => {
    await changedThere();
    const { user } = await openFirst(desk);
    await user.type(at('headline'), ' শেষ কথা');
    await user.click(await screen.findByTestId('merge-begin'));
    expect(await screen.findByTestId('merge')).toHaveTextContent('শেষ কথা');
    const names = desk.calls.map((call) => call.name);
    expect(names.lastIndexOf('save_draft')).toBeLessThan(names.indexOf('merge_view'));
  });

  test('a draft that moved on is told, and the choices stay', async () => {
    const { user } = await opened();
    await user.keyboard('{Alt>}2{/Alt}{Alt>}{ArrowDown}{/Alt}');
    desk.failing.set('merge_versions', failure('moved_on'));
    await user.click(at('merge-confirm'));
    expect(await screen.findByText(/এর মধ্যে লেখা বদলেছে/)).toBeInTheDocument();
    expect(at('merge-confirm')).toBeEnabled();
  });

  test('a version in the history that came from the portal can be merged too', async () => {
    await changedThere();
    const { user, room } = await openFirst(desk);
    room.layout.showTab('history');
    await user.click(await screen.findByTestId('revision-1'));
    await user.click(await screen.findByTestId('merge-version'));
    expect(await screen.findByTestId('merge')).toHaveTextContent(THEIRS);
  });
});

describe('versions held against each other', () => {
  beforeEach(async () => {
    desk = deskWith(content());
    const kept = desk.stories.get('s1')!;
    for (const headline of ['প্রথম', 'দ্বিতীয়']) {
      kept.content = { ...kept.content, headline };
      await desk.call('cut_revision', { story: 's1', reason: 'asked' });
    }
    kept.content = { ...kept.content, headline: 'তৃতীয়', standfirst: 'নতুন ভূমিকা' };
  });

  async function looking() {
    const window = await openFirst(desk);
    window.room.layout.showTab('history');
    await window.user.click(await screen.findByTestId('revision-2'));
    const difference = await screen.findByTestId('difference');
    // The keys are heard where the focus is.
    await waitFor(() => {
      expect(difference.closest<HTMLElement>('[role="dialog"]')).toContainElement(
        document.activeElement as HTMLElement,
      );
    });
    return { ...window, difference };
  }

  test('a version stands against the text in the window, or against the one before', async () => {
    const { user, difference } = await looking();
    expect(within(difference).getByText('তৃতীয়').tagName).toBe('INS');
    await user.click(within(difference).getByRole('radio', { name: 'আগের সংস্করণ' }));
    await waitFor(() => {
      expect(within(difference).getByText('প্রথম').tagName).toBe('DEL');
    });
    expect(within(difference).queryByText('তৃতীয়')).toBeNull();
  });

  test('has the keys from the first, and not the field for its name', async () => {
    const { difference } = await looking();
    await waitFor(() => {
      expect(difference).toHaveFocus();
    });
  });

  test('side by side, each side under its name', async () => {
    const { user, difference } = await looking();
    await user.click(within(difference).getByRole('radio', { name: 'পাশাপাশি' }));
    const side = within(difference).getByText('দ্বিতীয়').closest('div.runs')!;
    expect(side).not.toHaveTextContent('তৃতীয়');
    expect(within(difference).getAllByText('সংস্করণ ২').length).toBeGreaterThan(0);
    expect(await faults()).toEqual([]);
  });

  test('the keyboard goes from change to change, round and round', async () => {
    const { user, difference } = await looking();
    const changes = [...difference.querySelectorAll('[data-change]')];
    expect(changes.length).toBeGreaterThan(2);
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(changes[0]).toHaveFocus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(changes[1]).toHaveFocus();
    await user.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}');
    expect(changes.at(-1)).toHaveFocus();
  });
});

test('the history says with whom a merged version was merged', async () => {
  const desk = deskWith(content());
  const facts = { parent: null, at: AT, words: 9 };
  const theirs = { ...facts, number: 1, hash: 'theirs', reason: 'portal' as const, author: BYLINE };
  const merged = { ...facts, number: 2, hash: 'both', reason: 'merged' as const, author: 'রুমানা' };
  desk.stories.get('s1')!.revisions = [
    { revision: { ...merged, merged: 'theirs' }, content: content() },
    { revision: theirs, content: content({ headline: THEIRS }) },
  ];
  const { user } = await openFirst(desk);
  await user.click(at('tab-history'));
  const lines = await screen.findAllByTestId('merged-with');
  expect(lines.map((line) => line.textContent)).toEqual([`সংস্করণ ১-এর সঙ্গে মেলানো, ${BYLINE}-এর লেখা`]);
});
