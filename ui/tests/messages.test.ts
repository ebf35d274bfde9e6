import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formsOf, messageFaults, readMessages } from '../build/messages';

const bn = readMessages('bn');
const en = readMessages('en');

describe('the message files', () => {
  test('say everything in both languages, with the same values', () => {
    expect(messageFaults(bn, en)).toEqual([]);
  });

  test('a missing, an empty and an uneven message are each found', () => {
    const faults = messageFaults({ a: 'ক', b: ' ', c: '{x}' }, { a: 'a', b: 'b', c: '{y}', d: 'd' });
    expect(faults).toHaveLength(3);
    expect(faults.join()).toContain('"b" is missing');
    expect(faults.join()).toContain('"d" is missing');
    expect(faults.join()).toContain('"c" takes x in bn, y in en');
  });

  test('of a message with forms for numbers, every form is looked at', () => {
    const forms = (one: string) => [{ match: { 'number=one': one, 'number=other': '{count} b' } }];
    expect(messageFaults({ a: '{count} ক' }, { a: forms('a b') })).toEqual([]);
    expect(messageFaults({ a: '{count} ক' }, { a: forms(' ') })).toEqual([
      'en.json: "a" is missing or empty',
    ]);
    expect(messageFaults({ a: 'ক' }, { a: forms('a b') })).toEqual(['"a" takes  in bn, count in en']);
  });

  test('Bengali is written with precomposed letters and Bengali digits', () => {
    const sentences = Object.entries(bn).filter(([name]) => name !== '$schema');
    const forms = sentences.flatMap(([, message]) => formsOf(message));
    const decomposed = forms.filter((text) => text.includes('\u09bc'));
    const latinDigits = forms.filter((text) => /[0-9]/.test(text.replace(/\{\w+\}/g, '')));
    expect(decomposed).toEqual([]);
    expect(latinDigits).toEqual([]);
  });

  test('every message is said somewhere', () => {
    const source = sources('src')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const unsaid = Object.keys(bn).filter(
      (name) => name !== '$schema' && !new RegExp(`\\bm\\.${name}\\b`).test(source),
    );
    expect(unsaid).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(path);
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
  });
}
