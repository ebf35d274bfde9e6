/** Processes that a test starts, watches and ends. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface Started {
  child: ChildProcess;
  /** Everything it wrote so far. */
  output: () => string;
}

export function start(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let text = '';
  const keep = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => {
    text += String(error);
  });
  return { child, output: () => text };
}

/** Ends a process and waits for it: politely, then not. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(timer);
}

interface Row {
  pid: number;
  parent: number;
}

/** The process below `ancestor` that runs this program, once it is there. */
export function processBelow(ancestor: number, program: string): number | undefined {
  const rows = processes();
  const below = new Set([ancestor]);
  for (let grew = true; grew;) {
    const fresh = rows.filter((row) => below.has(row.parent) && !below.has(row.pid));
    fresh.forEach((row) => below.add(row.pid));
    grew = fresh.length > 0;
  }
  below.delete(ancestor);
  return [...below].find((pid) => programOf(pid) === program);
}

/** A process and all below it, with their state, for whoever asks what hangs. */
export function tree(ancestor: number): string {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,stat,etimes,args', '--sort=start_time'], {
    encoding: 'utf8',
  }).split('\n');
  const inside = new Set([String(ancestor)]);
  return lines
    .filter((line) => {
      const [pid = '', parent = ''] = line.trim().split(/\s+/);
      if (inside.has(parent)) inside.add(pid);
      return inside.has(pid);
    })
    .join('\n');
}

/** Whether any thread of it still runs: the first may be gone while another still holds a file. */
export function alive(pid: number): boolean {
  const threads = listed(`/proc/${String(pid)}/task`);
  return threads.some((thread) => statOf(`${String(pid)}/task/${thread}`)?.[0] !== 'Z');
}

function processes(): Row[] {
  const pids = listed('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    const stat = statOf(name);
    return stat?.[1] === undefined ? [] : [{ pid: Number(name), parent: Number(stat[1]) }];
  });
}

/** State and parent; a process may go while one looks. */
function statOf(process: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${process}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch {
    return undefined;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function programOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${String(pid)}/exe`);
  } catch {
    return undefined;
  }
}
