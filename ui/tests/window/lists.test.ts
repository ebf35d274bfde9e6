/** The lists of the desk: walked, searched, emptied. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { at, deskWith, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

describe('the lists', () => {
  test('are walked by j and k, opened by Enter, searched by /', async () => {
    const { user, room } = await openWindow(desk);
    at('story-list').focus();
    await user.keyboard('j{Enter}');
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(MORE[0]!.headline);
    });
    at('story-list').focus();
    await user.keyboard('/');
    expect(at('search')).toHaveFocus();
    await user.keyboard('হাওর');
    await waitFor(() => {
      expect(screen.getAllByTestId('story-row')).toHaveLength(1);
    });
    expect(screen.getByText('হাওর', { selector: 'mark' })).toBeInTheDocument();
  });

  test('the arrows go from list to list, which are one stop on the way of Tab', async () => {
    const { user } = await openWindow(desk);
    at('list-drafts').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(at('list-returned')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('কোনো খবর ফেরত আসেনি।')).toBeInTheDocument();
    await user.tab();
    expect(at('section-filter')).toHaveFocus();
    await user.tab({ shift: true });
    expect(at('list-returned')).toHaveFocus();
    await user.keyboard('{ArrowUp}');
    expect(at('list-sent')).toHaveFocus();
  });

  test('a spiked story asks nothing and comes back within ten seconds', async () => {
    const { user } = await openWindow(desk);
    at('story-list').focus();
    await user.keyboard('{Delete}');
    const undo = await screen.findByTestId('toast-act');
    await waitFor(() => {
      expect(at('list-trash')).toHaveTextContent('১');
    });
    await user.click(undo);
    await waitFor(() => {
      expect(at('list-trash')).toHaveTextContent('০');
    });
  });

  test('a hundred thousand rows draw only those in sight', async () => {
    const query = { list: 'drafts', section: null, limit: 1, after: null } as const;
    const { rows, counts } = await desk.call('list_stories', query);
    const row = rows[0]!;
    let asked = 0;
    desk.answers.list_stories = ({ limit }) => ({
      rows: Array.from({ length: limit }, (_, index) => ({ ...row, story: `r${asked}-${index}` })),
      next: String(++asked),
      counts: { ...counts, drafts: 100_000 },
    });
    desk.answers.open_story = () => desk.call('new_story', {});
    const { room } = await openWindow(desk);
    await waitFor(() => {
      expect(room.desk.rows.length).toBeGreaterThanOrEqual(100);
    });
    expect(screen.getAllByTestId('story-row').length).toBeLessThan(40);
    expect(at('list-drafts')).toHaveTextContent('১,০০,০০০');
  });

  test('a list that cannot be read says why and offers another try', async () => {
    desk = deskWith();
    desk.failing.set('list_stories', failure('store_broken', {}, 'disk I/O error'));
    const { user } = await openWindow(desk);
    expect(await screen.findByText(/ডিস্ক থেকে ত্রুটি/)).toBeInTheDocument();
    desk.failing.clear();
    await user.click(screen.getByRole('button', { name: 'আবার চেষ্টা করুন' }));
    expect(await screen.findByText(/কোনো খসড়া নেই/)).toBeInTheDocument();
  });
});
