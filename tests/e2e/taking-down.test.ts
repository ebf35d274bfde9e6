/** A set time, and the way back from the readers. */
import assert from 'node:assert/strict';
import type { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inWindow } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { BRIDGE } from './stories.ts';

inWindow('a story is withdrawn with a reason, by keyboard, and its page is gone', {}, async (app) => {
  const correspondent = new Correspondent(app);
  const story = await written(correspondent);
  await correspondent.publish();
  await correspondent.delivery('confirmed', 60_000);
  const { public_url: url } = await correspondent.story(story);
  assert.ok(url, 'the portal names a page');
  assert.equal((await fetch(url)).status, 200);

  await choose(app, 'way-withdraw');
  await app.at('down-reason');
  await app.hasFocus('down-reason');
  await type('তথ্যে ভুল আছে');
  await press('ctrl+Return');
  await until('the story is withdrawn', () => stands(app, 'withdrawn'), 60_000);
  await correspondent.delivery('confirmed');
  assert.notEqual((await fetch(url)).status, 200, 'readers do not get the page any more');
  assert.deepEqual(await app.all('open-public'), [], 'nothing leads to a page that is gone');
});

inWindow('a set time is kept by the portal, and cancelled before it comes', {}, async (app) => {
  const correspondent = new Correspondent(app);
  const story = await written(correspondent);
  await until('the story may be published', async () => {
    return (await (await app.at('publish')).getAttribute('data-ready')) === 'true';
  });
  await press('ctrl+shift+Return');
  await app.at('schedule-at');
  assert.notEqual(await app.text('schedule-result'), '', 'the time stands there in words');
  await press('ctrl+Return');
  await until('the portal has the time', () => stands(app, 'scheduled'), 60_000);
  assert.equal((await correspondent.story(story)).axes.public, 'scheduled');

  await choose(app, 'way-withdraw');
  await app.hasFocus('down-reason');
  await type('পরে যাবে');
  await press('ctrl+Return');
  await until('the time is cancelled', async () => !(await stands(app, 'scheduled')), 60_000);
  assert.notEqual((await correspondent.story(story)).axes.public, 'live');
});

/** A story that nothing blocks; its id. */
async function written(correspondent: Correspondent): Promise<string> {
  await correspondent.lookAround();
  await correspondent.newStory();
  await correspondent.fill('headline', BRIDGE.headline);
  await correspondent.fill('byline', BRIDGE.byline);
  await correspondent.write(BRIDGE.paragraphs[0]);
  await correspondent.chooseSection(BRIDGE.section);
  const { story } = await until('the story is on disk', async () => {
    const saved = await correspondent.saved();
    return saved.content.section === BRIDGE.section && saved.content.body !== '' && saved;
  });
  return story;
}

/** Opens the menu beside the button and goes down to this line, without a mouse. */
async function choose(app: App, way: string): Promise<void> {
  await until('the menu is there', async () => {
    await app.run(`document.querySelector('[data-testid="ways-menu"]').focus();`);
    return (await app.focused()) === 'ways-menu';
  });
  await press('Return');
  await app.at(way);
  for (let step = 0; step < 8 && (await app.focused()) !== way; step += 1) await press('Down');
  assert.equal(await app.focused(), way);
  await press('Return');
}

async function stands(app: App, readers: string): Promise<boolean> {
  return (await (await app.at('standing')).getAttribute('data-public')) === readers;
}
