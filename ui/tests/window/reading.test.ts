/** What is new in a story since the person read it here: said above it, shown on demand, and gone once it was read. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { at, given, openWindow } from '../support/window';

const READ_AT = '2026-11-24T06:00:00Z';
const STORY = content();
const BEFORE = content({ headline: 'আগের শিরোনাম' });

/** A story that came back otherwise than it was read, and one that did not. */
function cameBack() {
  const desk = new FakeDesk();
  const revision = {
    number: 1,
    hash: 'h1',
    parent: null,
    at: READ_AT,
    reason: 'portal' as const,
    author: 'সালমা খাতুন',
    words: 100,
  };
  const unread = { revision: 1, read_at: READ_AT };
  const story = desk.add(STORY, { unread, revisions: [{ revision, content: BEFORE }] });
  const other = desk.add(content({ headline: 'অন্য খবর' }));
  return { desk, story, other };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a story that came back changed', () => {
  it('says so above the text, with how much is new', async () => {
    const { desk } = cameBack();
    await openWindow(desk);
    await waitFor(() => {
      expect(at('unread').textContent).toMatch(/আপনি শেষবার পড়ার পর .*বদলেছে.*: ৩টি অনুচ্ছেদ, শিরোনাম, ছবি/s);
    });
  });

  it('says so when nobody can tell how much', async () => {
    const { desk } = cameBack();
    desk.failing.set('since_read', { code: 'internal', params: {}, detail: '' });
    await openWindow(desk);
    expect(at('unread').textContent).toContain('বদলেছে');
    expect(at('unread').textContent).not.toContain('অনুচ্ছেদ');
  });

  it('is held against what was read, by the button and by key', async () => {
    const { desk, story } = cameBack();
    const { room, user } = await openWindow(desk);
    await user.click(at('show-since'));
    expect(await screen.findByTestId('difference')).toBeTruthy();
    const asked = given(desk, 'compare_versions') as { story: string; number: number; draft?: unknown }[];
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ story, number: 1 });
    expect(asked[0]?.draft, 'against the text in the window').toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('difference')).toBeNull();
    });
    await fireEvent.keyDown(window, { key: 'H', code: 'KeyH', ctrlKey: true, shiftKey: true });
    expect(await screen.findByTestId('difference')).toBeTruthy();
    expect(room.session?.view.unread, 'to look at it does not put it away').toBeTruthy();
  });

  it('is read once another story is opened, and not before', async () => {
    const { desk, story, other } = cameBack();
    const { room } = await openWindow(desk);
    expect(room.session?.story).toBe(story);
    expect(given(desk, 'mark_read')).toEqual([]);
    await room.open(other);
    expect(given(desk, 'mark_read')).toEqual([{ story, counter: 1 }]);
    expect(screen.queryByTestId('unread')).toBeNull();
    await room.open(story);
    expect(screen.queryByTestId('unread')).toBeNull();
  });

  it('is read when the window closes', async () => {
    const { desk, story } = cameBack();
    await openWindow(desk);
    expect(await desk.mayClose?.()).toBe(true);
    expect(given(desk, 'mark_read')).toEqual([{ story, counter: 1 }]);
  });

  it('is read when the person says so', async () => {
    const { desk, story } = cameBack();
    const { user } = await openWindow(desk);
    await user.click(at('since-done'));
    expect(screen.queryByTestId('unread')).toBeNull();
    expect(given(desk, 'mark_read')).toEqual([{ story, counter: 1 }]);
  });

  it('is marked in its list, for who cannot see the dot too', async () => {
    const { desk, story } = cameBack();
    await openWindow(desk);
    const rows = await screen.findAllByTestId('story-row');
    const marked = rows.filter((row) => within(row).queryByRole('img', { name: 'আপনি পড়ার পর বদলেছে' }));
    expect(marked.map((row) => row.dataset['story'])).toEqual([story]);
  });

  it('says so when the change comes while it is open', async () => {
    const { desk, story, other } = cameBack();
    desk.stories.get(story)!.unread = null;
    const { room } = await openWindow(desk);
    expect(screen.queryByTestId('unread')).toBeNull();
    desk.stories.get(story)!.unread = { revision: 1, read_at: READ_AT };
    desk.queue.giveBack(story, {}, { headline: 'ডেস্কের শিরোনাম' });
    expect(await screen.findByTestId('unread')).toBeTruthy();
    expect(other).not.toBe(room.session?.story);
  });
});

describe('a story with nothing new in it', () => {
  it('counts as read after it was on the screen for some seconds', async () => {
    const { desk, other } = cameBack();
    const { room } = await openWindow(desk);
    vi.useFakeTimers();
    await room.open(other);
    desk.calls.length = 0;
    await vi.advanceTimersByTimeAsync(2_900);
    expect(given(desk, 'mark_read')).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(given(desk, 'mark_read')).toEqual([{ story: other, counter: 1 }]);
  });

  it('says so when it is asked for by key', async () => {
    const { desk, other } = cameBack();
    const { room } = await openWindow(desk);
    await room.open(other);
    await fireEvent.keyDown(window, { key: 'H', code: 'KeyH', ctrlKey: true, shiftKey: true });
    expect(await screen.findByText('আপনি পড়ার পর আর কেউ কিছু বদলাননি।')).toBeTruthy();
  });
});
