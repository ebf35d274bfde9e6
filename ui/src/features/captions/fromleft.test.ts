import { describe, expect, test } from 'vitest';
import { listedFromLeft } from './fromleft';

describe('people listed from the left are counted', () => {
  test.each([
    ['বাঁ থেকে: আবদুল গফুর, সালমা বেগম ও রফিকুল ইসলাম। পেছনে স্কুলঘর, মাঠ ও নদী।', 3],
    ['সভায় (বাঁ থেকে) আবদুল গফুর, সালমা বেগম, রফিকুল ইসলাম এবং নাসরিন চৌধুরী', 4],
    ['বাম দিক থেকে গফুর ও সালমা', 2],
    ['বাঁ থেকে ডানে মো. গফুর, ডা. সালমা ও রফিক', 3],
    ['বাঁ থেকে গফুর, চেয়ারম্যান; সালমা, সদস্য ও রফিক, সচিব', 3],
    ['From left, Abdul Karim, Md. Salam and Farida Rahman. Boats, tents and rice behind them.', 3],
    ['(L-R) Karim, Salam & Farida', 3],
    ['From left to right: Dr. Karim, Prof. Salam, and Farida at the camp', 3],
  ])('%s', (caption, number) => {
    expect(listedFromLeft(caption)).toBe(number);
  });
});

test.each([
  'বাঁ থেকে দ্বিতীয় আবদুল গফুর, ত্রাণ নিচ্ছেন',
  'বাঁ থেকে ৩য় সালমা, রফিক ও গফুরের সঙ্গে',
  'Second from left, Abdul Karim, with Farida and Salam',
  'বাঁ দিক থেকে আসা ট্রাকটি উল্টে যায়',
  'ঘাটে গফুর, সালমা ও রফিক',
  '',
])('one alone, or none from the left, is no list: %s', (caption) => {
  expect(listedFromLeft(caption)).toBe(0);
});
