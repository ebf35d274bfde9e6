/**
 * Pictures of what nobody wants to see and everybody must understand: a portal that keeps a story otherwise, a version
 * of somebody else's there, and a set time at which nothing was published. The last two by the real WordPress, which
 * does both.
 */
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press } from './harness/keys.ts';
import { inLook, picture, type Look } from './harness/looks.ts';
import { freshFolder } from './harness/paths.ts';
import { Newsite } from './harness/portal.ts';
import { startWordPress, type WordPress } from './harness/wordpress.ts';
import { bridge, BRIDGE } from './stories.ts';

const LOOKS: Look[] = [
  { language: 'bn', appearance: 'light' },
  { language: 'en', appearance: 'dark' },
];
/** A portal takes no time that is nearer, and the window waits one minute more before it says so. */
const SOON = 70_000;
const MISSED = 240_000;

async function inOutbox(app: App, name: string, look: Look): Promise<void> {
  await picture(app, `story-${name}`, look);
  await press('ctrl+shift+o');
  await app.at('outbox');
  await picture(app, `outbox-${name}`, look);
  await press('Escape');
}

/** The portal drops the photo's credit. */
async function keptOtherwise(look: Look): Promise<void> {
  const portal = await Newsite.start(['drop-credit']);
  try {
    await inLook(freshFolder('store'), look, async (app) => {
      const correspondent = new Correspondent(app);
      await correspondent.connect({ url: portal.url, ...portal.editor });
      await correspondent.writeReady(await bridge());
      await correspondent.publish();
      await correspondent.delivery('blocked', 60_000);
      await inOutbox(app, 'otherwise', look);
    });
  } finally {
    await portal.down();
  }
}

async function onWordPress(site: WordPress, look: Look): Promise<void> {
  await inLook(freshFolder('store'), look, async (app) => {
    const correspondent = new Correspondent(app);
    const { password = '' } = site.users['editor'] ?? {};
    await correspondent.connect({ url: site.url, user: 'editor', password, kind: 'wordpress' });
    await changedThere(correspondent, site, look);
    await missed(correspondent, look);
  });
}

async function changedThere(correspondent: Correspondent, site: WordPress, look: Look): Promise<void> {
  const { app } = correspondent;
  const story = await correspondent.writeReady(await bridge('politics'));
  await correspondent.publish();
  await correspondent.delivery('confirmed', 60_000);
  await retitle(site, (await correspondent.story(story)).public_url ?? '');
  await app.click('list-published');
  await app.click('story-row');
  await correspondent.fill('standfirst', BRIDGE.standfirst);
  await correspondent.publish();
  // It asks first what kind of change it is, with the first kind in focus.
  await press('space');
  await picture(app, 'change-untold', look);
  await app.click('confirm-publish');
  await correspondent.delivery('blocked', 60_000);
  await inOutbox(app, 'theirs', look);
  await app.click('see-theirs');
  await app.at('difference');
  await picture(app, 'compared', look);
  await press('Escape');
  await app.click('merge-begin');
  await app.at('merge');
  await picture(app, 'merging', look);
  await press('Escape');
}

/** What somebody does in WordPress itself. */
async function retitle(site: WordPress, page: string): Promise<void> {
  const number = /\bpostid-(\d+)\b/.exec(await (await fetch(page)).text())?.[1] ?? '';
  const { password = '' } = site.users['editor'] ?? {};
  const authorization = `Basic ${Buffer.from(`editor:${password}`).toString('base64')}`;
  const answer = await fetch(`${site.url}wp-json/wp/v2/posts/${number}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'ধরলা সেতু খুলছে জ্যৈষ্ঠের শেষে' }),
  });
  if (!answer.ok) throw new Error(`WordPress answers ${String(answer.status)}`);
}

/** Nobody visits the site at the set time, and so WordPress does nothing. */
async function missed(correspondent: Correspondent, look: Look): Promise<void> {
  const { app } = correspondent;
  const story = await correspondent.writeReady(await bridge('politics'));
  const { counter } = await correspondent.story(story);
  const at = new Date(Math.ceil((Date.now() + SOON) / 60_000) * 60_000).toISOString();
  await app.rpc('schedule', { story, counter, at });
  await app.at('missed', MISSED);
  await picture(app, 'missed', look);
}

const site = startWordPress();
for (const look of LOOKS) {
  await keptOtherwise(look);
  if (!('missing' in site)) await onWordPress(site, look);
  console.log(`${look.language}, ${look.appearance}: done`);
}
if ('missing' in site) console.log(site.missing);
