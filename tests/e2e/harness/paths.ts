/** Where things are, and a place for each run's own files. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');
export const TARGET = join(ROOT, 'target');
/** The application under test, and the reference portal beside it. */
export const APPLICATION = process.env['KHOSRA_APP'] ?? join(TARGET, 'debug/khosra');
export const NEWSITE = process.env['KHOSRA_NEWSITE'] ?? join(TARGET, 'debug/khosra-newsite');

/** A fresh folder that nobody else reads. */
export function freshFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `khosra-${name}-`));
}

/** A folder below `target/`, there after this. */
export function outputFolder(name: string): string {
  const folder = join(TARGET, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
