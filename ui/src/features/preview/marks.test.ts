import { describe, expect, test } from 'vitest';
import { changesOf, lettersIn, meet } from './marks';

const page = (body: string) => new DOMParser().parseFromString(body, 'text/html');
const mark = (tag: string, number: number, words: string) =>
  `<${tag} class="change" data-change="${String(number)}">${words}</${tag}>`;

describe('the marks of a compared page', () => {
  const shown = () =>
    page(
      `<h1>নিহত ${mark('del', 1, '১২')}${mark('ins', 1, '১০')}</h1><p>${mark('ins', 2, 'নতুন কথা')}</p>` +
        `<ul><li>${mark('del', 3, 'এক')}</li><li>${mark('del', 3, 'দুই')}</li></ul>`,
    );

  test('what goes and what comes in its place are one change', () => {
    expect(changesOf(shown()).map((marks) => marks.length)).toEqual([2, 1, 2]);
  });

  test('one is come to after the other, and round', () => {
    const document = shown();
    const here = () => [...document.querySelectorAll('[data-here]')].map((each) => each.textContent);
    expect(meet(document, 0)).toMatchObject({ at: 1, of: 3, gone: '১২', come: '১০' });
    expect(here()).toEqual(['১২', '১০']);
    expect(meet(document, 2)).toMatchObject({ at: 3, gone: 'এক দুই', come: '' });
    expect(here()).toEqual(['এক', 'দুই']);
    expect(meet(document, 3)).toMatchObject({ at: 1 });
    expect(meet(document, -1)).toMatchObject({ at: 3 });
    expect(meet(page('<p>সব এক</p>'), 0)).toBeNull();
  });

  test('letters that go are not counted, those that a writer struck out are', () => {
    const document = page(`<p>ক <del>খ</del> ${mark('del', 1, 'গগগ')}ঘ</p>`);
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('p')!);
    expect(lettersIn(range)).toBe('ক খ ঘ'.length);
  });
});
