/** The guided demo: the main job in the real window, step by step, with a picture of each. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { outputFolder } from './harness/paths.ts';
import { cameraPhoto } from './harness/pictures.ts';
import { asReader } from './harness/reader.ts';
import { pause, until } from './harness/waiting.ts';
import { bridge, BRIDGE } from './stories.ts';

const FOLDER = outputFolder('demo');
/** Milliseconds until lists have followed and nothing moves any more. */
const SETTLES = 1_000;
let steps = 0;

function file(name: string): string {
  return join(FOLDER, `${String(steps).padStart(2, '0')}-${name}.png`);
}

async function step(app: App, name: string, words: string, act: () => Promise<unknown>): Promise<void> {
  steps += 1;
  console.log(`${String(steps)}. ${words}`);
  await act();
  await pause(SETTLES);
  await app.picture(file(name));
}

async function write(correspondent: Correspondent): Promise<void> {
  for (const field of ['headline', 'standfirst', 'byline', 'dateline'] as const) {
    await correspondent.fill(field, BRIDGE[field]);
  }
  await correspondent.write(BRIDGE.paragraphs.join('\n'));
}

async function demonstrate(app: App): Promise<void> {
  const correspondent = new Correspondent(app);
  await app.picture(file('first-start'));
  await step(app, 'desk', 'Look around with the built-in portal: one click, no account.', () =>
    correspondent.lookAround(),
  );
  await step(app, 'story', 'Write a story in Bengali, with real keys.', async () => {
    await correspondent.newStory();
    await write(correspondent);
    await correspondent.chooseSection(BRIDGE.section);
  });
  await step(app, 'photo', 'Attach a photo with caption, credit and alternative text.', async () => {
    await correspondent.attachPhoto(await cameraPhoto(), BRIDGE.photo);
  });
  const { story } = await until('the story is on disk', async () => {
    const saved = await correspondent.saved();
    return saved.content.photos.length > 0 && saved;
  });
  await step(app, 'preview', 'See the page as readers will get it.', () =>
    correspondent.previewShows(BRIDGE.photo.caption),
  );
  await step(
    app,
    'published',
    'Publish it to the built-in portal, and wait for its confirmation.',
    async () => {
      await correspondent.publish();
      await correspondent.delivery('confirmed', 60_000);
    },
  );
  const { public_url: url } = await correspondent.story(story);
  if (url === null) throw new Error('the portal named no public address');
  await read(url);
  await handOver(app, correspondent);
}

/** The way between author and desk, from chair to chair of the built-in portal's newsroom. */
async function handOver(app: App, person: Correspondent): Promise<void> {
  let story = '';
  await step(app, 'filed', 'Sit in the correspondent’s chair, and file a story to the desk.', async () => {
    await person.sit('correspondent');
    story = await person.writeReady(await bridge());
    await person.publish();
    await person.delivery('confirmed', 60_000);
  });
  await step(app, 'taken', 'Sit in the editor’s chair, and take it from the queue.', async () => {
    await person.sit('editor');
    await person.take(story);
  });
}

async function read(url: string): Promise<void> {
  for (const width of [1280, 360]) {
    steps += 1;
    console.log(`${String(steps)}. Read ${url} in Chromium, ${String(width)} pixels wide.`);
    const html = await asReader(width, async (page) => {
      await page.goto(url, { waitUntil: 'networkidle' });
      await page.screenshot({ path: file(`reader-${String(width)}`), fullPage: true });
      return page.content();
    });
    writeFileSync(join(FOLDER, 'published.html'), html);
  }
}

const app = await App.open();
try {
  await demonstrate(app);
  console.log('The pictures and the published page are in target/demo.');
} catch (error) {
  await app.evidence('demo').catch(() => undefined);
  throw error;
} finally {
  await app.close();
}
