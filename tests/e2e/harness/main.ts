/**
 * Runs the tests in the real window, one file after the other, and counts them on the last line. Where several
 * desktops share the work, `KHOSRA_E2E_QUEUE` is the folder in which each says what it takes.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run, type EventData } from 'node:test';

const FOLDER = join(import.meta.dirname, '..');
const QUEUE = process.env['KHOSRA_E2E_QUEUE'];
const asked = process.argv.slice(2);
// The longest first, so that no desktop is still at it when the others are done.
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => asked.length === 0 || asked.includes(name))
  .sort((one, other) => size(other) - size(one));

let passed = 0;
let failed = 0;
const running = new Set<string>();

function size(name: string): number {
  return statSync(join(FOLDER, name)).size;
}

/** Whether no other desktop has taken this file. */
function take(name: string): boolean {
  if (QUEUE === undefined) return true;
  try {
    mkdirSync(join(QUEUE, name));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function seconds(data: EventData.TestPass | EventData.TestFail): string {
  return `${(data.details.duration_ms / 1_000).toFixed(1)} s`;
}

function summary(): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}

function runFile(name: string): Promise<void> {
  const stream = run({ files: [join(FOLDER, name)], concurrency: false, forceExit: true });
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
  stream.resume();
  return new Promise((resolve) => stream.on('end', resolve));
}

// The limit of the whole run has passed: say where it stood.
process.on('SIGTERM', () => {
  console.log(`HUNG    ${[...running].join(', ')}`);
  failed += 1;
  console.log(summary());
  process.exit(1);
});

for (const name of files) if (take(name)) await runFile(name);
console.log(summary());
process.exitCode = failed === 0 && (passed > 0 || QUEUE !== undefined) ? 0 : 1;
