/** Takes the README's pictures from those that were made, and keeps them small. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER } from './harness/looks.ts';
import { ROOT } from './harness/paths.ts';

const PICTURES = [
  'story-bn-light',
  'first-start-bn-light',
  'story-en-dark',
  'photos-bn-light',
  'page-phone',
  'desk-returned-bn-light',
  'suggestions-bn-light',
];
/** Of one picture, at most. */
const BYTES = 150_000;
/** A palette of 256 colours makes them small, and the window's own colours stay what they are. */
const PALETTE = ['+dither', '-colors', '256', '-strip', '-define', 'png:compression-level=9'];

const images = join(ROOT, 'docs/images');
mkdirSync(images, { recursive: true });
const files = PICTURES.map((name) => `${name}.png`);
execFileSync('mogrify', ['-path', images, ...PALETTE, ...files], { cwd: FOLDER });
for (const file of files) {
  const { size } = statSync(join(images, file));
  if (size > BYTES) throw new Error(`${file} has ${String(size)} bytes`);
}
console.log('The pictures are in target/screenshots, the README’s in docs/images.');
