import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { anchorOf } from './anchors';
import { narrowed, type SuggestedChange } from './suggestions';
import { openDesk } from './testeditor';

afterEach(() => {
  document.body.replaceChildren();
});

const TEXT = 'রাতে তিন গ্রামে পানি ঢুকেছে। মানুষ বাঁধে।';
const STORY = `${TEXT}\n\nদ্বিতীয় **অনুচ্ছেদের** কথা।`;
const PLAIN = `${TEXT}\nদ্বিতীয় অনুচ্ছেদের কথা।\n`;

function suggest(quote: string, words: string) {
  return noted(quote, { kind: 'replace', quote, words });
}

function noted(quote: string, change: SuggestedChange) {
  const from = PLAIN.indexOf(quote);
  return { id: 'a', anchors: [anchorOf(PLAIN, { from, to: from + quote.length })], change };
}

function shown(selector: string): string[] {
  return [...document.querySelectorAll(selector)].map((each) => each.textContent);
}

/** The text after taking over. */
function takenOver(quote: string, words: string, story = STORY): string {
  const { editor } = openDesk(story);
  editor.setNotes([suggest(quote, words)], null);
  expect(editor.takeOver('a')).toBe(true);
  return editor.markdown().trim();
}

describe('what a suggestion changes', () => {
  it('is narrowed to whole words, and put together again says what was meant', () => {
    expect(narrowed('তিন গ্রামে', 'চার গ্রামে')).toEqual({ from: 0, to: 3, words: 'চার' });
    expect(narrowed('ক্ষেত', 'ক্ষতি').from).toBe(0);
    expect(narrowed('অভয়নগরে ভৈরব', 'অভয়নগর উপজেলায় ভৈরব')).toEqual({
      from: 0,
      to: 'অভয়নগরে'.length,
      words: 'অভয়নগর উপজেলায়',
    });
    const letter = fc.constantFrom('ক', 'ক্ষ', 'ি', 'ড়', '😀', ' ', 'a');
    const text = fc.array(letter, { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (quote, words) => {
        const { from, to, words: middle } = narrowed(quote, words);
        expect(quote.slice(0, from) + middle + quote.slice(to)).toBe(words);
      }),
    );
  });
});

describe('a suggestion in the text', () => {
  it('is drawn beside what would go, and the text itself says nothing of it', () => {
    const { editor } = openDesk(STORY);
    const before = editor.markdown();
    editor.setNotes([suggest('তিন গ্রামে', 'চার গ্রামে')], null);
    expect([shown('del.suggested-out'), shown('ins.suggested-in')]).toEqual([['তিন'], ['চার']]);
    expect(editor.markdown()).toBe(before);
    expect(editor.settleNotes().get('a')?.quote).toBe('তিন গ্রামে');
    editor.setNotes([], null);
    expect(shown('.suggested-out, .suggested-in')).toEqual([]);
  });

  it('is taken over in one step that can be undone, with how the words were set', () => {
    expect(takenOver('তিন গ্রামে', 'চার গ্রামে')).toContain('রাতে চার গ্রামে পানি');
    expect(takenOver('অনুচ্ছেদের', 'অনুচ্ছেদেরই')).toContain('**অনুচ্ছেদেরই**');
    const { editor } = openDesk(STORY);
    editor.setNotes([suggest('তিন', 'চার')], null);
    editor.takeOver('a');
    editor.run('undo');
    expect(editor.markdown().trim()).toBe(STORY);
  });

  it('takes words out with the space beside them, and the block of which nothing is left', () => {
    expect(takenOver('তিন', '')).toContain('রাতে গ্রামে');
    expect(takenOver('রাতে তিন', 'রাতে')).toContain('রাতে গ্রামে');
    expect(takenOver('মানুষ বাঁধে।', '')).toContain('ঢুকেছে।\n\n');
    expect(takenOver('দ্বিতীয় অনুচ্ছেদের কথা।', '')).toBe(TEXT);
  });

  it('begins a paragraph where its words do', () => {
    expect(takenOver('বাঁধে।', 'বাঁধে।\nসকালে নৌকা এসেছে।')).toContain('মানুষ বাঁধে।\n\nসকালে নৌকা এসেছে।\n\n');
  });

  it('replaces what stands there now, when somebody has changed the words since', () => {
    const { editor, view } = openDesk(STORY);
    editor.setNotes([suggest('তিন গ্রামে', 'চার গ্রামে')], null);
    view.dispatch(view.state.tr.insertText('টি', 'রাতে তিন'.length + 1));
    editor.takeOver('a');
    expect(editor.markdown()).toContain('রাতে চার গ্রামে পানি');
  });

  it('sets words otherwise, or no longer', () => {
    const { editor } = openDesk(STORY);
    editor.setNotes([noted('মানুষ', { kind: 'format', mark: 'strong', on: true })], null);
    expect(shown('.suggested-strong')).toEqual(['মানুষ']);
    editor.takeOver('a');
    expect(editor.markdown()).toContain('**মানুষ**');
    const other = openDesk(STORY).editor;
    other.setNotes([noted('অনুচ্ছেদের', { kind: 'format', mark: 'strong', on: false })], null);
    other.takeOver('a');
    expect(other.markdown()).toContain('দ্বিতীয় অনুচ্ছেদের কথা');
  });

  it('is not taken over when its words are gone', () => {
    const { editor, view } = openDesk(STORY);
    editor.setNotes([suggest('মানুষ', 'পরিবার')], null);
    editor.replaceContent('অন্য কিছু।');
    expect(editor.takeOver('a')).toBe(false);
    expect(view.state.doc.textContent).toBe('অন্য কিছু।');
  });

  it('costs a key what changed: 200 of them make none slower', () => {
    const long = Array.from({ length: 200 }, (_, index) => `অনুচ্ছেদ ${String(index)}: ${TEXT}`).join('\n\n');
    const { editor, view } = openDesk(long);
    const plain = view.state.doc.textBetween(0, view.state.doc.content.size, '\n');
    const all = Array.from({ length: 200 }, (_, index) => {
      const quote = `অনুচ্ছেদ ${String(index)}:`;
      const from = plain.indexOf(quote);
      const anchors = [anchorOf(plain, { from, to: from + quote.length })];
      return {
        id: `n${String(index)}`,
        anchors,
        change: { kind: 'replace' as const, quote, words: 'প্যারা:' },
      };
    });
    editor.setNotes(all, null);
    expect(shown('ins.suggested-in')).toHaveLength(200);
    const samples: number[] = [];
    for (let count = 0; count < 100; count += 1) {
      const start = performance.now();
      view.dispatch(view.state.tr.insertText('ক', 5));
      samples.push(performance.now() - start);
    }
    const p95 = samples.sort((one, other) => one - other)[95] ?? 0;
    console.info(`key with 200 suggestions p95 ${p95.toFixed(2)} ms`);
    expect(p95).toBeLessThan(40);
  });
});
