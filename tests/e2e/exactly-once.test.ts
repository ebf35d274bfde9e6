/** A line that is cut, a quit in between, a key that is taken away: one article each in the end, and one question. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from './harness/app.ts';
import { Correspondent, type Story } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { Line, type Asked } from './harness/line.ts';
import { cameraPhoto } from './harness/pictures.ts';
import { Newsite } from './harness/portal.ts';
import { inWindow, LIMIT, watched } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { BRIDGE } from './stories.ts';

/** Waiting for a next attempt that the program decides upon. */
const BY_ITSELF = 75_000;

const isUpload = ({ path, bytes }: Asked): boolean => path.startsWith('/api/v1/uploads') && bytes > 1_000;
const isPublication = ({ path }: Asked): boolean => path.endsWith('/transitions');

for (const { cut, when, fault } of [
  { cut: 'in the middle of a photo', when: isUpload, fault: 'half the request' },
  { cut: 'before the answer to the publication', when: isPublication, fault: 'no answer' },
] as const) {
  test(`cut ${cut}, quit and started again, a story is published once`, { timeout: LIMIT }, async () => {
    await withLine(async (line, portal) => {
      let broken = false;
      line.bend((asked) => {
        if (broken) return 'cut';
        broken = when(asked);
        return broken ? fault : undefined;
      });
      const first = await App.open();
      let story = '';
      await watched(`cut ${cut}`, first, async () => {
        const correspondent = new Correspondent(first);
        await signIn(correspondent, line, portal);
        story = await written(correspondent);
        await correspondent.publish();
        await until('the line is cut', () => Promise.resolve(broken), 60_000);
        assert.notEqual((await correspondent.story(story)).axes.public, 'live', 'nothing is claimed');
      });
      line.calm();
      const again = await App.open({ store: first.store });
      await watched(`cut ${cut}, started again`, again, async () => {
        const correspondent = new Correspondent(again);
        await live(correspondent, story);
        await again.click('list-published');
        await again.click('story-row');
        await correspondent.delivery('confirmed');
        await again.at('open-public');
        await isThereOnce(await correspondent.story(story), portal);
      });
    });
  });
}

inWindow(
  'a key that the portal takes no more is one question, and then everything goes on',
  {},
  async (app) => {
    await withLine(async (line, portal) => {
      const correspondent = new Correspondent(app);
      await signIn(correspondent, line, portal);
      line.bend(() => 'cut');
      const stories: string[] = [];
      for (const number of ['১', '২', '৩']) stories.push(await sent(app, `${BRIDGE.headline} (${number})`));
      assert.deepEqual(await app.all('sign-in-again'), [], 'nobody is asked while the line is down');
      await line.signOut();
      const before = line.asked.filter(({ path }) => path.includes('/stories/')).length;
      line.calm();

      await app.at('sign-in-again', BY_ITSELF);
      await app.click('again-password');
      await type('bhul-password');
      await press('Return');
      await until('the wrong password is told', async () => {
        return (await (await app.at('again-password')).getAttribute('aria-invalid')) === 'true';
      });
      assert.equal((await app.all('sign-in-again')).length, 1, 'one question for three stories');
      const knocks = line.asked.filter(({ path }) => path.includes('/stories/')).length - before;
      assert.ok(knocks <= stories.length, `${String(knocks)} knocks at a shut door`);

      await app.click('again-password');
      await type(portal.editor.password);
      await press('Return');
      for (const story of stories) await live(correspondent, story);
      assert.deepEqual(await app.all('sign-in-again'), [], 'the question is gone');
      for (const story of stories) await isThereOnce(await correspondent.story(story), portal);
    });
  },
);

async function withLine(act: (line: Line, portal: Newsite) => Promise<void>): Promise<void> {
  const portal = await Newsite.start();
  const line = await Line.to(portal);
  try {
    await act(line, portal);
  } finally {
    await line.close();
    await portal.down();
  }
}

async function signIn(correspondent: Correspondent, line: Line, portal: Newsite): Promise<void> {
  const { user, password } = portal.editor;
  await correspondent.connect({ url: line.url, user, password });
}

/** A story with a photo that nothing blocks; its id. */
async function written(correspondent: Correspondent): Promise<string> {
  await correspondent.newStory();
  await correspondent.fill('headline', BRIDGE.headline);
  await correspondent.fill('byline', BRIDGE.byline);
  await correspondent.write(BRIDGE.paragraphs[0]);
  await correspondent.attachPhoto(await cameraPhoto(), BRIDGE.photo);
  await correspondent.chooseSection(BRIDGE.section);
  const { story } = await until('the story is on disk', async () => {
    const saved = await correspondent.saved();
    return (
      saved.content.section === BRIDGE.section && saved.content.photos[0]?.alt === BRIDGE.photo.alt && saved
    );
  });
  return story;
}

/** A story that is written and published past the window's fields: what they do is tested elsewhere. */
async function sent(app: App, headline: string): Promise<string> {
  const { story, counter, content } = await app.rpc<Story>('new_story', {});
  const { byline, section, paragraphs } = BRIDGE;
  const said = { ...content, headline, byline, section, body: paragraphs[0] };
  await app.rpc('save_draft', { story, counter: counter + 1, content: said, undo: null });
  await app.rpc('publish', { story, counter: counter + 1, send_until: null });
  return story;
}

async function live(correspondent: Correspondent, story: string): Promise<void> {
  const isLive = async (): Promise<boolean> => (await correspondent.story(story)).axes.public === 'live';
  await until('readers have the story', isLive, BY_ITSELF);
}

/** In the portal's feed and on a page of its own: one article with this headline. */
async function isThereOnce({ content, public_url: url }: Story, portal: Newsite): Promise<void> {
  const feed = await (await fetch(`${portal.url}/feed.xml`)).text();
  assert.equal(feed.split(`<title>${content.headline}</title>`).length - 1, 1, content.headline);
  const page = await fetch((url ?? '').replace(/^http:\/\/[^/]+/, portal.url));
  assert.equal(page.status, 200);
  const text = await page.text();
  assert.ok(text.includes(content.headline));
  for (const { caption } of content.photos) assert.ok(text.includes(caption), caption);
}
