/** A test in the real window: a name for the behaviour, a hard limit, and evidence when it fails. */
import { test } from 'node:test';
import { App, type Begin } from './app.ts';
import { underWay, within } from './waiting.ts';

/** Milliseconds for a whole test. The behaviour ends sooner, so that what hung is told and the window closes. */
export const LIMIT = 150_000;
const BEHAVIOUR = 100_000;

/** A fresh window for one behaviour. */
export function inWindow(name: string, begin: Begin, behaviour: (app: App) => Promise<void>): void {
  test(name, { timeout: LIMIT }, async () => {
    const app = await App.open(begin);
    await watched(name, app, behaviour);
  });
}

/** Leaves a picture when the behaviour fails or hangs, and closes the window either way. */
export async function watched(name: string, app: App, behaviour: (app: App) => Promise<void>): Promise<void> {
  try {
    await within(() => `the end of the test; it was at: ${underWay()}`, BEHAVIOUR, behaviour(app));
  } catch (error) {
    await app.evidence(name).catch((trouble: unknown) => {
      console.error(`no evidence of “${name}”: ${String(trouble)}`);
    });
    throw error;
  } finally {
    await app.close();
  }
}
