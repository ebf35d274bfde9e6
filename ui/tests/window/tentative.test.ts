/** A story taken while the portal cannot be reached: shown so, and what a person may do when somebody else has it by then. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { failure, FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { at, given, openWindow } from '../support/window';

const HELD = { name: 'সাবরিনা', device: 'ডেস্ক-২', until: '2026-11-24T08:05:00Z' };
const OWN = 'নিজের টেবিলের খবর';
const HERS = 'খেয়া বন্ধ দুই দিন';
let desk: FakeDesk;
let story: string;

beforeEach(() => {
  desk = new FakeDesk();
  desk.add(content({ headline: OWN }));
  story = desk.queue.add(content({ headline: HERS }));
  desk.answersNobody = true;
});

async function taken() {
  const window = await openWindow(desk);
  await window.user.click(await screen.findByTestId('list-queue'));
  await window.user.click(await screen.findByTestId('queue-take'));
  await screen.findByTestId('tentative');
  return window;
}

/** The desk was asked, and somebody else had it. */
async function heldByAnother() {
  const window = await taken();
  desk.answersNobody = false;
  const row = desk.queue.rows.find((each) => each.story === story)!;
  Object.assign(row, { held: HELD, desk: 'in_edit' });
  desk.stories.get(story)!.tentative = { taken_at: desk.now(), held: HELD };
  desk.queue.tell();
  await waitFor(() => {
    expect(at('tentative').textContent).toContain('সাবরিনা');
  });
  return window;
}

describe('a story taken without the portal', () => {
  it('is opened for writing, and says that the desk does not know', async () => {
    const { room } = await taken();
    expect(room.session?.story).toBe(story);
    expect(at('tentative').textContent).toContain('ডেস্ক এখনো জানে না');
    await waitFor(() => {
      expect(at('queue-row').textContent).toContain('ডেস্ক এখনো জানে না');
    });
    expect(screen.queryByTestId('tentative-take-over'), 'there is nothing to decide yet').toBeNull();
  });

  it('is opened again by its row, and not taken twice', async () => {
    const { room, user } = await taken();
    await room.open('s1');
    expect(room.session?.story).toBe('s1');
    await user.click(await screen.findByTestId('queue-row'));
    await waitFor(() => {
      expect(room.session?.story).toBe(story);
    });
    expect(given(desk, 'take_story')).toHaveLength(1);
  });

  it('is told of when the desk agrees', async () => {
    const { room } = await taken();
    desk.answersNobody = false;
    desk.stories.get(story)!.tentative = null;
    desk.tell({ kind: 'taken_late', story, headline: HERS, theirs: null });
    expect(await screen.findByText(`ডেস্ক এখন জানে: “${HERS}” আপনার হাতে।`)).toBeTruthy();
    await waitFor(() => {
      expect(screen.queryByTestId('tentative')).toBeNull();
    });
    expect(room.session?.story).toBe(story);
  });

  it('offers the merge when its text changed at the portal meanwhile', async () => {
    const { room, user } = await taken();
    desk.stories.get(story)!.tentative = null;
    const revision = {
      number: 2,
      hash: 'h2',
      parent: null,
      at: desk.now(),
      reason: 'portal' as const,
      author: 'সালমা খাতুন',
      words: 9,
    };
    desk.stories.get(story)!.revisions.unshift({ revision, content: content({ headline: 'খেয়া চালু' }) });
    desk.tell({ kind: 'taken_late', story, headline: HERS, theirs: 2 });
    await user.click(await screen.findByRole('button', { name: 'দুই লেখা মেলান' }));
    await waitFor(() => {
      expect(room.merge.merging?.view.revision).toBe(2);
    });
  });

  it('says what to do where the text was never here', async () => {
    desk.failing.set('take_story', failure('text_not_here'));
    const { user } = await openWindow(desk);
    await user.click(await screen.findByTestId('list-queue'));
    await user.click(await screen.findByTestId('queue-take'));
    expect(await screen.findByText(/এই কম্পিউটারে আনা হয়নি/)).toBeTruthy();
  });
});

describe('where somebody else has it by then', () => {
  it('says who, and is taken over', async () => {
    const { user } = await heldByAnother();
    await user.click(at('tentative-take-over'));
    await waitFor(() => {
      expect(given(desk, 'take_story').at(-1)).toEqual({ story, takeover: true });
      expect(screen.queryByTestId('tentative')).toBeNull();
    });
  });

  it('hands one’s words over, and the text is again what it was taken as', async () => {
    const { room, user } = await heldByAnother();
    room.session!.change({ headline: 'আমার শিরোনাম' });
    await user.click(at('tentative-hand-over'));
    expect(await screen.findByText(/সাবরিনা প্রস্তাব ও নোট হিসেবে পাবেন/)).toBeTruthy();
    expect(given(desk, 'hand_over')).toEqual([{ story }]);
    expect(given(desk, 'save_draft'), 'what was written is on disk first').not.toEqual([]);
    expect(room.session?.fields.headline).toBe(HERS);
    expect(screen.queryByTestId('tentative')).toBeNull();
  });
});
