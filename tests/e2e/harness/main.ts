/** Runs the tests in the real window, one after the other, and counts them on the last line. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import type { EventData } from 'node:test';

const FOLDER = join(import.meta.dirname, '..');
const asked = process.argv.slice(2);
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => asked.length === 0 || asked.includes(name))
  .sort()
  .map((name) => join(FOLDER, name));

let passed = 0;
let failed = 0;

function seconds(data: EventData.TestPass | EventData.TestFail): string {
  return `${(data.details.duration_ms / 1_000).toFixed(1)} s`;
}

const running = new Set<string>();

// The limit of the whole run has passed: say where it stood.
process.on('SIGTERM', () => {
  console.log(`HUNG    ${[...running].join(', ')}`);
  console.log(`${String(passed)} passed, ${String(failed + 1)} failed`);
  process.exit(1);
});

const stream = run({ files, concurrency: false, forceExit: true });
stream.on('test:dequeue', ({ name }) => running.add(name));
stream.on('test:complete', ({ name }) => running.delete(name));
stream.on('test:pass', (data) => {
  if (data.details.type === 'suite' || data.nesting > 0) return;
  passed += 1;
  console.log(`ok      ${data.name} (${seconds(data)})`);
});
stream.on('test:fail', (data) => {
  if (data.details.type === 'suite' || data.nesting > 0) return;
  failed += 1;
  console.log(`FAILED  ${data.name} (${seconds(data)})`);
  console.log(data.details.error.cause ?? data.details.error);
});
stream.on('test:stderr', (data) => process.stdout.write(data.message));
stream.on('end', () => {
  console.log(`${String(passed)} passed, ${String(failed)} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});
stream.resume();
