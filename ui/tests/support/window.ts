/** Opens the whole window over a desk in memory. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import App from '../../src/views/App.svelte';
import { Newsroom } from '../../src/views/newsroom.svelte';
import type { FakeDesk } from './fakeDesk';

export async function openWindow(desk: FakeDesk) {
  const start = await desk.call('start', {});
  const room = new Newsroom(desk, start);
  const view = render(App, { room });
  room.begin(start);
  if (!desk.firstStart && desk.stories.size > 0) {
    await waitFor(() => {
      expect(room.session?.editor).toBeTruthy();
    });
  }
  const user = userEvent.setup();
  return { room, view, user };
}

/** The commands of one name that were given, in order. */
export function given(desk: FakeDesk, name: string): unknown[] {
  return desk.calls.filter((call) => call.name === name).map((call) => call.args);
}

export const at = (testid: string) => screen.getByTestId(testid);
