/** What waits at the portal's desk: seen, taken, taken over, and what is said when it cannot be. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { now } from '../../src/i18n';
import type { HeldView, TakeView } from '../../src/wire/generated';
import { faults } from '../support/axe';
import { AT, failure, type FakeDesk } from '../support/fakeDesk';
import { content, photo } from '../support/stories';
import { at, deskWith, given, openWindow } from '../support/window';

const HELD: HeldView = { name: 'নাসরিন আক্তার', device: 'ডেস্ক ২', until: '2026-11-24T08:05:00Z' };
const OLDEST = 'খুলনায় সেতুর কাজ থেমে আছে দুই বছর';
const HELD_ONE = 'হাওরে আগাম বন্যার শঙ্কা';
let desk: FakeDesk;

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(AT));
  now.current = Date.now();
  desk = deskWith(content());
  const byline = 'রফিকুল ইসলাম';
  desk.queue.add(content({ headline: OLDEST, section: 'economy', photos: [photo({ credit: byline })] }), {
    author: byline,
    words: 412,
    filed_at: '2026-11-24T06:50:00Z',
  });
  desk.queue.add(content({ headline: HELD_ONE }), { desk: 'in_edit', held: HELD });
});
afterEach(() => {
  vi.restoreAllMocks();
  now.current = Date.now();
});

const row = (story: string) =>
  screen.getAllByTestId('queue-row').find((each) => each.dataset['story'] === story)!;

async function openQueue() {
  const opened = await openWindow(desk);
  await opened.user.click(await screen.findByTestId('list-queue'));
  const list = await screen.findByTestId('queue-list');
  return { ...opened, list };
}

describe('the list', () => {
  test.each([
    ['editor', true, true],
    ['sub_editor', true, true],
    ['correspondent', true, false],
    ['editor', false, false],
  ] as const)('for %s, where the portal has a desk: %s, is there: %s', async (role, hasDesk, there) => {
    desk.role = role;
    desk.queue.hasDesk = hasDesk;
    const { room } = await openWindow(desk);
    await waitFor(() => {
      expect(room.desk.queue.loading).toBe(false);
    });
    await tick();
    expect(screen.queryByTestId('list-queue') !== null).toBe(there);
  });

  test('counts what nobody has taken, and says so', async () => {
    await openWindow(desk);
    const choice = await screen.findByTestId('list-queue');
    expect(choice).toHaveTextContent('জমা পড়া');
    expect(choice).toHaveTextContent('১');
    expect(choice).toHaveAttribute('title', '১টি অপেক্ষায়');
  });

  test('says of each what it is, whose, how long, since when, and in whose hands', async () => {
    const { list } = await openQueue();
    expect(list).toHaveAccessibleName('জমা পড়া: ১টি অপেক্ষায়');
    const [first, second] = screen.getAllByTestId('queue-row');
    for (const said of [OLDEST, 'জমা', '১ ঘণ্টা আগে', 'রফিকুল ইসলাম · অর্থনীতি', '৪১২ শব্দ']) {
      expect(first).toHaveTextContent(said);
    }
    expect(within(first!).getByLabelText('১টি ছবি')).toBeInTheDocument();
    expect(second).toHaveTextContent('সম্পাদনায়: নাসরিন আক্তার');
  });

  test('is filtered by section, and an empty one says so', async () => {
    const { room } = await openQueue();
    await room.desk.filter('economy');
    await waitFor(() => {
      expect(screen.getAllByTestId('queue-row')).toHaveLength(1);
    });
    await room.desk.filter('sports');
    expect(await screen.findByText('এই বিভাগে কোনো খবর অপেক্ষায় নেই।')).toBeInTheDocument();
  });

  test('with nothing in it says that, and asks the portal when told to', async () => {
    desk.queue.rows = [];
    desk.queue.syncedAt = null;
    const { user } = await openWindow(desk);
    await user.click(await screen.findByTestId('list-queue'));
    expect(await screen.findByText(/পোর্টাল থেকে এখনো জানা হয়নি/)).toBeInTheDocument();
    await user.click(at('queue-ask'));
    expect(await screen.findByText('ডেস্কে কোনো খবর অপেক্ষায় নেই।')).toBeInTheDocument();
    expect(given(desk, 'refresh_queue')).toHaveLength(1);
    expect(at('queue-ask')).toHaveFocus();
  });

  test('follows what the portal tells, without a notice', async () => {
    await openQueue();
    desk.queue.add(content({ headline: 'নতুন জমা' }));
    desk.queue.tell();
    await waitFor(() => {
      expect(at('list-queue')).toHaveTextContent('২');
      expect(screen.getAllByTestId('queue-row')).toHaveLength(3);
    });
    expect(screen.queryByTestId('toast')).toBeNull();
  });

  test('that cannot be read says why and offers another try', async () => {
    desk.failing.set('list_queue', failure('store_broken'));
    const { user, room } = await openWindow(desk);
    room.desk.queue.hasDesk = true;
    await user.click(await screen.findByTestId('list-queue'));
    expect(await screen.findByText(/ডিস্ক থেকে ত্রুটি/)).toBeInTheDocument();
    desk.failing.clear();
    await user.click(screen.getByRole('button', { name: 'আবার চেষ্টা করুন' }));
    expect(await screen.findByTestId('queue-list')).toBeInTheDocument();
  });
});

describe('taking', () => {
  test('by keyboard: Enter brings what has waited longest, and the keys stay with the list', async () => {
    const { user, room, list } = await openQueue();
    list.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(OLDEST);
    });
    expect(given(desk, 'take_story')).toEqual([{ story: 'q1', takeover: false }]);
    await waitFor(() => {
      expect(row('q1')).toHaveTextContent('আপনার হাতে');
    });
    expect(row('q1')).toHaveAttribute('aria-selected', 'true');
    expect(at('queue-take')).toHaveAccessibleName(`“${OLDEST}” খুলুন`);
    expect(at('standing')).toHaveTextContent('সম্পাদনায়');
    expect(list).toHaveFocus();
  });

  test('one that is in our hands is opened, and the portal is not asked', async () => {
    desk.queue.rows[0]!.ours = true;
    desk.queue.rows[0]!.here = true;
    desk.add(content({ headline: OLDEST }), {}, 'q1');
    const { user, room } = await openQueue();
    await user.click(row('q1'));
    await waitFor(() => {
      expect(room.session?.story).toBe('q1');
    });
    expect(given(desk, 'take_story')).toEqual([]);
  });

  test('by pointer: a click chooses, the button takes', async () => {
    const { user, room, list } = await openQueue();
    await user.click(row('q2'));
    expect(given(desk, 'take_story')).toEqual([]);
    expect(at('queue-take')).toHaveAccessibleName(`“${HELD_ONE}” নিজের হাতে নিন`);
    await user.click(row('q1'));
    expect(at('queue-take')).toHaveAccessibleName(`“${OLDEST}” হাতে নিন`);
    await user.click(at('queue-take'));
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(OLDEST);
    });
    expect(list).toHaveFocus();
  });

  test('a double click takes it, once', async () => {
    const { user, room } = await openQueue();
    await user.dblClick(row('q1'));
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(OLDEST);
    });
    expect(given(desk, 'take_story')).toEqual([{ story: 'q1', takeover: false }]);
  });

  test('without a connection says so plainly, and nothing else changes', async () => {
    desk.failing.set('take_story', failure('portal_failed', { cause: 'offline' }, 'ENETUNREACH'));
    const { user, room, list } = await openQueue();
    list.focus();
    await user.keyboard('{Enter}');
    const notice = await screen.findByTestId('toast');
    expect(notice).toHaveTextContent('সংযোগ নেই, তাই পোর্টালের ডেস্কে পৌঁছানো গেল না।');
    expect(notice).not.toHaveTextContent('নিজে থেকেই যাবে');
    expect(room.session?.story).toBe('s1');
    expect(row('q1')).not.toHaveAttribute('aria-busy');
    expect(list).toHaveFocus();
  });

  test('that the portal refuses says what the desk says', async () => {
    desk.failing.set('take_story', failure('refused_not_filed'));
    const { user, list } = await openQueue();
    list.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('খবরটি ডেস্কে নেই।')).toBeInTheDocument();
  });

  describe('that takes its time', () => {
    let settle: () => void;

    beforeEach(() => {
      const late = async (order: { story: string; takeover: boolean }): Promise<TakeView> => {
        await new Promise<void>((resolve) => (settle = resolve));
        return desk.queue.commands.take_story(order);
      };
      Object.assign(desk.answers, { take_story: late });
    });

    test('is seen and heard, and a second one waits for it', async () => {
      const { user, list } = await openQueue();
      list.focus();
      await user.keyboard('{Enter}');
      await waitFor(() => {
        expect(row('q1')).toHaveAttribute('aria-busy', 'true');
      });
      expect(row('q1')).toHaveTextContent('আনা হচ্ছে…');
      expect(screen.getByRole('progressbar')).toHaveAccessibleName(`“${OLDEST}” আনা হচ্ছে…`);
      await user.keyboard('j{Enter}');
      expect(given(desk, 'take_story')).toHaveLength(1);
      settle();
      await waitFor(() => {
        expect(screen.queryByRole('progressbar')).toBeNull();
      });
    });

    test('does not come over what is written meanwhile: a notice leads to it', async () => {
      const { user, room, list } = await openQueue();
      list.focus();
      await user.keyboard('{Enter}');
      await user.type(at('headline'), ' আজ');
      settle();
      expect(await screen.findByText(`“${OLDEST}” এখন আপনার হাতে।`)).toBeInTheDocument();
      expect(room.session?.story).toBe('s1');
      await user.click(at('toast-act'));
      await waitFor(() => {
        expect(room.session?.fields.headline).toBe(OLDEST);
      });
    });

    test('asks nothing over what is written meanwhile either', async () => {
      const { user, list } = await openQueue();
      list.focus();
      await user.keyboard('j{Enter}');
      await user.type(at('headline'), ' আজ');
      settle();
      expect(await screen.findByText(`“${HELD_ONE}” নিয়ে এখন কাজ করছেন নাসরিন আক্তার।`)).toBeInTheDocument();
      expect(screen.queryByTestId('takeover')).toBeNull();
      await user.click(at('toast-act'));
      expect(await screen.findByTestId('takeover')).toBeInTheDocument();
    });
  });
});

describe('taking over', () => {
  async function question() {
    const asked = await screen.findByTestId('takeover');
    await waitFor(() => {
      expect(screen.getByRole('dialog')).toContainElement(document.activeElement as HTMLElement);
    });
    return asked;
  }

  async function ask() {
    const opened = await openQueue();
    opened.list.focus();
    await opened.user.keyboard('j{Enter}');
    return { ...opened, asked: await question() };
  }

  test('says who has it, where, until when, and that nothing of theirs is lost', async () => {
    const { asked } = await ask();
    expect(at('queue-held')).toHaveTextContent(
      'এখন নাসরিন আক্তার-এর হাতে, “ডেস্ক ২” কম্পিউটারে, আজ দুপুর ২:০৫ পর্যন্ত',
    );
    expect(asked).toHaveTextContent('নাসরিন আক্তার এটি নিয়ে কাজ করছেন, “ডেস্ক ২” কম্পিউটারে।');
    expect(asked).toHaveTextContent('আজ দুপুর ২:০৫ পর্যন্ত');
    expect(asked).toHaveTextContent('তার কিছুই হারাবে না');
    expect(await faults()).toEqual([]);
  });

  test('happens only when it is meant, and a lone Enter does not mean it', async () => {
    const { user, room, list } = await ask();
    await user.keyboard('{Enter}');
    expect(given(desk, 'take_story')).toEqual([{ story: 'q2', takeover: false }]);
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('takeover')).toBeNull();
    });
    await waitFor(() => {
      expect(list).toHaveFocus();
    });
    await user.keyboard('{Enter}');
    await question();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(HELD_ONE);
    });
    expect(given(desk, 'take_story').at(-1)).toEqual({ story: 'q2', takeover: true });
    expect(screen.queryByTestId('takeover')).toBeNull();
  });

  test('that fails keeps the question on the screen', async () => {
    const { user } = await ask();
    desk.failing.set('take_story', failure('portal_failed', { cause: 'timeout' }));
    await user.click(at('confirm-takeover'));
    expect(await screen.findByText(/পোর্টাল সময়মতো সাড়া দেয়নি/)).toBeInTheDocument();
    expect(at('takeover')).toBeInTheDocument();
  });
});

describe('by key and by name', () => {
  test('Ctrl+Shift+D shows the queue with the keys in it, also when the lists were hidden', async () => {
    const { user } = await openWindow(desk);
    await screen.findByTestId('list-queue');
    await user.keyboard('{Control>}[[{/Control}');
    await waitFor(() => {
      expect(screen.queryByTestId('list-queue')).toBeNull();
    });
    await user.keyboard('{Control>}{Shift>}D{/Shift}{/Control}');
    await waitFor(() => {
      expect(at('queue-list')).toHaveFocus();
    });
    await user.keyboard('r');
    await waitFor(() => {
      expect(given(desk, 'refresh_queue')).toHaveLength(1);
    });
    await user.keyboard('/');
    expect(at('search')).toHaveFocus();
  });

  test('with nothing in it Ctrl+Shift+D goes to what asks the portal, and the keys follow what comes and goes', async () => {
    const [first] = desk.queue.rows;
    desk.queue.rows = [];
    const { user } = await openWindow(desk);
    await screen.findByTestId('list-queue');
    await user.keyboard('{Control>}{Shift>}D{/Shift}{/Control}');
    await waitFor(() => {
      expect(at('queue-ask')).toHaveFocus();
    });
    desk.queue.rows = [first!];
    desk.queue.tell();
    await waitFor(() => {
      expect(at('queue-list')).toHaveFocus();
    });
    desk.queue.rows = [];
    desk.queue.tell();
    await waitFor(() => {
      expect(at('queue-ask')).toHaveFocus();
    });
  });

  test('what comes into the queue takes the keys from nobody', async () => {
    const [first] = desk.queue.rows;
    desk.queue.rows = [];
    const { user } = await openWindow(desk);
    await user.click(await screen.findByTestId('list-queue'));
    await user.click(at('headline'));
    desk.queue.rows = [first!];
    desk.queue.tell();
    await screen.findByTestId('queue-list');
    expect(at('headline')).toHaveFocus();
  });

  test('where there is no queue, the key says why', async () => {
    desk.queue.hasDesk = false;
    const { user } = await openWindow(desk);
    await user.keyboard('{Control>}{Shift>}D{/Shift}{/Control}');
    expect(await screen.findByText(/এই পোর্টালে এমন ডেস্ক নেই/)).toBeInTheDocument();
  });

  test('the palette takes what has waited longest; with nothing there it says so', async () => {
    const { user, room } = await openWindow(desk);
    await screen.findByTestId('list-queue');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId('palette'), 'waited longest{Enter}');
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(OLDEST);
    });
    await waitFor(() => {
      expect(room.desk.queue.taking).toBeNull();
      expect(room.desk.queue.waiting).toBe(0);
    });
    room.taking.takeNext();
    expect(await screen.findByText('হাতে নেওয়ার মতো কিছু অপেক্ষায় নেই।')).toBeInTheDocument();
  });

  test('the sheet of shortcuts names them', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{F1}');
    const sheet = await screen.findByTestId('shortcuts');
    expect(sheet).toHaveTextContent(/জমা পড়া খবর দেখুন\s*Ctrl\+Shift\+D/);
    expect(sheet).toHaveTextContent(/জমা পড়া খবর হাতে নিন বা খুলুন\s*Enter/);
  });
});

describe.each([
  ['bn', 'হাতে নিন', 'সম্পাদনায়: নাসরিন আক্তার', '১ ঘণ্টা আগে'],
  ['en', 'Take “', 'In edit: নাসরিন আক্তার', 'an hour ago'],
] as const)('in %s', (language, verb, held, age) => {
  test('it has no fault and says the same', async () => {
    desk.settings = { ...desk.settings, language };
    const { list } = await openQueue();
    expect(list).toHaveTextContent(held);
    expect(list).toHaveTextContent(age);
    expect(at('queue-take')).toHaveTextContent(verb);
    expect(await faults()).toEqual([]);
  });
});
