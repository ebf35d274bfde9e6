/** Two windows at once, each with a store and a line to the portal of its own, either of which may be cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { press, type } from './harness/keys.ts';
import { outputFolder } from './harness/paths.ts';
import { LIMIT } from './harness/suite.ts';
import { cut, deskIs, mend, together, type Seat } from './harness/together.ts';
import { until } from './harness/waiting.ts';
import { BRIDGE, plainBridge } from './stories.ts';

const SHARPER = 'জ্যৈষ্ঠেই খুলছে ধরলা সেতু';
const REASON = 'ব্যয়ের হিসাবটি কার কাছ থেকে পাওয়া, লিখুন।';
const MENDED = 'উপজেলা প্রকৌশলীর হিসাবে ব্যয় ১২ কোটি টাকা।';
const CORRECTED = 'ব্যয় ১২ কোটি নয়, ১৩ কোটি টাকা।';
const CHANGE = 'ব্যয়ের অঙ্ক সংশোধন করা হয়েছে।';
const TYPED = 'সেতুর দুই পাশে আলো বসানোর কাজ বাকি।';
const MORE = 'আলোর কাজ শেষ হবে আষাঢ়ে।';

/** A picture for whoever wants to see how it looked. */
async function see({ who }: Seat, name: string): Promise<void> {
  await who.app.picture(join(outputFolder('screenshots'), `two-windows-${name}.png`));
}

test(
  'through both chairs and to the readers, with either line cut in the middle',
  { timeout: 2 * LIMIT },
  async () => {
    await together('two windows', ['correspondent', 'editor'], async (author, editor) => {
      author.who.turnTo();
      const story = await author.who.writeWords(plainBridge());
      await author.who.publish();
      await author.who.delivery('confirmed', 60_000);

      editor.who.turnTo();
      await editor.who.take(story);
      await editor.who.app.click('headline');
      await press('ctrl+a', 'ctrl+shift+s');
      await editor.who.app.hasFocus('suggestion-words');
      await press('ctrl+a');
      await type(SHARPER);
      await press('ctrl+Return');
      await editor.who.app.at('suggestion-accept');
      await see(editor, 'suggested');
      cut(editor);
      await editor.who.giveBack(REASON);
      await editor.who.delivery('queued');
      await see(editor, 'returned-offline');
      mend(editor);
      await editor.who.delivery('confirmed', 90_000);

      author.who.turnTo();
      await deskIs(author, story, 'returned');
      await author.who.app.click('tab-notes');
      await until(
        'the suggestions are here',
        async () => (await author.who.app.all('suggestions-accept')).length > 0,
        60_000,
      );
      await see(author, 'returned');
      cut(author);
      await author.who.app.click('suggestions-accept');
      await until(
        'the headline is the suggested one',
        async () => (await author.who.value('headline')) === SHARPER,
      );
      await author.who.write(`\n${MENDED}`);
      await author.who.publish();
      await author.who.delivery('queued');
      assert.equal((await author.who.story(story)).content.headline, SHARPER);
      mend(author);
      await author.who.delivery('confirmed', 90_000);

      editor.who.turnTo();
      await editor.who.take(story);
      await until('the mended text is there', async () => (await editor.who.bodyShown()).includes(MENDED));
      await editor.who.chooseWay('way-approve');
      await deskIs(editor, story, 'approved');
      await editor.who.publish();
      await until(
        'readers have it',
        async () => (await editor.who.story(story)).axes.public === 'live',
        60_000,
      );
      await see(editor, 'live');
      await editor.who.write(`\n${CORRECTED}`);
      await editor.who.publishCorrection('correction', CHANGE);
      await editor.who.delivery('confirmed', 60_000);
      const { public_url: url } = await editor.who.story(story);
      const read = async () => (await fetch(url ?? '')).text();
      // What was published before is called confirmed as well, until the correction stands in its place.
      await until('readers have the correction', async () => (await read()).includes(CHANGE), 60_000);
      const page = await read();
      for (const words of [SHARPER, MENDED, CORRECTED, CHANGE]) assert.ok(page.includes(words), words);
      assert.ok(
        !page.includes(REASON) && !page.includes(BRIDGE.headline),
        'nothing of the desk is for readers',
      );

      author.who.turnTo();
      await until(
        'the author hears of it',
        async () => (await author.who.story(story)).axes.public === 'live',
        60_000,
      );
      await see(author, 'live-for-its-author');
    });
  },
);

test('taken over while the other types: what both wrote is there', { timeout: 2 * LIMIT }, async () => {
  await together('two windows', ['correspondent', 'sub_editor', 'editor'], async (author, sub, editor) => {
    author.who.turnTo();
    const story = await author.who.writeWords(plainBridge());
    await author.who.publish();
    await author.who.delivery('confirmed', 60_000);

    sub.who.turnTo();
    await sub.who.take(story);
    await sub.who.write(`\n${TYPED}`);

    editor.who.turnTo();
    await editor.who.app.at('list-queue', 30_000);
    await press('ctrl+shift+d');
    await until(
      'the story is in the queue',
      async () => (await editor.who.app.all('queue-row')).length === 1,
      60_000,
    );
    await editor.who.turnToQueue();
    await press('Return');
    await editor.who.app.at('takeover', 20_000);
    await see(editor, 'takeover');
    await press('ctrl+Return');
    await deskIs(editor, story, 'in_edit');

    sub.who.turnTo();
    await sub.who.write(`\n${MORE}`);
    await until('every key is on disk', async () => (await sub.who.story(story)).content.body.includes(MORE));
    editor.who.turnTo();
    await editor.who.write(`\n${MENDED}`);
    await editor.who.publish();
    await until(
      'readers have it',
      async () => (await editor.who.story(story)).axes.public === 'live',
      60_000,
    );

    sub.who.turnTo();
    await until('they hear of it', async () => (await sub.who.story(story)).axes.public === 'live', 60_000);
    // What readers have is not what stands here.
    await sub.who.app.at('differs');
    const { body } = (await sub.who.story(story)).content;
    assert.ok(body.includes(TYPED) && body.includes(MORE), 'no key of theirs is lost');
    await see(sub, 'after-the-takeover');
  });
});
