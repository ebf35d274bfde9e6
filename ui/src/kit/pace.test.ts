import { expect, test } from 'vitest';
import { Pace } from './pace';

function after(...steps: [at: number, done: number][]): Pace {
  const pace = new Pace();
  for (const [at, done] of steps) pace.note(done, at);
  return pace;
}

test('the time left follows from the pace of the last seconds', () => {
  const pace = after([0, 0], [2_000, 200], [4_000, 400]);
  expect(pace.secondsLeft(1_000, 4_000)).toBe(6);
});

test('nothing is said after one step, after too short a time, or when nothing moved', () => {
  expect(after([0, 100]).secondsLeft(1_000, 0)).toBeNull();
  expect(after([0, 100], [500, 200]).secondsLeft(1_000, 500)).toBeNull();
  expect(after([0, 100], [5_000, 100]).secondsLeft(1_000, 5_000)).toBeNull();
});

test('what stands still takes longer with each second, and after a while nobody knows', () => {
  const pace = after([0, 0], [4_000, 400]);
  expect(pace.secondsLeft(800, 8_000)).toBe(8);
  expect(pace.secondsLeft(800, 60_000)).toBeNull();
});

test('a change of pace is believed once the old one is long ago', () => {
  const pace = after([0, 0], [5_000, 5_000], [20_000, 5_100], [24_000, 5_200]);
  expect(pace.secondsLeft(5_300, 24_000)).toBe(4);
});

test('what begins anew has no pace of before', () => {
  expect(after([0, 500], [3_000, 900], [4_000, 0]).secondsLeft(1_000, 4_000)).toBeNull();
});

test('many steps within a moment keep few, and the same pace', () => {
  const pace = new Pace();
  for (let at = 0; at <= 40_000; at += 10) pace.note(at / 10, at);
  expect(pace.secondsLeft(5_000, 40_000)).toBeCloseTo(10, 0);
});
