/** From the keys to the disk. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { at, backspace, deskWith, given, openWindow, saves } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

describe('writing', () => {
  test('what is typed reaches the disk, and only then the window says so', async () => {
    const { user } = await openWindow(desk);
    await user.type(at('headline'), ' আজ');
    expect(at('save-state').dataset['state']).toBe('unsaved');
    await waitFor(() => {
      expect(at('save-state').dataset['state']).toBe('saved');
    });
    expect(saves(desk).at(-1)?.content.headline).toMatch(/ আজ$/);
    expect(Number(at('save-state').dataset['counter'])).toBe(saves(desk).at(-1)?.counter);
  });

  test('the text goes along with the fields, and with its undo history', async () => {
    const { room, user } = await openWindow(desk);
    room.session?.editor?.focus('end');
    room.session?.editor?.insertText('শেষ কথা');
    await user.click(at('headline'));
    await waitFor(() => {
      expect(saves(desk).at(-1)?.content.body).toContain('শেষ কথা');
    });
    expect(saves(desk).every((save) => save.undo !== null)).toBe(true);
  });

  test('a new story has the caret in its headline, and the preview gives way to it', async () => {
    const { user, room } = await openWindow(desk);
    room.layout.previewFull = true;
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => {
      expect(at('headline')).toHaveFocus();
    });
    expect(at('headline')).toHaveValue('');
    expect(room.layout.previewFull).toBe(false);
  });

  test('a headline is one line, however it came in', async () => {
    const { user, room } = await openWindow(desk);
    await user.clear(at('headline'));
    await user.click(at('headline'));
    await user.paste('প্রথম\nদ্বিতীয়');
    expect(room.session?.fields.headline).toBe('প্রথম দ্বিতীয়');
  });

  test('Backspace in the headline takes one Bengali code point', async () => {
    const { user } = await openWindow(desk);
    await user.clear(at('headline'));
    await user.type(at('headline'), 'স্ত্রী');
    await backspace(at('headline'));
    expect(at('headline')).toHaveValue('স্ত্র');
  });

  test('Ctrl+Z in a field brings its words back, to the disk too, and leaves the text alone', async () => {
    const { user, room } = await openWindow(desk);
    room.session?.editor?.focus('end');
    room.session?.editor?.insertText('শেষ কথা');
    await user.clear(at('byline'));
    await user.keyboard('{Control>}z{/Control}{Control>}z{/Control}');
    expect(at('byline')).toHaveValue(content().byline);
    expect(room.session?.fields.byline).toBe(content().byline);
    expect(room.session?.body).toContain('শেষ কথা');
  });

  test('a disk that is full is told in red, and the text can be copied or put elsewhere', async () => {
    const { user } = await openWindow(desk);
    desk.failing.set('save_draft', failure('store_full', {}, 'SQLITE_FULL'));
    await user.type(at('headline'), ' আরও');
    const trouble = await screen.findByTestId('save-trouble');
    expect(trouble).toHaveTextContent('ডিস্ক ভরে গেছে');
    expect(at('save-state').dataset['state']).toBe('failed');
    await user.click(at('save-elsewhere'));
    expect(JSON.stringify(given(desk, 'rescue_text'))).toContain(' আরও');
    desk.failing.clear();
    await user.click(at('save-retry'));
    await waitFor(() => {
      expect(at('save-state').dataset['state']).toBe('saved');
    });
    expect(screen.queryByTestId('save-trouble')).toBeNull();
  });

  test('another story opens only after this one is on disk, and leaving keeps a version', async () => {
    const { user, room } = await openWindow(desk);
    const first = room.session?.story;
    await user.type(at('headline'), ' আজ');
    await user.click(screen.getAllByTestId('story-row')[1]!);
    await waitFor(() => {
      expect(room.session?.story).not.toBe(first);
    });
    const order = desk.calls.map((call) => call.name);
    expect(order.lastIndexOf('save_draft')).toBeLessThan(order.lastIndexOf('open_story'));
    expect(given(desk, 'cut_revision')).toEqual([{ story: first, reason: 'left' }]);
  });

  test('a story that cannot be saved stays on the screen', async () => {
    const { user, room } = await openWindow(desk);
    const first = room.session?.story;
    desk.failing.set('save_draft', failure('store_read_only'));
    await user.type(at('headline'), ' আজ');
    await user.click(screen.getAllByTestId('story-row')[1]!);
    await screen.findByTestId('save-trouble');
    expect(room.session?.story).toBe(first);
    expect(at('headline')).toHaveValue(`${content().headline} আজ`);
  });

  test('closing waits for the disk, and is refused once when it fails', async () => {
    const { user } = await openWindow(desk);
    await user.type(at('headline'), ' আজ');
    expect(await desk.mayClose?.()).toBe(true);
    expect(saves(desk).at(-1)?.content.headline).toMatch(/ আজ$/);
    desk.failing.set('save_draft', failure('store_locked'));
    await user.type(at('headline'), '!');
    expect(await desk.mayClose?.()).toBe(false);
    expect(await desk.mayClose?.()).toBe(true);
  });
});
