/** Pictures of the window in a certain language and appearance. */
import { join } from 'node:path';
import { App } from './app.ts';
import { outputFolder } from './paths.ts';
import { pause } from './waiting.ts';

export const FOLDER = outputFolder('screenshots');

export interface Look {
  language: string;
  appearance: string;
}

export async function picture(app: App, name: string, { language, appearance }: Look): Promise<void> {
  // Beyond the longest movement of the window, and the wait of a tooltip.
  await pause(700);
  await app.picture(join(FOLDER, `${name}-${language}-${appearance}.png`));
}

/** A window in a certain look, which is a setting and read when the window starts. */
export async function inLook(store: string, look: Look, act: (app: App) => Promise<void>): Promise<void> {
  const before = await App.open({ store });
  try {
    const { settings } = await before.rpc<{ settings: object }>('start', {});
    await before.rpc('save_settings', { ...settings, ...look });
  } finally {
    await before.close();
  }
  const app = await App.open({ store });
  try {
    await act(app);
  } finally {
    await app.close();
  }
}
