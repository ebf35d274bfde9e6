/** What floats above the window: tips, menus, notices, dialogs. None lies on what another offers. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

describe('a menu', () => {
  test('that puts something into the text leaves the caret there, and not at its button', async () => {
    const { user } = await openWindow(desk);
    at('insert-menu').focus();
    await user.keyboard('{Enter}');
    (await screen.findByTestId('insert-table')).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(screen.queryByTestId('insert-table')).toBeNull();
      expect(document.querySelector('.ProseMirror table')).not.toBeNull();
      expect(document.querySelector('.ProseMirror')).toHaveFocus();
    });
    // The menu's own way back is over by now.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(document.querySelector('.ProseMirror')).toHaveFocus();
  });
});

describe('a notice beside a dialog', () => {
  const undo = { label: 'ফেরান', run: vi.fn() };
  const dialog = () => screen.queryByRole('dialog');

  async function openDialog() {
    const opened = await openWindow(desk);
    await opened.user.keyboard('{Control>},{/Control}');
    await screen.findByRole('dialog');
    return opened;
  }

  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('tells how much of the window it takes, and the dialog ends above it', async () => {
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(52);
    await openWindow(desk);
    expect(document.documentElement.style.getPropertyValue('--toasts')).toBe('52px');
  });

  test('is heard where it always is, and pressed without an end to the dialog', async () => {
    const { room, user } = await openDialog();
    room.toasts.say('সরানো হয়েছে', { act: undo });
    const region = await screen.findByRole('region', { name: 'খবরাখবর', hidden: true });
    expect(region).toContainElement(at('toast'));
    expect(region.closest('[inert], [aria-hidden], [role="dialog"]')).toBeNull();
    const coords = { clientX: 600, clientY: 700 };
    await user.pointer({ keys: '[MouseLeft>]', target: at('toast-act'), coords });
    // As long as a finger is on the button, which is when a dialog sees that it is left.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await user.pointer({ keys: '[/MouseLeft]', target: at('toast-act'), coords });
    expect(undo.run).toHaveBeenCalledOnce();
    await waitFor(() => {
      expect(screen.queryByTestId('toast')).toBeNull();
    });
    expect(dialog()).toBeInTheDocument();
  });

  test('waits for the end of the dialog before its time begins', async () => {
    const { room, user } = await openDialog();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    room.toasts.say('সরানো হয়েছে', { act: undo });
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(await screen.findByTestId('toast-act')).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(dialog()).toBeNull();
    });
    expect(at('toast-act')).toBeInTheDocument();
  });
});
