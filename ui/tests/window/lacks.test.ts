/** What a portal's desk cannot do is said where it matters: in the queue, at a return, and at the account. */
import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { locale } from '../../src/i18n';
import { faults } from '../support/axe';
import type { FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { at, deskWith, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  locale.current = 'bn';
  desk = deskWith(content());
  desk.queue.add(content({ headline: 'হাটে ধানের দরপতন' }));
  desk.queue.lacks = ['leases', 'approvals', 'guards', 'notes'];
  desk.queue.elsewhere = 3;
});

async function openQueue() {
  const opened = await openWindow(desk);
  await opened.user.click(await screen.findByTestId('list-queue'));
  await screen.findByTestId('queue-foot');
  return opened;
}

describe('the queue', () => {
  test.each([
    ['bn', 'আর কেউ একই খবরে কাজ করতে পারেন', 'পোর্টালেই লেখা আরও ৩টি খবর', 'এই পোর্টাল আর যা পারে না'],
    ['en', 'keeps nobody else from working on it', 'waiting there: 3.', 'What else this portal cannot do'],
  ] as const)(
    'says in %s that nothing is kept for who takes it, and how many wait elsewhere',
    async (language, kept, count, more) => {
      desk.settings = { ...desk.settings, language };
      await openQueue();
      expect(at('queue-unleased')).toHaveTextContent(kept);
      expect(at('queue-elsewhere')).toHaveTextContent(count);
      expect(at('queue-lacks')).toHaveTextContent(more);
      expect(within(at('queue-lacks')).getAllByRole('listitem', { hidden: true })).toHaveLength(3);
      expect(await faults()).toEqual([]);
    },
  );

  test('says it also where nothing waits', async () => {
    desk.queue.rows = [];
    await openQueue();
    expect(await screen.findByText('ডেস্কে কোনো খবর অপেক্ষায় নেই।')).toBeInTheDocument();
    expect(at('queue-elsewhere')).toBeInTheDocument();
  });

  test('says nothing of a portal that lacks nothing', async () => {
    desk.queue.lacks = [];
    desk.queue.elsewhere = 0;
    const { user } = await openWindow(desk);
    await user.click(await screen.findByTestId('list-queue'));
    await screen.findByTestId('queue-list');
    expect(screen.queryByTestId('queue-foot')).toBeNull();
  });

  test('names first what keeps this account from the work of others', async () => {
    desk.queue.lacks = ['others_stories', 'approvals'];
    await openQueue();
    expect(screen.queryByTestId('queue-unleased')).toBeNull();
    expect(at('queue-lacks')).toHaveTextContent('এই পোর্টাল যা পারে না');
    expect(at('queue-lacks')).toHaveTextContent('শুধু নিজের জমা দেওয়া খবর দেখে');
  });
});

test('the account says what its portal cannot do', async () => {
  desk.portals = desk.portals.map((portal) => ({ ...portal, lacks: ['leases', 'overwriting'] }));
  const { room } = await openWindow(desk);
  room.settingsTab = 'portals';
  room.dialog = 'settings';
  const lacks = await screen.findByTestId('portal-lacks');
  expect(lacks).toHaveTextContent('এই পোর্টাল যা পারে না');
  expect(lacks).toHaveTextContent('পাঠানোর আগে শুধু এই অ্যাপ মিলিয়ে দেখে');
});
