import { afterEach, describe, expect, test } from 'vitest';
import type { CommandError } from '../wire/generated';
import {
  ago,
  atWhen,
  bytes,
  causeOf,
  clock,
  count,
  date,
  deliveryOf,
  exact,
  fromField,
  goOnName,
  locale,
  m,
  nextHour,
  sentenceOf,
  timeLeft,
  toField,
  when,
} from './index';

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

  test.each([
    ['2026-11-24T12:00:00Z', 'আজ সন্ধ্যা ৬টা', 'আজ সন্ধ্যা ৬টায়', 'today at 18:00'],
    ['2026-11-24T12:30:00Z', 'আজ সন্ধ্যা ৬:৩০', 'আজ সন্ধ্যা ৬:৩০-এ', 'today at 18:30'],
    ['2026-11-24T19:00:00Z', 'আগামীকাল রাত ১টা', 'আগামীকাল রাত ১টায়', 'tomorrow at 01:00'],
    ['2026-11-23T14:00:00Z', 'গতকাল রাত ৮টা', 'গতকাল রাত ৮টায়', 'yesterday at 20:00'],
    [
      '2026-11-28T04:00:00Z',
      'শনিবার, ২৮ নভেম্বর ২০২৬, সকাল ১০টা',
      'শনিবার, ২৮ নভেম্বর ২০২৬, সকাল ১০টায়',
      'Saturday, 28 November 2026, at 10:00',
    ],
  ])('%s is said as people say it', (at, said, then, english) => {
    expect(when(at, NOW)).toBe(said);
    expect(atWhen(at, NOW)).toBe(then);
    locale.current = 'en';
    expect(when(at, NOW)).toBe(english);
    expect(atWhen(at, NOW)).toBe(english);
  });

  test('the next full hour leaves some minutes to think', () => {
    expect(nextHour(Date.parse('2026-11-24T08:20:00Z'))).toBe('2026-11-24T09:00:00.000Z');
    expect(nextHour(Date.parse('2026-11-24T08:55:00Z'))).toBe('2026-11-24T10:00:00.000Z');
  });

  test.each([
    [3, 'কয়েক সেকেন্ড বাকি', 'a few seconds left'],
    [41, 'প্রায় ৫০ সেকেন্ড বাকি', 'about 50 seconds left'],
    [58, 'প্রায় ১ মিনিট বাকি', 'about 1 minute left'],
    [125, 'প্রায় ২ মিনিট বাকি', 'about 2 minutes left'],
    [7_000, 'প্রায় ২ ঘণ্টা বাকি', 'about 2 hours left'],
  ])('%i seconds left', (seconds, said, english) => {
    expect(timeLeft(seconds)).toBe(said);
    locale.current = 'en';
    expect(timeLeft(seconds)).toBe(english);
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

  test('what is on its way down may still be with the readers, in every state but the last', () => {
    for (const act of ['withdraw', 'kill'] as const) {
      for (const state of ['queued', 'sending', 'unknown', 'refused', 'blocked'] as const) {
        expect(deliveryOf(act, state)).toContain('পাঠক এখনো পেতে পারেন');
      }
      expect(deliveryOf(act, 'confirmed')).toContain('পাঠক পাচ্ছেন না');
    }
  });

  test('what stands in the way between author and desk is in whose hands the story is', () => {
    expect(causeOf('return', 'conflict')).toBe(sentenceOf(error('refused_not_filed')));
    expect(causeOf('recall', 'conflict')).toBe(m.recall_taken());
    expect(causeOf('publish', 'conflict')).not.toBe(causeOf('recall', 'conflict'));
  });

  test('going on is called what it does, and looking comes before sending', () => {
    const name = (
      state: 'queued' | 'unknown' | 'refused' | 'blocked',
      cause: 'window_closed' | null = null,
    ) => goOnName({ act: 'publish', state, cause });
    expect(name('queued')).toBe('এখনই পাঠান');
    expect(name('unknown')).toBe('এখনই যাচাই করুন');
    expect(name('refused')).toContain('পোর্টাল দেখে');
    expect(name('blocked', 'window_closed')).toBe('তবু পাঠান');
    expect(causeOf('publish', 'window_closed')).toContain('“তবু পাঠান”');
    expect(causeOf('schedule', 'window_closed')).toContain('নতুন সময় দিন');
  });

  test('change with the language while running', () => {
    const full = error('store_full');
    expect(sentenceOf(full)).toContain('ডিস্ক ভরে গেছে');
    locale.current = 'en';
    expect(sentenceOf(full)).toContain('disk is full');
  });
});
