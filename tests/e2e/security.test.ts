/** What the window must not be able to do, tried from inside it as a hostile script would. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { inWindow } from './harness/suite.ts';
import { pause, until } from './harness/waiting.ts';

const UNLISTED = [
  'plugin:opener|open_url',
  'plugin:opener|open_path',
  'plugin:window|set_title',
  'plugin:webview|create_webview_window',
  'plugin:path|resolve_directory',
  'plugin:fs|read_text_file',
  'plugin:shell|execute',
  'start',
  'anything',
];

inWindow('a command that is not in the capability is refused', {}, async (app) => {
  for (const command of UNLISTED) {
    const answer = await app.invoke(command, { url: 'https://example.org/', path: '/etc/passwd' });
    assert.ok('refused' in answer, command);
  }
  const unknown = await app.invoke('rpc', { name: 'drop_everything', args: {} });
  assert.deepEqual(unknown, { refused: 'bad_arguments' });
  const misshapen = await app.invoke('rpc', { name: 'open_story', args: { story: '../../x' } });
  assert.deepEqual(misshapen, { refused: 'bad_arguments' });
});

inWindow('the window reaches no other machine, whatever script runs in it', {}, async (app) => {
  await listening(async (stranger, heard) => {
    const home = await app.driver.getCurrentUrl();
    await app.run(TRIES, stranger);
    await pause(1_500);
    assert.deepEqual(heard, []);
    assert.equal(await app.driver.getCurrentUrl(), home);
    assert.equal((await app.driver.getAllWindowHandles()).length, 1);
    assert.equal(await app.run<boolean>('return window.inlineRan === true;'), false);
  });
});

/** Each way out that a page knows. */
const TRIES = `
  const stranger = arguments[0];
  fetch(stranger + 'fetch').catch(() => {});
  navigator.sendBeacon?.(stranger + 'beacon');
  try { new WebSocket(stranger.replace('http', 'ws') + 'socket'); } catch {}
  try { new EventSource(stranger + 'events'); } catch {}
  new Image().src = stranger + 'image';
  const add = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
  add('script', { src: stranger + 'script' });
  add('script', { textContent: 'window.inlineRan = true' });
  add('link', { rel: 'stylesheet', href: stranger + 'style' });
  add('iframe', { src: stranger + 'frame' });
  add('object', { data: stranger + 'object' });
  add('video', { src: stranger + 'video' });
  window.open(stranger + 'open');
  const form = Object.assign(document.createElement('form'), { action: stranger + 'form', method: 'post' });
  document.body.append(form);
  form.submit();
  const link = Object.assign(document.createElement('a'), { href: stranger + 'link' });
  document.body.append(link);
  link.click();
  setTimeout(() => { location.href = stranger + 'away'; }, 300);
`;

inWindow('hostile Markdown is shown as words, and the preview runs no script', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  const saved = await correspondent.saved();
  const content = { ...saved.content, headline: '<script>top.hacked = 1</script>', body: HOSTILE };
  const { page, blocks } = await app.rpc<Pieces>('preview', { story: saved.story, content });
  const html = [page, ...blocks].map((piece) => piece.html).join('');
  assert.match(html, /hacked = 2/);
  assert.deepEqual(await app.run<string[]>(DANGERS, html), []);
  await runNothingInPreview(correspondent);
});

interface Pieces {
  page: { html: string };
  blocks: { html: string }[];
}

/** Whatever in a page could run: parsed, so that words which only look like it are words. */
const DANGERS = `
  const page = new DOMParser().parseFromString(arguments[0], 'text/html');
  const runs = (element) =>
    (element.matches('script:not([type="application/ld+json"])') && 'script') ||
    [...element.attributes].find(({ name, value }) => /^on/i.test(name) || /^\\s*javascript:/i.test(value))?.name;
  return [...page.querySelectorAll('*')].map(runs).filter(Boolean);`;

const HOSTILE = [
  '<script>top.hacked = 2</script>',
  '<img src=x onerror="top.hacked = 3">',
  '[link](javascript:top.hacked=4)',
  '<svg><animate onbegin="top.hacked=5" attributeName="x" dur="1s"></svg>',
].join('\n\n');

/** Puts a script into the frame itself: even then the frame must not run it. */
async function runNothingInPreview({ app }: Correspondent): Promise<void> {
  await app.click('tab-preview');
  const frame = await app.at('preview-frame');
  await until('the preview has a page', () =>
    app.run<boolean>('return arguments[0].contentDocument?.body?.childElementCount > 0;', frame),
  );
  await app.run(
    `const page = arguments[0].contentDocument;
     const script = page.createElement('script');
     script.textContent = 'top.hacked = 6';
     page.body.append(script);
     page.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="top.hacked = 7">');`,
    frame,
  );
  await pause(500);
  assert.equal(await app.run('return window.hacked ?? null;'), null);
}

inWindow('the picture address gives pictures by their hash and nothing else', {}, async (app) => {
  const nobody = '0'.repeat(64);
  for (const path of [
    'photo/../../etc/passwd',
    'photo/%2e%2e/%2e%2e/etc/passwd',
    `photo/${nobody}/display`,
    `photo/${nobody}/../../../etc/passwd`,
    'theme/dainik/../../Cargo.toml',
    'etc/passwd',
  ]) {
    assert.equal(await loads(app, `khosra://localhost/${path}`), 'error', path);
  }
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  const pictured = await app.rpc<{ rows: { story: string; photos: number }[] }>('list_stories', {
    list: 'drafts',
    section: null,
    limit: 50,
    after: null,
  });
  const withPhoto = pictured.rows.find((row) => row.photos > 0);
  const [photo] = (await correspondent.story(withPhoto?.story ?? '')).content.photos;
  assert.equal(await loads(app, `khosra://localhost/photo/${photo?.id ?? ''}/thumb`), 'load');
});

async function loads(app: App, address: string): Promise<string> {
  return app.driver.executeAsyncScript<string>(
    `const [address, done] = arguments;
     const image = new Image();
     image.onload = () => done('load');
     image.onerror = () => done('error');
     image.src = address;`,
    address,
  );
}

inWindow('the window has no developer object and no way to change its prototypes', {}, async (app) => {
  assert.equal(await app.run('return typeof window.__TAURI__;'), 'undefined');
  assert.equal(await app.run('return Object.isFrozen(Object.prototype);'), true);
});

/** A stranger's server, and what it heard. */
async function listening(during: (address: string, heard: string[]) => Promise<void>): Promise<void> {
  const heard: string[] = [];
  const server: Server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    response.end();
  });
  server.on('upgrade', (request, socket) => {
    heard.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    await during(`http://127.0.0.1:${String(address.port)}/`, heard);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
