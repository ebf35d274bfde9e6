import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Platform } from '../../platform';
import type { PreviewQuery, SafeHtml } from '../../wire/generated';
import { patch, samePage, takePlaces } from './patch';
import { Preview } from './preview.svelte';

const page = (body: string, style = 'a.css') =>
  new DOMParser().parseFromString(
    `<html lang="bn"><head><title>t</title><link rel="stylesheet" href="${style}"></head><body>${body}</body></html>`,
    'text/html',
  );

describe('patching the page', () => {
  test('one changed paragraph leaves every other element in place', () => {
    const shown = page('<p data-at="0">এক</p><p data-at="9">দুই</p><p data-at="20">তিন</p>');
    const [first, second, third] = [...shown.body.children];
    patch(shown, page('<p data-at="0">এক</p><p data-at="9">দুই আর</p><p data-at="31">তিন</p>'));
    expect([...shown.body.children]).toEqual([first, second, third]);
    expect(second!.textContent).toBe('দুই আর');
    expect(third!.getAttribute('data-at')).toBe('31');
  });

  test('a letter moves the places of all that follows, and touches only its own paragraph', async () => {
    const shown = page('<p data-at="0">এক</p><p data-at="9">দুই</p><p data-at="20">তিন</p>');
    takePlaces(shown);
    const touched: Node[] = [];
    const watch = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)));
    watch.observe(shown, { attributes: true, characterData: true, childList: true, subtree: true });
    const fresh = page('<p data-at="0">এক</p><p data-at="9">দুই।</p><p data-at="23">তিন</p>');
    expect(takePlaces(fresh)).toEqual([0, 9, 23]);
    patch(shown, fresh);
    await Promise.resolve();
    expect(touched).toEqual([shown.querySelectorAll('p')[1]!.firstChild]);
  });

  test('a new paragraph is put in, an old one taken out', () => {
    const shown = page('<p>এক</p><p>তিন</p>');
    const last = shown.body.lastElementChild;
    patch(shown, page('<p>এক</p><p>দুই</p><p>তিন</p>'));
    expect(shown.body.textContent).toBe('একদুইতিন');
    expect(shown.body.lastElementChild).toBe(last);
    patch(shown, page('<p>তিন</p>'));
    expect(shown.body.innerHTML).toBe('<p>তিন</p>');
  });

  test('pictures that only moved are not loaded again', () => {
    const shown = page('<p>এক</p><figure><img src="a"></figure><figure><img src="b"></figure>');
    const pictures = [...shown.images];
    patch(shown, page('<p>এক</p><p>নতুন</p><figure><img src="a"></figure><figure><img src="b"></figure>'));
    expect([...shown.images]).toEqual(pictures);
  });

  test('always ends at the fresh page', () => {
    const pages = [
      '',
      '<p>ক</p>',
      '<h2>ক</h2><ul><li>খ</li></ul>',
      '<ul><li>খ</li><li>গ</li></ul>',
      'শুধু লেখা',
    ];
    for (const before of pages) {
      for (const after of pages) {
        const shown = page(before);
        patch(shown, page(after));
        expect(shown.body.innerHTML).toBe(after);
      }
    }
  });

  test('another style sheet is another page', () => {
    expect(samePage(page(''), page(''))).toBe(true);
    expect(samePage(page(''), page('', 'b.css'))).toBe(false);
  });
});

describe('following the typing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function follow() {
    const answers: ((html: string) => void)[] = [];
    const refusals: ((error: unknown) => void)[] = [];
    const call = vi.fn(
      () =>
        new Promise((resolve, reject) => {
          answers.push((html) => {
            resolve({ html: html as SafeHtml });
          });
          refusals.push(reject);
        }),
    );
    const preview = new Preview({ call } as unknown as Platform, () => ({ story: 's' }) as PreviewQuery);
    return { preview, call, answers, refusals };
  }

  test('asks in the frame after a change, once for many keys', async () => {
    const { preview, call } = follow();
    for (let key = 0; key < 5; key++) preview.changed();
    expect(call).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(17);
    expect(call).toHaveBeenCalledTimes(1);
  });

  test('a preview that was stopped asks no more', async () => {
    const { preview, call, answers } = follow();
    preview.changed();
    await vi.advanceTimersByTimeAsync(40);
    preview.changed();
    await vi.advanceTimersByTimeAsync(40);
    preview.stop();
    answers[0]?.('<p>পাতা</p>');
    await vi.advanceTimersByTimeAsync(40);
    expect(call).toHaveBeenCalledTimes(1);
  });

  test('has one question open, and asks once more for all that came meanwhile', async () => {
    const { preview, call, answers } = follow();
    preview.changed();
    await vi.advanceTimersByTimeAsync(40);
    for (let key = 0; key < 5; key++) {
      preview.changed();
      await vi.advanceTimersByTimeAsync(40);
    }
    expect(call).toHaveBeenCalledTimes(1);
    answers[0]?.('<p>পুরোনো</p>');
    await vi.advanceTimersByTimeAsync(0);
    expect(call).toHaveBeenCalledTimes(2);
    answers[1]?.('<p>নতুন</p>');
    await vi.advanceTimersByTimeAsync(0);
    expect(preview.html).toBe('<p>নতুন</p>');
  });

  test('a failure keeps the last page and is mended by the next answer', async () => {
    const { preview, answers, refusals } = follow();
    preview.changed();
    await vi.advanceTimersByTimeAsync(40);
    answers[0]?.('<p>পাতা</p>');
    await vi.advanceTimersByTimeAsync(0);
    preview.changed();
    await vi.advanceTimersByTimeAsync(40);
    refusals[1]?.({ code: 'internal', params: {}, detail: 'theme' });
    await vi.advanceTimersByTimeAsync(0);
    expect(preview.trouble?.detail).toBe('theme');
    expect(preview.html).toBe('<p>পাতা</p>');
  });
});
