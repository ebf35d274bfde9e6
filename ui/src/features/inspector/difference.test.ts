import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference } from './difference';

const text = fc
  .array(fc.constantFrom('নদী', 'ভাঙন', 'মানুষ', '।', '\n\n', ' '), { maxLength: 30 })
  .map((words) => words.join(' '));

test('what stayed and what went is the old text; what stayed and what came is the new one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = difference(before, after);
      const side = (kind: 'added' | 'removed') =>
        parts
          .filter((part) => part.kind === 'same' || part.kind === kind)
          .map((part) => part.text)
          .join('');
      expect(side('removed')).toBe(before);
      expect(side('added')).toBe(after);
    }),
  );
});

test('one changed word is one word', () => {
  expect(difference('নদীর পানি বাড়ছে', 'নদীর পানি কমছে')).toEqual([
    { kind: 'same', text: 'নদীর পানি ' },
    { kind: 'removed', text: 'বাড়ছে' },
    { kind: 'added', text: 'কমছে' },
  ]);
});

test('the same text has no difference', () => {
  expect(difference('ক খ', 'ক খ').every((part) => part.kind === 'same')).toBe(true);
});
