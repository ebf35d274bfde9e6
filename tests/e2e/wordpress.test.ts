/** From the real window to the real WordPress, and what an editor finds there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { App } from './harness/app.ts';
import { Correspondent, type Story } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { outputFolder } from './harness/paths.ts';
import { cameraPhoto } from './harness/pictures.ts';
import { asReader } from './harness/reader.ts';
import { LIMIT, watched } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import {
  blocksOf,
  featuredPhoto,
  openInEditor,
  startWordPress,
  type WordPress,
} from './harness/wordpress.ts';
import { BRIDGE } from './stories.ts';

const FOLDER = outputFolder('screenshots');
const LEAD = 'ধরলা সেতুর সংস্কার জ্যৈষ্ঠ মাসেই শেষ হবে।';
const MORE = 'বৃষ্টি নামলে নৌকাই ছিল ভরসা।';
const LAST = 'খরচ প্রায় ১২ কোটি টাকা।';
const HEADING = 'নদীর দুই পারে অপেক্ষা';
const QUOTE = 'সেতু হলে মেয়েটা আর ক্লাস বাদ দেবে না।';
const ITEMS = ['কাজ শুরু: পৌষ', 'শেষ হবে: জ্যৈষ্ঠ'];
const CELLS = ['খাত', 'টাকা', 'পাটাতন', '৭ কোটি', 'রেলিং', '৫ কোটি'];

const site = startWordPress();
const skip = 'missing' in site ? site.missing : false;

test(
  'published on WordPress, a story opens there as an editor’s own blocks',
  { timeout: LIMIT, skip },
  async () => {
    if ('missing' in site) return;
    const app = await App.open();
    await watched('published on WordPress', app, async () => {
      const correspondent = new Correspondent(app);
      const { password = '' } = site.users['editor'] ?? {};
      await correspondent.connect({ url: site.url, user: 'editor', password, kind: 'wordpress' });
      const story = await written(correspondent);
      await correspondent.publish();
      await correspondent.delivery('confirmed', 60_000);
      await app.at('open-public');
      const published = await correspondent.story(story);
      assert.equal(published.axes.public, 'live');
      const post = await readersGet(published);
      await editorsGet(site, post);
    });
  },
);

async function written(correspondent: Correspondent): Promise<string> {
  const { app } = correspondent;
  await correspondent.newStory();
  for (const field of ['headline', 'byline'] as const) await correspondent.fill(field, BRIDGE[field]);
  // An empty line leaves what it stands in.
  for (const piece of [
    LEAD,
    `\n## ${HEADING}`,
    `\n${MORE}`,
    `\n> ${QUOTE}`,
    `\n\n- ${ITEMS.join('\n')}`,
    `\n\n${LAST}`,
  ])
    await correspondent.write(piece);
  await app.click('insert-menu');
  await app.click('insert-table');
  const inTable = `const at = document.getSelection()?.anchorNode;
    const cell = (at instanceof Element ? at : at?.parentElement)?.closest('th');
    return cell instanceof Element && document.activeElement?.classList.contains('ProseMirror');`;
  await until('the caret is in the first cell', () => app.run<boolean>(inTable));
  for (const [index, cell] of CELLS.entries()) {
    if (index > 0) await press('Tab');
    await type(cell);
  }
  await correspondent.attachPhoto(await cameraPhoto(), BRIDGE.photo);
  await correspondent.chooseSection('politics');
  const { story, content } = await until('the story is on disk', async () => {
    const saved = await correspondent.saved();
    return saved.content.photos[0]?.alt === BRIDGE.photo.alt && saved.content.section !== '' && saved;
  });
  for (const words of [HEADING, QUOTE, ...ITEMS, ...CELLS]) assert.ok(content.body.includes(words), words);
  return story;
}

/** The public page; the answer is the post's number. */
async function readersGet({ public_url: url }: Story): Promise<string> {
  return asReader(1280, async (page) => {
    await page.goto(url ?? '', { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(FOLDER, 'wordpress-page.png'), fullPage: true });
    const text = await page.locator('body').innerText();
    for (const words of [BRIDGE.headline, HEADING, QUOTE, ...ITEMS, ...CELLS, LEAD, MORE, LAST])
      assert.ok(text.includes(words), words);
    const classes = (await page.locator('body').getAttribute('class')) ?? '';
    return /\bpostid-(\d+)\b/.exec(classes)?.[1] ?? '';
  });
}

async function editorsGet(wordpress: WordPress, post: string): Promise<void> {
  await asReader(1280, async (page) => {
    await openInEditor(page, wordpress, 'editor', post);
    const blocks = await blocksOf(page);
    const names = blocks.map(({ name }) => name);
    for (const name of ['paragraph', 'heading', 'quote', 'list', 'list-item', 'table'])
      assert.ok(names.includes(`core/${name}`), `${name}: ${names.join(' ')}`);
    assert.deepEqual(
      blocks.filter(({ isValid }) => !isValid),
      [],
    );
    for (const name of ['core/freeform', 'core/html', 'core/missing']) assert.ok(!names.includes(name), name);
    const photo = await featuredPhoto(page);
    for (const words of [BRIDGE.photo.caption, BRIDGE.photo.credit])
      assert.ok(photo.caption.raw.includes(words), words);
    assert.equal(photo.alt_text, BRIDGE.photo.alt);
    await page.screenshot({ path: join(FOLDER, 'wordpress-editor.png') });
    const text = await page.locator('body').innerText();
    assert.ok(!text.includes('unexpected or invalid content'), text);
  });
}
