/** A story between two chairs: whoever files it and whoever edits it, each with a store of their own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from './harness/app.ts';
import { Correspondent, type Story } from './harness/correspondent.ts';
import { freshFolder } from './harness/paths.ts';
import { Newsite } from './harness/portal.ts';
import { LIMIT, watched } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { bridge, BRIDGE } from './stories.ts';

const REASON = 'ব্যয়ের হিসাবটি কার কাছ থেকে পাওয়া, লিখুন।';
const MENDED = 'উপজেলা প্রকৌশলীর কার্যালয়ের হিসাবে ব্যয় ১২ কোটি টাকা।';
const EDITED = 'পাঁচ বছর পর দুই পারের মানুষ পাচ্ছেন সেতু';

test(
  'filed, taken, returned, mended, filed again and published: from chair to chair',
  { timeout: 3 * LIMIT },
  async () => {
    const portal = await Newsite.start();
    const chairs = { author: freshFolder('author'), editor: freshFolder('editor') };
    const sit = async (
      chair: keyof typeof chairs,
      act: (who: Correspondent) => Promise<void>,
    ): Promise<void> => {
      const app = await App.open({ store: chairs[chair] });
      await watched(`in the chair of the ${chair}`, app, () => act(new Correspondent(app)));
    };
    try {
      let story = '';
      await sit('author', async (author) => {
        await author.connect({ url: portal.url, ...portal.account('correspondent') });
        story = await author.writeReady(await bridge());
        await author.publish();
        await author.delivery('confirmed', 60_000);
        assert.equal((await author.story(story)).axes.desk, 'filed');
        assert.deepEqual(await author.app.all('list-queue'), [], 'who files has no queue');
      });

      await sit('editor', async (editor) => {
        await editor.connect({ url: portal.url, ...portal.account('editor') });
        await editor.take(story);
        const taken = await editor.story(story);
        assert.equal(taken.content.headline, BRIDGE.headline);
        assert.equal(taken.content.photos[0]?.caption, BRIDGE.photo.caption, 'the photo came with its words');
        await editor.editStandfirst(story, EDITED);
        await editor.giveBack(REASON);
        await editor.delivery('confirmed', 60_000);
        assert.equal((await editor.story(story)).axes.desk, 'returned');
      });

      await sit('author', async (author) => {
        const { app } = author;
        await app.click('list-returned');
        await until('the story is there', async () => (await app.all('story-row')).length === 1);
        await app.click('story-row');
        await author.mend(story, REASON, MENDED);
        assert.equal(await author.value('standfirst'), EDITED, 'the editing came with it');
      });

      await sit('editor', async (editor) => {
        await editor.take(story);
        await until('the mended text is there', async () => (await editor.bodyShown()).includes(MENDED));
        await editor.publish();
        await editor.delivery('confirmed', 60_000);
        const { public_url: url, axes }: Story = await editor.story(story);
        assert.equal(axes.public, 'live');
        const page = await (await fetch(url ?? '')).text();
        for (const words of [BRIDGE.headline, EDITED, MENDED, BRIDGE.photo.caption]) {
          assert.ok(page.includes(words), `readers have “${words}”`);
        }
        assert.ok(!page.includes(REASON), 'what the desk said to the author is not for readers');
      });
    } finally {
      await portal.down();
    }
  },
);
