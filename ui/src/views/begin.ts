import { mount } from 'svelte';
import { failureOf, type Platform } from '../platform';
import App from './App.svelte';
import { applyLast } from './appearance';
import { Newsroom } from './newsroom.svelte';
import StartFailed from './StartFailed.svelte';

/** Asks the desk how things stand and draws the window; when the desk does not answer, says why. */
export async function begin(platform: Platform, target: HTMLElement): Promise<Newsroom | null> {
  try {
    const start = await platform.call('start', {});
    const room = new Newsroom(platform, start);
    mount(App, { target, props: { room } });
    room.begin(start);
    return room;
  } catch (thrown) {
    applyLast();
    mount(StartFailed, { target, props: { error: failureOf(thrown) } });
    return null;
  }
}
