/** What may be sent in a day over mobile data. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { faults } from '../support/axe';
import type { FakeDesk } from '../support/fakeDesk';
import { count as digits } from '../../src/i18n';
import { content } from '../support/stories';
import { at, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content());
});

async function settings() {
  const opened = await openWindow(desk);
  opened.room.settingsTab = 'general';
  opened.room.dialog = 'settings';
  await screen.findByTestId('data-use');
  return opened;
}

test('who says to be on mobile data gets a limit, and may choose another or none', async () => {
  const { user } = await settings();
  expect(screen.queryByTestId('data-limit')).toBeNull();
  await user.click(at('on-mobile-data'));
  expect(given(desk, 'set_data_budget')).toEqual([{ mobile: true, daily_mb: 50, originals: 'unmetered' }]);
  expect(await screen.findByTestId('data-limit')).toHaveTextContent('৫০ এমবি');
  expect(await screen.findByText(/আজ ৫০ এমবি-এর মধ্যে/)).toBeInTheDocument();
  at('data-limit').focus();
  await user.keyboard('{Enter}');
  await waitFor(() => {
    const shown = [...document.querySelectorAll('.select-item')].map((one) => one.textContent.trim());
    expect(shown).toEqual(['সীমা নেই', ...[10, 25, 50, 100, 250, 500].map((mb) => `${digits(mb)} এমবি`)]);
  });
  await user.keyboard('{Home}{Enter}');
  await waitFor(() => {
    expect(given(desk, 'set_data_budget').at(-1)).toEqual({
      mobile: true,
      daily_mb: null,
      originals: 'unmetered',
    });
  });
  await user.click(at('on-mobile-data'));
  expect(given(desk, 'set_data_budget').at(-1)).toEqual({
    mobile: false,
    daily_mb: null,
    originals: 'unmetered',
  });
  expect(await faults()).toEqual([]);
});

test('a limit that was set on the command line is among the choices', async () => {
  desk.budget = { ...desk.budget, mobile: true, daily_mb: 33 };
  await settings();
  expect(at('data-limit')).toHaveTextContent('৩৩ এমবি');
});

test('a spent budget is said in the outbox, in both languages, with a way past it', async () => {
  desk.budget = { ...desk.budget, mobile: true, daily_mb: 50, sent_today: 50_200_000, waiting: 3 };
  const { user, room } = await openWindow(desk);
  room.dialog = 'outbox';
  const said = await screen.findByTestId('data-budget');
  expect(said).toHaveTextContent('আজকের ৫০ এমবি শেষ: ৩টি ছবি রাত বারোটা পর্যন্ত অপেক্ষা করছে।');
  room.preferences.change({ language: 'en' });
  await waitFor(() => {
    expect(said).toHaveTextContent("Today's budget of 50 MB is used: 3 photos wait until midnight.");
  });
  await user.click(at('lift-budget'));
  await waitFor(() => {
    expect(screen.queryByTestId('lift-budget')).toBeNull();
  });
  expect(given(desk, 'lift_data_budget')).toHaveLength(1);
});

test('off mobile data nothing is said of it', async () => {
  const { room } = await openWindow(desk);
  room.dialog = 'outbox';
  expect(await screen.findByTestId('outbox-paused')).toBeInTheDocument();
  expect(screen.queryByTestId('data-budget')).toBeNull();
});
