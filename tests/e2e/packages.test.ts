/** A story in a file: the system asks where it goes, and another window takes it in. */
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { dialogOf, focusDialog, press, type } from './harness/keys.ts';
import { freshFolder } from './harness/paths.ts';
import { pictureOfScreen } from './harness/desktop.ts';
import { inWindow, LIMIT, watched } from './harness/suite.ts';
import { pause, until } from './harness/waiting.ts';
import { bridge, BRIDGE, plainBridge } from './stories.ts';

/** Asks for the package as the window does; done when the system's dialog has the keys. */
async function asked(app: App): Promise<void> {
  await press('ctrl+Return');
  await until(
    'the system asks where it goes',
    () => Promise.resolve(dialogOf(app.pid) !== undefined),
    20_000,
  );
  await pause(500);
  focusDialog(app.pid);
  await pause(500);
}

async function answered(app: App, key: string): Promise<void> {
  await press(key);
  await until('the system asks no more', () => Promise.resolve(dialogOf(app.pid) === undefined));
}

inWindow(
  'where nobody sits before the screen a package goes where it is proposed',
  { env: { KHOSRA_UNATTENDED: 'yes' } },
  async (app) => {
    const who = new Correspondent(app);
    await who.lookAround();
    const story = await who.writeWords(plainBridge());
    const order = { story, what: 'story', to: { kind: 'anybody' } };
    const { folder } = await app.rpc<{ folder: string | null }>('save_package', order);
    assert.equal(folder, 'khosra-packages');
  },
);

test(
  'a package goes where a person wants it, and from there into another window',
  { timeout: 2 * LIMIT },
  async () => {
    const stick = freshFolder('stick');
    const file = join(stick, 'khabar.story');
    const author = await App.open();
    await watched('a package is saved', author, async () => {
      const who = new Correspondent(author);
      await who.lookAround();
      await who.writeReady(await bridge());
      await who.chooseWay('save-as-package');
      await author.at('save-package');
      await author.click('package-reader');
      await (await author.css('[role="option"][data-value="anybody"]')).click();

      await asked(author);
      pictureOfScreen('package-where');
      await answered(author, 'Escape');
      who.turnTo();
      await until('it may be saved after all', async () => (await author.at('confirm-package')).isEnabled());
      assert.deepEqual(readdirSync(stick), []);

      await asked(author);
      await press('ctrl+a');
      await type(file);
      await answered(author, 'Return');
      who.turnTo();
      await until('it is said where it lies', async () =>
        (await author.text('toast')).includes('khabar.story'),
      );
      assert.deepEqual(readdirSync(stick), ['khabar.story'], 'and nothing half beside it');
      assert.ok(statSync(file).size > 10_000);
      assert.deepEqual(await author.all('save-package'), []);
    });

    const editor = await App.open();
    await watched('a package is opened', editor, async () => {
      const who = new Correspondent(editor);
      await who.lookAround();
      const chooser = await editor.at('package-input');
      await chooser.sendKeys(file);
      await editor.click('confirm-stranger');
      await editor.click('toast-act');
      await until('the story is open', async () => (await who.value('headline')) === BRIDGE.headline);
    });
  },
);
