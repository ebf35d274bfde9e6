/** The originals of photos: behind their stories, and never mistaken for them. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { faults } from '../support/axe';
import type { FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { at, deskWith, given, openWindow } from '../support/window';
import type { OriginalView } from '../../src/wire/generated';

let desk: FakeDesk;

const ORIGINAL: OriginalView = {
  intent: 'o1',
  story: 's1',
  headline: 'নদীভাঙনে তিন গ্রাম',
  portal: 'p1',
  state: 'queued',
  cause: 'price_unknown',
  detail: '',
  attempts: 0,
  next_at: '2025-11-05T06:01:00Z',
  bytes_sent: 0,
  bytes_total: 8_200_000,
  asked_at: '2025-11-05T06:00:00Z',
  confirmed_at: null,
};

beforeEach(() => {
  desk = deskWith(content());
});

async function outbox() {
  const opened = await openWindow(desk);
  opened.room.dialog = 'outbox';
  await screen.findByTestId('outbox-paused');
  return opened;
}

test('one that waits for another line says why, how much it is, and can be sent now', async () => {
  desk.originals = [ORIGINAL];
  const { user, room } = await outbox();
  const row = await screen.findByTestId('original');
  expect(row).toHaveTextContent('অন্য সংযোগের অপেক্ষায়');
  expect(row).toHaveTextContent('এই কম্পিউটার জানে না');
  expect(row).toHaveTextContent('৮.২ মেগাবাইট');
  expect(at('originals')).toHaveTextContent('মূল ফাইলের জন্য কিছুই আটকে থাকে না');
  room.preferences.change({ language: 'en' });
  await waitFor(() => {
    expect(row).toHaveTextContent('Waits for another line');
  });
  await user.click(within(row).getByTestId('send-original'));
  expect(given(desk, 'send_now')).toEqual([{ intent: 'o1' }]);
  expect(await faults()).toEqual([]);
});

test('what arrives is told without a word of publication, and what is taken back is gone', async () => {
  desk.originals = [ORIGINAL];
  const { room } = await outbox();
  const going: OriginalView = { ...ORIGINAL, state: 'sending', cause: null, bytes_sent: 4_100_000 };
  room.hear({ kind: 'original_moved', original: going });
  const row = await screen.findByTestId('original');
  await waitFor(() => {
    expect(row).toHaveTextContent('৪.১ মেগাবাইট গেছে');
  });
  expect(within(row).queryByTestId('cancel-original')).toBeNull();
  room.hear({ kind: 'original_moved', original: { ...going, state: 'confirmed', bytes_sent: 8_200_000 } });
  await waitFor(() => {
    expect(row).toHaveTextContent('পোর্টালের ডেস্কে আছে');
  });
  expect(row).not.toHaveTextContent('প্রকাশিত');
  expect(room.toasts.shown).toHaveLength(0);
  room.hear({ kind: 'original_moved', original: { ...going, state: 'cancelled' } });
  await waitFor(() => {
    expect(screen.queryByTestId('originals')).toBeNull();
  });
});

test('one that cannot be stripped is not sent, and only taking it back is offered', async () => {
  desk.originals = [{ ...ORIGINAL, state: 'refused', cause: 'cannot_strip', next_at: null }];
  const { user } = await outbox();
  const row = await screen.findByTestId('original');
  expect(row).toHaveTextContent('তাই পাঠানো হয়নি');
  expect(within(row).queryByTestId('send-original')).toBeNull();
  await user.click(within(row).getByTestId('cancel-original'));
  expect(given(desk, 'cancel_intent')).toEqual([{ intent: 'o1' }]);
});

test('when originals go is chosen in the settings, and an account says whether it keeps them', async () => {
  desk.portals = desk.portals.map((portal) => ({ ...portal, keeps_originals: false }));
  const { user, room } = await openWindow(desk);
  room.settingsTab = 'general';
  room.dialog = 'settings';
  await screen.findByTestId('data-use');
  expect(at('originals-policy')).toHaveTextContent('যেখানে বাইটের দাম নেই, শুধু সেখানে');
  at('originals-policy').focus();
  await user.keyboard('{Enter}{End}{Enter}');
  await waitFor(() => {
    expect(given(desk, 'set_data_budget')).toEqual([{ mobile: false, daily_mb: null, originals: 'always' }]);
  });
  room.settingsTab = 'portals';
  expect(await screen.findByTestId('portal-originals')).toHaveTextContent('ছবির মূল ফাইল নেয় না');
});
