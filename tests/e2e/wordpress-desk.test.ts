/** A story between a contributor and an editor of a real WordPress, each in a window of their own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press } from './harness/keys.ts';
import { freshFolder } from './harness/paths.ts';
import { LIMIT, watched } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { startWordPress } from './harness/wordpress.ts';
import { plainBridge } from './stories.ts';

const REASON = 'ব্যয়ের হিসাবটি কার কাছ থেকে পাওয়া, লিখুন।';
const MENDED = 'উপজেলা প্রকৌশলীর কার্যালয়ের হিসাবে ব্যয় ১২ কোটি টাকা।';
const EDITED = 'পাঁচ বছর পর দুই পারের মানুষ পাচ্ছেন সেতু';
const WORDS = plainBridge('politics');

const site = startWordPress();
const skip = 'missing' in site ? site.missing : false;

test(
  'filed on WordPress, taken without a lease, returned, mended and published once',
  { timeout: 3 * LIMIT, skip },
  async () => {
    if ('missing' in site) return;
    const { url, users } = site;
    const folders = { contributor: freshFolder('contributor'), editor: freshFolder('wordpress-editor') };
    const sit = async (
      user: keyof typeof folders,
      act: (who: Correspondent) => Promise<void>,
    ): Promise<void> => {
      const app = await App.open({ store: folders[user] });
      await watched(`as the ${user} of a WordPress`, app, () => act(new Correspondent(app)));
    };
    const connect = (who: Correspondent, user: keyof typeof folders) =>
      who.connect({ url, user, password: users[user]?.password ?? '', kind: 'wordpress' });
    let story = '';
    await sit('contributor', async (author) => {
      await connect(author, 'contributor');
      story = await author.writeWords(WORDS);
      await author.publish();
      await author.delivery('confirmed', 60_000);
      assert.equal((await author.story(story)).axes.desk, 'filed');
    });

    await sit('editor', async (editor) => {
      const { app } = editor;
      await connect(editor, 'editor');
      await app.at('list-queue', 30_000);
      await press('ctrl+shift+d');
      const unleased = await until(
        'the queue says what it cannot do',
        () => app.text('queue-unleased'),
        60_000,
      );
      assert.match(unleased, /আর কেউ একই খবরে কাজ করতে পারেন/);
      await takeFromMany(editor, story);
      await editor.editStandfirst(story, EDITED);
      await editor.giveBack(REASON);
      await editor.delivery('confirmed', 60_000);
      assert.equal((await editor.story(story)).axes.desk, 'returned');
    });

    await sit('contributor', async (author) => {
      const { app } = author;
      await app.click('list-returned');
      await app.click('story-row');
      await author.mend(story, REASON, MENDED);
      assert.equal(await author.value('standfirst'), EDITED, 'the editing came with it');
    });

    await sit('editor', async (editor) => {
      await editor.app.at('list-queue', 30_000);
      await press('ctrl+shift+d');
      await takeFromMany(editor, story);
      await until('the mended text is there', async () => (await editor.bodyShown()).includes(MENDED));
      await editor.publish();
      await editor.delivery('confirmed', 60_000);
      const { public_url: address, axes } = await editor.story(story);
      assert.equal(axes.public, 'live');
      const page = await (await fetch(address ?? '')).text();
      for (const words of [WORDS.headline, WORDS.byline, MENDED]) assert.ok(page.includes(words), words);
      assert.ok(!page.includes(REASON), 'what the desk said to the author is not for readers');
    });

    await sit('contributor', async (author) => {
      await until(
        'its author hears that readers have it',
        async () => (await author.story(story)).axes.public === 'live',
        60_000,
      );
    });
  },
);

/** Other tests leave posts there: the row is chosen among them by a pointer. */
async function takeFromMany(editor: Correspondent, story: string): Promise<void> {
  const { app } = editor;
  const row = `[data-testid="queue-row"][data-story="${story}"]`;
  await until(
    'the story waits in the queue',
    () =>
      app.run<boolean>(
        `
      const list = document.querySelector('[data-testid="queue-list"]');
      const row = document.querySelector(arguments[0]);
      if (row) { row.click(); return true; }
      if (list) list.scrollTop = list.scrollTop + 200 > list.scrollHeight ? 0 : list.scrollTop + 200;
      return false;`,
        row,
      ),
    60_000,
  );
  await app.click('queue-take');
  await until(
    'the story is in our hands',
    async () => {
      return (await editor.story(story).catch(() => undefined))?.axes.desk === 'in_edit';
    },
    60_000,
  );
  const { headline } = (await editor.story(story)).content;
  await until('the story is open', async () => (await editor.value('headline')) === headline);
}
