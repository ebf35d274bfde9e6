/** Bengali from a keyboard, and what Backspace does to it. */
import assert from 'node:assert/strict';
import type { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { inWindow } from './harness/suite.ts';
import { until } from './harness/waiting.ts';
import { CONJUNCTS } from './stories.ts';

inWindow('every Bengali letter arrives as it was typed, in a field and in the text', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  await correspondent.fill('headline', CONJUNCTS);
  await correspondent.write(CONJUNCTS);
  assert.deepEqual(letters(await correspondent.value('headline')), letters(CONJUNCTS));
  assert.deepEqual(letters((await correspondent.bodyShown()).trim()), letters(CONJUNCTS));
  await until('both are on disk', async () => {
    const { content } = await correspondent.saved();
    return content.headline === CONJUNCTS && content.body.trim() === CONJUNCTS;
  });
});

inWindow('Backspace takes one letter of a conjunct, in a field and in the text', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  for (const field of ['headline', 'body']) {
    if (field === 'body') await correspondent.write('রাষ্ট্র');
    else await correspondent.fill(field, 'রাষ্ট্র');
    await press('BackSpace');
    const read = () => (field === 'body' ? correspondent.bodyShown() : correspondent.value(field));
    await until('the key arrived', async () => (await read()).trim() !== 'রাষ্ট্র');
    assert.deepEqual(letters((await read()).trim()), letters('রাষ্ট্'), field);
  }
});

inWindow('a word typed before a Bengali word is put before it, whatever joins meanwhile', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  for (const field of ['headline', 'body']) {
    if (field === 'body') await correspondent.write('কুমার');
    else await correspondent.fill(field, 'কুমার');
    const read = () => (field === 'body' ? correspondent.bodyShown() : correspondent.value(field));
    await until('the word is there', async () => (await read()).trim() === 'কুমার');
    await press('Home');
    await type('স্ত্রী ও গ্রা');
    await press('BackSpace');
    await type('ামের ');
    const whole = 'স্ত্রী ও গ্রামের কুমার';
    await until('all of it arrived', async () => (await read()).trim().length >= whole.length);
    assert.deepEqual(letters((await read()).trim()), letters(whole), field);
  }
});

inWindow('what is typed beyond the edge of the sheet is scrolled into view', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  const lines = Array.from({ length: 30 }, () => 'নদী');
  await correspondent.write(lines.join('\n'));
  await until('the last line is in view', async () => (await overTheEdge(app)) === 0);
  await press('ctrl+Home');
  await until('the first line is in view', async () => (await overTheEdge(app)) === 0);
  await press('ctrl+End');
  await until('the last line is in view again', async () => (await overTheEdge(app)) === 0);
  // Keys that move no line: the caret has to be found by what is typed.
  await app.run(`arguments[0].closest('.scroll').scrollTop = 0;`, await app.at('body'));
  assert.ok((await overTheEdge(app)) > 0, 'the caret is below the edge');
  await type('র');
  await until('the typed letter is in view', async () => (await overTheEdge(app)) === 0);
});

/** Pixels by which the middle of the caret's line lies outside of what the sheet shows. */
async function overTheEdge(app: App): Promise<number> {
  return app.run<number>(
    `const line = getSelection().focusNode.parentElement.getBoundingClientRect();
     const box = arguments[0].closest('.scroll').getBoundingClientRect();
     const middle = (line.top + line.bottom) / 2;
     return Math.max(0, middle - box.bottom, box.top - middle);`,
    await app.at('body'),
  );
}

inWindow('Markdown habits become what they mean', {}, async (app) => {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  await correspondent.write('## নদীর পারে\nদুই পারে ভিড়।\n- ধান\nপাট\n\n> কাজ শেষ হবে');
  await until('the Markdown says so', async () => {
    const { body } = (await correspondent.saved()).content;
    return /^## নদীর পারে\n\nদুই পারে ভিড়।\n\n[-*] ধান\n\n?[-*] পাট\n\n> কাজ শেষ হবে\s*$/.test(body);
  });
});

/** Code points, so that a difference can be read. */
function letters(text: string): string[] {
  return [...text].map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
}
