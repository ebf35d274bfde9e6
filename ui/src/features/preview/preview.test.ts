import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Platform } from '../../platform';
import type { PreviewQuery, SafeHtml } from '../../wire/generated';
import { digestsOf, filledIn, type Piece, wholePage } from './page';
import { patch, patchText, samePage } from './patch';
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

  test('the style of marks comes and goes, and the theme stays loaded', () => {
    const [shown, marked] = [page('<p>এক</p>'), page('<p><ins>এক</ins></p>')];
    const [theme] = shown.head.querySelectorAll('link');
    marked.head.insertAdjacentHTML('beforeend', '<link rel="stylesheet" href="changes.css">');
    const hrefs = () => [...shown.head.querySelectorAll('link')].map((link) => link.getAttribute('href'));
    expect(samePage(shown, marked)).toBe(true);
    patch(shown, marked);
    expect(hrefs()).toEqual(['a.css', 'changes.css']);
    patch(shown, page('<p>এক</p>'));
    expect(hrefs()).toEqual(['a.css']);
    expect(shown.head.querySelector('link')).toBe(theme);
  });
});

describe('patching the text alone', () => {
  const piece = (html: string): Piece => ({ digest: html, html: html as SafeHtml });
  const text = (...words: string[]) => words.map((word) => piece(`<p>${word}</p>\n`));
  const around = (blocks: Piece[]) =>
    page(`<h1>শিরোনাম</h1><!--text-->${blocks.map(({ html }) => html).join('')}<p>বাসস</p>`);

  function patched(before: Piece[], fresh: Piece[]): Document {
    const shown = around(before);
    expect(patchText(shown, before, fresh)).toBe(true);
    return shown;
  }

  test.each<[string, string[], string[]]>([
    ['a letter', ['এক', 'দুই', 'তিন'], ['এক', 'দুই।', 'তিন']],
    ['a new first', ['এক'], ['শূন্য', 'এক']],
    ['a new last', ['এক'], ['এক', 'দুই']],
    ['one between', ['এক', 'তিন'], ['এক', 'দুই', 'তিন']],
    ['the same once more', ['এক', 'এক'], ['এক', 'এক', 'এক']],
    ['the first gone', ['এক', 'দুই'], ['দুই']],
    ['several gone', ['এক', 'দুই', 'তিন', 'চার'], ['এক', 'চার']],
    ['all gone', ['এক', 'দুই'], []],
    ['the first of all', [], ['এক', 'দুই']],
    ['nothing', ['এক'], ['এক']],
    ['everything', ['এক', 'দুই'], ['তিন', 'চার', 'পাঁচ']],
  ])('%s ends at the fresh page', (_, before, fresh) => {
    const words = (shown: Document) => [...shown.body.children].map((element) => element.outerHTML);
    expect(words(patched(text(...before), text(...fresh)))).toEqual(words(around(text(...fresh))));
  });

  test('a letter touches its own paragraph alone', async () => {
    const before = text('এক', 'দুই', 'তিন');
    const shown = around(before);
    const touched: Node[] = [];
    const watch = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)));
    watch.observe(shown, { attributes: true, characterData: true, childList: true, subtree: true });
    patchText(shown, before, text('এক', 'দুই।', 'তিন'));
    await Promise.resolve();
    expect(touched).toEqual([shown.querySelectorAll('p')[1]!.firstChild]);
  });

  test('a document that is not as it was is left alone', () => {
    expect(patchText(page('<p>এক</p>'), text('এক'), text('দুই'))).toBe(false);
    expect(patchText(page('<!--text--><p>এক</p>'), text('এক', 'দুই'), text('দুই'))).toBe(false);
  });
});

describe('a page in pieces', () => {
  const frame = { digest: 'f', html: '<body><!--text--></body>' as SafeHtml };
  const [one, two] = ['<p>এক</p>', '<p>দুই</p>'].map((html, at) => ({
    digest: String(at),
    html: html as SafeHtml,
  }));

  test('is filled in from the page before it', () => {
    const first = filledIn({ page: frame, blocks: [one!, two!], places: [0, 10], live: null }, null);
    expect(wholePage(first)).toBe('<body><!--text--><p>এক</p><p>দুই</p></body>');
    expect(digestsOf(first)).toEqual(['f', '0', '1']);
    const [known, moved] = [
      { digest: 'f', html: null },
      { digest: '1', html: null },
    ];
    const second = filledIn({ page: known, blocks: [moved], places: [0], live: null }, first);
    expect(wholePage(second)).toBe('<body><!--text--><p>দুই</p></body>');
    expect(() => filledIn({ page: known, blocks: [], places: [], live: null }, null)).toThrow(/missing/);
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
            resolve({ page: { digest: html, html: html as SafeHtml }, blocks: [], places: [] });
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
    expect(preview.page?.frame.html).toBe('<p>নতুন</p>');
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
    expect(preview.page?.frame.html).toBe('<p>পাতা</p>');
  });
});
