/** A start that goes wrong, and one in the dark. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { freshFolder } from './harness/paths.ts';
import { inWindow, LIMIT, watched } from './harness/suite.ts';
import { until } from './harness/waiting.ts';

const inTheWay = join(freshFolder('store'), 'desk');
writeFileSync(inTheWay, 'a file where the store should be');

inWindow('a store that could not be opened is opened when asked again', { store: inTheWay }, async (app) => {
  await app.at('start-failed');
  await app.run('document.body.dataset.first = "";');
  await app.click('start-retry');
  // Only another page has asked again.
  await until('the page is another', () => app.run('return document.body.dataset.first === undefined;'));
  await app.at('start-failed');
  rmSync(inTheWay);
  await app.click('start-retry');
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  await correspondent.fill('headline', 'নদী');
  await until('it is on disk', async () => (await correspondent.saved()).content.headline === 'নদী');
});

test('a dark window is dark from its first moment', { timeout: LIMIT }, async () => {
  const store = await darkStore();
  const app = await App.open({ store });
  await watched('a dark window is dark from its first moment', app, async () => {
    const shown = await until('the window is drawn', () =>
      app.run<string>('return document.documentElement.dataset.theme ?? "";'),
    );
    assert.equal(shown, 'dark');
    // What shows before the page knows its theme is the window's own colour: nothing may be painted over it.
    const bare = await app.run<string>(
      `const root = document.documentElement;
       delete root.dataset.theme;
       const colours = [root, document.body].map((element) => getComputedStyle(element).backgroundColor);
       root.dataset.theme = 'dark';
       return colours.join(' ');`,
    );
    assert.equal(bare, 'rgba(0, 0, 0, 0) rgba(0, 0, 0, 0)');
  });
});

async function darkStore(): Promise<string> {
  const app = await App.open();
  try {
    const { settings } = await app.rpc<{ settings: object }>('start', {});
    await app.rpc('save_settings', { ...settings, appearance: 'dark' });
    return app.store;
  } finally {
    await app.close();
  }
}
