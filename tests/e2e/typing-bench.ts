/**
 * Script time of one key in a 5,000-word Bengali story, with autosave, preview and counts on: the measure
 * `khosra:key` that the editor takes around each transaction. Real keys; the goal is 4 ms at p95.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { press, type } from './harness/keys.ts';
import { outputFolder } from './harness/paths.ts';
import { until } from './harness/waiting.ts';
import { BRIDGE } from './stories.ts';

const WORDS = 5_000;
const GOAL = 4;
const TYPED = BRIDGE.paragraphs.join(' ').slice(0, 300);

function longBody(): string {
  const paragraphs: string[] = [];
  for (let words = 0; words < WORDS;) {
    const paragraph = BRIDGE.paragraphs[paragraphs.length % BRIDGE.paragraphs.length] ?? '';
    words += paragraph.split(' ').length;
    paragraphs.push(paragraph);
  }
  return paragraphs.join('\n\n');
}

function percentile(sorted: number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** A store with the long story in it. */
async function prepare(): Promise<string> {
  const app = await App.open();
  try {
    const correspondent = new Correspondent(app);
    await correspondent.lookAround();
    await correspondent.newStory();
    const { story, content, counter } = await correspondent.saved();
    const long = { ...content, headline: BRIDGE.headline, body: longBody() };
    await app.rpc('save_draft', { story, counter: counter + 1_000, content: long, undo: null });
    return app.store;
  } finally {
    await app.close();
  }
}

async function measure(app: App): Promise<Record<string, number>> {
  const correspondent = new Correspondent(app);
  await correspondent.goToBody();
  await until('the long story is open', async () => (await correspondent.bodyShown()).length > 20_000);
  await press('ctrl+Home');
  await app.run(`performance.clearMeasures('khosra:key');`);
  await type(TYPED, 70);
  await until('the keys are on disk', async () =>
    (await correspondent.saved()).content.body.startsWith(TYPED),
  );
  const taken = await app.run<number[]>(
    `return performance.getEntriesByName('khosra:key').map((entry) => entry.duration);`,
  );
  assert.ok(
    taken.length >= TYPED.length * 0.9,
    `measured ${String(taken.length)} of ${String(TYPED.length)} keys`,
  );
  const sorted = taken.toSorted((left, right) => left - right);
  return {
    keys: sorted.length,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    goal_p95: GOAL,
    load: loadavg()[0] ?? NaN,
  };
}

const store = await prepare();
const app = await App.open({ store });
try {
  const result = await measure(app);
  console.log(`script per key in ${String(WORDS)} words, ms: ${JSON.stringify(result)}`);
  writeFileSync(join(outputFolder('bench'), 'typing.json'), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await app.close();
}
