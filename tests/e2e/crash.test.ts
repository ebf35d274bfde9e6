/** The power goes in the middle of a sentence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, typeUntil } from './harness/keys.ts';
import { LIMIT, watched } from './harness/suite.ts';
import { pause, until } from './harness/waiting.ts';
import { BRIDGE } from './stories.ts';

/** What may be lost: the second that was promised, and the moment a look at the screen takes. */
const LOST_AT_MOST = 1_200;

interface Sight {
  at: number;
  text: string;
}

test(
  'killed in mid-sentence, it loses at most one second and can still undo',
  { timeout: LIMIT },
  async () => {
    const first = await App.open();
    const seen = await typeAndKill(first);
    const again = await App.open({ store: first.store });
    await watched('killed in mid-sentence', again, async () => {
      const correspondent = new Correspondent(again);
      const body = (await correspondent.saved()).content.body.trim();
      const killed = seen.at(-1)?.at ?? 0;
      const promised = seen.findLast((sight) => sight.at <= killed - LOST_AT_MOST)?.text ?? '';
      assert.ok(promised.length > 40, 'enough was typed to be lost');
      assert.ok(WHOLE.startsWith(body), `not as it was typed: “${body}”`);
      assert.ok(
        body.length >= promised.length,
        `on the screen a second before: “${promised}”, kept: “${body}”`,
      );
      await undoes(correspondent, body);
    });
  },
);

const WHOLE = BRIDGE.paragraphs.join(' ');

/** Types without a pause, looks at the screen all the while, and ends the application at once. */
async function typeAndKill(app: App): Promise<Sight[]> {
  const correspondent = new Correspondent(app);
  await correspondent.lookAround();
  await correspondent.newStory();
  await correspondent.goToBody();
  let killed = false;
  const typing = typeUntil(() => killed, WHOLE, 45);
  const seen: Sight[] = [];
  for (const end = Date.now() + 9_000; Date.now() < end; await pause(40)) {
    seen.push({ text: (await correspondent.bodyShown()).trim(), at: Date.now() });
  }
  await app.kill();
  killed = true;
  await typing;
  return seen;
}

/** Opens the story as a person does, and takes back what was typed before the power went. */
async function undoes(correspondent: Correspondent, body: string): Promise<void> {
  const rows = await correspondent.app.all('story-row');
  await rows[0]?.click();
  await until('the text is back', async () => (await correspondent.bodyShown()).trim() === body);
  await correspondent.goToBody();
  await press('ctrl+z');
  await until('the undo took something back', async () => {
    const text = (await correspondent.bodyShown()).trim();
    return text.length < body.length && body.startsWith(text);
  });
}
