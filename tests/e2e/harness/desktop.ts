/** The desktop around the window: what it shows of notices, by the notification service that `scripts/install.sh` brings. */
import { execFileSync } from 'node:child_process';
import { outputFolder } from './paths.ts';
import { join } from 'node:path';

function dunst(...words: string[]): string {
  return execFileSync('dunstctl', words, { encoding: 'utf8', timeout: 10_000 }).trim();
}

/** Notices that stand on the desktop now. */
export function noticesShown(): number {
  return Number(dunst('count', 'displayed'));
}

/** Clicks the newest notice. */
export function clickNotice(): void {
  dunst('action', '0');
}

/** Puts all notices away; the answer is what all of them said, the newest first. */
export function putNoticesAway(): { title: string; body: string }[] {
  dunst('close-all');
  const { data } = JSON.parse(dunst('history')) as {
    data: { summary: { data: string }; body: { data: string } }[][];
  };
  return data.flat().map(({ summary, body }) => ({ title: summary.data, body: body.data }));
}

/** What stands on the whole screen. */
export function pictureOfScreen(name: string): void {
  execFileSync('import', ['-window', 'root', join(outputFolder('screenshots'), `${name}.png`)]);
}
