/** Both sides of a desk on one machine: sitting down in another chair of the built-in portal's newsroom. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { faults } from '../support/axe';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { at, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;
beforeEach(() => {
  desk = deskWith(content());
  sessionStorage.clear();
});

async function openChairs() {
  const opened = await openWindow(desk);
  opened.room.settingsTab = 'portals';
  opened.room.dialog = 'settings';
  return { ...opened, chairs: await screen.findByTestId('chairs') };
}

describe('another chair', () => {
  test('is taken once what was typed is on disk, and the window begins anew', async () => {
    const { user, room } = await openWindow(desk);
    await user.type(at('headline'), '!');
    const before = given(desk, 'save_draft').length;
    void room.seat.sitDown('editor');
    await waitFor(() => {
      expect(desk.begunAnew).toBe(1);
    });
    expect(given(desk, 'sit_down')).toEqual([{ chair: 'editor' }]);
    const names = desk.calls.map(({ name }) => name);
    expect(given(desk, 'save_draft').length).toBeGreaterThan(before);
    expect(names.lastIndexOf('save_draft')).toBeLessThan(names.indexOf('sit_down'));
  });

  test('is not taken while the text cannot be saved: nothing is left behind', async () => {
    const { user, room } = await openWindow(desk);
    desk.failing.set('save_draft', failure('store_full'));
    await user.type(at('headline'), '!');
    await room.seat.sitDown('editor');
    expect(given(desk, 'sit_down')).toEqual([]);
    expect(desk.begunAnew).toBe(0);
  });

  test('that the desk refuses says why, and the window stays', async () => {
    const { room } = await openWindow(desk);
    desk.failing.set('sit_down', failure('internal'));
    await room.seat.sitDown('editor');
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(desk.begunAnew).toBe(0);
  });

  test('takes the language, the colours, the size of the letters and the word on notices along', async () => {
    const liked = { language: 'en', appearance: 'dark', text_size: 120, notices: false } as const;
    desk.settings = { ...desk.settings, ...liked };
    const first = await openWindow(desk);
    await first.room.seat.sitDown('correspondent');
    first.view.unmount();
    desk.settings = {
      ...desk.settings,
      language: 'bn',
      appearance: 'light',
      text_size: 100,
      notices: true,
    };
    await openWindow(desk);
    expect(at('chair')).toHaveTextContent('Correspondent’s chair');
    await waitFor(() => {
      expect(desk.settings).toMatchObject(liked);
    });
  });

  test('that was never sat in asks nothing and opens the built-in portal', async () => {
    desk.firstStart = true;
    desk.chair = 'editor';
    await openWindow(desk);
    await waitFor(() => {
      expect(given(desk, 'use_built_in_portal')).toHaveLength(1);
    });
    expect(screen.queryByTestId('first-start-look-around')).toBeNull();
  });
});

describe('the chairs', () => {
  test('stand in the settings, and the one that is taken is marked', async () => {
    const { user, chairs } = await openChairs();
    expect(chairs).toHaveTextContent('এখন: নিজের টেবিল');
    expect(within(chairs).getByRole('button', { name: 'নিজের টেবিল' })).toBeDisabled();
    expect(await faults()).toEqual([]);
    await user.click(within(chairs).getByRole('button', { name: 'সম্পাদকের চেয়ার' }));
    await waitFor(() => {
      expect(desk.begunAnew).toBe(1);
    });
  });

  test('are in the palette, but for the one that is taken', async () => {
    desk.chair = 'correspondent';
    const { user, room } = await openWindow(desk);
    room.dialog = 'palette';
    await user.type(await screen.findByTestId('palette'), 'চেয়ার');
    const found = screen.getAllByRole('option').map((option) => option.textContent);
    expect(found.some((text) => text.includes('সম্পাদকের চেয়ারে বসুন'))).toBe(true);
    expect(found.some((text) => text.trim().startsWith('প্রতিবেদকের'))).toBe(false);
  });

  test('are not offered where there is no built-in portal, and one’s own desk has no sign', async () => {
    desk.portals = desk.portals.map((portal) => ({ ...portal, kind: 'native' as const }));
    const { room } = await openWindow(desk);
    room.settingsTab = 'portals';
    room.dialog = 'settings';
    await screen.findByTestId('portals');
    expect(screen.queryByTestId('chairs')).toBeNull();
    expect(screen.queryByTestId('chair')).toBeNull();
  });
});
