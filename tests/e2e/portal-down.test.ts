/** Publishing while the portal is away. */
import assert from 'node:assert/strict';
import { Correspondent } from './harness/correspondent.ts';
import { inWindow } from './harness/suite.ts';
import { Newsite } from './harness/portal.ts';
import { until } from './harness/waiting.ts';
import { BRIDGE } from './stories.ts';

inWindow('with the portal down the story waits, and goes by itself when it is back', {}, async (app) => {
  const portal = await Newsite.start();
  try {
    const correspondent = new Correspondent(app);
    const { user, password } = portal.editor;
    await correspondent.connect({ url: portal.url, user, password });
    await correspondent.newStory();
    await correspondent.fill('headline', BRIDGE.headline);
    await correspondent.fill('byline', BRIDGE.byline);
    await correspondent.write(BRIDGE.paragraphs[0]);
    await correspondent.chooseSection(BRIDGE.section);
    const { story } = await until('the story is on disk', async () => {
      const saved = await correspondent.saved();
      return saved.content.section === BRIDGE.section && saved.content.body !== '' && saved;
    });
    await portal.down();
    await correspondent.publish();
    await correspondent.delivery('queued');
    assert.equal((await correspondent.story(story)).axes.public, 'never', 'nothing claims to be published');
    await portal.up();
    await correspondent.delivery('confirmed', 75_000);
    const { public_url: url } = await correspondent.story(story);
    const page = await fetch(url ?? '');
    assert.ok((await page.text()).includes(BRIDGE.headline), 'readers have it');
  } finally {
    await portal.down();
  }
});
