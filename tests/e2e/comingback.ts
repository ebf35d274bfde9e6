/** Pictures of stories between two people: what changed since it was read, and what was taken without a network. */
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inLook, picture, type Look } from './harness/looks.ts';
import { freshFolder } from './harness/paths.ts';
import { Newsite } from './harness/portal.ts';
import { pause, until } from './harness/waiting.ts';
import { plainBridge } from './stories.ts';

const LOOKS: Look[] = [
  { language: 'bn', appearance: 'light' },
  { language: 'en', appearance: 'dark' },
];
const REASON = 'ব্যয়ের হিসাবটি কার কাছ থেকে পাওয়া, লিখুন।';
const MENDED = 'উপজেলা প্রকৌশলীর কার্যালয়ের হিসাবে ব্যয় ১২ কোটি টাকা।';
const EDITED = 'পাঁচ বছর পর দুই পারের মানুষ পাচ্ছেন সেতু';

async function changed(look: Look): Promise<void> {
  await inLook(freshFolder('changed'), look, async (app) => {
    const person = new Correspondent(app);
    await person.lookAround();
    await person.sit('correspondent');
    const story = await person.writeWords(plainBridge());
    await person.publish();
    await person.delivery('confirmed', 60_000);
    await person.sit('editor');
    await person.take(story);
    await press('ctrl+shift+r');
    await app.hasFocus('return-reason');
    await type(REASON);
    await press('ctrl+Return');
    await person.delivery('confirmed', 60_000);
    await person.sit('correspondent');
    await until('it came back', async () => (await person.story(story)).axes.desk === 'returned', 60_000);
    await app.click('list-returned');
    await app.click('story-row');
    await app.at('review');
    await person.write(`\n${MENDED}`);
    await person.publish();
    await person.delivery('confirmed', 60_000);
    await person.sit('editor');
    await app.at('list-queue', 30_000);
    await press('ctrl+shift+d');
    await until('it waits', async () => (await app.all('queue-row')).length === 1, 60_000);
    await picture(app, 'since-queue', look);
    await person.take(story);
    await app.at('unread');
    await app.click('list-drafts');
    await picture(app, 'since', look);
    await press('ctrl+shift+h');
    await app.at('difference');
    await picture(app, 'since-shown', look);
  });
}

async function tentative(look: Look): Promise<void> {
  const portal = await Newsite.start();
  const story = await filed(portal);
  const other = await App.open();
  try {
    await new Correspondent(other).connect({ ...portal.account('sub_editor'), url: portal.url });
    await inLook(freshFolder('tentative'), look, async (app) => {
      const editor = new Correspondent(app);
      await editor.connect({ ...portal.account('editor'), url: portal.url });
      await app.at('list-queue', 30_000);
      await press('ctrl+shift+d');
      await app.at('queue-row', 30_000);
      // Its text is fetched behind the queue.
      await pause(5_000);
      await portal.down();
      await app.hasFocus('queue-list');
      await press('Return');
      await app.at('tentative', 30_000);
      await editor.fill('standfirst', EDITED);
      await picture(app, 'tentative', look);
      await portal.up();
      await other.rpc('take_story', { story, takeover: false });
      await press('ctrl+shift+d', 'r');
      await app.at('tentative-hand-over', 60_000);
      await picture(app, 'tentative-held', look);
      await app.click('tentative-hand-over');
      await until('the words are handed over', async () => (await app.all('tentative')).length === 0);
      await app.click('tab-notes');
      await picture(app, 'tentative-handed', look);
    });
  } finally {
    await other.close();
    await portal.down();
  }
}

/** What an author has handed in. */
async function filed(portal: Newsite): Promise<string> {
  const app = await App.open();
  try {
    const author = new Correspondent(app);
    await author.connect({ ...portal.account('correspondent'), url: portal.url });
    const story = await author.writeWords(plainBridge());
    await author.publish();
    await author.delivery('confirmed', 60_000);
    return story;
  } finally {
    await app.close();
  }
}

const [only] = process.argv.slice(2);
for (const look of LOOKS) {
  if (only !== 'tentative') await changed(look);
  if (only !== 'changed') await tentative(look);
  console.log(`${look.language}, ${look.appearance}: done`);
}
