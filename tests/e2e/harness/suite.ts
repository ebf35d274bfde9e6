/** A test in the real window: a name for the behaviour, a hard limit, and evidence when it fails. */
import { test } from 'node:test';
import { App, type Begin } from './app.ts';

const LIMIT = 120_000;

/** A fresh window for one behaviour. */
export function inWindow(name: string, begin: Begin, behaviour: (app: App) => Promise<void>): void {
  test(name, { timeout: LIMIT }, async () => {
    const app = await App.open(begin);
    await watched(name, app, behaviour);
  });
}

/** Leaves a picture when the behaviour fails, and closes the window either way. */
export async function watched(name: string, app: App, behaviour: (app: App) => Promise<void>): Promise<void> {
  try {
    await behaviour(app);
  } catch (error) {
    await app.evidence(name).catch(() => undefined);
    throw error;
  } finally {
    await app.close();
  }
}
