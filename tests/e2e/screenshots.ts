/** Pictures of every screen at 1366 × 768, in both languages, light and dark; the README's among them. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press } from './harness/keys.ts';
import { outputFolder, ROOT } from './harness/paths.ts';
import { pause } from './harness/waiting.ts';

const FOLDER = outputFolder('screenshots');
const LANGUAGES = ['bn', 'en'] as const;
const APPEARANCES = ['light', 'dark'] as const;

/** Screens by name, each reached from the desk with a story open; `Escape` leads back. */
const SCREENS: Record<string, () => Promise<void>> = {
  desk: () => press('Escape'),
  details: () => press('ctrl+1'),
  photos: () => press('ctrl+2'),
  checks: () => press('ctrl+3'),
  history: () => press('ctrl+4'),
  palette: () => press('ctrl+k'),
  shortcuts: () => press('F1'),
  settings: () => press('ctrl+comma'),
  outbox: () => press('ctrl+shift+o'),
  preview: () => press('ctrl+shift+v'),
};

/** What the README shows, and under which name. */
const README = {
  'bn-light-photos': 'desk-bn.png',
  'en-light-details': 'desk-en.png',
  'bn-dark-history': 'dark-bn.png',
};

interface Settings {
  language: string;
  appearance: string;
}

/** A look is a setting, read when the window starts. */
async function take(store: string, language: string, appearance: string): Promise<void> {
  const app = await App.open({ store });
  try {
    for (const [name, reach] of Object.entries(SCREENS)) {
      await reach();
      await pause(500);
      await app.picture(join(FOLDER, `${language}-${appearance}-${name}.png`));
      if (name === 'preview') await press('ctrl+shift+v');
      else await press('Escape');
    }
  } finally {
    await app.close();
  }
}

/** The first screen of all, and a store with the sample stories. */
async function begin(): Promise<string> {
  const app = await App.open();
  try {
    await app.picture(join(FOLDER, 'bn-light-first-start.png'));
    await new Correspondent(app).lookAround();
    return app.store;
  } finally {
    await app.close();
  }
}

async function wear(store: string, look: Settings): Promise<void> {
  const app = await App.open({ store });
  try {
    const { settings } = await app.rpc<{ settings: Settings }>('start', {});
    await app.rpc('save_settings', { ...settings, ...look });
  } finally {
    await app.close();
  }
}

const store = await begin();
for (const language of LANGUAGES) {
  for (const appearance of APPEARANCES) {
    await wear(store, { language, appearance });
    await take(store, language, appearance);
    console.log(`${language}, ${appearance}: ${String(Object.keys(SCREENS).length)} screens`);
  }
}
const images = join(ROOT, 'docs/images');
mkdirSync(images, { recursive: true });
for (const [from, to] of Object.entries(README)) {
  copyFileSync(join(FOLDER, `${from}.png`), join(images, to));
}
console.log('The pictures are in target/screenshots, the README’s in docs/images.');
