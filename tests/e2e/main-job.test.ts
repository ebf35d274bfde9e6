/** The main job, from an empty machine to a reader's screen. */
import assert from 'node:assert/strict';
import { By } from 'selenium-webdriver';
import type { App } from './harness/app.ts';
import { Correspondent, type Story } from './harness/correspondent.ts';
import { type } from './harness/keys.ts';
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
  await previewShows(app);
  await correspondent.publish();
  await correspondent.delivery('confirmed', 60_000);
  await readersGet(await correspondent.story(story.story));
});

async function write(correspondent: Correspondent): Promise<void> {
  await correspondent.fill('headline', BRIDGE.headline);
  await correspondent.fill('standfirst', BRIDGE.standfirst);
  await correspondent.fill('byline', BRIDGE.byline);
  await correspondent.fill('dateline', BRIDGE.dateline);
  await correspondent.app.click('body');
  await type(BRIDGE.paragraphs.join('\n'));
}

async function previewShows(app: App): Promise<void> {
  const frame = await app.at('preview-frame');
  await app.driver.switchTo().frame(frame);
  const shown = await until('the preview shows the story', async () => {
    const text = await app.driver.findElement(By.css('body')).getText();
    return text.includes(BRIDGE.paragraphs[2]) && text.includes(BRIDGE.photo.caption) && text;
  });
  const drawn = `return [...document.images].some((image) => image.complete && image.naturalWidth > 600);`;
  await until('the preview shows the photo', () => app.run<boolean>(drawn));
  await app.driver.switchTo().defaultContent();
  for (const part of [BRIDGE.headline, BRIDGE.standfirst, BRIDGE.byline, BRIDGE.photo.credit]) {
    assert.ok(shown.includes(part), part);
  }
}

async function readersGet(story: Story): Promise<void> {
  assert.equal(story.axes.public, 'live');
  assert.ok(story.public_url, 'the story has a public address');
  const url = story.public_url;
  await asReader(1280, async (page) => {
    await page.goto(url);
    assert.equal(await page.locator('h1').innerText(), BRIDGE.headline);
    const text = await page.locator('body').innerText();
    const parts = [
      BRIDGE.standfirst,
      BRIDGE.dateline,
      ...BRIDGE.paragraphs,
      ...Object.values(BRIDGE.photo).slice(0, 2),
    ];
    for (const part of parts) assert.ok(text.includes(part), part);
    const photo = page.getByAltText(BRIDGE.photo.alt).first();
    const address = await photo.evaluate((image: HTMLImageElement) => image.currentSrc);
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    const found = metadataOf(bytes);
    for (const secret of SECRETS) assert.ok(!found.includes(secret), found);
    assert.ok(!/\[(GPS|XMP[^\]]*|ExifIFD|IFD0)\]/.test(found), found);
  });
}
