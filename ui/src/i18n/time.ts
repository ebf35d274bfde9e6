/** Times as sentences. Newsrooms here live by Dhaka's clock, whatever the machine's zone says. */
import { count, inDigits } from './digits';
import { locale, type Language } from './locale.svelte';
import * as m from './generated/messages.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Bangladesh has kept UTC+6 all the year since 2010. */
const DHAKA = 6 * HOUR;

const MONTHS = {
  bn: 'জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};
const WEEKDAYS = {
  bn: 'রবিবার সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার'.split(' '),
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
};

/** How long ago, as a sentence reads it: `২ মিনিট আগে`. */
export function ago(at: string, now: number): string {
  const passed = Math.max(0, now - Date.parse(at));
  if (passed < 5_000) return m.ago_now();
  if (passed < MINUTE) return m.ago_seconds({ count: count(Math.floor(passed / 5_000) * 5) });
  if (passed < 2 * MINUTE) return m.ago_minute();
  if (passed < HOUR) return m.ago_minutes({ count: count(Math.floor(passed / MINUTE)) });
  if (passed < 2 * HOUR) return m.ago_hour();
  if (sameDay(at, now)) return m.ago_hours({ count: count(Math.floor(passed / HOUR)) });
  if (sameDay(at, now - DAY)) return m.ago_yesterday({ time: clock(at) });
  return m.ago_date({ date: date(at) });
}

/** A time that lies near, as people say it: `আজ সন্ধ্যা ৬টা`, `tomorrow at 06:30`; beyond that with its day and date. */
export function when(at: string, now: number): string {
  const time = spoken(at);
  if (sameDay(at, now)) return m.when_today({ time });
  if (sameDay(at, now + DAY)) return m.when_tomorrow({ time });
  if (sameDay(at, now - DAY)) return m.when_yesterday({ time });
  const weekday = WEEKDAYS[locale.current][inDhaka(Date.parse(at)).getUTCDay()] ?? '';
  return m.when_day({ weekday, date: date(at), time });
}

/** The same, as it stands in a sentence that says what happens then: `আজ সন্ধ্যা ৬টায়`. */
export function atWhen(at: string, now: number): string {
  const time = when(at, now);
  if (locale.current === 'en') return time;
  return time.endsWith('টা') ? `${time}য়` : `${time}-এ`;
}

/** How long something still takes, as far as one can say it: `প্রায় ২ মিনিট বাকি`. */
export function timeLeft(seconds: number): string {
  if (seconds < 10) return m.left_moment();
  if (seconds <= 50) return m.left_seconds({ count: count(Math.ceil(seconds / 10) * 10) });
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return m.left_minutes({ count: count(minutes) });
  return m.left_hours({ count: count(Math.round(minutes / 60)) });
}

/** The next full hour in Dhaka, at least ten minutes ahead. */
export function nextHour(now: number): string {
  return new Date(Math.ceil((now + 10 * MINUTE) / HOUR) * HOUR).toISOString();
}

/** The exact time, with the words that say whose clock it is. */
export function exact(at: string): string {
  return m.dhaka_time({ time: `${date(at)}, ${clock(at)}` });
}

/** The day, its month as a word: `৫ নভেম্বর ২০২৫`. What goes onto a page is in the story's language, not the interface's. */
export function date(at: string, language: Language = locale.current): string {
  const day = inDhaka(Date.parse(at));
  const month = MONTHS[language][day.getUTCMonth()] ?? '';
  return inDigits(`${day.getUTCDate()} ${month} ${day.getUTCFullYear()}`, language);
}

export function clock(at: string): string {
  const day = inDhaka(Date.parse(at));
  const hour = day.getUTCHours();
  const minutes = String(day.getUTCMinutes()).padStart(2, '0');
  if (locale.current === 'en') return `${String(hour).padStart(2, '0')}:${minutes}`;
  return `${partOfDay(hour)} ${inDigits(`${hour % 12 || 12}:${minutes}`)}`;
}

/** A full hour has no minutes when it is spoken: `সন্ধ্যা ৬টা`. */
function spoken(at: string): string {
  const day = inDhaka(Date.parse(at));
  if (locale.current === 'en' || day.getUTCMinutes() !== 0) return clock(at);
  const hour = day.getUTCHours();
  return inDigits(`${partOfDay(hour)} ${hour % 12 || 12}টা`);
}

/** The value of a `datetime-local` field that shows Dhaka time. */
export function toField(at: string | null): string {
  return at === null ? '' : inDhaka(Date.parse(at)).toISOString().slice(0, 16);
}

/** The moment that such a field names; null when it is empty or no time. */
export function fromField(value: string): string | null {
  const moment = Date.parse(`${value}:00+06:00`);
  return Number.isNaN(moment) ? null : new Date(moment).toISOString();
}

function inDhaka(moment: number): Date {
  return new Date(moment + DHAKA);
}

function sameDay(at: string, moment: number): boolean {
  return Math.floor((Date.parse(at) + DHAKA) / DAY) === Math.floor((moment + DHAKA) / DAY);
}

function partOfDay(hour: number): string {
  if (hour < 4) return 'রাত';
  if (hour < 6) return 'ভোর';
  if (hour < 12) return 'সকাল';
  if (hour < 15) return 'দুপুর';
  if (hour < 18) return 'বিকেল';
  return hour < 20 ? 'সন্ধ্যা' : 'রাত';
}
