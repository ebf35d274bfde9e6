/** A story taken while the desk cannot be asked, and what becomes of it once it can. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { press, type } from './harness/keys.ts';
import { outputFolder } from './harness/paths.ts';
import { LIMIT } from './harness/suite.ts';
import { cut, deskIs, mend, together, type Seat } from './harness/together.ts';
import { pause, until } from './harness/waiting.ts';
import { BRIDGE, plainBridge } from './stories.ts';

const EDITED = 'পাঁচ বছর পর দুই পারের মানুষ পাচ্ছেন সেতু';
const SHARPER = 'জ্যৈষ্ঠেই খুলছে ধরলা সেতু';
const UNKNOWN = 'ডেস্ক এখনো জানে না';
const AGREED = 'ডেস্ক এখন জানে';

/** The author hands the story in; its id. */
async function filed({ who }: Seat): Promise<string> {
  who.turnTo();
  const story = await who.writeWords(plainBridge());
  await who.publish();
  await who.delivery('confirmed', 60_000);
  return story;
}

/** The queue has been read once, and the story's text was fetched behind it. */
async function prepared({ who, line }: Seat, story: string): Promise<void> {
  who.turnTo();
  await who.app.at('list-queue', 30_000);
  await press('ctrl+shift+d');
  await until(
    'its text is fetched in advance',
    () => Promise.resolve(line.asked.some(({ path }) => path.endsWith(`/stories/${story}`))),
    60_000,
  );
  // From its arrival to the disk.
  await pause(1_000);
}

/** What stands in the one row of the queue. */
async function row({ who }: Seat): Promise<string> {
  return who.app.run<string>('return arguments[0].textContent;', await who.app.at('queue-row'));
}

/** Takes the one story of the queue by keyboard while the line carries nothing. */
async function takenAlone(seat: Seat, story: string): Promise<void> {
  const { who } = seat;
  cut(seat);
  await who.turnToQueue();
  await press('Return');
  await until('it says so', async () => (await who.app.text('tentative')).includes(UNKNOWN), 30_000);
  assert.deepEqual(await who.app.all('tentative-hand-over'), [], 'nobody is known to have it');
  assert.equal((await who.story(story)).content.headline, BRIDGE.headline);
  await until('the queue says so', async () => (await row(seat)).includes(UNKNOWN));
}

async function see({ who }: Seat, name: string): Promise<void> {
  await who.app.picture(join(outputFolder('screenshots'), `taking-offline-${name}.png`));
}

test('taken without the desk, and the desk’s word comes with the line', { timeout: 2 * LIMIT }, async () => {
  await together('taken alone', ['correspondent', 'editor'], async (author, editor) => {
    const story = await filed(author);
    await prepared(editor, story);
    await takenAlone(editor, story);
    await editor.who.editStandfirst(story, EDITED);
    await see(editor, 'alone');
    assert.equal((await author.who.story(story)).axes.desk, 'filed', 'the desk does not know');

    mend(editor);
    const { app } = editor.who;
    // Nobody presses anything: the next round asks.
    await until('the desk knows', async () => (await app.all('tentative')).length === 0, 90_000);
    await until('it is said', async () => (await app.text('toast')).includes(AGREED));
    await until('the queue knows', async () => !(await row(editor)).includes(UNKNOWN));
    await see(editor, 'agreed');
    assert.equal(await editor.who.value('standfirst'), EDITED, 'what was written stands');
    await deskIs(author, story, 'in_edit');
  });
});

test('taken by two people, and one’s words are handed to the other', { timeout: 2 * LIMIT }, async () => {
  await together('taken twice', ['correspondent', 'sub_editor', 'editor'], async (author, sub, editor) => {
    const story = await filed(author);
    await prepared(editor, story);
    await takenAlone(editor, story);
    await editor.who.app.click('headline');
    await press('ctrl+a');
    await type(SHARPER);
    await until(
      'the editing is on disk',
      async () => (await editor.who.story(story)).content.headline === SHARPER,
    );

    sub.who.turnTo();
    await sub.who.take(story);

    editor.who.turnTo();
    mend(editor);
    await editor.who.turnToQueue();
    await press('r');
    const { app } = editor.who;
    await app.at('tentative-hand-over', 60_000);
    await see(editor, 'held');
    assert.equal(await editor.who.value('headline'), SHARPER, 'nobody’s words are taken from them');
    await app.run(`document.querySelector('[data-testid="tentative-hand-over"]').focus();`);
    await press('Return');
    await until('they are handed over', async () => (await app.all('tentative')).length === 0);
    assert.equal(await editor.who.value('headline'), BRIDGE.headline, 'it is again what it was taken as');
    await see(editor, 'handed');

    sub.who.turnTo();
    await sub.who.app.click('tab-notes');
    await sub.who.app.at('suggestions-accept', 60_000);
    await see(sub, 'suggested');
    await sub.who.app.click('suggestions-accept');
    await until('they stand in the text', async () => (await sub.who.value('headline')) === SHARPER);
    assert.equal((await sub.who.story(story)).axes.desk, 'in_edit');
  });
});
