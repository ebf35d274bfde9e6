// Looks at the window: build it with `npx vite build --config tests/browser/vite.config.ts --outDir FOLDER`, serve FOLDER on
// port 1431, then `node tests/browser/shots.mjs PICTURES [NAMES]`.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const folder = process.argv[2] ?? 'target/shots';
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

async function shot(name, query, { width = 1366, height = 768, act } = {}) {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('console', (line) => line.type() === 'error' && console.log(name, line.text()));
  page.on('pageerror', (error) => console.log(name, String(error)));
  await page.goto(`http://localhost:1431/tests/browser/index.html?${query}`);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  if (act) await act(page);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}

const only = process.argv[3];
const shots = {
  desk: ['', {}],
  dark: ['appearance=dark', { act: (page) => page.getByTestId('tab-photos').click() }],
  contrast: ['appearance=contrast&language=en', { act: (page) => page.getByTestId('tab-checks').click() }],
  english: ['language=en', { act: (page) => page.keyboard.press('Control+p') }],
  first: ['first', {}],
  'first-dark': ['first&appearance=dark&language=en', {}],
  palette: ['', { act: (page) => page.keyboard.press('Control+k') }],
  settings: ['', { act: (page) => page.keyboard.press('Control+,') }],
  shortcuts: ['', { act: (page) => page.keyboard.press('F1') }],
  publish: ['', { act: (page) => page.getByTestId('publish').click() }],
  narrow: ['', { width: 1024, height: 700 }],
  search: ['', { act: (page) => page.getByTestId('search').fill('নদ') }],
  failing: ['', { act: failing }],
  sending: ['', { act: sending }],
  notes: ['notes', { act: notes }],
  'notes-dark': ['notes&appearance=dark&language=en', { act: notes }],
  'notes-none': ['', { act: (page) => page.keyboard.press('Control+5') }],
  'notes-narrow': ['notes', { width: 1024, height: 700, act: (page) => page.keyboard.press('Control+5') }],
  'note-new': ['notes', { act: newNote }],
  'notes-return': ['notes', { act: returning }],
  preview: ['', { act: (page) => page.keyboard.press('Control+p') }],
  'photos-tab': ['photos=20', { act: (page) => page.keyboard.press('Control+2') }],
  captions: ['photos=20', { act: captions }],
  'captions-dark': ['photos=20&appearance=dark&language=en', { act: captions }],
  'captions-table': ['photos=20', { act: table }],
  'captions-table-dark': ['photos=100&appearance=dark&language=en', { act: table }],
  'captions-narrow': ['photos=20', { width: 1024, height: 700, act: captions }],
  'captions-contrast': ['photos=20&appearance=contrast&language=en', { act: captions }],
  'captions-settings': ['photos=20', { act: captionSettings }],
  'captions-templates': ['photos=20', { act: captionTemplates }],
  'captions-keys': ['', { act: (page) => page.keyboard.press('F1') }],
};

async function captions(page) {
  await page.keyboard.press('Control+Shift+c');
  await page.getByTestId('sheet-caption').waitFor();
  await page.keyboard.type('বাঁ থেকে: আবদুল গফুর, সালমা বেগম ও =uno=, =xx= শিবিরের সামনে');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+d');
  await page.waitForTimeout(700);
}

async function table(page) {
  await captions(page);
  await page.keyboard.press('F2');
}

async function captionSettings(page) {
  await page.keyboard.press('Control+,');
  await page.locator('input[value="captions"]').check({ force: true });
  const file = 'pm\tপ্রধানমন্ত্রী\nনষ্ট লাইন\nfm\tঅর্থমন্ত্রী\n';
  await page
    .getByTestId('codes-input')
    .setInputFiles({ name: 'codes.tsv', mimeType: 'text/plain', buffer: Buffer.from(file) });
}

async function captionTemplates(page) {
  await page.keyboard.press('Control+,');
  await page.locator('input[value="captions"]').check({ force: true });
  await page.getByTestId('templates').scrollIntoViewIfNeeded();
}

async function notes(page) {
  await page.keyboard.press('Control+5');
  await page.getByTestId('note-go').last().click();
}

async function newNote(page) {
  await page.getByTestId('headline').press('Control+a');
  await page.keyboard.press('Control+Shift+n');
  await page.keyboard.type('@');
}

async function returning(page) {
  await page.evaluate(() => {
    const { desk } = globalThis;
    const axes = { desk: 'in_edit', approval: null, delivery: null, public: 'never' };
    desk.stories.get('s1').axes = axes;
    desk.tell({ kind: 'story_moved', story: 's1', axes, public: 'never' });
  });
  await page.keyboard.press('Control+Shift+r');
}

async function failing(page) {
  await page.evaluate(() =>
    globalThis.desk.failing.set('save_draft', { code: 'store_full', params: {}, detail: 'SQLITE_FULL (13)' }),
  );
  await page.getByTestId('headline').press('End');
  await page.keyboard.type(' ');
}

async function sending(page) {
  await page.evaluate(() => {
    const { desk } = globalThis;
    void desk.call('publish', { story: 's1', counter: 1 }).then(() => {
      desk.moveIntent('s1', { state: 'sending', bytes_sent: 448_000 });
    });
  });
}

for (const [name, [query, options]] of Object.entries(shots)) {
  if (!only || only.split(',').includes(name)) await shot(name, query, options);
}
await browser.close();
