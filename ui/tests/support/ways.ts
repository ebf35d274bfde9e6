/** A story in the window, where it stands with its readers, and the menu of what else can be done with it. */
import type { UserEvent } from '@testing-library/user-event';
import { screen, waitFor, within } from '@testing-library/svelte';
import { expect } from 'vitest';
import type { Axes } from '../../src/wire/generated';
import type { FakeDesk } from './fakeDesk';
import { FREE } from './fakeGuards';
import { at, openWindow } from './window';

export const NOTHING: Axes = {
  desk: 'approved',
  approval: null,
  fallen: null,
  delivery: 'confirmed',
  public: 'never',
  guards: FREE,
  elsewhere: false,
};
export const standing = () => at('standing');

export function withReaders(desk: FakeDesk, readers: Axes['public'], live_at: string | null = null): void {
  const kept = desk.stories.get('s1')!;
  kept.axes = { ...NOTHING, public: readers };
  kept.live_at = live_at;
  kept.public_url = readers === 'live' ? 'http://127.0.0.1:4000/a' : null;
}

/** The window with the first story in it, in whichever list that stands. */
export async function openFirst(desk: FakeDesk) {
  const opened = await openWindow(desk);
  await opened.room.open('s1');
  await waitFor(() => {
    expect(opened.room.session?.story).toBe('s1');
  });
  return opened;
}

/** The ways of the story that the menu offers, beside what is no way of it. */
export async function openMenu(user: UserEvent): Promise<string[]> {
  at('ways-menu').focus();
  await user.keyboard('{Enter}');
  const menu = await screen.findByRole('menu', { hidden: true });
  return within(menu)
    .getAllByRole('menuitem', { hidden: true })
    .map((item) => item.dataset['testid'] ?? '')
    .filter((id) => id.startsWith('way-'));
}

/** By keyboard alone: the menu, the arrow keys, Enter. */
export async function choose(user: UserEvent, way: string): Promise<HTMLElement> {
  const ways = await openMenu(user);
  const steps = ways.indexOf(`way-${way}`);
  expect(steps).toBeGreaterThanOrEqual(0);
  at(`way-${way}`).focus();
  await user.keyboard('{Enter}');
  return screen.findByRole('dialog');
}
