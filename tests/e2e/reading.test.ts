/** What changed in a story since its editor read it, from chair to chair; and across a power cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { LIMIT, watched } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { plainBridge } from './stories.ts';

const REASON = 'ব্যয়ের হিসাবটি কার কাছ থেকে পাওয়া, লিখুন।';
const MENDED = 'উপজেলা প্রকৌশলীর কার্যালয়ের হিসাবে ব্যয় ১২ কোটি টাকা।';

test(
  'an editor is told what changed since they read it, until they have read it',
  { timeout: 3 * LIMIT },
  async () => {
    const first = await App.open();
    let story = '';
    await watched('the change is there, and the power goes', first, async () => {
      const person = new Correspondent(first);
      await person.lookAround();
      await person.sit('correspondent');
      story = await person.writeWords(plainBridge());
      await person.publish();
      await person.delivery('confirmed', 60_000);

      await person.sit('editor');
      await person.take(story);
      assert.deepEqual(await first.all('unread'), [], 'nobody has read it here before');
      await press('ctrl+shift+r');
      await first.hasFocus('return-reason');
      await type(REASON);
      await press('ctrl+Return');
      await person.delivery('confirmed', 60_000);

      await person.sit('correspondent');
      await until('it came back', async () => (await person.story(story)).axes.desk === 'returned', 60_000);
      await first.click('list-returned');
      await first.click('story-row');
      await first.at('review');
      await person.write(`\n${MENDED}`);
      await until('the mending is on disk', async () => {
        return (await person.story(story)).content.body.includes(MENDED);
      });
      assert.deepEqual(await first.all('unread'), [], 'one’s own words are no news');
      await person.publish();
      await person.delivery('confirmed', 60_000);

      await person.sit('editor');
      await person.take(story);
      await until('the line tells how much', async () => (await first.text('unread')).includes('১টি অনুচ্ছেদ'));
      await first.kill();
    });

    const app = await App.open({ store: first.store });
    await watched('after the power cut', app, async () => {
      const person = new Correspondent(app);
      await person.sit('editor');
      await until('it is said again', async () => (await app.text('unread')).includes('১টি অনুচ্ছেদ'));
      await press('ctrl+shift+h');
      const shown = await app.at('difference');
      await until('the new words are marked', async () => (await shown.getText()).includes(MENDED));
      await press('Escape');
      await until('the versions are put away', async () => (await app.all('difference')).length === 0);
      const dots = `return [...document.querySelectorAll('[data-testid="story-row"] [role="img"]')]
      .filter((dot) => dot.getAttribute('aria-label') === 'আপনি পড়ার পর বদলেছে').length;`;
      await app.click('list-drafts');
      await until('its row is marked', async () => (await app.run<number>(dots)) === 1);

      await person.newStory();
      await until('it has been read', async () => (await app.run<number>(dots)) === 0);
      await press('ctrl+shift+h');
      await until('the key says so', async () => (await app.text('toast')).includes('আর কেউ কিছু বদলাননি'));
      await person.sit('correspondent');
      await person.sit('editor');
      assert.deepEqual(await app.all('unread'), []);
    });
  },
);
