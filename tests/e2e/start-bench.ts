/**
 * From the start of the process to the first key that stands in the text, with a draft there: the application
 * beside the same page in an empty window (`src-tauri/examples/empty_window.rs`), one after the other. Keys are
 * pressed without a pause from the moment a window is mapped, as by somebody who cannot wait; the page itself
 * says when it took the first one. The goal is 1.35 times the empty window.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebDriver } from 'selenium-webdriver';
import { App } from './harness/app.ts';
import { Correspondent } from './harness/correspondent.ts';
import { focusWindow, typeUntil } from './harness/keys.ts';
import { APPLICATION, freshFolder, TARGET } from './harness/paths.ts';
import { alive, end, processBelow } from './harness/processes.ts';
import { pause, until, within } from './harness/waiting.ts';
import { connect, startDriver } from './harness/webdriver.ts';
import { Report } from './measure.ts';
import { BRIDGE } from './stories.ts';

const PEER = join(TARGET, 'debug/examples/empty_window');
const ROUNDS = 9;
const GOAL = 1.35;
/** Milliseconds between two keys. */
const GAP = 10;
/** Short words: a word under way is always ended. */
const KEYS = 'aaaa '.repeat(600);
/** What the page asks on its way to the first key. */
const START_COMMANDS: Record<string, object> = {
  start: {},
  list_stories: { list: 'drafts', section: null, limit: 50, after: null },
  outbox: {},
};

/** A store with one draft, and the answers that a page gets from it. */
async function prepare(): Promise<{ store: string; answers: string }> {
  const app = await App.open();
  try {
    const correspondent = new Correspondent(app);
    const story = await correspondent.putDraft(BRIDGE.headline, BRIDGE.paragraphs.join('\n\n'));
    const answers: Record<string, unknown> = { open_story: await app.rpc('open_story', { story }) };
    for (const [name, args] of Object.entries(START_COMMANDS)) answers[name] = await app.rpc(name, args);
    const file = join(freshFolder('answers'), 'answers.json');
    writeFileSync(file, JSON.stringify(answers));
    return { store: app.store, answers: file };
  } finally {
    await app.close();
  }
}

/** Each round begins on the same store: the keys of the one before are not in it. */
function copyOf(store: string): string {
  const copy = freshFolder('store');
  cpSync(store, copy, { recursive: true });
  return copy;
}

/** Milliseconds from the start of a program. */
interface Start {
  page: number;
  key: number;
}

/** When a program began its page, and when that accepted its first key. */
async function firstKey(program: string, env: NodeJS.ProcessEnv): Promise<Start> {
  const bridge = await startDriver(env);
  let accepted = false;
  let keys: Promise<void> | undefined;
  let driver: WebDriver | undefined;
  let pid: number | undefined;
  try {
    const connecting = connect(bridge.port, program);
    connecting.catch(() => undefined);
    pid = await soon(() => processBelow(bridge.child.pid ?? 0, program));
    const began = startOf(pid);
    keys = pressWithoutPause(pid, () => accepted);
    driver = await within('the session begins', 60_000, connecting);
    const { page, key } = await until('a key was accepted', acceptance(driver), 30_000);
    return { page: page - began, key: key - began };
  } finally {
    accepted = true;
    await keys?.catch(() => undefined);
    if (driver) await within('the session ends', 20_000, driver.quit()).catch(() => undefined);
    const running = pid;
    if (running !== undefined) await until('it is gone', () => Promise.resolve(!alive(running)));
    await end(bridge.child);
  }
}

async function pressWithoutPause(pid: number, stopped: () => boolean): Promise<void> {
  await soon(() => {
    focusWindow(pid);
    return true;
  });
  await typeUntil(stopped, KEYS, GAP);
}

/** By the page's own clock, in milliseconds since 1970; once there is an accepted key. */
function acceptance(driver: WebDriver): () => Promise<Start | null> {
  return () =>
    driver.executeScript<Start | null>(
      `const [key] = performance.getEntriesByName('khosra:key');
       const page = performance.timeOrigin;
       return key ? { page, key: page + key.startTime + key.duration } : null;`,
    );
}

/** As `until`, asked often: what is waited for here is over soon. */
async function soon<T>(ask: () => T | undefined): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(5)) {
    try {
      const answer = ask();
      if (answer !== undefined) return answer;
    } catch {
      // Not there yet.
    }
  }
  throw new Error('no window within 30 s');
}

/** When a process began, in milliseconds since 1970; the system counts it in hundredths of a second. */
function startOf(pid: number): number {
  const stat =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')
      .at(-1) ?? '';
  const ticks = Number(stat.split(' ')[19]);
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  return Date.now() - uptime * 1_000 + ticks * 10;
}

const { store, answers } = await prepare();
const report = new Report('start');
const [own, peer]: [Start[], Start[]] = [[], []];
// The first round of each only warms what both read from the disk.
for (let round = 0; round <= ROUNDS; round += 1) {
  const times = [
    await firstKey(APPLICATION, { KHOSRA_STORE: copyOf(store) }),
    await firstKey(PEER, { KHOSRA_ANSWERS: answers }),
  ] as const;
  if (round === 0) continue;
  own.push(times[0]);
  peer.push(times[1]);
}
/** Prints a program's starts; the answer is the median until its first key. */
function told(name: string, starts: readonly Start[]): number {
  report.series(
    `${name}, until its page begins`,
    starts.map((start) => start.page),
  );
  return report.series(
    `${name}, until its first key`,
    starts.map((start) => start.key),
  ).p50;
}
const ratio = told('khosra', own) / told('empty window', peer);
report.goal('first key, khosra to empty window, medians', ratio, GOAL);
report.save();
