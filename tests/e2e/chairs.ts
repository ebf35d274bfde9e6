/**
 * Pictures of a story between two chairs: the queue, what another has in hand, the return, and what its author finds.
 */
import type { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inLook, picture, type Look } from './harness/looks.ts';
import { freshFolder } from './harness/paths.ts';
import { Newsite } from './harness/portal.ts';
import { until } from './harness/waiting.ts';
import { bridge, BRIDGE } from './stories.ts';

const LOOKS: Look[] = [
  { language: 'bn', appearance: 'light' },
  { language: 'en', appearance: 'dark' },
];
const REASON = 'ব্যয়ের হিসাবটি কার কাছ থেকে পাওয়া, লিখুন। দ্বিতীয় অনুচ্ছেদে তারিখও নেই।';
const SECOND = 'কুড়িগ্রামে নৌকাবাইচ শুক্রবার';

async function between(look: Look): Promise<void> {
  const portal = await Newsite.start();
  const chairs = {
    author: freshFolder('author'),
    editor: freshFolder('editor'),
    other: freshFolder('other'),
  };
  try {
    let story = '';
    await inLook(chairs.author, look, async (app) => {
      const author = new Correspondent(app);
      await author.connect({ url: portal.url, ...portal.account('correspondent') });
      story = await author.writeReady(await bridge());
      await author.publish();
      await author.delivery('confirmed', 60_000);
      await picture(app, 'desk-filed', look);
      await author.writeReady({ ...(await bridge('politics')), headline: SECOND });
      await author.publish();
      await author.delivery('confirmed', 60_000);
    });
    await inLook(chairs.editor, look, async (app) => {
      const editor = new Correspondent(app);
      await editor.connect({ url: portal.url, ...portal.account('editor') });
      await press('ctrl+shift+d');
      await until('both wait', async () => (await app.all('queue-row')).length === 2, 60_000);
      await picture(app, 'desk-queue', look);
      await editor.take(story);
      await picture(app, 'desk-taken', look);
    });
    await inLook(chairs.other, look, async (app) => {
      const other = new Correspondent(app);
      await other.connect({ url: portal.url, ...portal.account('sub_editor') });
      await press('ctrl+shift+d');
      await app.at('queue-held', 60_000);
      await press('Return');
      await app.at('confirm-takeover', 60_000);
      await picture(app, 'desk-takeover', look);
    });
    await inLook(chairs.editor, look, async (app) => {
      const editor = new Correspondent(app);
      await app.click('list-drafts');
      await app.click('story-row');
      await editor.fill('standfirst', BRIDGE.standfirst);
      await note(app, 'ctrl+Home', 'এই তথ্য কার কাছ থেকে পাওয়া?');
      await note(app, 'ctrl+End', 'শেষে একটি তারিখ দিন।');
      await press('F8');
      await picture(app, 'desk-notes', look);
      await press('ctrl+shift+r');
      await app.hasFocus('return-reason');
      await type(REASON);
      await picture(app, 'desk-return', look);
      await press('ctrl+Return');
      await editor.delivery('confirmed', 60_000);
    });
    await inLook(chairs.author, look, async (app) => {
      await app.click('list-returned');
      await until(
        'the story is returned',
        async () => {
          return (await new Correspondent(app).story(story)).axes.desk === 'returned';
        },
        60_000,
      );
      await picture(app, 'desk-told', look);
      const rows = await app.driver.findElements({ css: `[data-testid="story-row"][data-story="${story}"]` });
      await rows[0]?.click();
      await app.at('review');
      await picture(app, 'desk-returned', look);
      await press('ctrl+5');
      await until('the notes came', async () => (await app.all('note')).length === 2, 60_000);
      await picture(app, 'desk-notes-author', look);
    });
  } finally {
    await portal.down();
  }
}

/** A note at the paragraph that the caret goes to. */
async function note(app: App, place: string, words: string): Promise<void> {
  await press('Escape');
  await press(place);
  await press('ctrl+shift+n');
  await app.hasFocus('note-text');
  await type(words);
  const before = (await app.all('note')).length;
  await press('ctrl+Return');
  await until('the note is kept', async () => (await app.all('note')).length > before);
}

for (const look of LOOKS) {
  await between(look);
  console.log(`${look.language}, ${look.appearance}: done`);
}
