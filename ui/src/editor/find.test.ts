import { afterEach, describe, expect, it } from 'vitest';
import { findHits } from './find';
import { readMarkdown } from './read';
import { openDesk } from './testeditor';

afterEach(() => {
  document.body.replaceChildren();
});

function found(markdown: string, query: string): string[] {
  const doc = readMarkdown(markdown);
  return findHits(doc, query).map(({ from, to }) => doc.textBetween(from, to));
}

describe('search', () => {
  it('finds a letter however it was typed', () => {
    const one = 'হ\u09DFেছে';
    const two = one.normalize('NFD');
    expect(two).not.toBe(one);
    expect(found(`${one} ${two}`, one)).toEqual([one, two]);
    expect(found(`${one} ${two}`, two)).toEqual([one, two]);
    expect(found('কোনো', 'কোনো'.normalize('NFD'))).toEqual(['কোনো']);
  });

  it('does not find half a letter', () => {
    expect(found('বা\u09DCি বা\u09A1\u09BCি', 'বা\u09A1')).toEqual([]);
    expect(found('বাডি', 'বাড')).toEqual(['বাড']);
  });

  it('looks past joiners, capitals and marks', () => {
    expect(found('র‍্যাব র‌্যাব', 'র‍্যাব')).toEqual(['র‍্যাব', 'র‌্যাব']);
    expect(found('UNESCO Unesco', 'unesco')).toEqual(['UNESCO', 'Unesco']);
    expect(found('বাং**লা**দেশ', 'বাংলাদেশ')).toEqual(['বাংলাদেশ']);
  });

  it('stays within one block, and finds nothing for nothing', () => {
    expect(found('এক\n\nদুই', 'একদুই')).toEqual([]);
    expect(found('এক', '')).toEqual([]);
    expect(found('এক', '\u200D')).toEqual([]);
    expect(found('আআআ', 'আআ')).toEqual(['আআ']);
  });
});

describe('find and replace', () => {
  it('walks around the text and says where it is', () => {
    const { editor, view } = openDesk('নদী আর নদী\n\nআবার নদী');
    expect(editor.find('নদী')).toEqual({ count: 3, current: 1 });
    expect(view.dom.querySelectorAll('.find-hit')).toHaveLength(3);
    expect(editor.findNext()).toEqual({ count: 3, current: 1 });
    expect(editor.findNext()).toEqual({ count: 3, current: 2 });
    expect(editor.findPrevious()).toEqual({ count: 3, current: 1 });
    expect(editor.findPrevious()).toEqual({ count: 3, current: 3 });
    expect(editor.find('')).toEqual({ count: 0, current: 0 });
    expect(view.dom.querySelectorAll('.find-hit')).toHaveLength(0);
  });

  it('replaces one by one, keeping marks, and all at once in one undo', () => {
    const { editor } = openDesk('**নদী** আর নদী, নদী');
    editor.find('নদী');
    expect(editor.replace('খাল')).toEqual({ count: 2, current: 1 });
    expect(editor.markdown()).toBe('**খাল** আর নদী, নদী');
    expect(editor.replaceAll('বিল')).toBe(2);
    expect(editor.markdown()).toBe('**খাল** আর বিল, বিল');
    editor.run('undo');
    expect(editor.markdown()).toBe('**খাল** আর নদী, নদী');
  });

  it('does not loop when the replacement holds the query', () => {
    const { editor } = openDesk('নদী নদী');
    editor.find('নদী');
    expect(editor.replaceAll('নদীনদী')).toBe(2);
    expect(editor.markdown()).toBe('নদীনদী নদীনদী');
  });

  it('follows the text while it is written', () => {
    const { editor, type } = openDesk('নদী');
    editor.find('নদী');
    editor.focus('end');
    type(' নদী');
    expect(editor.find('নদী').count).toBe(2);
  });
});
