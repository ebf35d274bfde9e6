import { describe, expect, it } from 'vitest';
import { outlineOfDoc, outlineOfHtml, type PageKnowledge } from './outline';
import { readMarkdown } from './read';
import { writeMarkdown } from './write';

const sources = import.meta.glob<string>('../../../tests/golden/markdown/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const pages = import.meta.glob<string>('../../../tests/golden/markdown/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const names = Object.keys(sources).map((path) => path.replace(/^.*\/|\.md$/g, ''));

/** The story around the corpus has two photos, and readers have one other story. */
const page: PageKnowledge = {
  photos: new Set(['1'.repeat(64), '2'.repeat(64)]),
  stories: new Map([['01930000-0000-7000-8000-000000000001', '/bangladesh/2025/00000001-setu']]),
};

function source(name: string): string {
  return sources[`../../../tests/golden/markdown/${name}.md`] ?? '';
}

function said(outline: string[]): string {
  return outline.join('').replace(/quote|ul|li|\bp\b|\s/g, '');
}

describe('the golden corpus of the dialect', () => {
  it('is there', () => {
    expect(names.length).toBeGreaterThanOrEqual(25);
  });

  it.each(names)('%s is the document that it was', async (name) => {
    const json = JSON.stringify(readMarkdown(source(name)).toJSON(), null, 1);
    await expect(`${json}\n`).toMatchFileSnapshot(`../../../tests/golden/markdown/${name}.json`);
  });

  it.each(names)('%s says after one pass what it says after two', (name) => {
    const once = writeMarkdown(readMarkdown(source(name)));
    expect(writeMarkdown(readMarkdown(once))).toBe(once);
    expect(outlineOfDoc(readMarkdown(once), page)).toEqual(outlineOfDoc(readMarkdown(source(name)), page));
  });

  it.each(Object.keys(pages))('%s, the page, says what the editor says', (path) => {
    const name = path.replace(/^.*\/|\.html$/g, '');
    const [html, doc] = [
      outlineOfHtml(pages[path] ?? '', page),
      outlineOfDoc(readMarkdown(source(name)), page),
    ];
    // The page gives up elements below a depth that no writer reaches; the words are the same.
    if (name === 'deep') expect(said(html)).toEqual(said(doc));
    else expect(html).toEqual(doc);
  });
});
