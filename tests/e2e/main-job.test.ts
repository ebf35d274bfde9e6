/** The main job, from an empty machine to a reader's screen. */
import assert from 'node:assert/strict';
import { Correspondent, type Story } from './harness/correspondent.ts';
import { cameraPhoto, metadataOf, SECRETS } from './harness/pictures.ts';
import { asReader } from './harness/reader.ts';
import { inWindow } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { BRIDGE } from './stories.ts';

inWindow('a story with a photo is written, previewed, published, and read in a browser', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  await write(correspondent);
  await correspondent.attachPhoto(await cameraPhoto(), BRIDGE.photo);
  await correspondent.chooseSection(BRIDGE.section);
  const story = await until('the whole story is on disk', async () => {
    const saved = await correspondent.saved();
    return saved.content.photos[0]?.alt === BRIDGE.photo.alt && saved;
  });
  assert.equal(story.content.headline, BRIDGE.headline);
  assert.equal(story.content.body.trim(), BRIDGE.paragraphs.join('\n\n'));
  await previewShows(correspondent);
  await correspondent.publish();
  await correspondent.delivery('confirmed', 60_000);
  await readersGet(await correspondent.story(story.story));
});

/** What the page must say, in the preview as for a reader. */
const PARTS = [
  BRIDGE.headline,
  BRIDGE.standfirst,
  BRIDGE.byline,
  BRIDGE.dateline,
  ...BRIDGE.paragraphs,
  BRIDGE.photo.caption,
  BRIDGE.photo.credit,
];

async function write(correspondent: Correspondent): Promise<void> {
  await correspondent.fill('headline', BRIDGE.headline);
  await correspondent.fill('standfirst', BRIDGE.standfirst);
  await correspondent.fill('byline', BRIDGE.byline);
  await correspondent.fill('dateline', BRIDGE.dateline);
  await correspondent.write(BRIDGE.paragraphs.join('\n'));
}

/** The frame's page says what was written, and the photo is drawn in it. */
async function previewShows(correspondent: Correspondent): Promise<void> {
  const frame = await correspondent.previewShows(BRIDGE.photo.caption);
  const { app } = correspondent;
  const page = 'const page = arguments[0].contentDocument;';
  const shown = await app.run<string>(`${page} return page.body.innerText;`, frame);
  for (const part of PARTS) assert.ok(shown.includes(part), part);
  const drawn = `${page} return [...page.images].some((image) => image.complete && image.naturalWidth > 600);`;
  await until('the preview shows the photo', () => app.run<boolean>(drawn, frame));
}

async function readersGet(story: Story): Promise<void> {
  assert.equal(story.axes.public, 'live');
  assert.ok(story.public_url, 'the story has a public address');
  const url = story.public_url;
  await asReader(1280, async (page) => {
    await page.goto(url);
    assert.equal(await page.locator('h1').innerText(), BRIDGE.headline);
    const text = await page.locator('body').innerText();
    for (const part of PARTS) assert.ok(text.includes(part), part);
    const photo = page.getByAltText(BRIDGE.photo.alt).first();
    const address = await photo.evaluate((image: HTMLImageElement) => image.currentSrc);
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    const found = metadataOf(bytes);
    for (const secret of SECRETS) assert.ok(!found.includes(secret), found);
    assert.ok(!/\[(GPS|XMP[^\]]*|ExifIFD|IFD0)\]/.test(found), found);
  });
}
