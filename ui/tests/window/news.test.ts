/** What the window and the desktop say of what others did, and of what arrived. */
import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DesktopNotice } from '../../src/wire/generated';
import type { FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { openFirst } from '../support/ways';
import { deskWith, given } from '../support/window';

const OTHER = 's2';
const HEADLINE = content(MORE[0]).headline;
const ORDER = { story: 's1', counter: 1, acknowledged: [] };

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const notices = () => given(desk, 'show_notice') as DesktopNotice[];

/** The window is behind others. */
function behind(): void {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
}

function approve(story: string): void {
  desk.tell({ kind: 'approved', story, headline: HEADLINE, by: 'নাসরিন সুলতানা' });
}

describe('in front', () => {
  beforeEach(() => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  });

  test('another story that was approved is told of in the window alone, and opened from there', async () => {
    const { user, room } = await openFirst(desk);
    approve(OTHER);
    expect(await screen.findByText(/অনুমোদন করেছেন নাসরিন সুলতানা/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'খবরটি খুলুন' }));
    await waitFor(() => {
      expect(room.session?.story).toBe(OTHER);
    });
    expect(notices()).toEqual([]);
  });

  test('the open story says it by itself', async () => {
    const { room } = await openFirst(desk);
    approve(room.session?.story ?? '');
    expect(screen.queryByText(/অনুমোদন করেছেন/)).toBeNull();
  });
});

describe('behind other windows', () => {
  beforeEach(behind);

  test('the desktop shows who returned what and why, who approved, and what readers have', async () => {
    await openFirst(desk);
    const headline = HEADLINE;
    desk.tell({ kind: 'returned', story: OTHER, headline, by: 'রফিক আজাদ', reason: 'উৎস কে?' });
    approve(OTHER);
    desk.tell({ kind: 'went_live', story: OTHER, headline });
    desk.tell({ kind: 'schedule_missed', story: OTHER, headline });
    expect(notices()).toMatchObject([
      { story: OTHER, title: 'খবর ফেরত এসেছে' },
      { story: OTHER, title: 'খবর অনুমোদিত' },
      { story: OTHER, title: 'পাঠকের কাছে পৌঁছেছে' },
      { story: OTHER, title: 'আপনার সিদ্ধান্ত দরকার' },
    ]);
    for (const notice of notices()) expect(notice.body).toContain(headline);
    expect(notices()[0]?.body).toContain('উৎস কে?');
  });

  test('a return without a reason says that there is none', async () => {
    await openFirst(desk);
    desk.tell({ kind: 'returned', story: OTHER, headline: HEADLINE, by: '', reason: '' });
    expect(notices()[0]?.body).toContain('কারণ লেখা হয়নি।');
  });

  test('what arrived and what waits for a person is told of once each, what is on its way is not', async () => {
    const { room } = await openFirst(desk);
    await room.act(() => desk.call('publish', ORDER));
    desk.moveIntent('s1', { state: 'sending' });
    desk.moveIntent('s1', { state: 'blocked', cause: 'signed_out' });
    desk.moveIntent('s1', { state: 'blocked', cause: 'signed_out' });
    desk.moveIntent('s1', { state: 'confirmed' });
    desk.moveIntent('s1', { state: 'confirmed' });
    expect(notices()).toHaveLength(2);
    expect(notices()).toMatchObject([
      { title: 'আপনার সিদ্ধান্ত দরকার' },
      { title: 'প্রকাশিত, পোর্টাল থেকে মিলিয়ে দেখা' },
    ]);
  });

  test('a click brings the story into the window', async () => {
    const { room } = await openFirst(desk);
    desk.tell({ kind: 'notice_chosen', story: OTHER });
    await waitFor(() => {
      expect(room.session?.story).toBe(OTHER);
    });
  });

  test('nothing is shown to somebody who does not want it', async () => {
    desk.settings = { ...desk.settings, notices: false };
    await openFirst(desk);
    approve(OTHER);
    expect(notices()).toEqual([]);
    expect(await screen.findByText(/অনুমোদন করেছেন/)).toBeInTheDocument();
  });
});

test('the settings turn notices off', async () => {
  const { user, room } = await openFirst(desk);
  room.dialog = 'settings';
  await user.click(await screen.findByRole('radio', { name: 'জানাবেন না' }));
  await waitFor(() => {
    expect(given(desk, 'save_settings')).toMatchObject([{ notices: false }]);
  });
});
