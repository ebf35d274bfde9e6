/** A set time, and the way back from the readers. */
import assert from 'node:assert/strict';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inWindow } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { plainBridge } from './stories.ts';

inWindow('a story is withdrawn with a reason, by keyboard, and its page is gone', {}, async (app) => {
  const correspondent = new Correspondent(app);
  const story = await written(correspondent);
  await correspondent.publish();
  await correspondent.delivery('confirmed', 60_000);
  const { public_url: url } = await correspondent.story(story);
  assert.ok(url, 'the portal names a page');
  assert.equal((await fetch(url)).status, 200);

  await correspondent.chooseWay('way-withdraw');
  await app.at('down-reason');
  await app.hasFocus('down-reason');
  await type('তথ্যে ভুল আছে');
  await press('ctrl+Return');
  await until('the story is withdrawn', () => correspondent.stands('withdrawn'), 60_000);
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
  await until('the portal has the time', () => correspondent.stands('scheduled'), 60_000);
  assert.equal((await correspondent.story(story)).axes.public, 'scheduled');

  await correspondent.chooseWay('way-withdraw');
  await app.hasFocus('down-reason');
  await type('পরে যাবে');
  await press('ctrl+Return');
  await until('the time is cancelled', async () => !(await correspondent.stands('scheduled')), 60_000);
  assert.notEqual((await correspondent.story(story)).axes.public, 'live');
});

/** A story that nothing blocks; its id. */
async function written(correspondent: Correspondent): Promise<string> {
  await correspondent.lookAround();
  return correspondent.writeWords(plainBridge());
}
