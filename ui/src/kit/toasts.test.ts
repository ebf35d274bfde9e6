import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

const act = { label: 'ফেরান', run: () => undefined };

describe('a notice', () => {
  let toasts: Toasts;
  const texts = () => toasts.shown.map((toast) => toast.text);

  beforeEach(() => {
    vi.useFakeTimers();
    toasts = new Toasts();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('goes by itself; what can be undone stays longer', () => {
    toasts.say('নকল হয়েছে');
    toasts.say('সরানো হয়েছে', { act });
    vi.advanceTimersByTime(5_000);
    expect(texts()).toEqual(['সরানো হয়েছে']);
    vi.advanceTimersByTime(5_000);
    expect(texts()).toEqual([]);
  });

  test('stays while it is pointed at', () => {
    const id = toasts.say('নকল হয়েছে');
    toasts.hold(id);
    vi.advanceTimersByTime(60_000);
    expect(texts()).toHaveLength(1);
    toasts.release(id);
    vi.advanceTimersByTime(5_000);
    expect(texts()).toEqual([]);
  });

  test('with something to press waits for the end of a dialog, and then has its whole time', () => {
    toasts.say('সরানো হয়েছে', { act });
    vi.advanceTimersByTime(9_000);
    toasts.wait(true);
    toasts.say('ব্যর্থ', { tone: 'bad', detail: 'SQLITE_FULL' });
    toasts.say('নকল হয়েছে');
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['সরানো হয়েছে', 'ব্যর্থ']);
    toasts.wait(false);
    vi.advanceTimersByTime(9_000);
    expect(texts()).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(texts()).toEqual([]);
  });

  test('that the pointer leaves during a dialog waits all the same', () => {
    const id = toasts.say('সরানো হয়েছে', { act });
    toasts.wait(true);
    toasts.hold(id);
    toasts.release(id);
    vi.advanceTimersByTime(60_000);
    expect(texts()).toHaveLength(1);
  });

  test('that was closed sets no clock any more', () => {
    const id = toasts.say('নকল হয়েছে');
    toasts.close(id);
    toasts.release(id);
    expect(vi.getTimerCount()).toBe(0);
  });
});
