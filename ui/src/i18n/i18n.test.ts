import { afterEach, describe, expect, test } from 'vitest';
import type { CommandError } from '../wire/generated';
import { ago, bytes, clock, count, date, exact, fromField, locale, sentenceOf, toField } from './index';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const before = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString();

afterEach(() => {
  locale.current = 'bn';
});

describe('numbers', () => {
  test('are grouped as people here count, in the digits of the language', () => {
    expect(count(1_234_567)).toBe('১২,৩৪,৫৬৭');
    locale.current = 'en';
    expect(count(1_234_567)).toBe('12,34,567');
  });

  test('bytes are said in the unit that fits', () => {
    expect(bytes(512)).toBe('৫১২ বাইট');
    expect(bytes(412_000)).toBe('৪১২ কিলোবাইট');
    expect(bytes(1_200_000)).toBe('১.২ মেগাবাইট');
  });
});

describe('times', () => {
  test.each([
    [2, 'এইমাত্র'],
    [33, '৩০ সেকেন্ড আগে'],
    [61, '১ মিনিট আগে'],
    [125, '২ মিনিট আগে'],
    [3_700, '১ ঘণ্টা আগে'],
    [3 * 3_600, '৩ ঘণ্টা আগে'],
  ])('%i seconds ago', (seconds, said) => {
    expect(ago(before(seconds), NOW)).toBe(said);
  });

  test('yesterday and older are told by Dhaka days', () => {
    expect(ago('2026-11-23T14:00:00Z', NOW)).toBe('গতকাল রাত ৮:০০');
    expect(ago('2026-11-05T06:00:00Z', NOW)).toBe('৫ নভেম্বর ২০২৬');
  });

  test('a clock that is behind does not make the future', () => {
    expect(ago(before(-600), NOW)).toBe('এইমাত্র');
  });

  test('are Dhaka time, whatever the machine thinks, and say so', () => {
    expect(exact('2026-11-24T20:30:00Z')).toBe('২৫ নভেম্বর ২০২৬, রাত ২:৩০, ঢাকা সময়');
    expect(date('2026-11-24T20:30:00Z')).toBe('২৫ নভেম্বর ২০২৬');
    expect(clock('2026-11-24T06:05:00Z')).toBe('দুপুর ১২:০৫');
    locale.current = 'en';
    expect(clock('2026-11-24T06:05:00Z')).toBe('12:05');
  });

  test('the field for a time goes there and back in Dhaka time', () => {
    expect(toField('2025-11-05T06:00:00.000Z')).toBe('2025-11-05T12:00');
    expect(fromField('2025-11-05T12:00')).toBe('2025-11-05T06:00:00.000Z');
    expect(fromField('')).toBeNull();
    expect(toField(null)).toBe('');
  });
});

describe('sentences', () => {
  const error = (code: CommandError['code'], params = {}): CommandError => ({ code, params, detail: '' });

  test('carry the values of the error', () => {
    expect(sentenceOf(error('photo_kind', { name: 'নকশা.svg' }))).toContain('নকশা.svg');
    expect(sentenceOf(error('photo_bytes', { name: 'a.jpg', limit: '50 MB' }))).toContain('৫০');
  });

  test('a portal failure says its cause in words', () => {
    expect(sentenceOf(error('portal_failed', { cause: 'login_page' }))).toContain('লগইন পাতা');
    expect(sentenceOf(error('portal_failed', { cause: 'something new' }))).toContain('something new');
  });

  test('change with the language while running', () => {
    const full = error('store_full');
    expect(sentenceOf(full)).toContain('ডিস্ক ভরে গেছে');
    locale.current = 'en';
    expect(sentenceOf(full)).toContain('disk is full');
  });
});
