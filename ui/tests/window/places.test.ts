/** Where readers still meet what a story said before. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import type { FakeDesk } from '../support/fakeDesk';
import { faults } from '../support/axe';
import { failure } from '../support/failure';
import { FRONT } from '../support/fakeReaders';
import { content, MORE } from '../support/stories';
import { openFirst, withReaders } from '../support/ways';
import { at, deskWith, given } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
  withReaders(desk, 'live');
  desk.stories.get('s1')!.differs = true;
  desk.readers.places = [
    { ...FRONT, kind: 'page', url: 'http://127.0.0.1:4000/a' },
    { ...FRONT, state: 'old' },
    {
      ...FRONT,
      kind: 'feed',
      url: 'http://127.0.0.1:4000/feed.xml',
      state: 'unread',
      cause: 'timeout',
      detail: '30 s',
    },
  ];
});

async function corrected() {
  const opened = await openFirst(desk);
  await desk.call('publish', { story: 's1', counter: 1 });
  await opened.room.lookAgain('s1');
  desk.moveIntent('s1', { state: 'confirmed' });
  return opened;
}

test('a correction that has arrived is followed by one look, and the list is a press away', async () => {
  const { user } = await corrected();
  await waitFor(() => {
    expect(at('places-line')).toHaveTextContent(
      '১টি জায়গায় এখনো পুরোনো লেখা দেখা যাচ্ছে। ১টি জায়গা পড়া যায়নি।',
    );
  });
  expect(given(desk, 'story_places')).toEqual([{ story: 's1' }]);
  await user.click(at('see-places'));
  const places = await screen.findAllByTestId('place');
  expect(places.map(({ dataset }) => [dataset['kind'], dataset['state']])).toEqual([
    ['page', 'new'],
    ['front', 'old'],
    ['feed', 'unread'],
  ]);
  expect(places[1]).toHaveTextContent('এখনো পুরোনো লেখা');
  expect(await faults()).toEqual([]);
  await user.click(within(places[1]!).getByRole('button', { name: 'ব্রাউজারে খুলুন: প্রথম পাতা' }));
  expect(desk.readers.opened).toEqual([FRONT.url]);
  desk.readers.places = [FRONT];
  await user.click(at('places-again'));
  await waitFor(() => {
    expect(at('places-said')).toHaveTextContent('পুরোনো লেখা আর কোথাও দেখা যাচ্ছে না।');
  });
});

test('over mobile data nothing is read before a person asks', async () => {
  desk.budget = { ...desk.budget, mobile: true };
  const { user } = await corrected();
  const ask = await screen.findByRole('button', { name: 'পুরোনো লেখা এখনো কোথায় দেখা যাচ্ছে?' });
  expect(given(desk, 'story_places')).toEqual([]);
  await user.click(ask);
  expect(await screen.findByTestId('places-said')).toBeInTheDocument();
});

test('the menu asks at any time, and says plainly that there is no connection', async () => {
  const { user, room } = await openFirst(desk);
  desk.failing.set('story_places', failure('portal_failed', { cause: 'offline' }, 'connection refused'));
  at('ways-menu').focus();
  await user.keyboard('{Enter}');
  (await screen.findByTestId('story-places')).focus();
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByRole('alert')).not.toHaveTextContent('connection refused');
  desk.failing.delete('story_places');
  await user.click(at('places-again'));
  await waitFor(() => {
    expect(within(dialog).getAllByTestId('place')).toHaveLength(3);
  });
  expect(room.whereabouts.places.trouble).toBeNull();
});

test('of a story that was taken down it is asked where it still shows', async () => {
  withReaders(desk, 'withdrawn');
  desk.readers.down = true;
  const { room } = await openFirst(desk);
  room.whereabouts.show();
  expect(await screen.findByText(/১টি জায়গায় খবরটি এখনো দেখা যাচ্ছে/)).toBeInTheDocument();
  expect(screen.getAllByTestId('place')[1]).toHaveTextContent('এখনো দেখা যাচ্ছে');
});

test('a story that no reader ever had is nowhere, and nothing offers to look', async () => {
  withReaders(desk, 'never');
  const { user, room } = await openFirst(desk);
  at('ways-menu').focus();
  await user.keyboard('{Enter}');
  await screen.findByRole('menu', { hidden: true });
  expect(screen.queryByTestId('story-places')).toBeNull();
  room.whereabouts.show();
  expect(room.dialog).toBeNull();
});
