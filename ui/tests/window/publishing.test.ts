/** From the button to the portal's own word, and what is said on the way. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PublishStory } from '../../src/wire/generated';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { at, deskWith, given, openWindow, saves } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

describe('publishing', () => {
  async function ask() {
    const opened = await openWindow(desk);
    await opened.user.click(at('publish'));
    await opened.user.click(await screen.findByTestId('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
    return { ...opened, story: opened.room.session!.story };
  }
  const state = () => at('delivery').dataset['state'];

  test('the button names the story, and the desk is told the very version on the screen', async () => {
    const { room } = await openWindow(desk);
    expect(at('publish')).toHaveAccessibleName(`“${content().headline}” এখনই প্রকাশ করুন`);
    expect(room.session?.autosave.counter).toBe(1);
  });

  test('Ctrl+Enter asks, a lone Enter does not publish, Ctrl+Enter again does', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('dialog');
    await user.keyboard('{Enter}');
    expect(given(desk, 'publish')).toEqual([]);
    at('publish').focus();
    await user.keyboard('{Escape}{Control>}{Enter}{/Control}');
    (await screen.findByTestId('confirm-publish')).focus();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
  });

  test('unsaved words are on disk before the command is given', async () => {
    const { user } = await openWindow(desk);
    await user.type(at('headline'), ' আজ');
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
    expect(given(desk, 'publish')).toEqual([{ story: 's1', counter: saves(desk).at(-1)!.counter }]);
  });

  test('nothing says published before the portal was read back', async () => {
    const { story } = await ask();
    await waitFor(() => {
      expect(state()).toBe('queued');
    });
    for (const [next, words] of [
      ['sending', 'পাঠানো হচ্ছে'],
      ['unknown', 'পোর্টালে পৌঁছেছে কি না যাচাই চলছে'],
    ] as const) {
      desk.moveIntent(story, { state: next, bytes_sent: 648_000 });
      await waitFor(() => {
        expect(state()).toBe(next);
      });
      expect(at('delivery')).toHaveTextContent(words);
      expect(document.body).not.toHaveTextContent('প্রকাশিত হয়েছে');
      expect(screen.queryByTestId('open-public')).toBeNull();
    }
    desk.moveIntent(story, {
      state: 'confirmed',
      public_url: 'http://127.0.0.1:4000/a',
      confirmed_at: '2026-11-24T08:01:00Z',
    });
    await waitFor(() => {
      expect(state()).toBe('confirmed');
    });
    expect(screen.getByTestId('open-public')).toBeInTheDocument();
  });

  test('a delivery that was confirmed before the command was answered stays confirmed', async () => {
    const { user } = await openWindow(desk);
    const news = { state: 'confirmed', public_url: 'http://127.0.0.1:4000/a' } as const;
    const late = async (order: PublishStory) => {
      delete desk.answers.publish;
      const answer = structuredClone(await desk.call('publish', order));
      desk.moveIntent(order.story, news);
      return answer;
    };
    Object.assign(desk.answers, { publish: late });
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    expect(await screen.findByTestId('open-public')).toBeInTheDocument();
    expect(state()).toBe('confirmed');
    expect(document.body).toHaveTextContent('প্রকাশিত');
  });

  test('bytes on their way are told as they go', async () => {
    const { story } = await ask();
    desk.moveIntent(story, { state: 'sending', bytes_sent: 448_000 });
    await waitFor(() => {
      expect(at('delivery')).toHaveTextContent('৪৪৮ কিলোবাইট গেছে, ১.২ মেগাবাইট বাকি');
    });
    expect(within(at('delivery')).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '27');
    expect(at('outbox-status')).toHaveTextContent('১টি খবর যাচ্ছে, ১.২ মেগাবাইট বাকি');
  });

  test('an error page of the portal is a failure with a plain sentence, its own words one click away', async () => {
    const { story } = await ask();
    const detail = 'Error!: SQLSTATE[42S22]: Column not found';
    desk.moveIntent(story, { state: 'refused', cause: 'portal_error_page', detail });
    await waitFor(() => {
      expect(state()).toBe('refused');
    });
    expect(at('delivery')).toHaveTextContent('পোর্টাল খবর নেওয়ার বদলে নিজের ত্রুটির কথা পাঠিয়েছে');
    expect(at('delivery')).toHaveTextContent('লেখা এই কম্পিউটারে ঠিক আছে');
    expect(screen.getByText(detail).closest('details')).not.toHaveAttribute('open');
  });

  test('what waits can be sent now or taken back', async () => {
    const { user, story } = await ask();
    await user.click(await screen.findByTestId('send-now'));
    expect(given(desk, 'send_now')).toEqual([{ intent: `i-${story}-0` }]);
    await user.click(screen.getByTestId('cancel-intent'));
    await waitFor(() => {
      expect(screen.queryByTestId('delivery')).toBeNull();
    });
  });

  test('what cannot be taken back says so and changes nothing', async () => {
    const { user } = await ask();
    desk.failing.set('cancel_intent', failure('too_late_to_cancel'));
    await user.click(await screen.findByTestId('cancel-intent'));
    expect(await screen.findByText(/হয়তো রওনা হয়ে গেছে/)).toBeInTheDocument();
    expect(state()).toBe('queued');
  });

  test('something in the way opens the checks instead of a dialog', async () => {
    desk = deskWith(content({ headline: '', section: '' }));
    const { user } = await openWindow(desk);
    await user.click(at('publish'));
    expect(await screen.findByTestId('findings-block')).toHaveTextContent('শিরোনাম লেখা হয়নি');
    expect(screen.queryByTestId('confirm-publish')).toBeNull();
    await waitFor(() => {
      expect(screen.getByRole('button', { name: /শিরোনাম লেখা হয়নি/ })).toHaveFocus();
    });
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(at('headline')).toHaveFocus();
    });
  });
});

describe('a portal that takes the key no more', () => {
  const PORTAL = {
    portal: 'p1',
    name: 'আমাদের দৈনিক',
    kind: 'native',
    url: 'https://desk.example',
    user: 'nasrin',
  } as const;

  async function stopped() {
    desk.portals = [
      { ...PORTAL, current: true, tells_changes: true, keeps_originals: true, holds_back: true, lacks: [] },
    ];
    const { room, user } = await openWindow(desk);
    for (const story of ['s1', 's2']) await desk.call('publish', { story, counter: 1 });
    desk.moveIntent('s2', {});
    desk.moveIntent('s1', { state: 'blocked', cause: 'signed_out', attempts: 1 });
    await screen.findByTestId('sign-in-again');
    return { room, user };
  }

  test('asks once for all that waits, and leaves the caret where somebody writes', async () => {
    const { room } = await stopped();
    expect(screen.getAllByTestId('sign-in-again')).toHaveLength(1);
    expect(at('sign-in-again')).toHaveTextContent('২টি খবর');
    expect(at('again-password')).not.toHaveFocus();
    expect(room.dialog).toBeNull();
  });

  test('is told the password for the account that it knows, and asks no more', async () => {
    const { user } = await stopped();
    desk.answers.add_portal = () => {
      desk.moveIntent('s1', { state: 'queued', cause: null });
      return desk.call('start', {});
    };
    await user.type(at('again-password'), 'গোপন{Enter}');
    await waitFor(() => {
      expect(screen.queryByTestId('sign-in-again')).toBeNull();
    });
    const { name, kind, url, user: account } = PORTAL;
    expect(given(desk, 'add_portal')).toEqual([{ name, kind, url, user: account, password: 'গোপন' }]);
    expect(given(desk, 'choose_portal')).toEqual([]);
  });

  test('says that the password is wrong, and asks again', async () => {
    const { user } = await stopped();
    desk.failing.set('add_portal', failure('sign_in_refused'));
    await user.type(at('again-password'), 'ভুল{Enter}');
    await waitFor(() => {
      expect(at('again-password')).toHaveAttribute('aria-invalid', 'true');
    });
    expect(at('again-password')).toHaveValue('');
  });

  test('is not asked about where the application has the portal within itself', async () => {
    const { room } = await openWindow(desk);
    await desk.call('publish', { story: 's1', counter: 1 });
    desk.moveIntent('s1', { state: 'blocked', cause: 'signed_out' });
    await waitFor(() => {
      expect(room.outbox.stuck).toHaveLength(1);
    });
    expect(screen.queryByTestId('sign-in-again')).toBeNull();
  });
});
