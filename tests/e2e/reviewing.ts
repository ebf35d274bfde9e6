/** Pictures of what an editor does besides the text: suggestions, named versions, packages, what holds a story back. */
import type { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inLook, picture, type Look } from './harness/looks.ts';
import { freshFolder } from './harness/paths.ts';
import { until } from './harness/waiting.ts';
import { bridge, plainBridge } from './stories.ts';

const LOOKS: Look[] = [
  { language: 'bn', appearance: 'light' },
  { language: 'en', appearance: 'dark' },
];
const CHANGED = 'ধরলা সেতুর সংস্কার শেষ হচ্ছে বর্ষার আগেই';

async function reviewed(look: Look): Promise<void> {
  await inLook(freshFolder('reviewing'), look, async (app) => {
    const editor = new Correspondent(app);
    await editor.lookAround();
    await editor.writeReady(await bridge());
    await suggestions(app, look);
    await versions(app, look);
    await editor.publish();
    await editor.delivery('confirmed', 60_000);
    await press('ctrl+shift+o');
    await app.at('original', 20_000);
    await picture(app, 'outbox-originals', look);
    await press('Escape');
    await aPackage(editor, look);
    await held(editor, look);
    await embargoed(editor, look);
  });
}

async function suggestions(app: App, look: Look): Promise<void> {
  await app.click('headline');
  await press('ctrl+a', 'ctrl+shift+s');
  await app.hasFocus('suggestion-words');
  await press('ctrl+a');
  await type(CHANGED);
  await picture(app, 'suggest', look);
  await kept(app);
  await new Correspondent(app).goToBody();
  await press('shift+Home', 'ctrl+shift+s');
  await app.hasFocus('suggestion-words');
  await press('End');
  await type(' বুধবার।');
  await kept(app);
  await picture(app, 'suggestions', look);
  await app.click('suggestions-accept');
  await until('both are in the text', async () => (await app.all('suggestion-accept')).length === 0);
}

async function kept(app: App): Promise<void> {
  const before = (await app.all('note')).length;
  await press('ctrl+Return');
  await until('the suggestion is kept', async () => (await app.all('note')).length > before);
}

async function versions(app: App, look: Look): Promise<void> {
  await app.click('tab-history');
  await app.click('keep-version');
  await app.click('revision-1');
  await app.click('name-version');
  await type('প্রথম পাঠ');
  await press('Return');
  await app.at('version-name');
  await picture(app, 'version-name', look);
  await press('Escape');
  await app.click('tab-details');
}

async function aPackage({ app }: Correspondent, look: Look): Promise<void> {
  await app.click('ways-menu');
  await app.click('save-as-package');
  await app.at('package-what');
  await picture(app, 'package', look);
  await press('Escape');
}

async function held(editor: Correspondent, look: Look): Promise<void> {
  const { app } = editor;
  await editor.chooseWay('way-flag');
  await app.hasFocus('flag-reason');
  await type('মানহানির আশঙ্কা; আইনজীবী দেখছেন');
  await picture(app, 'flag', look);
  await press('ctrl+Return');
  await app.at('held-legal');
  await picture(app, 'held', look);
  await app.click('held-clear_flag');
  await app.hasFocus('flag-reason');
  await type('আইনজীবী দেখে সম্মতি দিয়েছেন');
  await picture(app, 'clear-flag', look);
  await press('ctrl+Return');
  await until('it is cleared', async () => (await app.all('held-legal')).length === 0);
  await editor.byPalette('morning sheet');
  await app.at('sheet-line');
  await picture(app, 'sheet', look);
  await press('Escape');
}

async function embargoed(editor: Correspondent, look: Look): Promise<void> {
  const { app } = editor;
  await editor.writeWords(plainBridge());
  await app.click('tab-details');
  await app.click('embargo-give');
  const month = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  await editor.setTime('embargo-until', `${month}T06:00`);
  await app.click('embargo-set');
  await app.at('held-embargo');
  await picture(app, 'embargo', look);
}

for (const look of LOOKS) {
  await reviewed(look);
  console.log(`${look.language}, ${look.appearance}: done`);
}
