/** Both sides of a desk in one window: a story filed from the correspondent's chair and published from the editor's. */
import assert from 'node:assert/strict';
import { inWindow } from './harness/suite.ts';
import { Correspondent } from './harness/correspondent.ts';
import { until } from './harness/waiting.ts';
import { bridge, BRIDGE } from './stories.ts';

inWindow('one person sits in both chairs, and each keeps its own stories', {}, async (app) => {
  const person = new Correspondent(app);
  await person.lookAround();
  const samples = (await app.all('story-row')).length;

  await person.sit('correspondent');
  assert.match(await app.text('chair'), /প্রতিবেদক/);
  assert.deepEqual(await app.all('story-row'), [], 'nothing of one’s own desk lies here');
  const story = await person.writeReady(await bridge());
  await person.publish();
  await person.delivery('confirmed', 60_000);
  assert.equal((await person.story(story)).axes.desk, 'filed');

  await person.sit('editor');
  assert.match(await app.text('chair'), /^সম্পাদক/);
  await person.take(story);
  assert.equal((await person.story(story)).content.photos[0]?.caption, BRIDGE.photo.caption);
  await person.publish();
  await person.delivery('confirmed', 60_000);
  const { public_url: url } = await person.story(story);
  assert.ok((await (await fetch(url ?? '')).text()).includes(BRIDGE.headline), 'readers have it');

  await person.sit('correspondent');
  await until(
    'the author hears of it',
    async () => (await person.story(story)).axes.public === 'live',
    60_000,
  );

  await person.sit('own');
  assert.deepEqual(await app.all('chair'), []);
  await until('one’s own stories lie there', async () => (await app.all('story-row')).length === samples);
});
