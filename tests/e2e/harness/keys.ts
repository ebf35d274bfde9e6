/**
 * Real key events, through the X server and its keyboard layout, as from a keyboard. WebDriver's own keys
 * are put into the page from inside and would pass where an input method or a layout fails. The layouts
 * are those of `scripts/virtual-desktop.sh`: English, and Probhat for Bengali.
 */
import { execFileSync, spawn } from 'node:child_process';
import { pause } from './waiting.ts';

/** Types text, one key at a time, with `gap` milliseconds from key to key. A line break is the Enter key. */
export async function type(text: string, gap = 13): Promise<void> {
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) await press('Return');
    if (line !== '') xdotool(['type', '--delay', delay(gap), '--', line]);
  }
  await pause(gap);
}

/**
 * Types a word after the other until it is told to stop. A word is always ended: a key that nobody lets go
 * repeats for ever, and is deaf to the next test.
 */
export async function typeUntil(stopped: () => boolean, text: string, gap: number): Promise<void> {
  for (const word of text.split(/(?<= )/)) {
    if (stopped()) return;
    const typing = spawn('xdotool', ['type', '--delay', delay(gap), '--', word], { stdio: 'ignore' });
    await new Promise((resolve) => typing.once('close', resolve));
  }
}

/** xdotool waits half of what `--delay` says from one key to the next: 70 gave 36 ms, 140 gave 71 ms. */
function delay(gap: number): string {
  return String(2 * gap);
}

/** Presses keys by their X names: `ctrl+k`, `F6`, `BackSpace`. */
export async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    xdotool(['key', '--delay', '20', key]);
    await pause(30);
  }
}

/** Gives a process's window the keyboard; there is no window manager here to do it. */
export function focusWindow(pid: number): void {
  const window = windowOf(pid);
  xdotool(['windowraise', window]);
  xdotool(['windowfocus', '--sync', window]);
}

/** Takes a process's window from the screen, as minimising it does; the answer is its number. */
export function hideWindow(pid: number): string {
  const window = windowOf(pid);
  xdotool(['windowunmap', '--sync', window]);
  return window;
}

/** Whether a window is on the screen. */
export function isVisible(pid: number): boolean {
  try {
    return xdotool(['search', '--onlyvisible', '--pid', String(pid)]).trim() !== '';
  } catch {
    // It says that it found nothing by failing.
    return false;
  }
}

/** The number of the dialog that the system shows for a process, beside its one window. */
export function dialogOf(pid: number): string | undefined {
  const windows = xdotool(['search', '--onlyvisible', '--pid', String(pid)])
    .trim()
    .split('\n');
  return windows.length > 1 ? windows.at(-1) : undefined;
}

/** Gives that dialog the keyboard. */
export function focusDialog(pid: number): void {
  const dialog = dialogOf(pid);
  if (dialog === undefined) throw new Error(`process ${String(pid)} shows no dialog`);
  xdotool(['windowraise', dialog]);
  xdotool(['windowfocus', '--sync', dialog]);
}

/** The X server's number of a process's window. */
export function windowOf(pid: number): string {
  const windows = xdotool(['search', '--onlyvisible', '--pid', String(pid)])
    .trim()
    .split('\n');
  const window = windows.at(-1);
  if (!window) throw new Error(`process ${String(pid)} has no window`);
  return window;
}

function xdotool(args: string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8', timeout: 60_000 });
}
