import { expect, test } from 'vitest';
import { filled, placeholderAfter, placeholders, TEMPLATES, templatesFor } from './templates';

test('place and date are filled in by either name; the rest waits', () => {
  const filling = { place: 'যশোর', date: '২৪ নভেম্বর ২০২৬' };
  expect(filled('{স্থান}, {তারিখ}: {কে}', filling)).toBe('যশোর, ২৪ নভেম্বর ২০২৬: {কে}');
  expect(filled('{place}, {date}: ', filling)).toBe('যশোর, ২৪ নভেম্বর ২০২৬: ');
});

test('a story without a dateline leaves the place to be typed', () => {
  expect(filled('{place}, {date}: ', { place: '', date: '5 May 2026' })).toBe('{place}, 5 May 2026: ');
});

test('words that are filled in are taken as they are', () => {
  expect(filled('{place}', { place: '$& {date}', date: 'x' })).toBe('$& {date}');
});

test('what waits is found one after another', () => {
  const text = 'ক {এক} খ {দুই}';
  expect(placeholderAfter(text, 0)).toEqual({ from: 2, to: 6 });
  expect(placeholderAfter(text, 6)).toEqual({ from: 9, to: 14 });
  expect(placeholderAfter(text, 10)).toBeNull();
  expect(placeholders(text)).toEqual(['{এক}', '{দুই}']);
  expect(placeholders('{} { {a\nb}')).toEqual([]);
});

test('a story is offered the templates of its language, and all where there is none', () => {
  expect(templatesFor('bn', TEMPLATES)).toHaveLength(2);
  expect(templatesFor('en', TEMPLATES)).toEqual(TEMPLATES.slice(2));
  expect(templatesFor('bn', ['{place}: ', ' '])).toEqual(['{place}: ']);
});
