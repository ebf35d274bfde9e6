import { expect, test } from 'vitest';
import { finding, type Act } from './palette';

const act = (label: string, also = '', off = false): Act => ({
  id: label,
  label,
  also,
  off,
  run: () => undefined,
});
const acts = [
  act('নতুন খবর', 'New story'),
  act('খবর বড় করে দেখুন', 'Larger'),
  act('প্রকাশ করুন', 'Publish', true),
];
const found = (typed: string) => finding(acts, typed).map((each) => each.label);

test('nothing typed offers everything that can be done now', () => {
  expect(found('')).toEqual(['নতুন খবর', 'খবর বড় করে দেখুন']);
});

test('words are found in any order and in the other language', () => {
  expect(found('খবর নতুন')).toEqual(['নতুন খবর']);
  expect(found('STORY')).toEqual(['নতুন খবর']);
});

test('what begins with the word stands first', () => {
  expect(found('খবর')).toEqual(['খবর বড় করে দেখুন', 'নতুন খবর']);
});

test('both ways of writing ড় find it', () => {
  expect(found('বড\u09bc')).toEqual(['খবর বড় করে দেখুন']);
  expect(found('ব\u09dc')).toEqual(['খবর বড় করে দেখুন']);
});

test('what cannot be done now is not offered', () => {
  expect(found('প্রকাশ')).toEqual([]);
});
