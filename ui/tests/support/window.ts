/** Opens the whole window over a desk in memory. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import App from '../../src/views/App.svelte';
import { Newsroom } from '../../src/views/newsroom.svelte';
import type { Content, SaveDraft } from '../../src/wire/generated';
import { FakeDesk } from './fakeDesk';

/** A desk that holds these stories, in the order of its lists. */
export function deskWith(...stories: Content[]): FakeDesk {
  const desk = new FakeDesk();
  for (const story of stories) desk.add(story);
  return desk;
}

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

export const saves = (desk: FakeDesk) => given(desk, 'save_draft') as SaveDraft[];

export const at = (testid: string) => screen.getByTestId(testid);

/** The key alone: what it deletes is deleted by the window, for nothing is done here as an engine would. */
export async function backspace(field: HTMLElement): Promise<void> {
  field.focus();
  await fireEvent.keyDown(field, { key: 'Backspace' });
}
