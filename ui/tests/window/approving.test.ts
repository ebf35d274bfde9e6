/** An editor finds a text fit for readers; it falls with one letter, and what fell is asked about before it goes out. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { now } from '../../src/i18n';
import { faults } from '../support/axe';
import { AT, failure, type FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { openFirst, openMenu, standing } from '../support/ways';
import { at, deskWith, given, saves } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(AT));
  now.current = Date.now();
  desk = deskWith(content());
});
afterEach(() => {
  vi.restoreAllMocks();
  now.current = Date.now();
});

/** By keyboard, from the menu. */
async function approve(user: Awaited<ReturnType<typeof openFirst>>['user']): Promise<void> {
  await openMenu(user);
  at('way-approve').focus();
  await user.keyboard('{Enter}');
}

describe('approving', () => {
  test('is one act, with the version on the screen, and says who and when', async () => {
    const { user } = await openFirst(desk);
    await user.type(at('headline'), ' আজ');
    await approve(user);
    await waitFor(() => {
      expect(given(desk, 'approve')).toEqual([{ story: 's1', counter: saves(desk).at(-1)!.counter }]);
    });
    await waitFor(() => {
      expect(standing()).toHaveTextContent('অনুমোদিত · রুমানা');
    });
    expect(await screen.findByText(/” অনুমোদিত।/)).toBeInTheDocument();
    expect(screen.queryByTestId('approved-alone')).toBeNull();
    expect(await openMenu(user)).not.toContain('way-approve');
  });

  test('is an editor’s', async () => {
    desk.role = 'sub_editor';
    await openFirst(desk);
    expect(screen.queryByTestId('way-approve')).toBeNull();
  });

  test('own writing is refused with a way on', async () => {
    desk.failing.set('approve', failure('refused_own_writing'));
    const { user } = await openFirst(desk);
    await approve(user);
    expect(await screen.findByText(/আরেকজনকে অনুমোদন করতে হবে/)).toBeInTheDocument();
  });
});

describe('one letter', () => {
  test('takes it away, and a line says so and who it was', async () => {
    const { user } = await openFirst(desk);
    await approve(user);
    await waitFor(() => {
      expect(standing()).toHaveTextContent('রুমানা');
    });
    await user.type(at('headline'), '।');
    const line = await screen.findByTestId('approval-fell');
    expect(line).toHaveTextContent('অনুমোদনের পরে লেখা বদলেছে');
    expect(line).toHaveTextContent('রুমানা');
    expect(standing()).not.toHaveTextContent('অনুমোদিত');
    expect(await faults()).toEqual([]);
    await user.click(at('approve-again'));
    await waitFor(() => {
      expect(screen.queryByTestId('approval-fell')).toBeNull();
    });
  });

  test('is asked about before the text goes out', async () => {
    const { user } = await openFirst(desk);
    await approve(user);
    await user.type(at('headline'), '।');
    await screen.findByTestId('approval-fell');
    await user.click(at('publish'));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByTestId('publish-fallen')).toHaveTextContent('রুমানা অনুমোদন করার পরে');
    await user.click(at('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toMatchObject([{ story: 's1', over_fallen: true }]);
    });
  });

  test('what nobody has approved goes out in one press, and nothing is asked', async () => {
    const { user } = await openFirst(desk);
    await user.click(at('publish'));
    await screen.findByRole('dialog');
    expect(screen.queryByTestId('publish-fallen')).toBeNull();
    await user.click(at('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
    expect(given(desk, 'publish')[0]).not.toHaveProperty('over_fallen');
  });
});

describe('one-person mode', () => {
  const settings = async (user: Awaited<ReturnType<typeof openFirst>>['user']) => {
    await user.keyboard('{Control>},{/Control}');
    return screen.findByTestId('one-person');
  };

  test('of a newsroom of one is on, says why, and cannot be turned off', async () => {
    const { user } = await openFirst(desk);
    const mode = await settings(user);
    expect(mode).toHaveTextContent('সব সময় চালু');
    expect(within(mode).queryByRole('radio', { hidden: true })).toBeNull();
    expect(screen.queryByTestId('one-person-status')).toBeNull();
  });

  test('is turned on for the day, stands in the status line, and marks what is approved', async () => {
    desk.onePerson = { newsroom: false, until: null, by: '' };
    const { user, room } = await openFirst(desk);
    expect(await settings(user)).toHaveTextContent('রাত ১২টায়');
    await room.setOnePerson(true);
    expect(given(desk, 'set_one_person')).toEqual([{ on: true }]);
    expect(await screen.findByTestId('one-person-status')).toHaveTextContent('একা কাজ চালু');
    await user.keyboard('{Escape}');
    await approve(user);
    expect(await screen.findByTestId('approved-alone')).toHaveTextContent('নিজের লেখা');
    now.current = Date.now() + 2 * 3_600_000;
    await waitFor(() => {
      expect(screen.queryByTestId('one-person-status')).toBeNull();
    });
  });
});
