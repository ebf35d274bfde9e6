/** What holds a story back from its readers, and what the morning sheet tells of it afterwards. */
import assert from 'node:assert/strict';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inWindow } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { BRIDGE, plainBridge } from './stories.ts';

const WHY = 'মানহানির আশঙ্কা; আইনজীবী দেখছেন';
const CLEARED = 'আইনজীবী দেখে সম্মতি দিয়েছেন';

inWindow(
  'a legal flag keeps a story from its readers until it is cleared, and the sheet tells',
  {},
  async (app) => {
    const editor = new Correspondent(app);
    await editor.lookAround();
    const story = await editor.writeWords(plainBridge());
    await editor.publish();
    await editor.delivery('confirmed', 60_000);
    await editor.write(`\n${BRIDGE.paragraphs[1]}`);
    await editor.chooseWay('way-flag');
    await app.hasFocus('flag-reason');
    await press('ctrl+Return');
    await app.hasFocus('flag-reason');
    await type(WHY);
    await press('ctrl+Return');
    await until('the flag stands above the story', async () => (await app.text('held-legal')).includes(WHY));
    await press('ctrl+Return');
    await until('the key says why not', async () => (await app.text('toast')).includes('আইনি আপত্তি'));
    const { public_url: url } = await editor.story(story);
    assert.ok(!(await page(url)).includes(BRIDGE.paragraphs[1]), 'nothing new went to the readers');

    await app.click('held-clear_flag');
    await app.hasFocus('flag-reason');
    await type(CLEARED);
    await press('ctrl+Return');
    await until('nothing holds it back', async () => (await app.all('held-legal')).length === 0);
    await until('the rest may follow', async () => {
      return (await (await app.at('publish')).getAttribute('data-ready')) === 'true';
    });

    await editor.byPalette('morning sheet');
    await until('the sheet is the portal’s', async () => {
      return (await (await app.at('sheet-source')).getAttribute('data-source')) === 'portal';
    });
    const line = await app.at('sheet-line');
    assert.equal(await line.getAttribute('data-command'), 'clear_flag');
    assert.ok((await line.getText()).includes(CLEARED));
  },
);

inWindow('an embargo refuses a publication before its time, and is lifted', {}, async (app) => {
  const editor = new Correspondent(app);
  await editor.lookAround();
  const story = await editor.writeWords(plainBridge());
  await app.click('tab-details');
  await app.click('embargo-give');
  await editor.setTime('embargo-until', '2099-01-02T06:00');
  await until('it says that this is too far', async () => {
    return (await (await app.at('embargo-until')).getAttribute('aria-invalid')) === 'true';
  });
  assert.equal(await (await app.at('embargo-set')).isEnabled(), false);
  const month = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  await editor.setTime('embargo-until', `${month}T06:00`);
  await app.click('embargo-set');
  await app.at('held-embargo');
  const set = (await (await app.at('embargo')).getAttribute('data-until')) ?? '';
  assert.equal(Date.parse(set), Date.parse(`${month}T06:00:00+06:00`), 'the hour is Dhaka’s');
  await press('ctrl+Return');
  await app.at('confirm-publish');
  await app.click('confirm-publish');
  await until('it says why not', async () => (await app.all('toast')).length > 0);
  await press('Escape');
  assert.equal((await editor.story(story)).axes.public, 'never');

  await app.click('embargo-lift');
  await until('the banner is gone', async () => (await app.all('held-embargo')).length === 0);
  await editor.publish();
  await editor.delivery('confirmed', 60_000);
  assert.equal((await editor.story(story)).axes.public, 'live');
});

async function page(url: string | null): Promise<string> {
  return (await fetch(url ?? '')).text();
}
