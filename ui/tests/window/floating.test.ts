/** What floats above the window: tips, menus, notices, dialogs. None lies on what another offers. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { at, deskWith, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

describe('a tip', () => {
  const tip = () => document.querySelector('.tip');
  // Not yet in its place, it is hidden from queries by role.
  const menu = () => screen.findByRole('menu', { hidden: true });

  test('names the button under the pointer and goes when its menu opens', async () => {
    const { user } = await openWindow(desk);
    await user.hover(at('insert-menu'));
    await waitFor(() => {
      expect(tip()).toHaveTextContent('ঢোকান');
    });
    // The press alone: where no focus goes along with it, no loss of it takes the tip away.
    await fireEvent.pointerDown(at('insert-menu'), { button: 0, pointerType: 'mouse' });
    expect(await menu()).toBeInTheDocument();
    await waitFor(() => {
      expect(tip()).toBeNull();
    });
  });

  test('does not come over an open menu, however long the pointer waits', async () => {
    const { user } = await openWindow(desk);
    at('insert-menu').focus();
    await user.keyboard('{Enter}');
    await menu();
    await user.hover(at('insert-menu'));
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(tip()).toBeNull();
  });
});
