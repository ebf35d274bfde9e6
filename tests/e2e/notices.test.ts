/** What happens while the window is away stands on the desktop, and a click on it leads to the story. */
import assert from 'node:assert/strict';
import { Correspondent } from './harness/correspondent.ts';
import { clickNotice, noticesShown, pictureOfScreen, putNoticesAway } from './harness/desktop.ts';
import { hideWindow, isVisible } from './harness/keys.ts';
import { inWindow } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { plainBridge } from './stories.ts';

inWindow('what arrives while the window is away is told on the desktop', {}, async (app) => {
  const editor = new Correspondent(app);
  await editor.lookAround();
  const words = plainBridge();
  const story = await editor.writeWords(words);
  const { counter } = await editor.story(story);
  await editor.newStory();
  hideWindow(app.pid);
  await until('the window is away', () => Promise.resolve(!isVisible(app.pid)));

  await app.rpc('publish', { story, counter, acknowledged: [] });
  await until('the desktop tells of it', () => Promise.resolve(noticesShown() === 1), 60_000);
  pictureOfScreen('notice');
  clickNotice();
  await until('the window is before all others', () => Promise.resolve(isVisible(app.pid)));
  await until('the story is open', async () => (await editor.value('headline')) === words.headline);
  const [notice] = putNoticesAway();
  assert.ok(notice?.body.includes(words.headline), JSON.stringify(notice));

  await app.rpc('withdraw', { story, reason: 'ভুল ছবি' });
  await until('it is withdrawn', async () => (await editor.story(story)).axes.public === 'withdrawn', 60_000);
  assert.equal(noticesShown(), 0, 'in front of the person nothing is told twice');
});
