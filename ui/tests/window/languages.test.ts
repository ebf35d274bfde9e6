/** The whole window in either language: no fault that axe finds, and a change while it runs. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { faults } from '../support/axe';
import type { FakeDesk } from '../support/fakeDesk';
import { content, MORE, photo } from '../support/stories';
import { at, deskWith, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

describe.each(['bn', 'en'] as const)('in %s', (language) => {
  test.each(['details', 'photos', 'checks', 'history', 'preview'])(
    'the window with %s has no fault',
    async (tab) => {
      desk.settings = { ...desk.settings, language };
      desk.add(content({ photos: [photo({ credit: '' })] }));
      const { user } = await openWindow(desk);
      await user.click(at(`tab-${tab}`));
      await vi.waitFor(() => {
        expect(at(`tab-${tab}`)).toHaveAttribute('aria-selected', 'true');
      });
      expect(document.documentElement.lang).toBe(language);
      expect(await faults()).toEqual([]);
    },
  );

  test.each(['k', ',', 'Enter'])('the dialog of Ctrl+%s has no fault', async (key) => {
    desk.settings = { ...desk.settings, language };
    const { user } = await openWindow(desk);
    await user.keyboard(`{Control>}${key === 'Enter' ? '{Enter}' : key}{/Control}`);
    await screen.findByRole('dialog');
    expect(await faults()).toEqual([]);
  });

  test('the first start has no fault', async () => {
    desk.firstStart = true;
    desk.settings = { ...desk.settings, language };
    await openWindow(desk);
    expect(await faults()).toEqual([]);
  });
});

test('the language changes while running, with everything on the screen', async () => {
  const { room } = await openWindow(desk);
  expect(at('tab-preview')).toHaveTextContent('প্রিভিউ');
  room.preferences.change({ language: 'en' });
  await waitFor(() => {
    expect(at('tab-preview')).toHaveTextContent('Preview');
  });
  expect(at('list-drafts')).toHaveTextContent('2');
  expect(at('headline')).toHaveAccessibleName('Headline');
});
