/** Without a mouse. */
import assert from 'node:assert/strict';
import type { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inWindow } from './harness/suite.ts';
import { pause, until } from './harness/waiting.ts';
import { BRIDGE } from './stories.ts';

inWindow('a story is begun, written and published without a mouse', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await tabTo(app, 'first-start-look-around');
  await press('Return');
  await app.at('list-drafts', 30_000);
  await correspondent.newStory();
  await app.hasFocus('headline');
  await type(`${BRIDGE.headline}\n${BRIDGE.standfirst}\n${BRIDGE.byline}\n${BRIDGE.dateline}\n`);
  await type(BRIDGE.paragraphs[0]);
  await until('Enter led from field to field and into the text', async () => {
    return (await correspondent.bodyShown()).trim() === BRIDGE.paragraphs[0];
  });
  await tabTo(app, 'section');
  await press('Return', 'Down', 'Return');
  const { story } = await until('the story has a section', async () => {
    const saved = await correspondent.saved();
    return saved.content.section !== '' && saved;
  });
  await until('the story may be published', async () => {
    return (await (await app.at('publish')).getAttribute('data-ready')) === 'true';
  });
  await press('ctrl+Return');
  await tabTo(app, 'confirm-publish');
  await press('Return');
  await correspondent.delivery('confirmed', 60_000);
  assert.equal((await correspondent.story(story)).axes.public, 'live');
});

inWindow('F6 walks through every region and comes back', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  const walked: string[] = [];
  for (let step = 0; step < 10; step += 1) {
    await press('F6');
    walked.push(await region(app));
  }
  const different = new Set(walked.filter((name) => name !== ''));
  assert.ok(different.size >= 3, `regions reached: ${walked.join(', ')}`);
  const period = walked.indexOf(walked[0] ?? '', 1);
  assert.ok(period >= 3 && !walked.includes(''), `it walks in a circle: ${walked.join(', ')}`);
});

inWindow('the command palette finds an act by its words, and gives the caret back', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  await app.hasFocus('headline');
  await press('ctrl+k');
  await app.at('palette');
  await press('Escape');
  await app.hasFocus('headline');
  await press('ctrl+k');
  await app.at('palette');
  await type('settings\n');
  await app.at('settings');
  await press('Escape');
  await app.hasFocus('headline');
});

inWindow('a dialog leaves the sheet where it was read', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await app.click('story-row');
  await until('the text has the focus', () => inText(app));
  // The caret is at the end of the text, out of sight of who reads its beginning.
  await press('ctrl+End');
  const read = await app.run<number>(`${SHEET} sheet.scrollTop = 120; return sheet.scrollTop;`);
  assert.equal(read, 120);
  await press('ctrl+Return');
  await app.at('confirm-publish');
  await press('Escape');
  await until('the text has the focus again', () => inText(app));
  await app.settled();
  // The engine gives a text that has the focus back its selection a moment later.
  await pause(300);
  assert.equal(await app.run<number>(`${SHEET} return sheet.scrollTop;`), read);
  await type('x');
  await until('the next letter brings the caret into view', async () => {
    return (await app.run<number>(`${SHEET} return sheet.scrollTop;`)) > read;
  });
});

const SHEET = `const sheet = document.querySelector('[data-testid="body"]').closest('.scroll');`;

/** Presses Tab until the element has the focus, as a person would. */
async function tabTo(app: App, id: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if ((await app.focused()) === id) return;
    await press('Tab');
  }
  throw new Error(`Tab does not lead to ${id}`);
}

async function inText(app: App): Promise<boolean> {
  return app.run<boolean>(`return document.activeElement?.classList.contains('story-text') ?? false;`);
}

/** The name of the region that has the focus. */
async function region(app: App): Promise<string> {
  return app.run<string>(
    `return document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? '';`,
  );
}
