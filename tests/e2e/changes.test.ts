/** A correction before readers get it, in the page; and where they still meet the old wording afterwards. */
import assert from 'node:assert/strict';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inWindow } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { bridge, BRIDGE } from './stories.ts';

/** Runs in the window, on the document inside the frame. */
const PAGE = 'const page = arguments[0].contentDocument;';
const CHANGED = 'বর্ষার পরে শেষ হচ্ছে ধরলা সেতুর সংস্কার';

inWindow(
  'a correction is seen in the page before readers get it, and at every place afterwards',
  {},
  async (app) => {
    const editor = new Correspondent(app);
    await editor.lookAround();
    const story = await editor.writeReady(await bridge());
    await editor.publish();
    await editor.delivery('confirmed', 60_000);
    await editor.previewShows(BRIDGE.headline);
    assert.equal(
      (await app.all('preview-changes')).length,
      0,
      'nothing to compare while readers have what is written',
    );

    await app.click('headline');
    await press('ctrl+a');
    await type(CHANGED);
    await until('the draft is on disk', async () => (await editor.story(story)).content.headline === CHANGED);
    const frame = await app.at('preview-frame');
    const shown = (question: string) => app.run<string>(`${PAGE} return ${question};`, frame);

    // By keyboard: from the draft's page to the live one, and on to the difference.
    await app.run(`document.querySelector('input[type="radio"][value="draft"]').focus();`);
    await press('Right');
    await until(
      'the live page is shown',
      async () => (await shown('page.querySelector("h1").innerText')) === BRIDGE.headline,
    );
    await app.at('preview-since');
    await press('Right');
    await until('the difference is shown', async () =>
      (await shown('page.querySelector("h1").innerHTML')).includes('data-change'),
    );
    assert.equal(await shown('page.querySelector("h1 del").innerText.trim()'), 'আগেই');
    assert.equal(await shown('page.querySelector("h1 ins").innerText.trim()'), 'পরে');
    const style = (tag: string) =>
      shown(`getComputedStyle(page.querySelector("h1 ${tag}")).textDecorationLine`);
    await until('the marks have their style', async () => {
      const tint = await shown('getComputedStyle(page.querySelector("h1 ins")).backgroundColor');
      return tint !== 'rgba(0, 0, 0, 0)';
    });
    assert.deepEqual([await style('del'), await style('ins')], ['line-through', 'underline']);

    await app.click('preview-next');
    const here = () => shown('page.querySelector("[data-here]").innerText.trim()');
    assert.equal(await here(), 'আগেই');
    const gone = await shown('String(page.scripts.length)');
    assert.equal(gone, '1', 'no script but the data for search engines');

    // Typing goes on; the comparison follows once the keys rest.
    await editor.write('\nআরও একটি বাক্য।');
    await until('what was typed is marked', async () =>
      (await shown('page.body.innerHTML')).includes('আরও একটি বাক্য।</ins>'),
    );

    // From change to change by keyboard, there and back; the ends meet.
    await app.run(`document.querySelector('input[type="radio"][value="changes"]').focus();`);
    for (const [key, place] of [
      ['alt+Down', 'আরও একটি বাক্য।'],
      ['alt+Down', 'আগেই'],
      ['alt+Up', 'আরও একটি বাক্য।'],
      ['alt+Up', 'আগেই'],
    ] as const) {
      await press(key);
      await until(`${key} comes to “${place}”`, async () => (await here()) === place);
    }

    await press('ctrl+Return');
    await app.at('confirm-publish');
    await app.run(`document.querySelector('[role="dialog"] input[type="radio"]').click();`);
    await press('ctrl+Return');
    await until(
      'the correction has arrived',
      async () => (await app.all('places-line')).length === 1,
      60_000,
    );
    await until('readers have what is written', async () => (await app.all('preview-changes')).length === 0);
    await until(
      'the places were read',
      async () => (await app.text('places-line')).includes('আর কোথাও'),
      60_000,
    );
    await app.click('see-places');
    await app.at('places-said');
    const places = await app.all('place');
    const states = await Promise.all(places.map((place) => place.getAttribute('data-state')));
    assert.ok(
      places.length >= 5 && states.every((state) => state === 'new' || state === 'listed'),
      states.join(),
    );
    assert.equal((await editor.story(story)).axes.public, 'live');
  },
);
