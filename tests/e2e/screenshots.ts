/** Pictures of every screen at 1366 × 768 in both languages, light and dark, and of the page that readers get. */
import { join } from 'node:path';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { FOLDER, inLook, picture, type Look } from './harness/looks.ts';
import { asReader } from './harness/reader.ts';
import { until } from './harness/waiting.ts';

const LANGUAGES = ['bn', 'en'] as const;
const APPEARANCES = ['light', 'dark'] as const;
const WIDTHS = [360, 768, 1280] as const;

type Reach = (app: App) => Promise<unknown>;

const keys =
  (...combos: string[]): Reach =>
  () =>
    press(...combos);
const click =
  (id: string): Reach =>
  (app) =>
    app.click(id);

/** Each screen, how to reach it from the desk with a story open, and how to leave it. */
const SCREENS: Record<string, [Reach, Reach?]> = {
  story: [click('tab-preview')],
  details: [click('tab-details')],
  section: [click('section'), keys('Escape')],
  photos: [click('tab-photos')],
  checks: [click('tab-checks')],
  history: [click('tab-history')],
  'preview-full': [keys('ctrl+shift+v'), keys('ctrl+shift+v')],
  markdown: [keys('ctrl+shift+m'), keys('ctrl+shift+m')],
  find: [keys('ctrl+h'), keys('Escape')],
  insert: [click('insert-menu'), keys('Escape')],
  search: [searchFor('নদী'), keys('Escape', 'Escape')],
  publish: [keys('ctrl+Return'), keys('Escape')],
  ways: [click('ways-menu'), keys('Escape')],
  schedule: [keys('ctrl+shift+Return'), keys('Escape')],
  palette: [keys('ctrl+k'), keys('Escape')],
  shortcuts: [keys('F1'), keys('Escape')],
  settings: [keys('ctrl+comma'), keys('Escape')],
  'settings-trial': [askedForTrial, keys('Escape')],
  outbox: [keys('ctrl+shift+o'), keys('Escape')],
  'outbox-paused': [paused, unpause],
  'sent-story': [published],
  'sent-ways': [click('ways-menu'), keys('Escape')],
  withdraw: [way('withdraw'), keys('Escape')],
  kill: [way('kill'), keys('Escape')],
  empty: [newStory, spikeIt],
};

function searchFor(words: string): Reach {
  return async (app) => {
    await app.click('search');
    await type(words);
  };
}

async function published(app: App): Promise<void> {
  await app.click('list-published');
  await app.click('story-row');
}

async function paused(app: App): Promise<void> {
  await press('ctrl+shift+o');
  await app.click('outbox-pause');
}

/** What is asked before a portal is tried. */
async function askedForTrial(app: App): Promise<void> {
  await press('ctrl+comma', 'Right');
  await app.click('trial-open');
}

async function unpause(app: App): Promise<void> {
  await app.click('outbox-pause');
  await press('Escape');
}

/** A dialog that the menu beside the button opens. */
function way(name: string): Reach {
  return async (app) => {
    await app.click('ways-menu');
    await app.click(`way-${name}`);
  };
}

async function newStory(app: App): Promise<void> {
  await press('ctrl+n');
  await app.click('tab-checks');
}

/** The next look finds the desk as this one did. */
async function spikeIt(app: App): Promise<void> {
  const { story } = await new Correspondent(app).saved();
  await app.rpc('spike', { story });
}

async function firstStart(look: Look): Promise<void> {
  const app = await App.open();
  await app.close();
  await inLook(app.store, look, async (fresh) => {
    await fresh.at('first-start-look-around');
    await picture(fresh, 'first-start', look);
    await fresh.click('first-start-connect');
    await picture(fresh, 'connect', look);
  });
}

async function everyScreen(store: string, look: Look): Promise<void> {
  await inLook(store, look, async (app) => {
    await app.click('list-drafts');
    await openSample(app);
    for (const [name, [reach, leave]] of Object.entries(SCREENS)) {
      await reach(app);
      await picture(app, name, look);
      await leave?.(app);
    }
  });
}

/** The first sample that is a draft still; it has a photo. */
async function openSample(app: App): Promise<void> {
  await app.click('story-row');
}

/** A store with the sample stories, one of them published; and its page, as readers get it. */
async function begin(): Promise<string> {
  const app = await App.open();
  try {
    const correspondent = new Correspondent(app);
    await correspondent.lookAround();
    await app.click('story-row');
    await correspondent.publish();
    await correspondent.delivery('confirmed', 60_000);
    const { rows } = await app.rpc<{ rows: { story: string }[] }>('list_stories', {
      list: 'published',
      section: null,
      limit: 1,
      after: null,
    });
    const { public_url: url } = await correspondent.story(rows[0]?.story ?? '');
    if (url === null) throw new Error('the portal named no public address');
    await readers(url);
    return app.store;
  } finally {
    await app.close();
  }
}

async function readers(url: string): Promise<void> {
  const pages = { page: url, front: new URL('/', url).href };
  for (const colorScheme of APPEARANCES) {
    for (const width of WIDTHS) {
      await asReader(width, async (page) => {
        await page.emulateMedia({ colorScheme });
        for (const [name, address] of Object.entries(pages)) {
          await page.goto(address, { waitUntil: 'networkidle' });
          const path = join(FOLDER, `${name}-${String(width)}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true });
        }
      });
    }
  }
  await asReader(360, async (page) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(FOLDER, 'page-phone.png') });
  });
}

const store = await begin();
for (const language of LANGUAGES) {
  for (const appearance of APPEARANCES) {
    await firstStart({ language, appearance });
    await everyScreen(store, { language, appearance });
    console.log(`${language}, ${appearance}: done`);
  }
}
const contrast = { language: 'bn', appearance: 'contrast' };
await inLook(store, contrast, async (app) => {
  await until('a story is open', async () => (await app.all('headline')).length > 0);
  await picture(app, 'story', contrast);
});
