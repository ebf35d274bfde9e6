/** The window by keyboard, and the regions that keys open and close. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { at, backspace, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

describe('keys', () => {
  test('Ctrl+K finds every act, in either language, and Enter does it', async () => {
    const { user, room } = await openWindow(desk);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId('palette'), 'dark{Enter}');
    await waitFor(() => {
      expect(document.documentElement.dataset['theme']).toBe('dark');
    });
    expect(room.dialog).toBeNull();
  });

  test('Backspace takes one Bengali sign in the search and in a dialog too', async () => {
    const { user } = await openWindow(desk);
    await user.type(at('search'), 'ক্ষি');
    await backspace(at('search'));
    expect(at('search')).toHaveValue('ক্ষ');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId('palette'), 'ক্ষি');
    await backspace(at('palette'));
    expect(at('palette')).toHaveValue('ক্ষ');
  });

  test('Ctrl+N begins a story that is on disk, with the headline empty', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => {
      expect(at('headline')).toHaveValue('');
    });
    expect(given(desk, 'new_story')).toHaveLength(1);
  });

  test('Ctrl+Enter is heard while a list is still on its way out, and not by the list', async () => {
    const { user } = await openWindow(desk);
    const list = document.body.appendChild(document.createElement('div'));
    list.className = 'select-list';
    list.dataset['state'] = 'open';
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(screen.queryByTestId('confirm-publish')).toBeNull();
    list.dataset['state'] = 'closed';
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByTestId('confirm-publish')).toBeInTheDocument();
    list.remove();
  });

  test('F1 shows every shortcut, Escape closes it', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{F1}');
    expect(await screen.findByTestId('shortcuts')).toHaveTextContent('Ctrl+K');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('shortcuts')).toBeNull();
    });
  });

  test('F6 walks the regions and Escape goes back to the text', async () => {
    const { user, room } = await openWindow(desk);
    at('search').focus();
    await user.keyboard('{F6}');
    expect(room.session?.editor?.hasFocus()).toBe(true);
    await user.keyboard('{F6}');
    expect(at('tab-details')).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(room.session?.editor?.hasFocus()).toBe(true);
  });

  test('F6 comes to the list by itself, and to the search where a person left it', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{Shift>}{F6}{/Shift}');
    expect(at('story-list')).toHaveFocus();
    at('search').focus();
    await user.keyboard('{F6}{Shift>}{F6}{/Shift}');
    expect(at('search')).toHaveFocus();
  });

  test('regions are hidden by key, and the layout is remembered', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{Control>}[[{/Control}');
    await waitFor(() => {
      expect(screen.queryByTestId('story-list')).toBeNull();
    });
    await waitFor(() => {
      expect(JSON.parse(desk.settings.layout)).toMatchObject({ deskOpen: false });
    });
  });
});

test('in a narrow window the right side is a drawer, which goes when the text is wanted', async () => {
  const { room, user } = await openWindow(desk);
  room.layout.windowWidth = 1024;
  await waitFor(() => {
    expect(screen.queryByTestId('tab-details')).toBeNull();
  });
  await user.click(at('toggle-side'));
  expect(await screen.findByTestId('tab-details')).toBeInTheDocument();
  await user.keyboard('{Escape}');
  await waitFor(() => {
    expect(screen.queryByTestId('tab-details')).toBeNull();
  });
  expect(room.session?.editor?.hasFocus()).toBe(true);
});
