/** Pictures of a correction: the live page and the difference in the preview, and the places where readers meet it. */
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inLook, picture, type Look } from './harness/looks.ts';
import { freshFolder } from './harness/paths.ts';
import { until } from './harness/waiting.ts';
import { bridge, BRIDGE } from './stories.ts';

const LOOKS: Look[] = [
  { language: 'bn', appearance: 'light' },
  { language: 'en', appearance: 'dark' },
];
const CHANGED = 'বর্ষার পরে শেষ হচ্ছে ধরলা সেতুর সংস্কার';

async function corrected(look: Look): Promise<void> {
  await inLook(freshFolder('correcting'), look, async (app) => {
    const editor = new Correspondent(app);
    await editor.lookAround();
    const story = await editor.writeReady(await bridge());
    await editor.publish();
    await editor.delivery('confirmed', 60_000);
    await app.click('headline');
    await press('ctrl+a');
    await type(CHANGED);
    await until('every letter is there', async () => (await editor.value('headline')) === CHANGED);
    await editor.write('\nকাজে ব্যয় হয়েছে প্রায় ১২ কোটি টাকা।');
    await until('it is on disk', async () => (await editor.story(story)).content.body.includes('১২ কোটি'));
    await editor.previewShows(CHANGED);
    const choose = (page: string) =>
      app.run(`document.querySelector('input[type="radio"][value="${page}"]').click();`);
    await choose('live');
    await editor.previewShows(BRIDGE.headline);
    await picture(app, 'preview-live', look);
    await choose('changes');
    await app.at('preview-changes');
    await app.click('preview-next');
    await picture(app, 'preview-changes', look);
    await app.click('preview-full');
    await app.run(`document.querySelector('.full input[type="radio"][value="1280"]').click();`);
    await picture(app, 'preview-changes-desktop', look);
    await app.run(`document.querySelector('.full [data-testid="preview-full"]').click();`);
    await press('ctrl+Return');
    await app.at('confirm-publish');
    await app.run(`document.querySelector('[role="dialog"] input[type="radio"]').click();`);
    await press('ctrl+Return');
    await until('the places were read', async () => (await app.all('places-line')).length === 1, 60_000);
    await until('it is said', async () => /আর কোথাও|anywhere/.test(await app.text('places-line')), 60_000);
    await picture(app, 'places-line', look);
    await app.click('see-places');
    await app.at('places-said');
    await picture(app, 'places', look);
  });
}

for (const look of LOOKS) {
  await corrected(look);
  console.log(`${look.language}, ${look.appearance}: done`);
}
